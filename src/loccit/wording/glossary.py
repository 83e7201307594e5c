"""Medical terms and what they mean, in words for a patient and for a student."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loccit.terms import DataFileError, Explained
from loccit.vocabulary.lexicon import folded_words, words_with_places
from loccit.vocabulary.phrases import PhraseTable

__all__ = ["Glossary", "Term", "load_glossary", "read_glossary"]

_FILE = "wording/glossary.tsv"
_COLUMNS = ["term", "forms", "plain", "student", "source", "on"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A headword; ``meanings`` by the name of their column, ``source`` where they were checked."""

    name: str
    meanings: Mapping[str, str]
    source: str
    on: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Glossary:
    """Terms by each form under which they occur in a text."""

    terms: tuple[Term, ...]
    by_form: PhraseTable[Term]

    def explained(self, text: str, meanings: str) -> Iterator[Explained]:
        """The terms in a text, the longest where they overlap, each at its first place only."""
        words, starts, ends = words_with_places(text)
        told: set[str] = set()
        for first, last, term in self.by_form.scan(words):
            if term.name not in told:
                told.add(term.name)
                yield Explained(
                    term=term.name,
                    meaning=term.meanings[meanings],
                    start=starts[first],
                    end=ends[last],
                )


@cache
def load_glossary() -> Glossary:
    """The shipped glossary. Raises ``DataFileError`` naming the row that breaks its form."""
    return read_glossary((files("loccit.wording") / "glossary.tsv").read_text(encoding="utf-8"))


def read_glossary(text: str) -> Glossary:
    """A glossary from its table. Raises ``DataFileError`` naming the row that breaks its form."""
    rows = csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    if next(rows, None) != _COLUMNS:
        raise DataFileError(f"{_FILE}: the first line must be {' '.join(_COLUMNS)}")
    terms: list[Term] = []
    by_form: PhraseTable[Term] = PhraseTable()
    for number, row in enumerate(rows, start=2):
        if len(row) != len(_COLUMNS) or not all(row[i] for i in (0, 2, 3, 4, 5)):
            raise DataFileError(f"{_FILE}: line {number} lacks a field; only forms may be empty")
        name, forms, plain, student, source, on = row
        term = Term(name=name, meanings={"plain": plain, "student": student}, source=source, on=on)
        terms.append(term)
        for words in filter(None, map(folded_words, (name, *forms.split(";")))):
            if by_form.get(words) not in (None, term):
                raise DataFileError(f"{_FILE}: line {number}: {words} is another term's too")
            by_form.add(words, term)
    return Glossary(terms=tuple(terms), by_form=by_form)
