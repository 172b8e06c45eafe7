"""What servers on this machine have in common: how they end where their port is taken, and whether a request comes from
a program or a page of this machine. A browser sends requests for any page that its user looks at, also to servers on
loopback, so a server there must not answer every page's."""

import ipaddress
from urllib.parse import urlsplit

PORT_TAKEN = 4
"""The exit code of a server whose port cannot be opened: whoever started it may try another."""


def refusal(host: str, origin: str, served: str) -> str | None:
    """Why a request with these headers is not answered; None where it is. `served` is the address on which it came in.

    Host must be this machine or that address: a foreign name that leads here (DNS rebinding) would make a page one of
    ours. Origin, which only browsers send, must be a page of this machine too."""
    if host and not _here(f"//{host}", served):
        return f"Host {host[:100]!r} is not this machine"
    if origin and not _here(origin, served):
        return f"Origin {origin[:100]!r} is not this machine"
    return None


def _here(address: str, served: str) -> bool:
    try:
        name = urlsplit(address).hostname or ""
    except ValueError:
        return False
    if name == "localhost" or name.endswith(".localhost") or name == served:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
