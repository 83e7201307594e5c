"""The sentence speaks of the same drug and the same condition as its source."""

from __future__ import annotations

from collections.abc import Iterator

from loccit.verification.comparing import Comparison
from loccit.verification.remarks import Remark, contradicts, exceeds, missing
from loccit.verification.tokens import Token
from loccit.vocabulary import Vocabulary

__all__ = ["are_related", "condition", "drug"]

CLOSE = 0.45
NAMED = ("concept", "procedure")


def drug(case: Comparison) -> Iterator[Remark]:
    """Same substance: brand, generic and salt are one; a look-alike is another."""
    swapped = {id(one): other for one, other in case.alignment.swapped}
    told: set[str] = set()
    for claim, source in case.alignment.swapped:
        both = claim.kind == source.kind == "drug"
        kin = are_related(case.vocabulary, claim.norm, source.norm)
        if both and not kin and not _is_meant(case, claim.norm):
            told.add(claim.norm)
            if case.about >= CLOSE:
                message = f"the source speaks of {source.norm} here, not of {claim.norm}"
                yield contradicts(message, claim, source)
    for token in case.claim.tokens:
        if token.kind != "drug" or token.norm in told or _spoken_of(case, token.norm):
            continue
        told.add(token.norm)
        partner = swapped.get(id(token))
        rivals = _rivals(case)
        wider = _members_named(case, token.norm)
        if wider:
            yield exceeds(f"the source speaks of {wider} only, not of {_as(token)} at large", token)
        elif token.norm in case.vocabulary.members:
            yield exceeds(f"the source does not speak of {_as(token)}", token)
        elif case.about >= CLOSE and (rivals or (partner and partner.kind in ("drug", "word"))):
            found = partner if partner and partner.kind == "drug" else None
            name = found.norm if found else ", ".join(sorted(rivals)) or "another substance"
            yield contradicts(f"the source speaks of {name}, not of {_as(token)}", token, found)
        else:
            yield missing(f"the source does not speak of {_as(token)}", token)
    yield from _unknown_names(case)


def condition(case: Comparison) -> Iterator[Remark]:
    """Same condition, finding or procedure."""
    for claim, source in case.alignment.swapped:
        if claim.aside:
            continue
        if claim.kind in NAMED and source.kind in NAMED and not _akin(case, claim, source):
            yield exceeds(
                f"the source speaks of {source.norm} here, not of {claim.norm}", claim, source
            )


def are_related(vocabulary: Vocabulary, one: str, other: str) -> bool:
    """Whether one is the other, or a class that it belongs to."""
    members, lineage = vocabulary.members, vocabulary.lineage
    return (
        one == other
        or one in members.get(other, ())
        or other in members.get(one, ())
        or one in lineage(other)
        or other in lineage(one)
    )


def _is_meant(case: Comparison, name: str) -> bool:
    """Whether the name is a class of which the source's sentence names a drug."""
    members = case.vocabulary.members.get(name, ())
    return not case.sentence.drugs.isdisjoint(members)


def _as(token: Token) -> str:
    return token.norm


def _spoken_of(case: Comparison, name: str) -> bool:
    """Whether the ground names the drug or, unless drugs are compared, a class of it."""
    drugs = case.ground.drugs
    if name in drugs:
        return True
    members = drugs.intersection(case.vocabulary.members.get(name, ()))
    if members:  # of a class, its drug must be named by both: NSAIDs (naproxen)
        return not members.isdisjoint(case.claim.drugs)
    if len(case.claim.drugs) > 1 and any(map(_compares, case.claim.marked)):
        return False
    classes = case.vocabulary.classes.get(name, ())
    wider = {each for c in (name, *classes) for each in case.vocabulary.lineage(c)}
    return bool(wider & drugs)


def _compares(token: Token) -> bool:
    mark = token.mark("relation")
    return mark is not None and mark.family == "comparison"


def _members_named(case: Comparison, name: str) -> str:
    """A drug of the class ``name`` that the ground names, if it is a class."""
    members = set(case.vocabulary.members.get(name, ()))
    return next(iter(sorted(members & case.ground.drugs)), "")


def _rivals(case: Comparison) -> set[str]:
    """Drugs of the source's sentence that the claim does not name."""
    return set(case.sentence.drugs) - set(case.claim.drugs)


def _unknown_names(case: Comparison) -> Iterator[Remark]:
    """A word in the place of a drug's name: a look-alike that the vocabulary does not know."""
    for claim, source in case.alignment.swapped:
        if source.kind == "drug" and claim.kind == "word" and case.about >= CLOSE:
            written = case.claim.text[claim.start : claim.end]
            if source.norm not in case.claim.drugs:
                yield contradicts(
                    f"the source speaks of {source.norm}, not of {written}", claim, source
                )


def _akin(case: Comparison, claim: Token, source: Token) -> bool:
    """Whether the sentence names the same condition or a wider one that the source's belongs to."""
    known = case.ground.norms
    lineage = case.vocabulary.lineage
    return (
        claim.norm in known
        or claim.norm in lineage(source.norm)
        or source.norm in lineage(claim.norm)
    )
