"""Faults in numbers and in units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from planting.rules import Change, Words, load_words

__all__ = ["NUMBER_FAULTS", "number_faults", "unit_faults", "values_in"]

NUMBER_FAULTS = (
    "times_ten", "tenth", "digits_exchanged", "one_step", "percent_changed", "duration_changed",
    "range_end_changed", "values_exchanged", "borrowed_from_beside",
)  # fmt: skip

_VALUE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(rf"(?<![\w.,/\[\u2013-])(?:{_VALUE})(?![\w/\]]|[.,]\d|-?(?:st|nd|rd|th)\b)")
_ANY = re.compile(_VALUE)
_NAME_BEFORE = re.compile(
    r"(?:table|figure|fig\.?|section|phases?|grades?|types?|steps?|schedule|part|no\.|item|class|"
    r"stage|vitamin|omega|hepatitis|chapter|appendix|version|refs?|CYP|category|©|genotypes?|"
    r"study|studies|trials?|group|arm|visit|cohort|recommendation|model|page|line|question|\b(?-i:[A-Z])|\b(?-i:[A-Z]{3,}))"
    r"\s*[(\[]?$",
    re.IGNORECASE,
)
_NAME_UNLESS_MEASURED = re.compile(
    r"(?:see|since|in|of|by|level|number|score of)\s*[(\[]?$", re.IGNORECASE
)
_INTERVAL_NAME = re.compile(r"\s?%\s?(?:CI|confidence|credible|C\.I)", re.IGNORECASE)
_BRACKETED = re.compile(r"[(\[][\d.,;\s\u2013-]*$")
_BOUND_BEFORE = re.compile(
    r"(?:less|more|greater|fewer|lower|higher) than |(?:less|greater) than or equal to |at least |"
    r"at most |up to |over |under |above |below |exceed(?:s|ing|ed)? |[<>≤≥]\s?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME = re.compile(r"[ -]?(?:days?|weeks?|months?|hours?|minutes?|years?)\b")
_RANGE = re.compile(
    rf"(?<![\w.,/-])(?P<low>{_VALUE})(?P<between> to |-|\u2013| and )(?P<high>{_VALUE})"
    r"(?= ?[a-z%µ°])"
)
_UNIT = re.compile(r"(?P<space> ?)(?P<unit>[A-Za-zµμ]+(?:/[A-Za-z]+\d?)*)(?![\w/²^-]| ?Hg)")
_UNIT_AFTER = re.compile(r" ?(?:%|[A-Za-zµμ°]+(?:/[A-Za-z]+)*)")
_LONGEST_COUNT = 4
"""Longer numbers without a thousands sign are mostly codes."""


def values_in(text: str) -> set[float]:
    """All numbers written in a text."""
    return {float(each.replace(",", "")) for each in _ANY.findall(text)}


def number_faults(text: str, evidence: str, neighbour: str) -> Iterator[Change]:
    """The sentence with one number changed to one that the evidence nowhere gives."""
    known = values_in(evidence)
    for found in _quantities(text):
        for fault, value in _others(text, found):
            if value not in known:
                yield Change(fault, _replaced(text, found.span(), _written(value, found.group())))
    yield from _range_faults(text, known)
    yield from _exchanged(text)
    yield from _borrowed(text, evidence, neighbour)


def _quantities(text: str) -> Iterator[re.Match[str]]:
    """Numbers that measure or count: no references, years, names of tables, or names of drugs."""
    for found in _NUMBER.finditer(text):
        before, after = text[max(0, found.start() - 22) : found.start()], text[found.end() :]
        is_name = _NAME_BEFORE.search(before) or (
            _NAME_UNLESS_MEASURED.search(before) and not _UNIT_AFTER.match(after)
        )
        is_bracketed = _BRACKETED.search(before) and re.match(r"[\d.,;\s\u2013-]*[)\]]", after)
        is_year = _YEAR.fullmatch(found.group()) and not re.match(r" ?(?:m[gL]|m?cg|%|pat)", after)
        is_code = len(found.group()) > _LONGEST_COUNT and found.group().isdigit()
        is_fixed = _INTERVAL_NAME.match(after) or found.group() == "1.73" or is_code
        if not (is_name or is_bracketed or is_year or is_fixed or _is_loose_bound(before, after)):
            yield found


def _is_loose_bound(before: str, after: str) -> bool:
    """A share bounded from one side may stay true with another number."""
    return bool(_BOUND_BEFORE.search(before[-26:]) and re.match(r"\s?(?:%|percent)", after))


def _others(text: str, found: re.Match[str]) -> Iterator[tuple[str, float]]:
    value = float(found.group().replace(",", ""))
    after = text[found.end() :]
    is_percent = bool(re.match(r"\s?(?:%|percent)", after))
    if value == 0:
        return
    if not is_percent or value < 10:
        yield "times_ten", value * 10
    yield "tenth", value / 10
    digits = found.group()
    if digits.isdigit() and len(digits) == 2 and len(set(digits)) > 1 and digits[1] != "0":
        yield "digits_exchanged", float(digits[::-1])
    yield "one_step", value + _step(digits)
    if is_percent:
        yield "percent_changed", value * 2 if value <= 45 else round(value / 2, 1)
    if _TIME.match(after):
        yield "duration_changed", value * 2 if value < 13 else value / 2


def _step(digits: str) -> float:
    """One more of the last digit that is not zero: 5 for 5, 10 for 250, 0.1 for 0.5."""
    plain = digits.replace(",", "")
    if "." in plain:
        return float(10 ** -len(plain.partition(".")[2]))
    return float(10 ** (len(plain) - len(plain.rstrip("0"))))


def _written(value: float, like: str) -> str:
    """A number as text, with thousands marked where the old one marked them."""
    rounded = round(value, 6)
    if rounded == int(rounded) and "." not in like:
        return f"{int(rounded):,}" if "," in like else str(int(rounded))
    return f"{rounded:.6f}".rstrip("0").rstrip(".")


def _replaced(text: str, place: tuple[int, int], words: str) -> str:
    return text[: place[0]] + words + text[place[1] :]


def _range_faults(text: str, known: set[float]) -> Iterator[Change]:
    for found in _RANGE.finditer(text):
        low, high = (float(found.group(each).replace(",", "")) for each in ("low", "high"))
        is_between = found["between"] == " and " and "between" not in text[: found.start()][-10:]
        if low >= high or is_between:
            continue
        wider, narrower = high + (high - low or 1), (low + high) / 2
        if wider not in known:
            new = _written(wider, found["high"])
            yield Change("range_end_changed", _replaced(text, found.span("high"), new))
        if narrower not in known:
            new = _written(narrower, found["low"])
            yield Change("range_end_changed", _replaced(text, found.span("low"), new))


def _exchanged(text: str) -> Iterator[Change]:
    """Two values in the same unit take each other's place, unless joined as equals."""
    for one, other in combinations(_quantities(text), 2):
        units = [_UNIT_AFTER.match(text[each.end() :]) for each in (one, other)]
        between = text[one.end() : other.start()]
        if not all(units) or one.group() == other.group() or len(between) < 12:
            continue
        same = units[0] and units[1] and units[0].group().strip() == units[1].group().strip()
        if same and not re.fullmatch(r"\W*\w*\W*(?:and|or|to|,|-)\W*", between):
            claim = text[: one.start()] + other.group() + between + one.group()
            yield Change("values_exchanged", claim + text[other.end() :])


