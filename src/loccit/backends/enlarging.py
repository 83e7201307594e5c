"""Makes a base of any size out of real texts, to measure how speed and size go with it.

The texts come first as they are; where more are wanted, each comes again with other drugs, other
numbers, other orders of words and ids of its own, the same ones in every run. Copies are described
by the descriptions of their originals with the names exchanged, so that a base of millions is made
in minutes. They say nothing true, and nothing but time and size may be measured on them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from loccit.quantities import quantities
from loccit.terms import (
    DescribedDocument,
    Description,
    DocumentId,
    Passage,
    PassageId,
    SourceDocument,
)
from loccit.vocabulary.lexicon import folded_words

__all__ = ["Names", "copied", "copy_id", "shares"]

STRIDE = 37
"""How far the names move from one copy to the next: alphabetical neighbours are often kin."""
SWAPPED = 5
"""One in so many pairs of words is turned round."""
CONTEXT = 32
_TOKEN = re.compile(r"[A-Za-z]{4,}|\d+")
_PAIR = re.compile(r"\b([a-z]{3,}) ([a-z]{3,})\b")


class Names:
    """Exchanges names of drugs for one another, otherwise for each copy."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({name for name in names if name.isascii() and name.isalpha()})

    def exchanged(self, number: int) -> dict[str, str]:
        """For each name the one that stands in its place in copy ``number``."""
        moved = number * STRIDE % len(self._names) if self._names else 0
        return dict(zip(self._names, self._names[moved:] + self._names[:moved], strict=True))


def shares(sizes: Iterable[int], ratio: float) -> Iterator[int]:
    """How often each text of these sizes is wanted, so that the sum comes to ``ratio`` times."""
    due = 0.0
    for size in sizes:
        due += ratio * size
        times = max(0, round(due / size)) if size else 0
        due -= times * size
        yield times


def copy_id(document: DocumentId, number: int) -> DocumentId:
    """The id of copy ``number`` of a document."""
    return DocumentId(f"{document}~{number}") if number else document


def copied(described: DescribedDocument, number: int, names: Names) -> DescribedDocument:
    """Copy ``number`` of a described document; copy 0 is the document itself."""
    if not number:
        return described
    return _Copy(described, number, names.exchanged(number)).made()


class _Copy:
    """One copy in the making: the text piece by piece, so that each place keeps its piece."""

    def __init__(self, original: DescribedDocument, number: int, names: dict[str, str]) -> None:
        self._original, self._number, self._names = original, number, names
        text = original.document.text
        points = sorted(_points(original) | {0, len(text)})
        pieces = [self._words(text[start:end]) for start, end in pairwise(points)]
        self._text, self._at, place = "".join(pieces), {0: 0}, 0
        for point, piece in zip(points[1:], pieces, strict=True):
            place += len(piece)
            self._at[point] = place

    def made(self) -> DescribedDocument:
        document = self._document()
        return DescribedDocument(
            document=document,
            subjects=self._renamed(self._original.subjects),
            passages=tuple(self._passage(document, *each) for each in self._original.passages),
        )

    def _words(self, text: str) -> str:
        """The text with words turned round, and with other names and numbers."""
        return _TOKEN.sub(self._token, _PAIR.sub(self._pair, text))

    def _pair(self, pair: re.Match[str]) -> str:
        turned = (pair.start() + self._number) % SWAPPED == 0
        return f"{pair[2]} {pair[1]}" if turned else pair[0]

    def _token(self, found: re.Match[str]) -> str:
        token = found[0]
        if token[0].isalpha():
            name = self._names.get(token.lower())
            return (name if token.islower() else name.capitalize()) if name else token
        if not int(token) or len(token) > CONTEXT:
            return token
        return str((int(token) + self._number) % 10 ** len(token)).zfill(len(token))

    def _renamed(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._names.get(name, name) for name in names)

    def _document(self) -> SourceDocument:
        document, at = self._original.document, self._at
        return replace(
            document,
            id=copy_id(document.id, self._number),
            series=f"{document.series}~{self._number}",
            title=self._words(document.title),
            text=self._text,
            sha256="",
            sections=tuple(
                replace(each, start=at[each.start], end=at[each.end]) for each in document.sections
            ),
            spans=(),
            annotations=(),
            page_starts=tuple(at[each] for each in document.page_starts),
            identifiers={k: f"{v}~{self._number}" for k, v in document.identifiers.items()},
            subjects=tuple(map(self._words, document.subjects)),
            relations=(),
        )

    def _passage(
        self, document: SourceDocument, passage: Passage, says: Description
    ) -> tuple[Passage, Description]:
        place = passage.locator
        start, end = self._at[place.start], self._at[place.end]
        text = self._text[start:end]
        name = hashlib.sha256(f"{passage.id}~{self._number}".encode()).hexdigest()[:16]
        locator = replace(
            place,
            document=document.id,
            sha256=document.sha256,
            start=start,
            end=end,
            prefix=self._text[max(0, start - CONTEXT) : start],
            suffix=self._text[end : end + CONTEXT],
        )
        copy = replace(
            passage, id=PassageId(name), locator=locator, text=text,
            context=self._words(passage.context), annotation=None,
        )  # fmt: skip
        return copy, self._described(says, text)

    def _described(self, says: Description, text: str) -> Description:
        return replace(
            says,
            drugs=self._renamed(says.drugs),
            subjects=self._renamed(says.subjects),
            quantities=quantities(text, folded_words(text)) if says.quantities else (),
        )


def _points(described: DescribedDocument) -> set[int]:
    """Every place of the text that something begins or ends at."""
    document = described.document
    places = [(each.start, each.end) for each in document.sections]
    places += [(each.locator.start, each.locator.end) for each, _ in described.passages]
    return {*document.page_starts, *(point for place in places for point in place)}
