"""What a slot may ask of a record beside its kinds: each word of ``Slot.holds`` and its meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from loccit.composition.cues import load_cues
from loccit.composition.gate import Judgement
from loccit.terms import (
    ConceptKind,
    Question,
    QuestionKind,
    ScoredRecord,
    SourceKind,
    StatementKind,
)

__all__ = ["HOLDS", "Context", "is_for_others", "is_of_a_state_not_asked", "is_off_the_drug"]

ON_A_DRUG = frozenset(
    {
        QuestionKind.DOSING,
        QuestionKind.DOSING_ORGAN,
        QuestionKind.DOSING_CHILD,
        QuestionKind.INTERACTION,
        QuestionKind.SAFETY,
        QuestionKind.SWITCHING,
    }
)
"""Kinds of question that a source on the condition alone, silent on the drug, does not answer."""
FOR_A_DOSE = frozenset({QuestionKind.DOSING, QuestionKind.DOSING_ORGAN, QuestionKind.DOSING_CHILD})
STATES = frozenset({"pregnancy", "lactation"})
DOSES = frozenset({StatementKind.DOSE, StatementKind.DOSE_ADJUSTMENT})


@dataclass(frozen=True, kw_only=True)
class Context:
    """What all records of an article are looked at for.

    ``drugs`` are those the article is about, the first the most prominent; ``guided`` tells whether
    a guideline on the condition recommends something; ``wanted`` are the kinds of statement that
    such a question asks for; ``judgement`` is what the safety gate found.
    """

    question: Question
    drugs: tuple[str, ...]
    guided: bool
    wanted: frozenset[StatementKind] = frozenset()
    judgement: Judgement = field(default_factory=Judgement)

    @cached_property
    def asks_drug(self) -> bool:
        """Whether a drug or a class is what the article is about."""
        named = self.question.names(ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
        return bool(self.drugs or named)

    @cached_property
    def asks_condition(self) -> bool:
        """Whether the question names a condition or a finding."""
        return bool(self.question.names(ConceptKind.CONDITION, ConceptKind.FINDING))


def is_for_others(context: Context, each: ScoredRecord) -> bool:
    """A dose for an age that the patient is not of, or for organs that are sound.

    A dose "for patients 17 to 64 years" is no answer on one of 78, however well its words match.
    """
    patient, says = context.question.patient, each.record.description
    if says.kinds[0] not in DOSES:
        return False
    text = each.record.passage.text
    if patient.renal and load_cues().sound_kidneys.search(text):
        return True
    spans = [q for q in says.quantities if q.unit == "year" and q.low < q.high]
    age = patient.age
    return age is not None and bool(spans) and not any(q.low <= age <= q.high for q in spans)


def is_off_the_drug(context: Context, each: ScoredRecord) -> bool:
    """Whether it is silent on the drug where the question turns on one: no answer to it."""
    turns_on_drug = context.question.kind in ON_A_DRUG and context.asks_drug
    return turns_on_drug and not _is_on_the_drug(context, each)


def _is_on_the_drug(context: Context, each: ScoredRecord) -> bool:
    """In a source on a drug asked about, or naming it, or its class, where it is no stranger's."""
    mentioned = "mention" in each.parts and not _of_a_stranger(context, each)
    return "subject" in each.parts or mentioned


def is_of_a_state_not_asked(context: Context, each: ScoredRecord) -> bool:
    """On pregnancy or milk alone, where a dose is asked for and nobody is said to be in it."""
    if context.question.kind not in FOR_A_DOSE:
        return False
    axes = {group.partition(":")[0] for group in each.record.description.population}
    asked = {group.partition(":")[0] for group in context.question.population}
    return bool(axes) and axes <= STATES and axes.isdisjoint(asked)


def _condition(context: Context, each: ScoredRecord) -> bool:
    """On the condition asked about, where one is."""
    return "condition" in each.parts or not context.asks_condition


def _on_topic(context: Context, each: ScoredRecord) -> bool:
    """About what is named: the drug where one is named, else the condition, else the words.

    What a study found counts where the study itself is on the topic; what has most of the words
    asked, where it names nothing else: an item of an order set does not repeat what it is for.
    """
    if each.covered >= MOST and not _names_another(context, each):
        return True
    if "document" in each.parts and context.question.kind not in ON_A_DRUG:
        return True
    if context.asks_drug:
        return _is_on_the_drug(context, each)
    return "document" in each.parts or _condition(context, each)


def _of_a_stranger(context: Context, each: ScoredRecord) -> bool:
    """In the label of another drug, and naming no drug asked about: at most a class of it.

    What the label of methocarbamol says of its overdose does not answer for tizanidine.
    """
    says = each.record.description
    named = {*context.question.names(ConceptKind.DRUG, ConceptKind.DRUG_CLASS), *context.drugs}
    of_label = each.record.card.evidence_kind is SourceKind.LABEL and bool(says.subjects)
    return of_label and named.isdisjoint((*says.subjects, *says.drugs))


