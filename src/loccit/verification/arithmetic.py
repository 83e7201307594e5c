"""Recomputes what a sentence works out: a volume from a dose, a dose from a weight, a percentage.

These checks look at the sentence alone. They speak only where it holds exactly the figures that the
sum needs; a sentence with more of them is left to its reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isclose

from loccit.quantities import Measure, dimension_of, measures, normal_unit
from loccit.terms import Verdict
from loccit.verification.remarks import Remark

__all__ = ["arithmetic"]

ROUNDING = 0.04
"""How far a printed result may be from the exact one, as a share of it."""
POINTS = 1.0
"""How far a printed percentage may be off, in points."""
_WAY = r"(?:reduc|decreas|increas|drop|fall|fell|rise|rose|gain|lower|higher|rais)\w*"
_PERCENT = r"(?<![\d.])(?P<percent>\d+(?:\.\d+)?)\s?(?:%|percent)"
_FROM_TO = (
    r"(?:from|of)\s+(?P<before>\d+(?:\.\d+)?)\s?(?:[a-zA-Z/%]+\s+)?to\s+(?P<after>\d+(?:\.\d+)?)"
)
_CHANGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_PERCENT}\s+(?:\w+\s+){{0,2}}{_WAY}[^.;]{{0,40}}?\b{_FROM_TO}",
        rf"\b{_WAY}[^.;%]{{0,40}}?\bby\s+{_PERCENT}[^.;%]{{0,40}}?\b{_FROM_TO}",
        rf"\b{_FROM_TO}[^.;%]{{0,30}}?{_PERCENT}\s+(?:\w+\s+){{0,2}}{_WAY}",
    )
)
"""A change told twice: in percent, and from what to what."""
_TERM = re.compile(
    r"(?P<sign>^|=|×|\bx\b|\*|÷|/)\s*(?P<name>[A-Za-z][\w ]{0,40}?)?\s*"  # noqa: RUF001
    r"(?:\((?P<unit>[A-Za-zµ/]+)\)|(?P<number>\d+(?:\.\d+)?))",
)
_IN_A_DAY = re.compile(r"\s*(?:in|per|within|over) (?:any )?24[ -]?h", re.IGNORECASE)
_INTERVAL = re.compile(r"\b(?:95|99|90)\s?%\s?(?:CI|confidence interval)\b", re.IGNORECASE)


def arithmetic(text: str) -> Iterator[Remark]:
    """What in ``text`` does not add up, each with the figure that it should be."""
    found = measures(text)
    yield from _volume(found)
    yield from _by_weight(found)
    yield from _daily_limit(text, found)
    yield from _percentage(text)
    yield from _formula(text)
    yield from _lone_interval(text, found)


def _volume(found: tuple[Measure, ...]) -> Iterator[Remark]:
    """A dose of a liquid: its amount by its strength is its volume."""
    strength = _only(found, "mass/volume")
    amount, volume = (_only(found, name, f"{name}/dose") for name in ("mass", "volume"))
    if not (strength and amount and volume) or _any_range(strength, amount, volume):
        return
    exact = amount.low / strength.low if strength.low else 0
    if not isclose(volume.low, exact, rel_tol=ROUNDING):
        message = f"{_plain(amount)} of {_plain(strength)} is {exact:.3g} mL, not {_plain(volume)}"
        yield _wrong(message, volume)


def _by_weight(found: tuple[Measure, ...]) -> Iterator[Remark]:
    """A dose by weight: so much for each kilogram, times the kilograms."""
    rate = _only(found, "mass/kg")
    masses = [each for each in found if each.dimension == "mass"]
    weights = [each for each in masses if each.unit == "kg"]
    doses = [each for each in masses if each.unit != "kg"]
    if not rate or len(weights) != 1 or len(doses) != 1 or _any_range(rate, *masses):
        return
    whole = rate.low * weights[0].low / 1e6
    times = [e.low for e in found if e.dimension == "times a day" and not _belongs(e, [rate])]
    parts = {whole, whole / times[0], whole * times[0]} if len(times) == 1 and times[0] else {whole}
    is_limit = doses[0].comparator in ("<=", "<")
    if not is_limit and not any(isclose(doses[0].low, part, rel_tol=ROUNDING) for part in parts):
        product = f"{_plain(rate)} at {_plain(weights[0])} is {whole:.4g} mg"
        yield _wrong(f"{product}, not {_plain(doses[0])}", doses[0])


def _daily_limit(text: str, found: tuple[Measure, ...]) -> Iterator[Remark]:
    """What is taken in a day stays below the limit for a day that stands beside it."""
    masses = [each for each in found if each.dimension == "mass"]
    if len(masses) != 2:  # noqa: PLR2004 - a dose and its limit
        return
    limits = [each for each in masses if _is_limit(text, each, found)]
    doses = [each for each in masses if each not in limits]
    times = [e for e in found if e.dimension == "times a day" and not _belongs(e, limits)]
    if len(limits) != 1 or len(doses) != 1 or len(times) != 1:
        return
    day = doses[0].low * times[0].low
    if day > limits[0].high * (1 + ROUNDING):
        message = f"{_plain(doses[0])} {_plain(times[0])} is {day:.4g} mg a day, above the limit"
        yield _wrong(message, limits[0])


def _is_limit(text: str, measure: Measure, found: tuple[Measure, ...]) -> bool:
    """Whether it is the most for a day: "maximum 1.5 g/day", "not above 4 g in 24 hours"."""
    before = text[max(0, measure.start - 28) : measure.start + 12].casefold()
    named = measure.comparator in ("<=", "<") or "max" in before or "exceed" in before
    once = any(_belongs(each, [measure]) and each.low == 1 for each in found)
    return named and (once or bool(_IN_A_DAY.match(text, measure.end)))


def _belongs(times: Measure, limits: list[Measure]) -> bool:
    """Whether a frequency is the "a day" of a limit."""
    daily = times.dimension == "times a day"
    return daily and any(0 <= times.start - limit.end <= 1 for limit in limits)


def _percentage(text: str) -> Iterator[Remark]:
    for match in (found for pattern in _CHANGES for found in pattern.finditer(text)):
        before, after = float(match["before"]), float(match["after"])
        if not before:
            continue
        exact = abs(after - before) / before * 100
        if abs(exact - float(match["percent"])) > POINTS:
            message = f"from {before:g} to {after:g} is {exact:.3g}%, not {match['percent']}%"
            yield Remark(Verdict.CONTRADICTED, message, match.span("percent"))


def _formula(text: str) -> Iterator[Remark]:
    """A formula with units: both sides measure the same."""
    left, equals, right = text.partition("=")
    terms = list(_TERM.finditer(equals + right))
    head = re.search(r"\((?P<unit>[A-Za-zµ]+(?:/[A-Za-z]+)+)\)\s*\Z", left)
    if not equals or not head or len(terms) < 2:  # noqa: PLR2004 - one term is no formula
        return
    made: dict[str, int] = {}
    for term in terms:
        if term["unit"]:
            _multiply(made, term["unit"], -1 if term["sign"] in ("/", "÷") else 1)
    wanted: dict[str, int] = {}
    _multiply(wanted, head["unit"], 1)
    if _reduced(made) != _reduced(wanted):
        unit = _written(_reduced(made))
        yield Remark(
            Verdict.CONTRADICTED,
            f"the units of this formula give {unit}, not {head['unit']}",
            head.span("unit"),
        )


def _multiply(made: dict[str, int], unit: str, power: int) -> None:
    for at, part in enumerate(unit.split("/")):
        base = part if part == "kg" else dimension_of(normal_unit(part) or part).name
        made[base] = made.get(base, 0) + (power if at == 0 else -power)


def _reduced(made: dict[str, int]) -> dict[str, int]:
    return {base: power for base, power in made.items() if power}


def _written(made: dict[str, int]) -> str:
    above = [base for base, power in sorted(made.items()) if power > 0] or ["1"]
    below = [base for base, power in sorted(made.items()) if power < 0]
    return "/".join(("·".join(above), *below))


def _lone_interval(text: str, found: tuple[Measure, ...]) -> Iterator[Remark]:
    """An interval says nothing without its estimate."""
    match = _INTERVAL.search(text)
    if not match:
        return
    inside = [e for e in found if e.start >= match.start()]
    if not [e for e in found if e.end <= match.start()] and len(inside) <= 2:  # noqa: PLR2004
        yield Remark(Verdict.PARTLY, "an interval without its estimate", match.span())


def _only(found: tuple[Measure, ...], *dimensions: str) -> Measure | None:
    held = [each for each in found if each.dimension in dimensions]
    return held[0] if len(held) == 1 else None


def _any_range(*held: Measure) -> bool:
    return any(each.is_range for each in held)


def _plain(measure: Measure) -> str:
    return measure.text.strip()


def _wrong(message: str, measure: Measure) -> Remark:
    return Remark(Verdict.CONTRADICTED, message, (measure.start, measure.end))
