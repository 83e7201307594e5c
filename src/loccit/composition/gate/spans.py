"""Reads of whom a line speaks by measure: ages, weeks of pregnancy, function of an organ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from loccit.composition.gate.rules import GateRules, Span
from loccit.quantities import quantities
from loccit.terms import Quantity
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import folded_words

__all__ = ["OrganWords", "age_figures", "age_spans", "organ_words", "weeks_spans", "weight_spans"]

TOP = 130.0
MOST_WEEKS = 43.0
YEARS = {"year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}
NUMBERS = {"two": 2.0, "six": 6.0, "twelve": 12.0}
CLOSE = 45
_EGFR = re.compile(r"\be?GFR\b|glomerular", re.IGNORECASE)
_JOINED = re.compile(r"\W*(?:and|or|and/or)?\W*")
_NEXT = re.compile(r"[,;]|\b(?:mild|moderate|severe|advanced)", re.IGNORECASE)
_CLEARANCE = re.compile(r"clearance|\bCr ?Cl\b|\bCLcr\b", re.IGNORECASE)


def age_spans(text: str, vocabulary: Vocabulary, rules: GateRules) -> tuple[Span, ...]:
    """The ages that a line speaks of: in figures where it has them, else by its groups."""
    if figures := age_figures(text, rules):
        return figures
    names = (each.name for each in vocabulary.populations.entries(folded_words(text)))
    return tuple(rules.groups[name] for name in names if name in rules.groups)


def age_figures(text: str, rules: GateRules) -> tuple[Span, ...]:
    """The ages that a line speaks of in figures."""
    return tuple(dict.fromkeys(_in_figures(text, rules)))


def _in_figures(text: str, rules: GateRules) -> Iterator[Span]:
    for each in rules.ages:
        for match in each.pattern.finditer(text):
            written = match.groupdict()
            unit = _years(written.get("u"))
            if unit < 1 and not rules.beside_short_ages.search(text):
                continue
            number = NUMBERS.get(match["n"].casefold())
            low = (number if number is not None else float(match["n"])) * unit
            if low > TOP:
                continue
            match each.form:
                case "below":
                    yield Span(0, low)
                case "upto":
                    yield Span(0, low + unit)
                case "from":
                    yield Span(low, TOP)
                case _:
                    lower = _years(written["v"]) if written["v"] else unit
                    yield Span(low / unit * lower, float(match["m"]) * unit + unit)


def _years(unit: str | None) -> float:
    """A unit in years; a bare number is one of years."""
    return YEARS[(unit or "year").rstrip("s").casefold()]


def weeks_spans(text: str, rules: GateRules) -> tuple[Span, ...]:
    """The weeks of pregnancy that a line speaks of; none where it speaks of all."""
    found = [Span(float(m["n"]), float(m["m"])) for m in rules.weeks_between.finditer(text)]
    later = [
        Span(float(m["n"] or m["m"]), MOST_WEEKS)
        for m in rules.weeks_from.finditer(text)
        if not any(str(int(span.low)) == (m["n"] or m["m"]) for span in found)
    ]
    if found or later:
        return (*found, *later)
    if rules.term.search(text):
        return (Span(37, MOST_WEEKS),)
    named = {
        span
        for name, span in rules.trimesters.items()
        if name.partition(":")[2].replace("_", " ") in text.casefold()
    }
    late = {rules.trimesters["pregnancy:third_trimester"]} if "late pregnan" in text else set()
    return tuple(sorted(named | late))


def weight_spans(text: str) -> tuple[Span, ...]:
    """The weights in kilograms that a line speaks of."""
    return tuple(_span(each) for each in quantities(text) if each.unit == "kg" and _bounds(each))


class OrganWords(NamedTuple):
    """What a line says of an organ: degrees named, bands by unit, and whether it is failure."""

    degrees: frozenset[str]
    bands: tuple[tuple[str, Span], ...]
    failure: bool
    at: int


def organ_words(text: str, organ: str, rules: GateRules) -> OrganWords | None:
    """What the line says of an organ's impairment, or nothing; sound organs are none."""
    words = rules.organs[organ]
    plain = words.sound.sub(" ", text)
    match = words.words.search(plain)
    if not match:
        return None
    around = _around(plain, organ, rules)
    named = {name for name, pattern in rules.degrees.items() if pattern.search(around)}
    bands = tuple(_bands(plain)) if organ == "renal" else ()
    failure = "failure" in named
    return OrganWords(frozenset(named - {"failure"}), bands, failure, match.start())


def _around(text: str, organ: str, rules: GateRules) -> str:
    """The words near the organ's own, up to where another organ is spoken of on its own."""
    others = [each.words for name, each in rules.organs.items() if name != organ]
    spans = (
        _reach(text, match.start(), match.end(), others)
        for match in rules.organs[organ].words.finditer(text)
    )
    return " ".join(text[start:end] for start, end in spans)


def _reach(text: str, start: int, end: int, others: list[re.Pattern[str]]) -> tuple[int, int]:
    """From the last word of another organ, unless they share their degrees, to its first."""
    low, high = max(0, start - CLOSE), min(len(text), end + CLOSE)
    for other in others:
        for match in other.finditer(text, low, start):
            if not _JOINED.fullmatch(text, match.end(), start):
                low = match.end()
        after = other.search(text, end, high)
        degree = _NEXT.search(text, end, after.start()) if after else None
        high = degree.start() if degree else high
    return low, high


def _bands(text: str) -> Iterator[tuple[str, Span]]:
    for each in quantities(text):
        if each.unit.startswith("mL/min") and _bounds(each):
            yield _measure(text, each), _span(each)


def _measure(text: str, quantity: Quantity) -> str:
    """By the words before it; a bare mL/min without them is a clearance."""
    before = text[max(0, quantity.start - 60) : quantity.start]
    if quantity.unit != "mL/min" or (_EGFR.search(before) and not _CLEARANCE.search(before)):
        return "mL/min/1.73 m2"
    return "mL/min"


def _bounds(quantity: Quantity) -> bool:
    return quantity.comparator in ("<", "<=", ">", ">=") or quantity.low < quantity.high


def _span(quantity: Quantity) -> Span:
    match quantity.comparator:
        case "<" | "<=":
            below = quantity.high + (0.001 if quantity.comparator == "<=" else 0)
            low = quantity.low if quantity.low < quantity.high else 0.0
            return Span(low, below)
        case ">" | ">=":
            return Span(quantity.low, 10_000.0)
        case _:
            return Span(quantity.low, quantity.high + 0.001)
