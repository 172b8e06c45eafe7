"""Bodies that are packed: of requests (Content-Encoding) and of answers (Accept-Encoding)."""

import zlib
from collections.abc import Callable, Iterator
from typing import Any

import cramjam

_SLICE = 8_192


def _inflated(window: int) -> Callable[[bytes, int], bytes]:
    def unpack(body: bytes, most: int) -> bytes:
        """Members may follow one another, as in `cat a.gz b.gz`. Read in slices: what is behind a member is copied."""
        packed = memoryview(body)
        unpacked = bytearray()
        member: Any = None
        at = 0
        while at < len(packed) and len(unpacked) <= most:
            member = member or zlib.decompressobj(wbits=window)
            part = packed[at : at + _SLICE]
            unpacked += member.decompress(part, most + 1 - len(unpacked))
            at += len(part) - len(member.unused_data) - len(member.unconsumed_tail)
            if member.eof:
                member = None
        if (member is not None or not body) and len(unpacked) <= most:
            raise ValueError("it ends too early")
        return bytes(unpacked)

    return unpack


UNPACK: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _inflated(31),
    "deflate": _inflated(15),
    "zstd": lambda body, most: bytes(cramjam.zstd.decompress(body)),
    "lz4": lambda body, most: bytes(cramjam.lz4.decompress(body)),
    "br": lambda body, most: bytes(cramjam.brotli.decompress(body)),
}
"""By encoding: a packed body, the most bytes that are wanted of it -> the body. Raises an exception for what cannot be
unpacked; a longer body may come as a whole or as one byte more than wanted."""
UNPACK_LIMITED = frozenset({"gzip", "deflate"})
"""What can be unpacked up to a size: a reader must not fill the memory with a small body."""

_PACKERS: dict[str, Callable[[], Any]] = {
    "zstd": lambda: cramjam.zstd.Compressor(level=1),
    "lz4": lambda: cramjam.lz4.Compressor(level=1),
    "gzip": lambda: cramjam.gzip.Compressor(level=1),
}


def encoding_of(accepted: str) -> str | None:
    """The encoding of an answer, of those that the client takes: the first of zstd, lz4 and gzip, as in ClickHouse."""
    taken = {name.strip() for name, _, weight in (one.partition(";") for one in accepted.lower().split(","))
             if weight.replace(" ", "").rstrip("0.") != "q="}  # fmt: skip
    return next((name for name in _PACKERS if name in taken), None)


def packed(encoding: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Pieces of an answer, packed as one body."""
    packer = _PACKERS[encoding]()
    for piece in pieces:
        packer.compress(piece)
        yield bytes(packer.flush())
    yield bytes(packer.finish())
