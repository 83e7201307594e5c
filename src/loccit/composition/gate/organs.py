"""Whether a line speaks of a stated function of the kidney or the liver: by degree, by measure."""

from __future__ import annotations

from loccit.composition.gate.facts import Stated
from loccit.composition.gate.fits import MOSTLY, PARTLY, Fit, met
from loccit.composition.gate.rules import GateRules
from loccit.composition.gate.spans import OrganWords, organ_words
from loccit.terms import Axis

__all__ = ["OrganMeeting"]

NORMAL, MILD = 90.0, 60.0
"""Function of the kidney from which on it is sound, and down to which it is mildly impaired."""
ANY = "any"
BEFORE = 80
"""Characters before the words on an organ that may except it."""


class OrganMeeting:
    """Holds what lines say of organs against what was stated of them."""

    def __init__(self, rules: GateRules) -> None:
        self._rules = rules

    def fit(self, text: str, stated: Stated) -> Fit:
        """How far a line speaks of the function of the organ that was stated."""
        said = organ_words(text, str(stated.fact.axis), self._rules)
        if said is None:
            return Fit.NONE
        before = text[max(0, said.at - BEFORE) : said.at]
        if self._rules.words["excepted"].search(before) or self._rules.words["consequence"].search(
            before
        ):
            return Fit.NONE
        if stated.fact.axis is Axis.HEPATIC:
            return self._liver(said, stated, text)
        return self._kidney(said, stated)

    def _liver(self, said: OrganWords, stated: Stated, text: str) -> Fit:
        if not said.degrees:
            if said.failure:
                return Fit.PERHAPS
            only = "cirrho" in text.casefold() and "cirrhosis" not in stated.names
            return Fit.PERHAPS if only and "hepatic" not in text.casefold() else Fit.MET
        if stated.degree == ANY:
            return Fit.PERHAPS if said.degrees == {"severe"} else Fit.LIKELY
        return Fit.MET if stated.degree in said.degrees else Fit.NONE

    def _kidney(self, said: OrganWords, stated: Stated) -> Fit:
        """By the same measure where both have it; by degrees and by another measure else."""
        if stated.span is not None:
            same = [span for unit, span in said.bands if unit == stated.measure]
            if same:
                return met(stated.span, same, otherwise=Fit.NONE)
        other = [span for _, span in said.bands]
        degree = stated.degree if stated.degree != ANY else ""
        degrees = {"severe" if degree == "dialysis" else degree} if degree else set()
        if stated.span is not None and not degrees:
            degrees = {
                name for name, span in self._rules.renal_bands.items() if stated.span.shared(span)
            }
        value = stated.span
        if value is None and degrees and other:
            value = self._rules.renal_bands[next(iter(degrees))]
        if other and value is not None:
            inside = max(value.shared(span) for span in other)
            if inside <= PARTLY:
                return Fit.NONE
            named = not said.degrees or bool(degrees & said.degrees)
            agreed = named and bool(said.degrees) and inside > MOSTLY
            return (
                Fit.LIKELY if agreed or (stated.span is None and inside > MOSTLY) else Fit.PERHAPS
            )
        if said.degrees:
            if not degrees:
                return Fit.PERHAPS if stated.degree == ANY else Fit.NONE
            return Fit.MET if degrees & said.degrees else Fit.NONE
        if stated.span is not None and stated.span.low >= MILD:
            return Fit.NONE if stated.span.low >= NORMAL else Fit.PERHAPS
        return Fit.NONE if other and stated.degree == ANY else Fit.MET
