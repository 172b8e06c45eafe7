"""ClickHouse's Native format, as far as the engine leaves it to us: the greeting of the Go client, and the columns of
a result without rows."""

import struct
from collections.abc import Iterable


def _length(number: int) -> bytes:
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _text(value: str) -> bytes:
    encoded = value.encode()
    return _length(len(encoded)) + encoded


def greeting(version: str, zone: str) -> bytes:
    """The answer to `SELECT displayName(), version(), revision(), timezone()`, with revision 0: the Go client then
    reads plain Native blocks, which is what the engine writes. The greeting itself it reads at its own revision: with
    block info, and a byte on each column's serialisation."""
    block = bytes((1, 0, 2, 255, 255, 255, 255, 0)) + _length(4) + _length(1)
    for name, kind, data in (
        ("displayName()", "String", _text("casestream")),
        ("version()", "String", _text(version)),
        ("revision()", "UInt32", struct.pack("<I", 0)),
        ("timezone()", "String", _text(zone)),
    ):
        block += _text(name) + _text(kind) + b"\x00" + data
    return block


def empty_block(columns: Iterable[tuple[str, str]]) -> bytes:
    """A block without rows. `columns` are names and types."""
    named = list(columns)
    return _length(len(named)) + _length(0) + b"".join(_text(name) + _text(kind) for name, kind in named)
