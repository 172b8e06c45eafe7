"""How it flows: the Faust app and its agents, the chunk transport, the topics, publishing and replay.

Everything that waits, retries or talks to Kafka is here; what happens to an event is in `processors`.
"""
