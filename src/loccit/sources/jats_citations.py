"""Reference marks in JATS, made to read as marks: raised or bare numbers get square brackets.

What the page shows as a small raised 12 would otherwise stand in the text as the number 12.
"""

from __future__ import annotations

import re

from lxml import etree

from loccit.sources.inline import local_name, whole_text

__all__ = ["MARK", "bracket_citations"]

MARK = "cited"
"""Name given to an element that holds such a mark; its text already has the brackets."""

REFERENCES = ("bibr", "ref")
NOTES = ("fn", "table-fn")
JOINTS = r"\s,;\u2010\u2013\u2014\-"
"""What stands between the numbers of one mark: commas, hyphens and dashes."""
_LETTERS = re.compile(r"[A-Za-z]{1,2}")
"""The other way of numbering the notes to a table."""
_NUMBERS = re.compile(rf"[{JOINTS}.\d]*\d[{JOINTS}.\d]*[a-z]?")
_BETWEEN = re.compile(rf"[{JOINTS}]*")
_OPEN = re.compile(rf"[\[(][{JOINTS}.\d]*$")
"""A bracket that stands open with nothing but other marks in it."""
LONGEST = 60
ENOUGH = 200


def bracket_citations(root: etree._Element) -> None:
    """Change the tree so that each raised or bare mark is one ``MARK`` element."""
    for raised in list(root.iter("{*}sup")):
        marks = [mark for mark in raised.iter("{*}xref") if _is_mark(mark)]
        parent = raised.getparent()
        if marks and _is_number(raised):
            _mark(raised)
        elif parent is not None and _is_mark(parent) and _is_number(parent):
            _mark(parent)
    for mark in list(root.iter("{*}xref")):
        if _is_bare_reference(mark):
            _join_following(mark)
            _mark(mark)


def _is_mark(element: etree._Element) -> bool:
    return local_name(element) == "xref" and element.get("ref-type") in REFERENCES + NOTES


def _is_number(element: etree._Element) -> bool:
    """Whether the text is what numbers references (digits) or notes (digits or letters)."""
    text = _text(element)
    lettered = element.get("ref-type", NOTES[0]) in NOTES and _LETTERS.fullmatch(text)
    return len(text) <= LONGEST and bool(lettered or _NUMBERS.fullmatch(text))


def _text(element: etree._Element) -> str:
    return whole_text(element).strip()


def _mark(element: etree._Element) -> None:
    """Make one bracketed mark of ``element``, unless brackets stand around it already."""
    text = _text(element)
    if not _OPEN.search(_before(element)):
        text = f"[{text}]"
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = MARK, text, tail


def _is_bare_reference(element: etree._Element) -> bool:
    return (
        local_name(element) == "xref"
        and element.get("ref-type") in REFERENCES + NOTES
        and _is_number(element)
        and not _OPEN.search(_before(element))
    )


def _before(element: etree._Element) -> str:
    """The text that stands before an element in its paragraph: a few words are enough."""
    parts: list[str] = []
    length, here = 0, element
    while length < ENOUGH and len(parts) < ENOUGH:
        previous, parent = here.getprevious(), here.getparent()
        if previous is not None:
            parts.append(whole_text(previous) + (previous.tail or ""))
            here = previous
        elif parent is not None and local_name(parent) not in ("p", "td", "title"):
            parts.append(parent.text or "")
            here = parent
        else:
            parts.append((parent.text or "") if parent is not None else "")
            break
        length += len(parts[-1])
    return "".join(reversed(parts))


def _join_following(mark: etree._Element) -> None:
    """Take the marks that follow with nothing but commas or dashes between into this one."""
    parent = mark.getparent()
    while parent is not None:
        following = mark.getnext()
        between = mark.tail or ""
        if following is None or not _BETWEEN.fullmatch(between) or not _is_mark(following):
            return
        if not _is_number(following):
            return
        text, tail = _text(mark) + (between or ",") + _text(following), following.tail
        parent.remove(following)
        for child in list(mark):
            mark.remove(child)
        mark.text, mark.tail = text, tail
