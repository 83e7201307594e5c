"""A reaction that a question names only to tell an allergy.

"Cefazolin after anaphylaxis to penicillin": it is over, and what is asked is whether another drug
can be given. Read as the emergency that it was, it would bring what to do about anaphylaxis now.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loccit.terms import Concept, ConceptKind, PatientFacts

__all__ = ["without_borne_reactions"]

DRUGS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
AS_ALLERGY = "allergy"
_TO = re.compile(r"\s+(?:to|from|with|after|on)\s+(?:(?:an?|the|his|her|my)\s+)?(?P<what>[\w-]+)")


def without_borne_reactions(
    text: str, concepts: Sequence[Concept], patient: PatientFacts, red_flags: Sequence[str]
) -> tuple[tuple[Concept, ...], str]:
    """The concepts without such reactions, and the text with each called an allergy.

    All other words keep their places. Nothing changes where a danger is told, where the patient is
    said to have the reaction, or where no drug is asked about but the one that it was to.
    """
    unborne = set(patient.allergies)
    others = [c for c in concepts if c.kind in DRUGS and c.name not in unborne]
    if red_flags or not unborne or not others:
        return tuple(concepts), text
    borne = [c for c in concepts if _is_to_allergen(text, c, concepts, patient)]
    for each in borne:
        width = each.end - each.start
        text = text[: each.start] + AS_ALLERGY[:width].ljust(width) + text[each.end :]
    return tuple(c for c in concepts if c not in borne), text


def _is_to_allergen(
    text: str, concept: Concept, concepts: Sequence[Concept], patient: PatientFacts
) -> bool:
    """Whether a condition is named with what the patient does not bear as its cause."""
    if concept.kind is not ConceptKind.CONDITION or concept.name in patient.conditions:
        return False
    match = _TO.match(text, concept.end)
    if match is None:
        return False
    at = match.start("what")
    names = {c.name for c in concepts if c.start == at} | {match["what"].casefold()}
    return not names.isdisjoint(patient.allergies)
