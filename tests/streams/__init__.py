"""Tests of `streams`, in the same tree; `conftest.py` starts the Apache Kafka that they share."""
