"""`make bench`: every benchmark, one after the other."""

import sys

from bench import (
    linking_quality,
    linking_speed,
    measures,
    panels,
    people_speed,
    simulator,
    stages,
    throughput,
    transport,
)
from bench.held import __main__ as held

if __name__ == "__main__":
    sys.argv = sys.argv[:1]  # each with its own defaults
    simulator.main()
    stages.main([])
    linking_speed.main([])
    people_speed.main([])
    different = linking_quality.main([])
    throughput.main([])
    transport.main()
    measures.main([])
    panels.main([])
    held.main([])
    sys.exit(different)
