"""Takes out of a question what points to a person, before anything else is done with it.

What is taken out is told by its kind and never by its value. Years, towns and ages stay: answers
turn on them, and alone they point to nobody.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from loccit.terms import DataFileError
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.ordinary import ordinary_words

__all__ = ["PLACE", "Cleared", "without_identifiers"]

PLACE = "[…]"
"""What stands where something was taken out; it is no word, so that nothing is searched by it."""
NAME = "name"
LETTER = 2
"""A part of a name of so few letters is a title or an initial, and is not looked for again."""
_PARTS = {
    "month": r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?",
    "ref": r"[A-Za-z]{0,3}[ -]?\d(?:[\w/-]|\s(?=\d{3,})){2,}",
    "word": r"[^\W\d_][\w'’]+",  # noqa: RUF001
    "cap": r"[A-Z][a-zà-ÿ'’]+(?:-[A-Z][a-zà-ÿ'’]+)?",  # noqa: RUF001
}
_NAME_WORD = r"(?-i:[A-ZÀ-Ý][\w’]+(?:['-][A-ZÀ-Ý]?[\w’]+)*)"  # noqa: RUF001
_PARTICLE = r"(?-i:[A-Z]\.|(?:al|bin|da|de|del|der|di|dos|el|la|van|von|den)\b)"
_PARTS["name"] = (
    rf"{_NAME_WORD}(?:\s(?:{_PARTICLE}\s)*{_NAME_WORD}|\s[A-Z]\.(?:\s{_NAME_WORD})?){{0,3}}"
)
_PARTS["day"] = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?(?: of)?[\s./-]+(?:\d{1,2}|{month})[\s,./-]+\d{2,4}"
    r"|{month}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|{month}\s+\d{4})"
).replace("{month}", _PARTS["month"])
_CAPITALISED = re.compile(_NAME_WORD)


class Cleared(NamedTuple):
    """A text without identifiers, and the kinds of what was taken out, once each."""

    text: str
    kinds: tuple[str, ...]


class _Span(NamedTuple):
    start: int
    end: int
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentifierRule:
    """A pattern and the kind of identifier it finds; a sure one is not doubted word by word."""

    kind: str
    pattern: re.Pattern[str]
    sure: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentifierRules:
    """All rules and words, loaded once."""

    rules: tuple[IdentifierRule, ...]
    given_names: frozenset[str]
    not_names: frozenset[str]
    not_initials: frozenset[str]
    eponym_of: frozenset[str]
    fewest_unknown: int
    endings: tuple[str, ...]
    before_things: frozenset[str]
    places: frozenset[str]


def _rule(row: dict[str, Any]) -> IdentifierRule:
    pattern = row["pattern"]
    for part, words in _PARTS.items():
        pattern = pattern.replace(f"{{{part}}}", words)
    flags = 0 if row.get("exact") else re.IGNORECASE
    return IdentifierRule(
        kind=row["kind"], pattern=re.compile(pattern, flags), sure=row.get("sure", False)
    )


@cache
def load_identifier_rules() -> IdentifierRules:
    """The shipped rules. Raises ``DataFileError`` when a file breaks its form."""
    folder = files("loccit.questions")
    rows = tomllib.loads((folder / "identifiers.toml").read_text(encoding="utf-8"))
    lines = (folder / "given_names.txt").read_text(encoding="utf-8").splitlines()
    names = (name for line in lines if not line.startswith("#") for name in line.split())
    try:
        words, unknown = rows["words"], rows["unknown"]
        return IdentifierRules(
            rules=tuple(map(_rule, rows["rules"])),
            given_names=frozenset(names),
            not_names=frozenset(words["not_names"]),
            not_initials=frozenset(words["not_initials"]),
            eponym_of=frozenset(words["eponym_of"]),
            fewest_unknown=int(unknown["fewest"]),
            endings=tuple(unknown["endings"]),
            before_things=frozenset(unknown["before"]),
            places=frozenset(unknown["places"]),
        )
    except (KeyError, re.error) as error:
        raise DataFileError(f"questions/identifiers.toml: {error}") from error


def without_identifiers(text: str, vocabulary: Vocabulary) -> Cleared:
    """The text with ``PLACE`` for every identifier, and the kinds of those.

    A name that was found once is taken out wherever it stands again.
    """
    finder = _Finder(vocabulary, load_identifier_rules())
    kinds: dict[str, None] = {}
    for rule in finder.rules.rules:
        spans = list(finder.by_rule(text, rule))
        text = _cut(text, spans)
        kinds.update(dict.fromkeys(span.kind for span in spans))
    for find in (finder.by_given_name, finder.by_unknown_words):
        spans = list(find(text))
        text = _cut(text, spans)
        kinds.update(dict.fromkeys(span.kind for span in spans))
    for word in sorted(finder.names):
        text = re.sub(rf"\b{re.escape(word)}\b", PLACE, text)
    return Cleared(
        re.sub(rf"{re.escape(PLACE)}(?:[\s,]*{re.escape(PLACE)})+", PLACE, text), tuple(kinds)
    )


def _is_part_of_a_name(word: str, vocabulary: Vocabulary) -> bool:
    """Whether the word stands in any name of the vocabulary: Guillain does, and is none alone."""
    keys = vocabulary.lexicon.keys()
    return any(word in key and word in key.split() for key in keys)


def _cut(text: str, spans: list[_Span]) -> str:
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + PLACE + text[span.end :]
    return text


class _Finder:
    """Finds identifiers in one text, and remembers the names it found."""

    def __init__(self, vocabulary: Vocabulary, rules: IdentifierRules) -> None:
        self.rules = rules
        self.names: set[str] = set()
        self._vocabulary = vocabulary

    def by_rule(self, text: str, rule: IdentifierRule) -> Iterator[_Span]:
        """What a rule finds and nothing speaks against."""
        for match in rule.pattern.finditer(text):
            start, end = match.span("id" if "id" in match.re.groupindex else 0)
            if rule.kind == NAME:
                end = self._end_of_name(text, start, end, sure=rule.sure)
            elif rule.kind == "initials" and not self._are_initials(text[start:end], rule):
                continue
            if end > start and PLACE not in text[start:end]:
                if rule.kind == NAME:
                    self._remember(text[start:end])
                yield _Span(start, end, rule.kind)

    def by_given_name(self, text: str) -> Iterator[_Span]:
        """Known given names in capitals, with the surname behind them."""
        named = [(c.start, c.end) for c in self._vocabulary.lexicon.find(text)]
        at = 0
        for match in re.finditer(_PARTS["name"], text):
            for word in _CAPITALISED.finditer(text, match.start(), match.end()):
                start = word.start()
                if start < at or word.group().casefold() not in self.rules.given_names:
                    continue
                end = self._end_of_name(text, start, match.end(), sure=False, given=True)
                inside = any(first <= start < last for first, last in named)
                if end > start and not inside and not self._is_shout(word.group(), text, end):
                    self._remember(text[start:end])
                    at = end
                    yield _Span(start, end, NAME)

    def by_unknown_words(self, text: str) -> Iterator[_Span]:
        """Capitalised words together that neither the vocabulary nor any list knows."""
        runs = list(re.finditer(_PARTS["name"], text))
        if not runs:
            return
        named = [(c.start, c.end) for c in self._vocabulary.lexicon.find(text)]
        for match in runs:
            start, end = match.span()
            words = _CAPITALISED.findall(match.group())
            known = any(first < end and start < last for first, last in named)
            after = re.match(r"[\s-]+(\w+)", text[end:])
            thing = after is not None and after[1].casefold() in (
                self.rules.before_things | self.rules.eponym_of
            )
            several = self.rules.fewest_unknown <= len(words)
            if several and not known and not thing and all(map(self._is_unknown, words)):
                self._remember(match.group())
                yield _Span(start, end, NAME)

    def _is_unknown(self, word: str) -> bool:
        """Written as a name is, and in no list of words; its ending is not one of medicine."""
        folded = re.sub(r"['’]s$", "", word.casefold())  # noqa: RUF001
        listed = folded in self.rules.not_names | self.rules.places | self.rules.before_things
        return not (
            listed
            or word.isupper()
            or not word.replace("-", "").replace("'", "").replace("’", "").isalpha()  # noqa: RUF001
            or len(word) <= LETTER
            or folded in ordinary_words()
            or self._is_medical(folded)
            or folded.endswith(self.rules.endings)
            or _is_part_of_a_name(folded, self._vocabulary)
        )

    def _end_of_name(
        self, text: str, start: int, end: int, *, sure: bool, given: bool = False
    ) -> int:
        """Where a name ends: before the first word that is none. Its start where it is no name."""
        last = start
        for word in re.finditer(r"\S+", text[start:end]):
            bare = re.sub(r"['’]s$", "", word.group().strip(".,;:!?()"))  # noqa: RUF001
            if bare.casefold() in self.rules.eponym_of and not sure:
                return start
            if self._is_doubted(bare, sure=sure or (given and last == start)):
                break
            last = start + word.end()
        after = re.match(r"(?:['’]s)?[\s-]+(\w+)", text[last:])  # noqa: RUF001
        follows = after[1].casefold() if after else ""
        if not sure and follows in self.rules.eponym_of:
            return start
        return start + len(re.sub(r"(?:['’]s)?[.,;:!?]*$", "", text[start:last]))  # noqa: RUF001

    def _is_doubted(self, word: str, *, sure: bool) -> bool:
        """An ordinary or a medical word; in capitals, also one that is no known given name."""
        folded = word.casefold()
        if folded in self.rules.not_names or (not sure and folded in self.rules.places):
            return True
        shouted = word.isupper() and len(word) > LETTER
        unknown = shouted and word.casefold() not in self.rules.given_names
        return not sure and (unknown or self._is_medical(word.casefold()))

    def _is_medical(self, word: str) -> bool:
        """Whether the vocabulary knows the word, alone or as a short form."""
        short = word.upper() in self._vocabulary.abbreviations
        return short or self._vocabulary.lexicon.get(word) is not None

    def _are_initials(self, found: str, rule: IdentifierRule) -> bool:
        letters = found.replace(".", "").replace(" ", "")
        if rule.sure:
            return True
        if found.casefold().replace(" ", "") in self.rules.not_initials:
            return False
        return "." in found or not self._is_medical(letters.casefold())

    @staticmethod
    def _is_shout(word: str, text: str, end: int) -> bool:
        """A lone word in capitals is as likely a short form as a name."""
        following = text[end : end + 2].strip()
        return word.isupper() and len(word) <= len("MARIA") and following not in ("", ",", ".")

    def _remember(self, name: str) -> None:
        """Parts of a name that point to the person wherever they stand."""
        for word in re.findall(r"[^\W\d_][\w'’-]+", name):  # noqa: RUF001
            known = word.casefold() in self.rules.not_names or self._is_medical(word.casefold())
            if len(word) > LETTER and not known:
                self.names.add(word)
