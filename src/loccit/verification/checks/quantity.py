"""Every number of the sentence stands in its source, with the same unit and meaning."""

from __future__ import annotations

from collections.abc import Iterator

from loccit.quantities import Measure, normal_unit
from loccit.verification.comparing import Comparison
from loccit.verification.remarks import Remark, contradicts, exceeds
from loccit.verification.tokens import Token

__all__ = ["quantity"]

_UP, _DOWN = (">", ">="), ("<", "<=")
CLOSE = 0.5
NEAR_COPY = 0.7
SAID = 0.6
"""Share of what the sentence speaks of, from which its numbers must be those of the source."""
OF_A_DAY = frozenset({"a day", "per day", "daily", "each day", "every day"})
PERIODS = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})


def quantity(case: Comparison) -> Iterator[Remark]:
    """Numbers, ranges, units, comparators, frequencies, durations and percentages."""
    answered = set()
    for claim, source in case.alignment.swapped:
        if claim.measure and source.measure and not _is_implied(claim, source):
            answered.add(claim)
            if not (_adds_up(case, claim) or _is_rounded(_of(claim), _of(source))):
                yield from _swapped(case, claim, source)
    for claim, source in case.alignment.matched:
        if claim.measure and source.measure:
            answered.add(claim)
            yield from _compared(case, claim, source)
    yield from _periods(case)
    for token in case.claim.tokens:
        if token.measure and token not in answered and not _is_idle(case, token):
            yield from _unpaired(case, token)


def _instead(said: str, source: str) -> str:
    """What the source says in place of what is said; bounds such as "not exceed" begin with not."""
    if said.startswith("not "):
        return f"the source says {source} here, the sentence says {said}"
    return f"the source says {source} here, not {said}"


def _swapped(case: Comparison, claim: Token, source: Token) -> Iterator[Remark]:
    """Two numbers in one another's place; equal ones were paired before."""
    one, other = _of(claim), _of(source)
    sides = _anchors(case, claim, source)
    same_kind = one.dimension == other.dimension
    if _elsewhere(case, claim) and not _moved_over(case, source):
        if same_kind and sides:
            message = f"figures exchanged: the source says {other.text} here, not {one.text}"
            yield contradicts(message, claim, source)
    elif not one.dimension and not sides:
        yield from _unpaired(case, claim)
    elif same_kind and _within(one, other):
        yield exceeds(f"the source gives a range here: {other.text}", claim, source)
    elif same_kind and one.is_range and _gives_ends(case, one):
        yield exceeds(f"the source does not give {one.text} as one range", claim, source)
    elif same_kind and one.is_range and not other.is_range and other.low in (one.low, one.high):
        yield exceeds(f"the source says {other.text} here, no range", claim, source)
    elif case.about < CLOSE or (not sides and _said(case) < SAID):
        yield exceeds(f"{one.text} is not in the source", claim, source)
    elif same_kind:
        yield contradicts(_instead(one.text, other.text), claim, source)
    elif _same_figures(one, other) and one.dimension:
        message = f"another unit: the source says {other.text}, not {one.text}"
        yield contradicts(message, claim, source)
    else:
        yield from _unpaired(case, claim)


def _said(case: Comparison) -> float:
    """How much of the sentence its source says, the numbers in question set aside."""
    return max(case.covered, case.worded)


def _is_rounded(one: Measure, other: Measure) -> bool:
    """Whether a number that is called rough is the source's in fewer figures: about 7 for 7.29."""
    alone = not (one.is_range or other.is_range)
    if one.dimension != other.dimension or one.comparator != "~" or not alone:
        return False
    figures = len(f"{one.low:g}".replace(".", "").strip("0"))
    return float(f"{other.low:.{max(figures, 1)}g}") == one.low


def _gives_ends(case: Comparison, one: Measure) -> bool:
    """Whether both ends of a range stand in the source's sentence, each by itself."""
    alone = {_of(t).low for t in _numbers(case.sentence.tokens) if not _of(t).is_range}
    return {one.low, one.high} <= alone


def _unpaired(case: Comparison, token: Token) -> Iterator[Remark]:
    """A number with no counterpart in the sentence of the source that says most of it."""
    one = _of(token)
    if _elsewhere(case, token) or _unit_left_out(case, one):
        return
    rivals = [
        other for other in _numbers(case.alignment.dropped) if _of(other).dimension == one.dimension
    ]
    parts = [other for other in _numbers(case.sentence.tokens) if _is_end(_of(other), one)]
    if one.is_range and len(parts) > 1:
        yield exceeds(f"the source does not give {one.text} as one range", token, parts[0])
    elif any(_within(one, _of(other)) for other in _numbers(case.ground.whole.tokens)):
        yield exceeds(f"the source gives a range in which {one.text} lies", token)
    elif rivals and one.dimension and case.about >= CLOSE and _said(case) >= SAID:
        yield contradicts(
            f"the source says {_of(rivals[0]).text}, not {one.text}", token, rivals[0]
        )
    elif twin := next((o for o in case.ground.whole.tokens if _other_unit(one, o)), None):
        yield contradicts(
            f"another unit: the source says {_of(twin).text}, not {one.text}", token, twin
        )
    else:
        yield exceeds(f"{one.text} is not in the source", token)


