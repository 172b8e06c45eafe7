"""`python -m bench` (`make bench`): all benchmarks, one after the other."""

from bench import simulator, throughput

if __name__ == "__main__":
    simulator.main([])
    throughput.main([])
