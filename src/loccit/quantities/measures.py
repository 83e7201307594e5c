"""Every number of a text, ready to be compared: with its unit, or bare.

``quantities`` reads numbers that carry a unit. A sentence under check must also answer for the bare
ones (``3 of 8 trials``, ``odds ratio 2.65``), for frequencies in short form (``t.i.d.``) and for a
daily amount, which is an amount and a frequency however it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from loccit.quantities.reading import WORD_NUMBERS, comparator_before, quantities
from loccit.quantities.units import dimension_of
from loccit.terms import Quantity

__all__ = ["Measure", "measures"]


class Measure(NamedTuple):
    """A number or range in its base unit: ``low`` to ``high`` of ``dimension``.

    ``dimension`` is empty for a bare number. ``unit`` and ``text`` are as written.
    """

    low: float
    high: float
    dimension: str
    comparator: str
    unit: str
    text: str
    start: int
    end: int

    @property
    def is_range(self) -> bool:
        """Whether it has two ends."""
        return self.low != self.high

    def same_value(self, other: Measure) -> bool:
        """Whether both ends are equal, as far as a printed number can tell."""
        return _near(self.low, other.low) and _near(self.high, other.high)


_SHORT = {
    "o.d": 1, "qd": 1, "q.d": 1, "qday": 1, "b.i.d": 2, "bid": 2, "t.i.d": 3, "tid": 3, "q.i.d": 4,
    "qid": 4, "thrice daily": 3, "thrice a day": 3, "twice-daily": 2, "once-daily": 1,
    "once-weekly": 1 / 7, "three-times-daily": 3,
}  # fmt: skip
_SHORT_FORM = re.compile(
    r"(?<![\w.])(?=[obtq])(?:"
    + "|".join(map(re.escape, sorted(_SHORT, key=len, reverse=True)))
    + r")(?!\w)",
    re.IGNORECASE,
)
"""The first letters come first: most words begin with another, told at once."""
_EACH = {
    "daily": 1, "nightly": 1, "a day": 1, "per day": 1, "each day": 1, "every day": 1,
    "every other day": 0.5, "every second day": 0.5, "alternate days": 0.5,
    "weekly": 1 / 7, "a week": 1 / 7, "per week": 1 / 7, "monthly": 12 / 365.25,
    "every week": 1 / 7, "every month": 12 / 365.25, "every year": 1 / 365.25,
    "yearly": 1 / 365.25, "annually": 1 / 365.25, "hourly": 24,
}  # fmt: skip
_DAILY = re.compile(
    r"(?<!\w)(?=[adehmnpwy])(?:" + "|".join(sorted(_EACH, key=len, reverse=True)) + r")(?!\w)",
    re.IGNORECASE,
)
_PER_DAY = "/day"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_DASH = r"-|–|—|−|to"  # noqa: RUF001 - each of them is in print
_SPREAD = re.compile(rf"(?:±|\+/[-–−])\s?(?P<value>{_NUMBER})")  # noqa: RUF001
_BARE = re.compile(
    rf"(?<![\w.,/-])(?P<sign>[-−–]?)(?P<low>{_NUMBER})"  # noqa: RUF001
    rf"(?:\s?(?:{_DASH})\s?(?P<high>{_NUMBER}))?(?![\w]|[.,]\d)"
)
_AGE_BEFORE = re.compile(r"\baged?\s\Z", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"\bbetween (?P<low>{_NUMBER}) and (?P<high>{_NUMBER})(?![\w]|[.,]\d)", re.IGNORECASE
)
_WORD_NUMBER = re.compile(
    r"\b(?=[efnots])(?:(?P<bare>one)|"
    + "|".join(word for word in WORD_NUMBERS if word not in {"one", "once", "half", "zero"})
    + r")\b",
    re.IGNORECASE,
)
_LIKELY = re.compile(
    rf"\d|{_SHORT_FORM.pattern}|{_DAILY.pattern}|{_WORD_NUMBER.pattern}|\b(?:once|half|zero)\b",
    re.IGNORECASE,
)
"""A text without any of these holds no number; most clauses are such."""
_OR = re.compile(
    r"\b(?P<low>\d{1,2}|" + "|".join(w for w in WORD_NUMBERS if w.isalpha()) + r") or \Z",
    re.IGNORECASE,
)


def measures(text: str) -> tuple[Measure, ...]:
    """All numbers of ``text`` in order, not overlapping.

    >>> [(m.low, m.dimension) for m in measures("10 mg t.i.d. in 3 of 8 trials")]
    [(10.0, 'mass'), (3.0, 'times a day'), (3.0, ''), (8.0, '')]
    """
    if not _LIKELY.search(text):
        return ()
    return tuple(sorted(_all(text), key=lambda each: each.start))


def _all(text: str) -> Iterator[Measure]:
    taken = bytearray(len(text))
    for found in map(_with_or(text), quantities(text)):
        quantity = _without_age(text, found)
        yield from _split(quantity)
        _take(taken, quantity.start, quantity.end)
    for match in _SHORT_FORM.finditer(text):
        if not any(taken[match.start() : match.end()]):
            yield _compared_frequency(text, float(_SHORT[match.group().casefold()]), match)
            _take(taken, match.start(), match.end())
    for match in _DAILY.finditer(text):
        if not any(taken[match.start() : match.end()]):
            yield _compared_frequency(text, float(_EACH[match.group().casefold()]), match)
            _take(taken, match.start(), match.end())
    yield from _between(text, taken)
    yield from _bare(text, taken)


def _with_or(text: str) -> Callable[[Quantity], Quantity]:
    """*2 or 3 weeks* is a range, where the two numbers follow each other."""

    def widened(quantity: Quantity) -> Quantity:
        before = _OR.search(text, max(0, quantity.start - 12), quantity.start)
        if not before or quantity.low != quantity.high:
            return quantity
        word = before["low"].casefold()
        low = WORD_NUMBERS[word] if word in WORD_NUMBERS else float(word)
        if low + 1 != quantity.low:
            return quantity
        sign, start = comparator_before(text, before.start("low"))
        written = text[start : quantity.end]
        return replace(quantity, low=low, start=start, text=written, comparator=sign)

    return widened


def _without_age(text: str, quantity: Quantity) -> Quantity:
    """*29% at age 20 to 43% at age 80*: the 20 is an age, no percentage."""
    apart = quantity.unit == "%" and quantity.low != quantity.high
    if not apart or not _AGE_BEFORE.search(text, max(0, quantity.start - 8), quantity.start):
        return quantity
    start = quantity.start + quantity.text.index(" ") + 1
    return replace(quantity, low=quantity.high, start=start, text=text[start : quantity.end])


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _compared_frequency(text: str, times: float, match: re.Match[str]) -> Measure:
    sign, start = comparator_before(text, match.start())
    return _frequency(times, text[start : match.end()], start, match.end())._replace(
        comparator=sign
    )


def _frequency(times: float, text: str, start: int, end: int) -> Measure:
    return Measure(times, times, "times a day", "=", "time/day", text, start, end)


def _split(quantity: Quantity) -> Iterator[Measure]:
    """An amount a day is the amount, and once a day; an interval is how often a day."""
    unit = quantity.unit
    daily = unit.endswith(_PER_DAY) and unit != "time/day"
    dimension = dimension_of(unit.removesuffix(_PER_DAY) if daily else unit)
    low, high = quantity.low * dimension.factor, quantity.high * dimension.factor
    name = dimension.name
    if name == "days between" and low:
        low, high, name = 1 / high, 1 / low, "times a day"
    yield Measure(
        low, high, name, quantity.comparator, unit, quantity.text, quantity.start, quantity.end
    )
    spread = _SPREAD.search(quantity.text)
    if spread:
        value = _value(spread["value"]) * dimension.factor
        start, end = (quantity.start + at for at in spread.span())
        yield Measure(value, value, name, "=", unit, spread.group(), start, end)
    if daily:
        yield _frequency(1.0, quantity.text, quantity.end, quantity.end)


def _between(text: str, taken: bytearray) -> Iterator[Measure]:
    for match in _BETWEEN.finditer(text):
        start, end = match.span()
        if not any(taken[start:end]):
            low, high = _value(match["low"]), _value(match["high"])
            yield Measure(low, high, "", "=", "", match.group(), start, end)
            _take(taken, start, end)


def _bare(text: str, taken: bytearray) -> Iterator[Measure]:
    for match in _BARE.finditer(text):
        end = match.end()
        if match["high"] and any(taken[match.start("high") : end]):
            end = match.end("low")  # 3 to 6 months, read as months before
        if any(taken[match.start("low") : end]):
            continue
        low = _value(match["low"])
        high = _value(match["high"]) if match["high"] and end == match.end() else low
        if match["sign"] and low == high:
            low, high = -low, -high
        sign, start = comparator_before(text, match.start())
        yield Measure(low, high, "", sign, "", text[start:end], start, end)
        _take(taken, match.start(), end)
    for match in _WORD_NUMBER.finditer(text):
        sign, start = comparator_before(text, match.start())
        if any(taken[match.start() : match.end()]) or (sign == "=" and match["bare"]):
            continue
        value = float(WORD_NUMBERS[match.group().casefold()])
        written = text[start : match.end()]
        yield Measure(value, value, "", sign, "", written, start, match.end())


def _value(text: str) -> float:
    return float(text.replace(",", ""))


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(abs(one), abs(other), 1e-9)
