"""Whether a line of a source speaks of a stated fact: by name, by class, by degree, by measure."""

from __future__ import annotations

import re
from functools import lru_cache

from loccit.composition.gate.facts import PARTNER, Stated
from loccit.composition.gate.fits import Fit, met
from loccit.composition.gate.lines import Line
from loccit.composition.gate.organs import OrganMeeting
from loccit.composition.gate.rules import GateRules, Span
from loccit.composition.gate.spans import (
    age_figures,
    age_spans,
    organ_words,
    weeks_spans,
    weight_spans,
)
from loccit.terms import Axis, Concept, ConceptKind
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import folded_words

__all__ = ["Meeting"]

DRUGS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
AILMENTS = (ConceptKind.CONDITION, ConceptKind.FINDING, ConceptKind.PROCEDURE)
GROWN = "age:adult"
BEFORE = 80
CLOSE = 40
_APART = re.compile(r"[,;.]|\bexcept")


class Meeting:
    """Holds lines against facts, with a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, rules: GateRules) -> None:
        self._vocabulary, self._rules = vocabulary, rules
        self._organs = OrganMeeting(rules)
        self._concepts = lru_cache(maxsize=4096)(self._find)
        self._headed = lru_cache(maxsize=1024)(self._groups_of)

    def fit(self, line: Line, stated: Stated, own: frozenset[str], taken: frozenset[str]) -> Fit:
        """How far the line speaks of the fact.

        ``own`` are the names of the drug itself, ``taken`` those of the drugs it is combined with:
        what is said of a combination holds for nobody who does not take both.
        """
        axis = stated.fact.axis
        if axis is Axis.DRUG:
            return self._drug(line.text, stated, own)
        if axis is Axis.ALLERGY:
            return self._allergy(line.text, stated, own)
        if self._is_combination(line.text, own) and not self._names_any(line.text, taken - own):
            return Fit.NONE
        if axis in (Axis.CONDITION, Axis.HISTORY):
            return self._condition(line, stated)
        if axis in (Axis.RENAL, Axis.HEPATIC):
            return self._organs.fit(line.text, stated)
        return self._measured(line, stated)

    def is_specific(self, line: Line, stated: Stated) -> bool:
        """Whether a line names an age in figures, or a degree or a band of an organ's function."""
        axis = stated.fact.axis
        if axis is Axis.AGE:
            return bool(age_figures(line.text, self._rules))
        if axis not in (Axis.RENAL, Axis.HEPATIC):
            return False
        said = organ_words(line.text, str(axis), self._rules)
        return said is not None and bool(said.degrees or said.bands)

    def is_of_a_form(self, line: Line) -> bool:
        """Whether a line speaks of one form of the drug: a choice between forms bars no drug."""
        return self._rules.words["a_form"].search(line.text) is not None

    def is_of_another_age(self, line: Line, headings: tuple[str, ...], ages: Span) -> bool:
        """Whether a line, or else the heading above it, speaks of an age that was not stated."""
        named = age_figures(line.text, self._rules) or self._groups_of((line.text,))
        spans = named or self._headed(headings)
        return bool(spans) and all(ages.shared(span) <= 0 for span in spans)

    def is_of_another_ailment(self, line: Line, asked: frozenset[str]) -> bool:
        """Whether a line names conditions, and none of those asked about."""
        named = {c.name for c in self._concepts(line.text) if c.kind is ConceptKind.CONDITION}
        return bool(named) and named.isdisjoint(asked)

    def is_for_another_use(self, line: Line, asked: frozenset[str], wider: frozenset[str]) -> bool:
        """Whether a line speaks of the drug as given for some conditions, none of them asked.

        ``wider`` are the names asked with all that are wider.
        """
        for_a_use = self._rules.words["for_a_use"]
        uses = {
            c.name
            for c in self._concepts(line.text)
            if c.kind is ConceptKind.CONDITION
            and for_a_use.search(line.text[max(0, c.start - BEFORE) : c.start])
        }
        above = {up for name in uses for up in self._vocabulary.lineage(name)}
        return bool(uses) and above.isdisjoint(asked) and wider.isdisjoint(uses)

    def _groups_of(self, headings: tuple[str, ...]) -> tuple[Span, ...]:
        """The ages of the groups that words name; none where grown people are among them."""
        named = self._vocabulary.populations.entries(folded_words(" ; ".join(headings)))
        groups = [each.name for each in named]
        known = self._rules.groups
        return () if GROWN in groups else tuple(known[name] for name in groups if name in known)

    # --- names

    def _find(self, text: str) -> tuple[Concept, ...]:
        return tuple(self._vocabulary.lexicon.find(text))

    def names(self, line: Line, names: frozenset[str]) -> bool:
        """Whether a line names one of these drugs or classes."""
        return self._names_any(line.text, names)

    def _names_any(self, text: str, names: frozenset[str]) -> bool:
        return any(c.kind in DRUGS and c.name in names for c in self._concepts(text))

    def _is_combination(self, text: str, own: frozenset[str]) -> bool:
        """Whether it speaks of the drug together with another, or forbids that other one."""
        others = [c for c in self._concepts(text) if c.kind in DRUGS and c.name not in own]
        if not others or self._rules.words["together"].search(text):
            return bool(others)
        bar = self._rules.words["forbids"].search(text)
        if not bar or any(c.name in own and c.start > bar.start() for c in self._concepts(text)):
            return False
        return any(0 <= c.start - bar.end() < CLOSE for c in others)

    def _drug(self, text: str, stated: Stated, own: frozenset[str]) -> Fit:
        """Named by itself or its class, as taken and not as what one may be allergic to."""
        best = Fit.NONE
        for concept in self._concepts(text):
            if concept.kind not in DRUGS or concept.name not in stated.names:
                continue
            if concept.name in own and concept.name != stated.fact.value:
                continue
            before = text[max(0, concept.start - BEFORE * 2) : concept.start]
            if self._rules.words["excepted"].search(before) or self._is_allergen(before):
                continue
            if self._is_of_others(text, concept, own, stated):
                continue
            best = max(best, self._as_taken(text, concept))
        return best

    def _as_taken(self, text: str, concept: Concept) -> Fit:
        """As any amount of it, as an amount above or below another, or only as what is changed."""
        words, before = self._rules.words, text[: concept.start]
        if words["its_level"].search(before):
            return Fit.NONE
        if words["amount_of"].search(before) or words["by_amount"].search(text[concept.end :]):
            return Fit.PERHAPS
        return Fit.MET

    def spares(self, line: Line, stated: Stated) -> bool:
        """Whether a line says of exactly this drug that it may be taken: it overrules its class."""
        return self.names_itself(line, stated) and bool(
            self._rules.words["spared"].search(line.text)
        )

    def names_itself(self, line: Line, stated: Stated) -> bool:
        """Whether a line names exactly the drug that was stated, and not its class."""
        return any(c.name == stated.fact.value for c in self._concepts(line.text))

    def _is_of_others(
        self, text: str, concept: Concept, own: frozenset[str], stated: Stated
    ) -> bool:
        """Whether it forbids this drug with a third one: "A should not be used with C"."""
        bar = self._rules.words["forbids"].search(text)
        if not bar or concept.start > bar.start():
            return False
        named = [c for c in self._concepts(text) if c.kind in DRUGS and c.start != concept.start]
        if any(c.name in own and c.name not in stated.names for c in named):
            return False
        return any(c.start > bar.end() and c.name not in stated.names for c in named)

    def _is_allergen(self, before: str) -> bool:
        """Whether the nearest words before a drug's name speak of allergy and not of taking it."""
        words = self._rules.words
        allergen = max((m.start() for m in words["allergen"].finditer(before)), default=-1)
        taken = max((m.start() for m in words["taken"].finditer(before)), default=-1)
        return allergen > taken or before.rstrip().endswith("after")

    def _allergy(self, text: str, stated: Stated, own: frozenset[str]) -> Fit:
        words, name = self._rules.words, stated.fact.value
        if not words["allergen"].search(text):
            return Fit.NONE
        if name in own and words["whole_product"].search(text):
            return Fit.MET
        for concept in self._concepts(text):
            if concept.kind not in DRUGS:
                continue
            if concept.name in stated.names or name in self._wider(concept.name):
                before = text[: concept.start]
                if self._is_allergen(before) and not words["excepted"].search(before):
                    return Fit.MET
        return Fit.NONE

    def _wider(self, name: str) -> frozenset[str]:
        classes = self._vocabulary.classes.get(name, ())
        return frozenset(wider for each in classes for wider in self._vocabulary.lineage(each))

    # --- conditions

    def _condition(self, line: Line, stated: Stated) -> Fit:
        fits = (
            self._one_condition(line, concept, stated)
            for concept in self._concepts(line.text)
            if concept.kind in AILMENTS and concept.name in stated.names
        )
        return max(fits, default=Fit.NONE)

    def _one_condition(self, line: Line, concept: Concept, stated: Stated) -> Fit:
        words, text = self._rules.words, line.text
        before = text[max(0, concept.start - BEFORE) : concept.start]
        if words["excepted"].search(before) or words["for_a_use"].search(before):
            return Fit.NONE
        if words["consequence"].search(before):
            told = line.severity is None and concept.name == stated.fact.value
            return Fit.PERHAPS if told else Fit.NONE
        if self._is_reaction(text, concept, stated):
            return Fit.NONE
        past = bool(words["of_the_past"].search(before)) or bool(
            words["active_or_past"].search(before)
        )
        if stated.fact.axis is Axis.HISTORY:
            return Fit.MET if past else Fit.NONE
        if line.severity is None or self._is_narrower(before, concept, stated):
            return Fit.PERHAPS
        if words["further"].search(text[concept.end :]):
            return Fit.PERHAPS
        return Fit.MET

    def _is_reaction(self, text: str, concept: Concept, stated: Stated) -> bool:
        """Whether it is listed as a reaction to a drug, which having the ailment is not."""
        reactions, words = self._rules.reactions, self._rules.words
        if stated.fact.value in reactions and concept.name != stated.fact.value:
            return True
        return concept.name in reactions and bool(
            self._rules.reaction_words.search(text) or words["whole_product"].search(text)
        )

    def _is_narrower(self, before: str, concept: Concept, stated: Stated) -> bool:
        """Whether the line speaks of a graver or more special case than was stated."""
        words = self._rules.words
        if words["active_or_past"].search(before):
            return False
        match = words["narrowing"].search(before) or words["narrowing"].match(concept.text + " ")
        if not match:
            return False
        special = match.group().split()[0].casefold()
        return special not in stated.words.casefold()

    # --- measures

    def _measured(self, line: Line, stated: Stated) -> Fit:
        fit, words = self._by_measure(line, stated), self._rules.words
        if fit > Fit.PERHAPS and words["of_a_form"].search(line.text):
            return Fit.PERHAPS
        return Fit.PERHAPS if fit > Fit.PERHAPS and self._is_of_a_few(line.text, stated) else fit

    def _is_of_a_few(self, text: str, stated: Stated) -> bool:
        """Whether the population is told apart further: children with a heart defect."""
        axis = "age:" if stated.fact.axis is Axis.AGE else f"{stated.fact.axis}:"
        found = self._vocabulary.populations.find(text)
        places = [(c.start, c.end) for c in found if c.name.startswith(axis)]
        if stated.fact.axis is Axis.AGE:
            figures = (m.span() for each in self._rules.ages for m in each.pattern.finditer(text))
            places += figures
        ends = _ends(text, sorted(places))
        further = self._rules.words["further"]
        return bool(ends) and all(further.search(text[at:]) for at in ends)

    def _by_measure(self, line: Line, stated: Stated) -> Fit:
        axis, text = stated.fact.axis, line.text
        if axis is Axis.LACTATION:
            return self._population(text, "lactation:")
        if axis is Axis.PREGNANCY:
            if not self._population(text, "pregnancy:"):
                return Fit.NONE
            if stated.degree == PARTNER and not self._rules.words["of_partner"].search(text):
                return Fit.NONE
            if self._rules.words["labour"].search(text) and not weeks_spans(text, self._rules):
                return Fit.PERHAPS
            return met(stated.span, weeks_spans(text, self._rules), otherwise=Fit.MET)
        if axis is Axis.WEIGHT:
            return met(stated.span, weight_spans(text), otherwise=Fit.NONE)
        return met(stated.span, age_spans(text, self._vocabulary, self._rules), otherwise=Fit.NONE)

    def _population(self, text: str, axis: str) -> Fit:
        """Whether a population is spoken of, and not left out by the words before it."""
        for concept in self._vocabulary.populations.find(text):
            before = text[: concept.start]
            if concept.name.startswith(axis) and not self._rules.words["excepted"].search(before):
                return Fit.MET
        return Fit.NONE


def _ends(text: str, places: list[tuple[int, int]]) -> list[int]:
    """Where each population's words end; "children 6 to 12 years of age" are those of one."""
    ends: list[int] = []
    for start, end in places:
        between = text[ends[-1] : start] if ends else ""
        if ends and start - ends[-1] < CLOSE and not _APART.search(between):
            ends[-1] = max(end, ends[-1])
        else:
            ends.append(end)
    return ends
