"""Ports on loopback: which are free, and whether the one who has a port is the process that was meant to have it."""

import socket
from contextlib import suppress

import psutil


class NoPortError(OSError):
    """There is no free port on loopback."""


def free_port(wanted: int, *, taken: int = 0) -> int:
    """`wanted` if it can be bound on loopback, else any port that can; never `taken`. Raises NoPortError. Another
    process may be first to bind it: see `listens`."""
    for candidate in (wanted, 0, 0, 0):
        if candidate and candidate == taken:
            continue
        with suppress(OSError):
            port = _bound(candidate)
            if port != taken:
                return port
    raise NoPortError("there is no free port on loopback")


def is_free(port: int) -> bool:
    """Whether a port can be bound on loopback now."""
    try:
        _bound(port)
    except OSError:
        return False
    return True


def listens(pid: int, port: int) -> bool:
    """Whether that very process has the port open. Who answers there may be another: two that start at once find the
    same port free, and only one gets it."""
    try:
        open_ports = psutil.Process(pid).net_connections("tcp")
    except psutil.Error:  # it has just ended
        return False
    return any(one.status == psutil.CONN_LISTEN and one.laddr.port == port for one in open_ports)


def _bound(port: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        found: int = probe.getsockname()[1]
        return found
