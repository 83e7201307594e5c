"""Laboratory values and vital signs of a question, with value and unit as written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple

from loccit.terms import DataFileError, Measured
from loccit.vocabulary.finding import lowered_in_place

__all__ = ["FoundValue", "MeasureRules", "load_measure_rules", "number_in", "values_in"]

_NUMBER = r"-?\d{1,3}(?:,\d{3})+|-?\d+(?:\.\d+)?"
_BOUND = r"<=|>=|[<>≤≥~]|less than|below|under|above|more than|greater than|over|at least"
_RANGE = r"to|-|–|and"  # noqa: RUF001


class FoundValue(NamedTuple):
    """A value and where it stands."""

    measured: Measured
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)  # no slots: it keeps what it compiled
class Measure:
    """One thing that is measured; numbers outside ``low`` to ``high`` are not read as its value.

    ``words`` are its names in small letters, ``short`` those that are found only as written.
    """

    name: str
    words: tuple[str, ...]
    short: tuple[str, ...]
    regex: str
    low: float
    high: float
    pair: bool

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Its name and a value, compiled when a text first names it: most never are."""
        return re.compile(self.regex)

    def may_be_in(self, text: str, lowered: str) -> bool:
        """Whether a text can name it; ``lowered`` is the same in small letters, or nothing."""
        if not lowered:
            return True
        return any(word in lowered for word in self.words) or any(
            map(text.__contains__, self.short)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureRules:
    """All measures, and what a raised creatinine is."""

    measures: tuple[Measure, ...]
    not_before: frozenset[str]
    impaired: dict[str, Any]
    names: frozenset[str]
    """What is measured, by all its words, and the drugs whose levels are."""


@cache
def load_measure_rules() -> MeasureRules:
    """The shipped measures. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.questions") / "labs.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    try:
        after = _after_name(rows)
        return MeasureRules(
            measures=(*(_measure(row, after) for row in rows["measures"]), *_levels(rows, after)),
            not_before=frozenset(rows["not_before"]),
            impaired=rows["impaired"],
            names=frozenset(_names(rows)),
        )
    except (KeyError, re.error) as error:
        raise DataFileError(f"questions/labs.toml: {error}") from error


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _after_name(rows: dict[str, Any]) -> str:
    """What may stand between a name and its number, and the number with bound, range and unit."""
    between = rf"(?:[\s,:=(]+(?:{_any_of(rows['between'])})\b){{0,6}}"
    return (
        rf"(?i:{between}(?:\s+from\s+[\d.]+(?=\s+to\b)\s+to\b)?[\s,:=(]*"
        rf"(?P<bound>{_BOUND})?\s*(?P<value>{_NUMBER})"
        rf"(?:(?P<pair>\s?/\s?\d{{2,3}})|\s?(?:{_RANGE})\s?(?P<to>{_NUMBER}))?(?![\d.]*\d))"
        rf"(?:\s?(?P<unit>(?i:{_any_of(rows['units'])}))(?![\w/]))?"
    )


def _measure(row: dict[str, Any], after: str) -> Measure:
    words, short = _any_of(row["words"]), _any_of(row.get("short", []))
    named = rf"(?i:{words})" + (rf"|{short}" if short else "")
    low, high = row["between"]
    return Measure(
        name=row["name"],
        words=tuple(word.lower() for word in row["words"]),
        short=tuple(row.get("short", ())),
        regex=rf"(?<![\w-])(?:{named})(?![\w+-]){after}",
        low=low,
        high=high,
        pair=row.get("pair", False),
    )


def _names(rows: dict[str, Any]) -> Iterator[str]:
    for row in rows["measures"]:
        yield row["name"]
        yield from (word.casefold() for word in (*row["words"], *row.get("short", ())))
    levels = rows["levels"]
    yield from (*levels["drugs"], *levels["same"].values())


def _levels(rows: dict[str, Any], after: str) -> Iterator[Measure]:
    """Levels of drugs: "digoxin level 2.6 ng/mL"."""
    levels = rows["levels"]
    for drug in levels["drugs"]:
        name = f"{levels['same'].get(drug, drug)} level"
        named = rf"(?i:{re.escape(drug)}\s+(?:{_any_of(levels['words'])}))"
        yield Measure(
            name=name,
            words=(drug.lower(),),
            short=(),
            regex=rf"\b{named}\b{after}",
            low=0,
            high=10_000,
            pair=False,
        )


def values_in(text: str) -> tuple[FoundValue, ...]:
    """All values in the text, in order; where two readings overlap, the longer name is taken."""
    rules, lowered = load_measure_rules(), lowered_in_place(text)
    named = (each for each in rules.measures if each.may_be_in(text, lowered))
    found = [each for measure in named for each in _of(text, measure, rules)]
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[FoundValue] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def _of(text: str, measure: Measure, rules: MeasureRules) -> Iterator[FoundValue]:
    for match in measure.pattern.finditer(text):
        value = float(match["value"].replace(",", ""))
        follows = re.match(r"\s*-?\s*([\w/]+)", text[match.end() :])
        spent = not match["unit"] and follows and follows[1].casefold() in rules.not_before
        if not measure.low <= value <= measure.high or spent:
            continue
        if measure.pair is (match["pair"] is None):
            continue
        yield FoundValue(
            Measured(name=measure.name, value=_written(match), unit=match["unit"] or ""),
            *match.span(),
        )


def _written(match: re.Match[str]) -> str:
    """The value as written: with its bound, its pair or the end of its range."""
    value = match["value"] + (match["pair"] or "").replace(" ", "")
    value = f"{value} to {match['to']}" if match["to"] else value
    return f"{match['bound']} {value}" if match["bound"] else value


def number_in(measured: Measured) -> float | None:
    """The number of a single value, its bound left out; nothing for a pair or a range."""
    found = re.fullmatch(rf"(?:(?:{_BOUND}) )?({_NUMBER})", measured.value, re.IGNORECASE)
    return float(found[1].replace(",", "")) if found else None