def _names_another(context: Context, each: ScoredRecord) -> bool:
    """About, or speaking of, a drug that is not asked about."""
    named = context.question.names(ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
    says = each.record.description
    return bool(named) and not {*says.drugs, *says.subjects} <= {*named, *context.drugs}


def _both(_: Context, each: ScoredRecord) -> bool:
    """In a source on one drug asked about, naming the other."""
    return "mention" in each.parts and "subject" in each.parts


def _no_study_in_label(_: Context, each: ScoredRecord) -> bool:
    """Not a label's account of its trials: doses given there are those of the trial."""
    kinds = each.record.description.kinds
    return each.record.card.evidence_kind is not SourceKind.LABEL or kinds[0] not in STUDIED


def _first_line(_: Context, each: ScoredRecord) -> bool:
    """Marked as first line by a person; where nobody marked it, by its words."""
    note = each.record.passage.annotation
    if note:
        return note.line == "first"
    return load_cues().first_line.search(each.record.passage.text) is not None


def _drug_or_class(_: Context, each: ScoredRecord) -> bool:
    return bool(each.record.description.drugs)


def _no_drug(_: Context, each: ScoredRecord) -> bool:
    return not each.record.description.drugs


def _procedure(_: Context, each: ScoredRecord) -> bool:
    return bool(each.record.description.procedures)


def _not_imaging(_: Context, each: ScoredRecord) -> bool:
    return not load_cues().imaging.intersection(each.record.description.procedures)


def _imaging_asked(context: Context, _: ScoredRecord) -> bool:
    """The question speaks of an image."""
    return load_cues().imaging_words.search(context.question.text) is not None


def _about_drug(context: Context, each: ScoredRecord) -> bool:
    return bool(set(context.drugs).intersection(each.record.description.subjects))


def _about_first_drug(context: Context, each: ScoredRecord) -> bool:
    return any(drug in each.record.description.subjects for drug in context.drugs[:1])


def _chosen_by_guideline(context: Context, _: ScoredRecord) -> bool:
    """A guideline stands behind the drugs of the article."""
    return context.guided


def _red_flags_asked(context: Context, each: ScoredRecord) -> bool:
    """The question asks for signs of danger, and the words are on what it asks them for."""
    named = set(context.question.names(ConceptKind.CONDITION, ConceptKind.FINDING))
    ailments = named - load_cues().danger
    spoken = ailments.intersection(each.record.description.conditions)
    return StatementKind.RED_FLAG in context.question.asks and bool(spoken or not ailments)


def _older_or_organ(_: Context, each: ScoredRecord) -> bool:
    """On older adults, the liver or the kidney, and not on pregnancy, milk or children."""
    says = each.record.description
    axes = {group.partition(":")[0] for group in says.population}
    if axes & {"pregnancy", "lactation"}:
        return False
    if axes & {"hepatic", "renal"} or "age:older_adult" in says.population:
        return True
    clears = any(quantity.unit.startswith("mL/min") for quantity in says.quantities)
    return clears or ("age" not in axes and says.kinds[0] is StatementKind.DOSE_ADJUSTMENT)


def _nothing_unasked(context: Context, each: ScoredRecord) -> bool:
    """States what such a question asks for, of nobody whom the question leaves out.

    What is said of milk does not answer how long a drug may be given.
    """
    says, question = each.record.description, context.question
    wanted = context.wanted.union(question.asks)
    asked = {group.partition(":")[0] for group in question.population}
    set_apart = {
        axis
        for axis, _, value in (group.partition(":") for group in says.population)
        if axis in APART and value != "adult"
    }
    return not wanted.isdisjoint(says.kinds) and set_apart <= asked


MOST = 0.4
"""Share of the question's telling words that a passage on its topic has, if it names nothing."""
APART = frozenset({"pregnancy", "lactation", "age"})
"""Axes of a population of which what is said holds for nobody else."""
STUDIED = frozenset({StatementKind.EFFICACY, StatementKind.EPIDEMIOLOGY})

HOLDS: dict[str, Callable[[Context, ScoredRecord], bool]] = {
    "condition": _condition,
    "on_topic": _on_topic,
    "both": _both,
    "both_or_topic": _on_topic,
    "no_study_in_label": _no_study_in_label,
    "first_line": _first_line,
    "older_or_organ": _older_or_organ,
    "nothing_unasked": _nothing_unasked,
    "red_flags_asked": _red_flags_asked,
    "drug_or_class": _drug_or_class,
    "no_drug": _no_drug,
    "procedure": _procedure,
    "not_imaging": _not_imaging,
    "imaging_asked": _imaging_asked,
    "about_drug": _about_drug,
    "about_first_drug": _about_first_drug,
    "chosen_by_guideline": _chosen_by_guideline,
}