def _periods(case: Comparison) -> Iterator[Remark]:
    """Periods without a number: *several hours* is not several weeks."""
    for claim, source in case.alignment.swapped:
        one = normal_unit(case.claim.text[claim.start : claim.end])
        other = normal_unit(case.ground.whole.text[source.start : source.end])
        if one in PERIODS and other in PERIODS and one != other:
            words = case.ground.whole.text[source.start : source.end]
            yield contradicts(f"another unit: the source says {words}", claim, source)


def _is_implied(*tokens: Token) -> bool:
    """Whether one of them is the once-a-day of an amount a day: nobody wrote it down."""
    return any(token.start == token.end for token in tokens)


def _is_idle(case: Comparison, token: Token) -> bool:
    """Whether the number only counts what is listed, or belongs to words for a population."""
    if _is_implied(token) or _adds_up(case, token):
        return True
    if not _of(token).dimension and _of(token).text.isalpha():
        return True
    return any(start <= token.start < end for _, start, end in case.claim.qualifiers)


def _adds_up(case: Comparison, token: Token) -> bool:
    """Whether a dose and its frequency make an amount a day of the source: 1.5 g QID, 6 g a day.

    Not where the source says how often: twice 250 mg is not once 500 mg.
    """
    told = _numbers(case.sentence.tokens)
    if any(_of(t).dimension == "times a day" and not _is_of_a_day(t) for t in told):
        return False
    doses = [t for t in _numbers(case.claim.tokens) if _of(t).dimension == "mass"]
    times = [t for t in _numbers(case.claim.tokens) if _of(t).dimension == "times a day"]
    for dose in doses:
        for often in times:
            whole = _of(dose).low * _of(often).low
            made = f"{whole:.6g}:{whole:.6g}:mass" in case.sentence.norms
            if made and token in (dose, often) and dose.norm not in case.sentence.norms:
                return True
    return False


def _compared(case: Comparison, claim: Token, source: Token) -> Iterator[Remark]:
    """Equal numbers: at least is not at most, where the sentence says the same of them."""
    one, other = _of(claim).comparator, _of(source).comparator
    opposed = (one in _UP and other in _DOWN) or (one in _DOWN and other in _UP)
    if opposed and case.covered >= NEAR_COPY and case.mutual >= CLOSE:
        message = f"the source says {_of(source).text}, not {_of(claim).text}"
        yield contradicts(message, claim, source)
    elif one != other and (one[0] != other[0]) and "~" not in (one, other):
        yield exceeds(f"the source says {_of(source).text}", claim, source)


def _is_of_a_day(token: Token) -> bool:
    """Whether it makes an amount one of a whole day and does not say how often: 6 g a day."""
    return _is_implied(token) or _of(token).text.casefold() in OF_A_DAY


def _of(token: Token) -> Measure:
    assert token.measure is not None
    return token.measure


def _numbers(tokens: tuple[Token, ...]) -> list[Token]:
    return [token for token in tokens if token.measure]


def _elsewhere(case: Comparison, token: Token) -> bool:
    """Whether the same number stands somewhere in the ground or above it."""
    return token.norm in case.ground.norms


def _unit_left_out(case: Comparison, one: Measure) -> bool:
    """Whether a bare number is one of the sentence's figures without its unit: "CrCl under 30"."""
    figures = [_of(other) for other in _numbers(case.sentence.tokens)]
    return not one.dimension and any(_same_figures(one, other) for other in figures)


def _moved_over(case: Comparison, source: Token) -> bool:
    """Whether the number of the source is left without its counterpart in the sentence."""
    return source.norm not in {token.norm for token in case.claim.tokens}


def _anchors(case: Comparison, claim: Token, source: Token) -> int:
    """On how many sides of the number stands what stands beside that of the source."""
    mates = {id(one): id(other) for one, other in case.alignment.matched}
    return sum(
        (one := _beside(case.claim.tokens, claim, step)) is not None
        and (other := _beside(case.sentence.tokens, source, step)) is not None
        and mates.get(id(one)) == id(other)
        for step in (-1, 1)
    )


def _beside(tokens: tuple[Token, ...], token: Token, step: int) -> Token | None:
    """The nearest token on one side that is no number."""
    at = tokens.index(token) + step
    while 0 <= at < len(tokens) and tokens[at].measure:
        at += step
    return tokens[at] if 0 <= at < len(tokens) else None


def _within(one: Measure, other: Measure) -> bool:
    same = one.dimension == other.dimension and other.is_range
    return same and not one.is_range and one.low in (other.low, other.high)


def _is_end(other: Measure, one: Measure) -> bool:
    """Whether a number is one end of a range of the sentence."""
    return other.dimension == one.dimension and other.low in (one.low, one.high)


def _figures(one: Measure) -> tuple[str, ...]:
    return tuple("".join(c for c in part if c.isdigit() or c == ".") for part in one.text.split())


def _same_figures(one: Measure, other: Measure) -> bool:
    """Whether the written figures are the same, whatever the unit."""
    return [f for f in _figures(one) if f] == [f for f in _figures(other) if f]


def _other_unit(one: Measure, token: Token) -> bool:
    other = token.measure
    return bool(
        other
        and one.dimension
        and other.dimension
        and other.dimension != one.dimension
        and {one.dimension, other.dimension} != {"time", "times a day"}
        and _same_figures(one, other)
    )
