"""`python -m bench` (`make bench`): all benchmarks, one after the other."""

import sys

from bench import linking_speed, measures, simulator, stages, throughput, transport

if __name__ == "__main__":
    sys.argv = sys.argv[:1]  # each with its own defaults
    simulator.main()
    stages.main([])
    linking_speed.main([])
    throughput.main([])
    transport.main()
    measures.main([])
