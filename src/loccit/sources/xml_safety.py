"""The one way this project parses XML: no network, no DTD, no entities, nothing recovered.

Entities are the road of every XML attack (expansion bombs, files read through them), and a parser
that skips one silently loses text; so a document that declares or uses any is refused whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final, NamedTuple, cast

from lxml import etree

from loccit.terms import Unreadable

__all__ = [
    "FETCH_AGAIN",
    "MAX_BYTES",
    "RootTag",
    "depth_guarded",
    "parse_whole",
    "read_whole",
    "root_tag",
    "stream_elements",
]

MAX_BYTES = 64 * 1024 * 1024
"""Cap on a file parsed whole (the largest PubMed Central articles are near 20 MB): a tree takes
about ten times its bytes in memory."""

MAX_RECORD_BYTES = 8 * 1024 * 1024
"""Cap on one record of a streamed file, which is held as a tree until it ends."""

CHUNK = 64 * 1024
HEAD = 64 * 1024
FETCH_AGAIN = "fetch the file again from where it came"

SAFE: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "recover": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""Parser options. Comments and processing instructions go, so that they never split a text."""

_NAME = r"[A-Za-z_][\w.\-]*"
_START_TAG = re.compile(rf"<(?:({_NAME}):)?({_NAME})([^<>]*)")
_ATTRIBUTE = re.compile(r"""([\w:.\-]+)\s*=\s*("[^"]*"|'[^']*')""")
_SKIPPED = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DOCTYPE = re.compile(r"""<!DOCTYPE(?:[^\[\]>"']|"[^"]*"|'[^']*')*""", re.DOTALL)
_LINE = re.compile(r"\bline (\d+)")
_POSITION = re.compile(r",? ?line \d+, column \d+.*$|\(<string>.*$", re.DOTALL)


class RootTag(NamedTuple):
    """What a file's first bytes say it is: its root element and its DOCTYPE, if any."""

    name: str
    namespace: str
    attributes: dict[str, str]
    doctype: str


def root_tag(head: bytes) -> RootTag | None:
    """The root element that ``head`` opens with, or ``None`` where it is not XML. Never raises."""
    text = _decoded(head)
    position, doctype = _after_prolog(text)
    if text[position : position + 1] == "[":
        position = _after_subset(text, position)
    match = _START_TAG.match(text, position)
    if not match:
        return None
    prefix, name, rest = match.groups()
    attributes = {key: value[1:-1] for key, value in _ATTRIBUTE.findall(rest)}
    namespace = attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", "")
    return RootTag(name, namespace, attributes, doctype)


def read_whole(stream: BinaryIO, *, limit: int = MAX_BYTES) -> bytes:
    """All bytes of ``stream``. Raises ``Unreadable`` when it is empty or longer than ``limit``."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(
            f"larger than the {limit // 2**20} MB read as one document",
            cure="split it into its articles or chapters",
        )
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("the file is empty", cure=FETCH_AGAIN)
    return data


def parse_whole(stream: BinaryIO) -> etree._Element:
    """The root element of a well-formed XML document without entities.

    Raises ``Unreadable`` for anything else.
    """
    data = read_whole(stream)
    _refuse_internal_subset(data[:HEAD])
    try:
        root = etree.fromstring(data, etree.XMLParser(**SAFE))
    except etree.LxmlError as error:
        raise _broken(error) from None
    except (ValueError, LookupError) as error:
        raise Unreadable(f"not readable as XML ({error})", cure=FETCH_AGAIN) from None
    _refuse_declarations(root)
    _refuse_entities(root)
    return root


def stream_elements(
    stream: BinaryIO, tags: tuple[str, ...], *, lines_before: int = 0
) -> Iterator[etree._Element]:
    """Each element named in ``tags`` as it ends, in order; it is freed when the next is asked for.

    ``lines_before`` counts the lines of the file that ``stream`` does not have. Raises
    ``Unreadable`` where the XML breaks, after the elements that ended before.
    """
    parser = etree.XMLPullParser(events=("end",), tag=tags, **SAFE)
    held, checked = 0, False
    while True:
        chunk = stream.read(CHUNK)
        broken = _fed(parser, chunk, lines_before)
        held += len(chunk)
        for _, ended in parser.read_events():
            element = cast("Any", ended)
            if not checked:
                _refuse_declarations(element)
                checked = True
            held = 0
            _refuse_entities(element, lines_before)
            yield element
            _free(element)
        if broken:
            raise broken
        if not chunk:
            return
        _refuse_overlong(held)


@contextmanager
def depth_guarded() -> Iterator[None]:
    """Turn Python's own limit on nesting into a refusal."""
    try:
        yield
    except RecursionError:
        raise Unreadable("nested too deep to be a text", cure=FETCH_AGAIN) from None


