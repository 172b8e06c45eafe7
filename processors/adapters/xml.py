"""XML from outside, read safely: no DTD, no entities, no network, bounded in bytes and depth."""

import re
from collections.abc import Iterator
from html import unescape
from typing import TypeAlias

from lxml import etree

from processors.adapters.refuse import UnreadableError

SIZE_LIMIT = 16 * 1024 * 1024
DEPTH_LIMIT = 100
"""Elements within elements; the deepest documented message has 14, in two envelopes."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_ESCAPES = 3  # an escaped payload that was escaped again, and once more

Element: TypeAlias = etree._Element


def parse(content: bytes) -> Element:
    """The root of a document. Raises UnreadableError: `malformed-xml` with line and column, `xml-doctype`, `too-large`
    or `too-deep`."""
    if len(content) > SIZE_LIMIT:
        raise UnreadableError("too-large", "size", len(content), f"a message may have {SIZE_LIMIT} bytes")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _doctype()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        what = (error.msg or "").removesuffix(f", line {line}, column {column}")
        raise UnreadableError(
            "malformed-xml", "document", None,  # no part of it: it may name people
            f"{what} at line {line}, column {column}",
        ) from None
    except (ValueError, LookupError) as error:  # no document at all, or an encoding that does not exist
        raise UnreadableError("malformed-xml", "document", "", str(error)) from None
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding in which the bytes do not show it
        raise _doctype()
    _check_depth(root)
    return root


def parse_text(text: str) -> Element:
    """A document that was carried as text in another one: escaped, perhaps twice, with a declaration of an encoding
    that it no longer has. Raises as `parse` does."""
    for _ in range(_ESCAPES):
        if not text.lstrip().startswith(("&lt;", "&#60;", "&amp;lt;")):
            break
        text = unescape(text)
    return parse(_DECLARATION.sub("", text, count=1).strip().encode())


def local(element: Element) -> str:
    """An element's name without its namespace: partners choose their own prefixes."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: Element | None, *path: str) -> Iterator[Element]:
    """The elements at the end of a path of local names."""
    if element is None:
        return
    if not path:
        yield element
        return
    for child in element:
        if local(child) == path[0]:
            yield from children(child, *path[1:])


def child(element: Element | None, *path: str) -> Element | None:
    """The first element at the end of a path; None where there is none."""
    return next(children(element, *path), None)


def value(element: Element | None, *path: str) -> str | None:
    """The text of the first element at the end of a path, its white space made plain; None for an empty one."""
    found = child(element, *path)
    if found is None:
        return None
    return " ".join((found.text or "").split()) or None


def _check_depth(root: Element) -> None:
    stack = [(root, 1)]
    while stack:
        element, depth = stack.pop()
        if depth > DEPTH_LIMIT:
            raise UnreadableError("too-deep", "document", "", f"nested more than {DEPTH_LIMIT} levels deep")
        stack.extend((item, depth + 1) for item in element)


def _doctype() -> UnreadableError:
    return UnreadableError("xml-doctype", "DOCTYPE", "", "a message may not carry a document type or entities")
