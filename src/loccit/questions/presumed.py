"""What a question takes for granted in so many words: "since X is safe in Y, which dose?".

A sentence of a source on the drug that names the same patients, condition or partner and speaks
against it is quoted; where none does and no source carries the claim, that is told.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import permutations

from loccit.ports import EvidenceBase
from loccit.questions.borne import Borne, has_class
from loccit.sentences import sentences
from loccit.terms import (
    Concept,
    ConceptKind,
    DataFileError,
    Premise,
    Question,
    Record,
    SearchRequest,
    StatementKind,
)
from loccit.vocabulary import Vocabulary

__all__ = ["load_presumed", "presumed_in", "with_presumed"]

LOOKED_AT = 40
WARNS = (
    StatementKind.BOXED_WARNING,
    StatementKind.CONTRAINDICATION,
    StatementKind.WARNING,
    StatementKind.INDICATION,
    StatementKind.SPECIFIC_POPULATION,
    StatementKind.DISCONTINUATION,
    StatementKind.INTERACTION,
)
"""Kinds of statement that speak against a use, the plainest first."""
USES = (StatementKind.INDICATION, StatementKind.DOSE, StatementKind.RECOMMENDATION_FOR)
"""Kinds of statement that tell what a drug is given for, and to whom."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Presumed:
    """How a claim stands in a question, and how a source speaks for and against."""

    openings: tuple[re.Pattern[str], ...]
    class_openings: tuple[re.Pattern[str], ...]
    favours: re.Pattern[str]
    against: re.Pattern[str]
    denies: re.Pattern[str]
    uses: re.Pattern[str]
    of_a_class: re.Pattern[str]
    elsewhere: re.Pattern[str]
    undoes: re.Pattern[str]
    not_undone: re.Pattern[str]
    undone_text: str
    whole_axes: frozenset[str]
    verdict: str
    text: str
    unconfirmed_verdict: str
    unconfirmed_why: str

    def can_be_carried(self, claim: str) -> bool:
        """Whether a source that speaks of a claim may carry it: not where it praises or denies."""
        if self.against.search(claim):
            return True
        return not (self.favours.search(claim) or self.denies.search(claim))

    def groups(self, names: Iterable[str]) -> frozenset[str]:
        """Groups of patients as they are compared, from ``axis:value``."""
        split = (name.partition(":") for name in names)
        return frozenset(a if a in self.whole_axes else f"{a}:{v}" for a, _, v in split)


