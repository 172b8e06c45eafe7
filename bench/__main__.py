"""`python -m bench` (`make bench`): all benchmarks, one after the other."""

import sys

from bench import linking_quality, people_speed, simulator, stages, throughput, transport

if __name__ == "__main__":
    sys.argv = sys.argv[:1]  # each with its own defaults
    simulator.main()
    stages.main([])
    people_speed.main([])
    different = linking_quality.main([])
    throughput.main([])
    transport.main()
    sys.exit(different)
