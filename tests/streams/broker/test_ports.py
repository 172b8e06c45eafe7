"""Ports on loopback: a taken one gives way, and the one who has it is known by its process."""

import os
import socket

from streams.broker.ports import free_port, is_free, listens


def test_a_taken_port_gives_way_to_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]
        assert not is_free(wanted)
        assert free_port(wanted) not in (0, wanted)
    assert is_free(wanted)
    assert free_port(wanted) == wanted
    assert free_port(wanted, taken=wanted) != wanted


def test_a_port_is_that_of_the_process_that_opened_it() -> None:
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        port = ours.getsockname()[1]
        assert not listens(os.getpid(), port)
        ours.listen()
        assert listens(os.getpid(), port)
        assert not listens(os.getppid(), port)
    assert not listens(os.getpid(), port)
    assert not listens(2**22 + 1, port)