@cache
def load_presumed() -> Presumed:
    """The shipped words. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.questions") / "presumed.toml").read_text(encoding="utf-8")
    try:
        rows = tomllib.loads(text)
        return Presumed(
            openings=tuple(re.compile(each, re.IGNORECASE) for each in rows["openings"]),
            class_openings=tuple(
                re.compile(each, re.IGNORECASE) for each in rows["class_openings"]
            ),
            favours=re.compile(rows["favours"], re.IGNORECASE),
            against=re.compile(rows["against"], re.IGNORECASE),
            denies=re.compile(rows["denies"], re.IGNORECASE),
            uses=re.compile(rows["uses"], re.IGNORECASE),
            undoes=re.compile(rows["undoes"], re.IGNORECASE),
            not_undone=re.compile(rows["not_undone"], re.IGNORECASE),
            undone_text=rows["undone_text"],
            elsewhere=re.compile(rows["elsewhere"], re.IGNORECASE),
            of_a_class=re.compile(rows["of_a_class"], re.IGNORECASE),
            whole_axes=frozenset(rows["whole_axes"]),
            verdict=rows["verdict"],
            text=rows["text"],
            unconfirmed_verdict=rows["unconfirmed_verdict"],
            unconfirmed_why=rows["unconfirmed_why"],
        )
    except (KeyError, ValueError, re.error) as error:
        raise DataFileError(f"questions/presumed.toml: {error}") from error


def presumed_in(text: str) -> str:
    """The clause that a question takes for granted, as written; or nothing."""
    found = (each.search(text) for each in load_presumed().openings)
    return next((match["claim"].strip() for match in found if match), "")


def _of_class_in(text: str, vocabulary: Vocabulary) -> str:
    """The words that call a drug one of a class in passing: "as an SSRI, can X cause …"."""
    for each in load_presumed().class_openings:
        match = each.search(text)
        named = vocabulary.lexicon.find(match["class"]) if match else []
        if match and any(c.kind is ConceptKind.DRUG_CLASS for c in named):
            return match["claim"].strip()
    return ""


def with_presumed(question: Question, base: EvidenceBase, vocabulary: Vocabulary) -> Question:
    """The question with what became of its claim, where it makes one about a drug."""
    text = question.text
    for claim in filter(None, (presumed_in(text), _of_class_in(text, vocabulary))):
        named = vocabulary.lexicon.find(claim)
        drug = next((c.name for c in named if c.kind is ConceptKind.DRUG), "")
        if drug and not load_presumed().elsewhere.search(claim):
            return _with_claim(question, claim, drug, base, vocabulary)
    return _with_antidote(question, base, vocabulary)


def _with_antidote(question: Question, base: EvidenceBase, vocabulary: Vocabulary) -> Question:
    """The question with a premise where one drug is to undo another, and its sources deny it."""
    rules, drugs = load_presumed(), question.names(ConceptKind.DRUG)
    if not rules.undoes.search(question.text):
        return question
    for drug, other in permutations(drugs, 2):
        why = Borne(drug, base, vocabulary).denies(other, rules.not_undone)
        if why:
            text = rules.undone_text.format(drug=drug, other=other)
            told = Premise(text=text, verdict=rules.verdict, why=why)
            return replace(question, premises=(*question.premises, told))
    return question


def _with_claim(
    question: Question, claim: str, drug: str, base: EvidenceBase, vocabulary: Vocabulary
) -> Question:
    rules, named = load_presumed(), vocabulary.lexicon.find(claim)
    text = rules.text.format(claim=claim)
    if _is_a_use(claim, drug, base, vocabulary):
        return question
    why = next(_against(claim, drug, named, base, vocabulary), "")
    if why:
        premise = Premise(text=text, verdict=rules.verdict, why=why)
    elif _is_borne_out(claim, drug, named, base, vocabulary):
        return question
    else:
        why = rules.unconfirmed_why
        premise = Premise(text=text, verdict=rules.unconfirmed_verdict, why=why)
    return replace(question, premises=(*question.premises, premise))


def _is_borne_out(
    claim: str, drug: str, named: list[Concept], base: EvidenceBase, vocabulary: Vocabulary
) -> bool:
    """Whether the sources say what is claimed, or have nothing of their own on the drug.

    What a drug is approved for must be said among its uses and doses.
    """
    rules, borne = load_presumed(), Borne(drug, base, vocabulary)
    of_class = has_class(drug, named, vocabulary) if rules.of_a_class.search(claim) else None
    if of_class is not None:
        return of_class
    if rules.can_be_carried(claim):
        return borne.is_said(claim) or not borne.is_known()
    is_use = rules.uses.search(claim) and not rules.denies.search(claim)
    return bool(is_use) and borne.is_said(claim, kinds=USES, unless=rules.against)


def _is_a_use(claim: str, drug: str, base: EvidenceBase, vocabulary: Vocabulary) -> bool:
    """Whether a drug is said to be for what its label, among its indications, gives it for."""
    rules = load_presumed()
    if not rules.uses.search(claim) or rules.denies.search(claim):
        return False
    kinds = (StatementKind.INDICATION,)
    return Borne(drug, base, vocabulary).is_said(claim, kinds=kinds, unless=rules.against)


def _against(
    claim: str, drug: str, named: list[Concept], base: EvidenceBase, vocabulary: Vocabulary
) -> Iterator[str]:
    """Sentences of sources on the drug that speak against what the claim speaks for."""
    rules = load_presumed()
    if not rules.favours.search(claim):
        return
    others = _objects(named, drug, vocabulary)
    groups = rules.groups(c.name for c in vocabulary.populations.find(claim))
    if not others and not groups:
        return
    request = SearchRequest(words=claim, drugs=(drug,), kinds=WARNS, limit=LOOKED_AT)
    records = (found.record for found in base.search(request))
    for record in sorted(records, key=_plainness):
        for sentence in _sentences(record.passage.text):
            if rules.against.search(sentence) and _names(sentence, others, groups, vocabulary):
                yield f"“{sentence}” ({record.card.title})"


def _objects(named: list[Concept], drug: str, vocabulary: Vocabulary) -> frozenset[str]:
    """What a claim says a drug is good for or with: names, and the classes of other drugs."""
    others = {c.name for c in named if c.name != drug}
    classes = (wider for name in others for wider in vocabulary.classes.get(name, ()))
    return frozenset((*others, *classes))


def _plainness(record: Record) -> int:
    """How plainly the first kind that a passage states speaks against: 0 is plainest."""
    kind = record.description.kinds[0]
    return WARNS.index(kind) if kind in WARNS else len(WARNS)


def _sentences(text: str) -> Iterator[str]:
    yield from (text[start:end].strip() for start, end in sentences(text))


def _names(
    sentence: str, others: frozenset[str], groups: frozenset[str], vocabulary: Vocabulary
) -> bool:
    """Whether a sentence names what the claim names, or the patients of the claim."""
    found = vocabulary.lexicon.find(sentence)
    named = {up for c in found for up in vocabulary.lineage(c.name)}
    if not others.isdisjoint(named):
        return True
    patients = (c.name for c in vocabulary.populations.find(sentence))
    return not groups.isdisjoint(load_presumed().groups(patients))
