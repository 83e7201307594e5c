"""Loads the words by which sentences are compared: marks, equal words, qualifiers."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import Stemmer

from loccit.terms import DataFileError
from loccit.vocabulary.lexicon import folded_words
from loccit.vocabulary.phrases import PhraseTable

__all__ = ["Break", "Mark", "Marked", "Qualifier", "Rules", "load_rules", "stem"]

KINDS = frozenset(
    {
        "negation", "plain", "advice", "direction", "modal", "share", "superlative", "relation",
        "ban", "link", "degree", "likeness",
    }
)  # fmt: skip
_SPELLINGS = (
    ("ae", "e"), ("oe", "e"), ("isation", "ization"), ("ise", "ize"), ("ising", "izing"),
    ("yse", "yze"), ("our", "or"), ("tre", "ter"), ("lling", "ling"), ("lled", "led"),
)  # fmt: skip
_SIGNS = {"+": 1, "-": -1}
_STEMMER = Stemmer.Stemmer("english")


class Mark(NamedTuple):
    """What a phrase does to the meaning of its sentence; see ``marks.toml``."""

    kind: str
    family: str = ""
    sign: int = 0
    rank: int = 0


class Marked(NamedTuple):
    """The marks of a phrase: by any of its forms, and by exact forms only."""

    loose: tuple[Mark, ...]
    exact: dict[str, tuple[Mark, ...]]

    def of(self, form: str) -> tuple[Mark, ...]:
        """The marks of a phrase written as ``form``."""
        return self.exact.get(form, ()) + self.loose


class Qualifier(NamedTuple):
    """A phrase that says of whom or of when: one value on one axis."""

    axis: str
    value: str


class Break(NamedTuple):
    """Where one sentence makes two claims; ``carries`` if the second is about what the first is."""

    pattern: re.Pattern[str]
    carries: bool


class TopicRules(NamedTuple):
    """How the subject of a sentence is found.

    ``leads`` is what leads up to it and is no part of it (*be aware that*), ``verb`` where it ends.
    """

    leads: re.Pattern[str]
    verb: re.Pattern[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """All that is data in the comparison of two sentences."""

    marks: PhraseTable[Marked]
    silent: frozenset[str]
    light: frozenset[str]
    """Words, as compared, that stand in any medical text and tell little."""
    equal: dict[str, str]
    """What a word is compared as: by its form where the form is listed, else by its stem."""
    spoken: PhraseTable[str]
    """Phrases, by their words, that are read as one word."""
    qualifiers: tuple[tuple[tuple[str, ...], Qualifier], ...]
    """Phrases, as their words, and what they qualify."""
    clause_ends: re.Pattern[str]
    """Where the reach of a denial ends: a stop, a bracket, a word such as *but*."""
    reported: tuple[re.Pattern[str], ...]
    told: tuple[re.Pattern[str], ...]
    own: tuple[re.Pattern[str], ...]
    named: tuple[re.Pattern[str], ...]
    breaks: tuple[Break, ...]
    topic: TopicRules
    idle: tuple[re.Pattern[str], ...]

    def meaning(self, word: str) -> str:
        """The word under which ``word`` (case-folded) is compared."""
        return _meaning(self.equal, word)


def _one_spelling(word: str) -> str:
    """British and American spelling as one; only ever compared, never shown."""
    for british, american in _SPELLINGS:
        if british in word:
            word = word.replace(british, american)
    return word


def _meaning(equal: dict[str, str], word: str) -> str:
    stemmed = stem(_one_spelling(word))
    return equal.get(word) or equal.get(stemmed, stemmed)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a case-folded English word (Snowball)."""
    return str(_STEMMER.stemWord(word)) if word.isalpha() else word


@cache
def load_rules() -> Rules:
    """The shipped rules. Raises ``DataFileError`` when a file breaks its form."""
    marks, words = _load("marks.toml"), _load("words.toml")
    try:
        equal = _equal(words["equal"])
        return Rules(
            marks=_marks(marks["marks"]),
            silent=frozenset(words["silent"]),
            light=frozenset(_meaning(equal, each) for each in words["light"]),
            equal=equal,
            spoken=_spoken(words["spoken"], equal),
            qualifiers=_qualifiers(words["qualifiers"]),
            clause_ends=_clause_ends(words["denial_ends"]),
            reported=_patterns(words["reported"]),
            told=_patterns(words["told"]),
            own=_patterns(words["own"]),
            named=_patterns(words["named"]),
            breaks=tuple(
                Break(re.compile(row["pattern"]), row.get("carries", False))
                for row in words["breaks"]
            ),
            topic=TopicRules(
                *(re.compile(words["topic"][each], re.IGNORECASE) for each in TopicRules._fields)
            ),
            idle=tuple(re.compile(row["pattern"], re.IGNORECASE) for row in words["idle"]),
        )
    except (KeyError, ValueError, re.error) as error:
        raise DataFileError(f"verification/*.toml: {error}") from error


def _equal(rows: list[list[str]]) -> dict[str, str]:
    """Words and their stems with what they are compared as; no stem takes the place of a form."""
    forms = {each: _meaning({}, row[0]) for row in rows for each in row}
    stems = {_meaning({}, each): _meaning({}, row[0]) for row in rows for each in row}
    return stems | forms


def _spoken(rows: list[list[str]], equal: dict[str, str]) -> PhraseTable[str]:
    table = PhraseTable[str]()
    for one, *others in rows:
        for phrase in others:
            table.add(folded_words(phrase), _meaning(equal, one))
    return table


def _load(file: str) -> dict[str, Any]:
    return tomllib.loads((files("loccit.verification") / file).read_text(encoding="utf-8"))


def _clause_ends(words: list[str]) -> re.Pattern[str]:
    return re.compile(
        rf"[;:!?)]|\.(?=\s+(?-i:[A-Z(])|\s*\Z)|\b(?:{'|'.join(map(re.escape, words))})\b",
        re.IGNORECASE,
    )


def _patterns(rows: list[dict[str, str]]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in rows)


def _marks(rows: list[dict[str, Any]]) -> PhraseTable[Marked]:
    loose: dict[tuple[str, ...], list[Mark]] = defaultdict(list)
    exact: dict[tuple[str, ...], dict[str, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        mark = _mark(row)
        for phrase in row["phrases"]:
            words = folded_words(phrase)
            key = tuple(stem(word) for word in words)
            if row.get("exact"):
                exact[key][" ".join(words)].append(mark)
            else:
                loose[key].append(mark)
    table = PhraseTable[Marked]()
    for key in {**loose, **exact}:
        forms = {form: tuple(found) for form, found in exact.get(key, {}).items()}
        table.add(key, Marked(tuple(dict.fromkeys(loose.get(key, ()))), forms))
    return table


def _mark(row: dict[str, Any]) -> Mark:
    if row["kind"] not in KINDS:
        raise ValueError(f"no kind of mark is called {row['kind']!r}")
    return Mark(
        kind=row["kind"],
        family=row.get("family", ""),
        sign=_SIGNS[row["sign"]] if "sign" in row else 0,
        rank=row.get("rank", 0),
    )


def _qualifiers(rows: list[dict[str, Any]]) -> tuple[tuple[tuple[str, ...], Qualifier], ...]:
    return tuple(
        (tuple(folded_words(phrase)), Qualifier(row["axis"], row["value"]))
        for row in rows
        for phrase in row["phrases"]
    )
