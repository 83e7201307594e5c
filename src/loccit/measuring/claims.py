"""Rows of a claim set: a claim, the evidence it is held against, and what a reader said of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

import msgspec

from loccit.terms import SourceError, Unreadable, Verdict

__all__ = ["MOST_BYTES", "ClaimRow", "Label", "label_of", "read_rows"]

MOST_BYTES = 4 * 1024 * 1024
"""Of one row; a longer one is no claim with its evidence."""
LONGEST_CAUSE = 160
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
CURE = 'a row is {"claim": …, "evidence": …, "label": SUPPORT, CONTRADICT or NEI}'


class Label(StrEnum):
    """What a careful reader who has only the evidence says of a claim."""

    SUPPORT = "SUPPORT"
    CONTRADICT = "CONTRADICT"
    NEI = "NEI"


_LABELS = {
    Verdict.SUPPORTED: Label.SUPPORT,
    Verdict.CONTRADICTED: Label.CONTRADICT,
    Verdict.PARTLY: Label.NEI,
    Verdict.NOT_FOUND: Label.NEI,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimRow:
    """One row of a claim set.

    ``kind`` is the family by which results are summed, ``fault`` the change made to a true
    sentence, ``split`` the half that the row belongs to; ``subject`` is what the document of the
    evidence is about, ``context`` the headings above it.
    """

    claim: str
    evidence: str
    label: Label
    id: str | None = None
    kind: str | None = None
    subject: str | None = None
    context: str | None = None
    split: str | None = None
    fault: str | None = None


def label_of(verdict: Verdict) -> Label:
    """The label with which a verdict agrees."""
    return _LABELS[verdict]


def read_rows(stream: BinaryIO, name: str) -> Iterator[ClaimRow | SourceError]:
    """The rows of JSON lines, in order; one that cannot be read is an error that names it.

    Empty lines are passed over. Holds one row at a time, of at most ``MOST_BYTES``.
    """
    decoder = msgspec.json.Decoder(ClaimRow)
    for number, line in enumerate(_lines(stream), start=1):
        held = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
        if held.strip():
            try:
                yield _row(held, decoder)
            except (ValueError, RecursionError, msgspec.MsgspecError) as error:
                yield Unreadable(_cause(error), where=name, place=f"row {number}", cure=CURE)


def _row(line: bytes, decoder: msgspec.json.Decoder[ClaimRow]) -> ClaimRow:
    if len(line) > MOST_BYTES:
        raise ValueError(f"is longer than {MOST_BYTES // 1024**2} MiB")
    row = decoder.decode(line)
    if not row.claim.strip():
        raise ValueError("the claim is empty")
    return row


def _cause(error: Exception) -> str:
    """What is wrong, in one printable line: it may quote what the row holds."""
    words = "".join(each if each.isprintable() else " " for each in str(error))
    return " ".join(words.split())[:LONGEST_CAUSE]


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines of the stream; of a longer one only as much as shows that it is too long."""
    while line := stream.readline(MOST_BYTES + 1):
        rest = line
        while len(rest) > MOST_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(MOST_BYTES + 1)
        yield line
