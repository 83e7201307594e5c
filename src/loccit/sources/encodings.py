"""Text files as text: UTF-8, or UTF-16 with its mark. Anything else is refused, with the place."""

from __future__ import annotations

import codecs

from loccit.terms import Unreadable

__all__ = ["decoded", "is_text"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}
"""Bytes that no text file has; form feed is a page break."""
MOST_CONTROLS = 0.01


def decoded(data: bytes) -> str:
    """The file's text without its byte-order mark. Raises ``Unreadable`` with the offset."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, len(mark))
    if b"\0" in data:
        raise Unreadable(
            "a byte that is no text (NUL), so a binary file",
            place=f"byte {data.index(0)}",
            cure="add the document itself, as PDF, HTML or text",
        )
    return _strict(data, "utf-8", 0)


def _strict(data: bytes, encoding: str, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"not valid {encoding.upper().removesuffix('-LE').removesuffix('-BE')}",
            place=f"byte {error.start + skipped}",
            cure="save the file as UTF-8",
        ) from None


def is_text(head: bytes) -> bool:
    """Whether the first bytes of a file look like text. Never raises."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    head = head.removeprefix(codecs.BOM_UTF8)
    if not head.strip():
        return False
    controls = sum(byte in CONTROLS for byte in head[:4096])
    return b"\0" not in head and controls <= MOST_CONTROLS * min(len(head), 4096)
