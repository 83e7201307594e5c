"""Works out a dose by weight, step by step, from a sentence of a source and the weight stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from loccit.composition.gate.rules import GateRules, Span
from loccit.terms import Calculation, Question, Statement, StatementKind

__all__ = ["calculations"]

WORDS = {"one": 1, "two": 2, "three": 3, "four": 4}
HOURS = 24
GIVES = frozenset(
    {StatementKind.DOSE, StatementKind.DOSE_ADJUSTMENT, StatementKind.SPECIFIC_POPULATION}
)
"""Kinds of statement that may give an amount to be worked out."""


class _Amount(NamedTuple):
    """One figure or a range of them, with its unit."""

    span: Span
    unit: str

    def times(self, factor: float) -> _Amount:
        return _Amount(Span(self.span.low * factor, self.span.high * factor), self.unit)

    def written(self, digits: int) -> str:
        low, high = _plain(self.span.low, digits), _plain(self.span.high, digits)
        return f"{low if low == high else f'{low} to {high}'} {self.unit}"


def calculations(
    statements: tuple[Statement, ...], question: Question, rules: GateRules
) -> Iterator[Calculation]:
    """A calculation for each statement that gives an amount for each kilogram."""
    weight = question.patient.weight_kg
    if not weight:
        return
    for each in statements:
        if each.kind not in GIVES:
            continue
        steps = tuple(_steps(each.text, weight, question.text, rules))
        if steps:
            yield Calculation(statement=each.id, steps=steps)


def _steps(text: str, weight: float, question: str, rules: GateRules) -> Iterator[str]:
    """The sums of one sentence; none where it gives more than one amount for each kilogram."""
    digits, found = rules.digits, list(rules.sums["rate"].finditer(text))
    if len(found) != 1:
        return
    rate = found[0]
    amount = _Amount(_span(rate), rate["unit"].casefold())
    whole = amount.times(weight)
    per = " a day" if rules.sums["daily"].search(rate["per"] or "") else ""
    yield (
        f"{_Amount(amount.span, amount.unit + '/kg').written(digits)} × "  # noqa: RUF001
        f"{_plain(weight, digits)} kg = {whole.written(digits)}{per}"
    )
    cap = rules.sums["cap"].search(text, rate.end())
    if cap and _caps(cap, whole, bool(per), rules):
        yield f"at most {_plain(_number(cap['n']), digits)} {amount.unit}, as the source says"
        return
    one = whole
    times = _times(text, rules)
    if per and times:
        one = whole.times(1 / times)
        yield f"{whole.written(digits)} ÷ {times:g} = {one.written(digits)} a dose"
    if not per or times:
        yield from _volume(one, text, question, rules)


def _caps(cap: re.Match[str], whole: _Amount, daily: bool, rules: GateRules) -> bool:  # noqa: FBT001
    """Whether a maximum of the same unit and the same time is passed."""
    same_time = not cap["per"] or bool(rules.sums["daily"].search(cap["per"])) == daily
    same = cap["unit"].casefold() == whole.unit and same_time
    return same and whole.span.high > _number(cap["n"])


def _volume(dose: _Amount, text: str, question: str, rules: GateRules) -> Iterator[str]:
    """The volume of a liquid of a stated strength."""
    strength = rules.sums["strength"].search(text) or rules.sums["strength"].search(question)
    if not strength or strength["unit"].casefold() != dose.unit:
        return
    volume = _number(strength["volume"] or "1")
    each = _number(strength["n"])
    if each and volume:
        millilitres = _Amount(dose.times(volume / each).span, "mL")
        yield (
            f"{dose.written(rules.digits)} ÷ {each:g} {dose.unit} × {volume:g} mL = "  # noqa: RUF001
            f"{millilitres.written(rules.digits)}"
        )


def _times(text: str, rules: GateRules) -> float:
    """How many doses a day is divided into; 0 where that is not said."""
    if match := rules.sums["divided"].search(text):
        word = match["n"].casefold()
        return float(WORDS.get(word) or word)
    if match := rules.sums["every"].search(text):
        return HOURS / float(match["n"])
    return 0.0


def _span(match: re.Match[str]) -> Span:
    low = _number(match["low"])
    return Span(low, _number(match["high"]) if match["high"] else low)


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _plain(value: float, digits: int) -> str:
    """To so many figures, without trailing zeros; whole numbers whole."""
    rounded = float(f"{value:.{digits}g}")
    return f"{rounded:.10g}"
