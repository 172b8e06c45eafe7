"""JSON sources: one document, an array of documents, or a document a line -> each document with its line and bytes.

`documents(source)` never raises: what is no JSON, or larger than a message may be, comes out as a refusal and the
rest goes on. Depth is bounded by the parser (1,024 levels), so nothing behind it needs to fear recursion of the input.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.refuse import UnreadableError

MESSAGE_LIMIT = 16 * 1024 * 1024
"""Bytes of one document. Larger messages travel by pointer in the real feeds; one this large is a fault."""

_POINTER = "PayloadS3Pointer"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Document:
    """One JSON document. line: where it begins (JSON lines) or its place in the array, from 1; 0 for a file that is
    one document. raw: its bytes."""

    value: object
    line: int
    raw: bytes


def read_json(content: bytes | str) -> object:
    """Parses one document; raises UnreadableError with rule `malformed-json` or `too-large`."""
    if len(content) > MESSAGE_LIMIT:
        raise UnreadableError("too-large", "size", len(content), f"a message may have {MESSAGE_LIMIT} bytes")
    try:
        value: object = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        # not what stands around it, which may name people
        text = error.doc[error.pos : error.pos + 1]
        reason = f"no JSON at line {error.lineno}, column {error.colno} (character {error.pos})"
        raise UnreadableError("malformed-json", "document", text, reason) from None
    return value


def is_pointer(value: object) -> bool:
    """Whether a message is a pointer to one that is too large for its queue and is kept elsewhere: a list of the name
    of Amazon's class for it and the place."""
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and value[0].endswith(_POINTER)


def canonical(value: object) -> bytes:
    """The same bytes for the same facts, whatever the order of keys: for digests. Raises UnreadableError when
    the value is nested more deeply than any message is."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except (orjson.JSONEncodeError, RecursionError):
        raise UnreadableError("too-deep", "document", "", "nested more than 254 levels deep") from None


def documents(source: SourceFile) -> Iterator[Document | Refusal]:
    """Every document of a source, in its order."""
    content = source.content.removeprefix(_BOM).strip()
    if _is_lines(content):
        for number, line in enumerate(source.content.removeprefix(_BOM).splitlines(), start=1):
            if line.strip():
                yield _document(line, number)
        return
    whole = _document(content, 0)
    if isinstance(whole, Refusal) or not isinstance(whole.value, list) or is_pointer(whole.value):
        yield whole
        return
    if not whole.value:
        yield Refusal("empty-file", "document", "[]", "an array of no documents", 0, content)
    for number, item in enumerate(whole.value, start=1):
        try:
            yield Document(item, number, orjson.dumps(item))
        except orjson.JSONEncodeError:
            yield Refusal("too-deep", "document", "", "nested more than 254 levels deep", number, content)


def _document(raw: bytes, line: int) -> Document | Refusal:
    try:
        return Document(read_json(raw), line, raw)
    except UnreadableError as broken:
        return broken.refusal(line, raw)


def _is_lines(content: bytes) -> bool:
    """A document a line: the first line alone looks like an object and more lines follow."""
    first, newline, rest = content.partition(b"\n")
    first = first.strip()
    return bool(newline and rest.strip()) and first.startswith(b"{") and first.endswith(b"}")
