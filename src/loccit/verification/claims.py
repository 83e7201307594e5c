"""Splits a text into its claims: one fact each, with the place it was taken from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from loccit.sentences import sentences
from loccit.terms import Claim, Passage, PassageKind
from loccit.verification.legible import legible
from loccit.verification.reading import Reader
from loccit.verification.tokens import Reading, Token
from loccit.verification.topics import subject_of

__all__ = ["ClaimFinder"]

_BULLET = re.compile(r"\s*(?:[•◦▪‣·*–—-]\s+|\(?\d{1,2}[.)]\s+|#+\s+|\[[ x]\]\s+)")  # noqa: RUF001
_REFERENCE = r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]"  # noqa: RUF001
_NOTE = rf"(?:{_REFERENCE}|\d{{1,2}}(?!\d)(?:,\s?\d{{1,2}}(?!\d))*|[a-f0-9]{{8}}(?!\w))"
_NOTES = re.compile(rf"\s+(?:{_NOTE}\s*)+\Z")
_BRACKETED = re.compile(rf"\s*(?:{_REFERENCE}\s*)+[.;,]?\Z")
LONGEST_NOTES = 80
"""Characters at the end of a sentence in which its references stand."""
LEAST_NOTED = 3
"""Lines that must end in numbers before such numbers are taken for references."""
LEAST_WORDS = 3
"""Telling words without which nothing is claimed."""
SHORTEST = 3
"""Telling words of a piece that is read apart."""
_POINTS_BACK = re.compile(r"(?:it|they|this|these|its|their|such)\b", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"(?:in|for|when|if|among|with|after|during|while|although|since|because|unless|before)\b",
    re.IGNORECASE,
)


class _Piece(NamedTuple):
    """A stretch of a sentence that claims something; ``topics`` where it leaves its subject out."""

    start: int
    end: int
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimFinder:
    """Finds the claims of a text; reads with the same reader as the checks."""

    reader: Reader

    def find(self, passages: Iterable[Passage]) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
        """Each sentence of the passages, with the claims it is made of."""
        held = list(passages)
        noted = sum(bool(_at_end(_NOTES, each.text)) for each in held) >= LEAST_NOTED
        subjects = self._subjects(held)
        lead, section = "", tuple[str, ...]()
        for passage in held:
            if passage.kind is not PassageKind.LIST_ITEM or passage.locator.section != section:
                section = passage.locator.section
                lead = passage.text if passage.text.rstrip().endswith(":") else ""
            heading = " > ".join((*passage.locator.section[-1:], *([lead] if lead else ())))
            before: tuple[str, ...] = ()
            for start, end in self._sentences(passage, noted=noted):
                text = passage.text[start:end]
                offset = passage.locator.start + start
                claim = self._claim(text, offset, subjects, heading)
                claim = replace(claim, partners=self._partners(claim, subjects))
                if _POINTS_BACK.match(text) and not self._read(text).drugs:
                    claim = replace(claim, drugs=before)
                before = claim.drugs
                yield claim, self._parts(claim, heading) if claim.checkable else ()

    def _sentences(self, passage: Passage, *, noted: bool) -> Iterator[tuple[int, int]]:
        text = passage.text
        bullet = _BULLET.match(text)
        begin = bullet.end() if bullet else 0
        notes = _NOTES if noted else _BRACKETED
        for offset, length in sentences(text[begin:]):
            start, end = offset + begin, length + begin
            found = _at_end(notes, text, start, end)
            yield start, found.start() if found and found.start() > start else end

    def _subjects(self, passages: list[Passage]) -> tuple[str, ...]:
        """The drug that the text names most often, if it is about one."""
        counts = Counter(name for each in passages for name in self._read(each.text).drugs)
        top = counts.most_common(2)
        if not top or (len(top) > 1 and top[0][1] < 2 * top[1][1]):
            return ()
        return (top[0][0],)

    def _claim(self, text: str, start: int, subjects: tuple[str, ...], heading: str) -> Claim:
        reading = self._read(text)
        own = tuple(sorted(reading.drugs))
        return Claim(
            text=text,
            start=start,
            end=start + len(text),
            drugs=own or (subjects if any(map(_is_amount, reading.tokens)) else ()),
            heading=heading,
            checkable=self._is_checkable(reading),
        )

    def _partners(self, claim: Claim, around: tuple[str, ...]) -> tuple[str, ...]:
        """With what a drug is combined where only one of the two is named."""
        reading = self._read(claim.text)
        marks = [mark for token in reading.marked for mark in token.marks]
        together = any(mark.kind == "relation" and mark.family == "together" for mark in marks)
        if not together or len(reading.drugs) != 1:
            return ()
        return tuple(name for name in around if name not in reading.drugs)

    def _is_checkable(self, reading: Reading) -> bool:
        if any(pattern.search(reading.text) for pattern in self.reader.rules.idle):
            return False
        if len(reading.tokens) < LEAST_WORDS or reading.text.rstrip().endswith(":"):
            return False
        return any(
            token.kind in ("number", "drug", "concept", "procedure")
            or token.mark("advice")
            or token.mark("direction")
            for token in reading.tokens
        )

    def _parts(self, claim: Claim, heading: str) -> tuple[Claim, ...]:
        """The claims of a sentence: itself, or the pieces that each claim something."""
        pieces = list(self._pieces(claim.text))
        if len(pieces) == 1 and not pieces[0].topics:
            return (claim,)
        return tuple(
            replace(
                part := self._claim(
                    claim.text[piece.start : piece.end], claim.start + piece.start, (), heading
                ),
                checkable=True,
                drugs=part.drugs or claim.drugs,
                partners=self._partners(part, claim.drugs),
                topics=piece.topics,
            )
            for piece in pieces
        )

    def _pieces(self, text: str) -> Iterator[_Piece]:
        """The stretches of a sentence that each claim something, with what they are about.

        Of a subject with a list in brackets each item is claimed: it is the topic of what follows.
        """
        topics: tuple[str, ...] = ()
        for start, end, carried in self._stretches(text):
            subject = subject_of(text[start:end], self.reader.rules)
            if subject and subject.lists:
                topics = subject.topics
                yield _Piece(start + subject.end + 1, end, topics)
            elif carried and not (subject and self._read(subject.topics[0]).names):
                yield _Piece(start, end, topics)
            else:
                topics = subject.topics if subject else ()
                yield _Piece(start, end, ())

    def _stretches(self, text: str) -> Iterator[tuple[int, int, bool]]:
        """Stretches between breaks, and whether each is about what the one before is about.

        One too short to claim anything stays with the one before.
        """
        cuts = sorted(
            (m.start(), m.end(), each.carries)
            for each in self.reader.rules.breaks
            for m in each.pattern.finditer(text)
        )
        told = self._tokens_in(text)
        start, carried = 0, False
        for begin, end, carries in cuts:
            leads = (
                "," in text[begin:end]
                and _SUBORDINATE.match(text, start, begin)
                and text.find(",", start, begin) < 0
            )
            stands = told(start, begin) >= SHORTEST and told(end, len(text)) >= SHORTEST
            if not leads and stands:
                yield start, begin, carried
                start, carried = end, carries
        yield start, len(text), carried

    def _tokens_in(self, text: str) -> Callable[[int, int], int]:
        """How many tokens begin in a stretch of ``text``, which is read once for all of them."""
        seen = legible(text)
        tokens = self.reader.read(seen.text).tokens
        begins = [seen.original(token.start, token.end)[0] for token in tokens]
        return lambda start, end: bisect_left(begins, end) - bisect_left(begins, start)

    def _read(self, text: str) -> Reading:
        """What the text says as it reads."""
        return self.reader.read(legible(text).text)


def _at_end(
    notes: re.Pattern[str], text: str, start: int = 0, end: int | None = None
) -> re.Match[str] | None:
    """The references at the end of a stretch; looking no further back keeps long texts cheap."""
    end = len(text) if end is None else end
    return notes.search(text, max(start, end - LONGEST_NOTES), end)


def _is_amount(token: Token) -> bool:
    """Whether it is an amount of a drug: then the sentence is about one, named or not."""
    return bool(token.measure and token.measure.dimension.startswith(("mass", "volume")))