def _borrowed(text: str, evidence: str, neighbour: str) -> Iterator[Change]:
    """A number gives way to one in the same unit from the neighbouring passage.

    The evidence's own sentence goes on giving its number, so that the other is a distractor.
    """
    own = values_in(text)
    if not neighbour or neighbour not in evidence:
        return
    for found in _quantities(text):
        unit = _UNIT_AFTER.match(text[found.end() :])
        if not unit or unit.group().strip().casefold() in load_words().counted:
            continue
        pattern = rf"(?<![\w.,/-])({_VALUE}) ?{re.escape(unit.group().strip())}(?![\w/])"
        for other in re.finditer(pattern, neighbour):
            if float(other[1].replace(",", "")) not in own:
                yield Change("borrowed_from_beside", _replaced(text, found.span(), other[1]))
                break


def unit_faults(text: str, evidence: str, words: Words) -> Iterator[Change]:
    """The sentence with one unit changed, where the evidence does not give the new quantity."""
    for number in re.finditer(rf"(?<![\w.,/])(?:{_VALUE})(?= ?[A-Za-zµμ])", text):
        found = _UNIT.match(text, number.end())
        for new in words.units.get(found["unit"], ()) if found else ():
            assert found
            quantity = rf"{re.escape(number.group())}\s?{re.escape(new)}(?![\w/])"
            if re.search(quantity, evidence):
                continue
            claim = _replaced(text, found.span("unit"), new)
            yield Change(f"{found['unit']}_to_{new}", claim)
