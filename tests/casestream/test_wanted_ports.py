"""A wanted port that an instance does not take is told, with the reason."""

from casestream.commands.up import Wanted, ports_not_taken

BEFORE = {"kafka": "127.0.0.1:9092", "clickhouse": "http://127.0.0.1:8123"}


def test_an_instance_that_has_its_ports_keeps_them_and_says_so() -> None:
    (told,) = ports_not_taken(Wanted(kafka_port=9999), BEFORE, BEFORE)
    assert told == "kafka stays at port 9092, which this instance has: --kafka-port 9999 is for a new one"


def test_a_port_that_is_taken_by_another_is_told() -> None:
    (told,) = ports_not_taken(Wanted(clickhouse_port=8123), {}, {"clickhouse": "http://127.0.0.1:40001"})
    assert told == "port 8123 is taken: clickhouse is at port 40001"


def test_nothing_is_told_of_a_port_that_was_taken_or_not_wished_for() -> None:
    wanted = Wanted(kafka_port=9092, clickhouse_port=0)
    assert ports_not_taken(wanted, {}, {**BEFORE, "preview": "http://127.0.0.1:40002"}) == []


def test_a_server_that_found_its_port_taken_when_it_came_back_is_told() -> None:
    (told,) = ports_not_taken(Wanted(), BEFORE, {**BEFORE, "clickhouse": "http://127.0.0.1:40001"})
    assert told == "port 8123, which this instance had, is taken: clickhouse is at port 40001"


def test_an_endpoint_that_the_settings_changed_is_no_port_that_was_taken() -> None:
    assert ports_not_taken(Wanted(), {"kafka": "kafka-1:9092,kafka-2:9092"}, BEFORE) == []
