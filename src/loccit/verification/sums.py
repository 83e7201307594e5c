"""Recomputes the sums that stand beside a statement: figures, units and where they come from."""

from __future__ import annotations

import re
from dataclasses import replace
from math import isclose

from loccit.terms import Article, Calculation, Statement

__all__ = ["with_sums_checked"]

ROUNDED = 0.006
"""How far a result of three figures may be from the exact one, as a share of it."""
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_AMOUNT = rf"(?P<low{{0}}>{_NUMBER})(?: to (?P<high{{0}}>{_NUMBER}))? ?(?P<unit{{0}}>[A-Za-z/]*)"
_SUM = re.compile(
    rf"{_AMOUNT.format(1)} (?P<sign>[×÷]) {_AMOUNT.format(2)}"  # noqa: RUF001
    rf"(?: × (?P<volume>{_NUMBER}) mL)? = {_AMOUNT.format(3)}(?: a day| a dose)?"  # noqa: RUF001
)
_LIMIT = re.compile(rf"at most (?P<limit>{_NUMBER}) [a-z]+, as the source says")


def with_sums_checked(article: Article) -> Article:
    """The article without the calculations that do not come out, and a note where one fell."""
    statements = {statement.id: statement for statement in article.bottom_line}
    kept, fell = [], False
    for each in article.gate.calculations:
        statement = statements.get(each.statement)
        if statement and _holds(each, statement, article):
            kept.append(each)
        else:
            fell = True
    if not fell:
        return article
    notes = (*article.notes, "Left out, since it could not be recomputed: a dose by weight.")
    return replace(article, gate=replace(article.gate, calculations=tuple(kept)), notes=notes)


def _holds(calculation: Calculation, statement: Statement, article: Article) -> bool:
    """Whether every step comes out, from figures that were cited, stated or reached before."""
    known = _figures(statement.text) | _figures(article.question.text)
    weight = article.question.patient.weight_kg
    known |= {weight} if weight else set()
    for step in calculation.steps:
        limit = _LIMIT.fullmatch(step)
        match = _SUM.fullmatch(step)
        if limit and _is_known(_number(limit["limit"]), known):
            continue
        if not match or not _comes_out(match, known, article):
            return False
        known |= {_number(match[name]) for name in ("low3", "high3") if match[name]}
    return True


def _comes_out(match: re.Match[str], known: set[float], article: Article) -> bool:
    low, high = _number(match["low1"]), _number(match["high1"] or match["low1"])
    factor = _number(match["low2"])
    volume = _number(match["volume"] or "1")
    doses = match["sign"] == "÷" and not match["unit2"]
    if not all(_is_known(n, known) for n in (low, high)):
        return False
    if not (doses or _is_known(factor, known)):
        return False
    if match["sign"] == "×":  # noqa: RUF001
        if match["unit1"] != f"{match['unit3']}/kg" or factor != article.question.patient.weight_kg:
            return False
        exact = (low * factor, high * factor)
    else:
        if not factor:
            return False
        exact = (low / factor * volume, high / factor * volume)
    told = (_number(match["low3"]), _number(match["high3"] or match["low3"]))
    return all(isclose(a, b, rel_tol=ROUNDED) for a, b in zip(told, exact, strict=True))


def _figures(text: str) -> set[float]:
    return {_number(match) for match in re.findall(_NUMBER, text)}


def _is_known(number: float, known: set[float]) -> bool:
    return any(isclose(number, each, rel_tol=ROUNDED) for each in known)


def _number(text: str) -> float:
    return float(text.replace(",", ""))