def _fed(parser: etree.XMLPullParser, chunk: bytes, lines_before: int) -> Unreadable | None:
    """Give the parser one chunk, or the end, and return what broke.

    It is not raised, since records that ended before the break are still to be read.
    """
    try:
        if chunk:
            parser.feed(chunk)
        else:
            parser.close()
    except etree.LxmlError as error:
        return _broken(error, lines_before)
    except (ValueError, LookupError) as error:
        return Unreadable(f"not readable as XML ({error})", cure=FETCH_AGAIN)
    return None


def _free(element: etree._Element) -> None:
    """Drop what stands before an element that was read from the growing tree."""
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _broken(error: etree.LxmlError, lines_before: int = 0) -> Unreadable:
    """The parser's complaint in one line, with its place."""
    line, column = getattr(error, "position", None) or (0, 0)
    line += lines_before if line else 0
    cause = _POSITION.sub("", " ".join(str(error).split())).strip(" ,;") or "cut short"
    cause = _LINE.sub(lambda found: f"line {int(found[1]) + lines_before}", cause)
    place = f"line {line}, column {column}" if line else ""
    return Unreadable(f"broken XML ({cause})", place=place, cure=FETCH_AGAIN)


def _refuse_overlong(held: int) -> None:
    if held > MAX_RECORD_BYTES:
        raise Unreadable(
            f"more than {MAX_RECORD_BYTES // 2**20} MB without a complete record",
            cure="check that the file is the list of records it begins as",
        )


def _refuse_internal_subset(head: bytes) -> None:
    """Refuse before parsing what the prolog shows; a hidden one is refused after."""
    text = _decoded(head)
    position, doctype = _after_prolog(text)
    if doctype and text[position : position + 1] == "[":
        raise _declares("declarations")


def _refuse_declarations(element: etree._Element) -> None:
    dtd: Any = element.getroottree().docinfo.internalDTD  # its stubs lack both iterators
    if dtd is not None and (any(dtd.iterentities()) or any(dtd.iterelements())):
        raise _declares("entities or elements")


def _declares(what: str) -> Unreadable:
    return Unreadable(
        f"its DOCTYPE holds {what} of its own, which is how XML attacks work",
        place="DOCTYPE",
        cure="save it with all entities replaced and without the [...] part",
    )


def _refuse_entities(element: etree._Element, lines_before: int = 0) -> None:
    """Refuse a reference to an entity, since its text would be lost."""
    for entity in element.iter(etree.Entity):
        raise Unreadable(
            f"uses the entity {entity.text}, which only an external DTD defines",
            place=_line(cast("int | None", entity.sourceline), lines_before),
            cure="save it with the character itself",
        )


def _line(number: int | None, before: int) -> str:
    return f"line {number + before}" if number else ""


def _decoded(head: bytes) -> str:
    """``head`` as text, well enough to read its prolog."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _after_prolog(text: str) -> tuple[int, str]:
    """Where the root element (or the DOCTYPE's internal subset) begins, and the DOCTYPE so far."""
    position, doctype = 0, ""
    while True:
        skipped = _SKIPPED.match(text, position)
        if skipped:
            position = skipped.end()
            continue
        declared = _DOCTYPE.match(text, position)
        if not declared or doctype:
            return position, doctype
        doctype, position = declared.group(), declared.end()
        if text[position : position + 1] != ">":
            return position, doctype
        position += 1


def _after_subset(text: str, position: int) -> int:
    """Past a DOCTYPE's internal subset, so that the right reader gets to refuse it."""
    end = re.compile(r"\]\s*>\s*").search(text, position)
    return end.end() if end else position
