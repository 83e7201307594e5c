"""Finds sources that disagree, and places them side by side; it never decides.

One advises what another advises against, one lays down an amount that another rules out, or one
study finds a benefit where another finds none: of the same act, ailment and people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations, islice
from typing import NamedTuple

from loccit.composition.cues import load_cues
from loccit.stances import Opposition, Spoken, Stance, StanceReader, load_stance_rules, oppositions
from loccit.stances.stance import AGAINST, FOR, NEITHER, NOTHING
from loccit.terms import (
    ConceptKind,
    Conflict,
    Form,
    Question,
    QuestionKind,
    Record,
    ScoredRecord,
    SourceKind,
    StatementKind,
)
from loccit.vocabulary import Vocabulary

__all__ = ["ConflictFinder", "acts_named"]

MOST_CONFLICTS = 6
MOST_SEEN, MOST_READ, MOST_READ_OF_ALL = 400, 24, 90
"""Records on what is asked that are looked at, and those whose sides are read, the best first; more
where no treatment is named, since sources that disagree need not be near the top."""
ADVISES = frozenset(
    {
        StatementKind.RECOMMENDATION_FOR,
        StatementKind.RECOMMENDATION_AGAINST,
        StatementKind.EFFICACY,
    }
)
TAKES_SIDE = frozenset(
    {
        StatementKind.BOXED_WARNING,
        StatementKind.CONTRAINDICATION,
        StatementKind.DOSE,
        StatementKind.DOSE_ADJUSTMENT,
        StatementKind.DURATION,
        StatementKind.INDICATION,
        StatementKind.INTERACTION,
        StatementKind.SPECIFIC_POPULATION,
        StatementKind.WARNING,
    }
)
"""Kinds of statement that take a side on what a question names."""
ASIDE = frozenset({Form.BACKGROUND, Form.METHODS, Form.DISCUSSION, Form.REFERENCES, Form.ANIMAL})
"""Forms in which a study does not say what it found itself."""
RECORDED = {
    StatementKind.RECOMMENDATION_FOR: FOR,
    StatementKind.RECOMMENDATION_AGAINST: AGAINST,
}
RULING = frozenset({SourceKind.LABEL, SourceKind.GUIDELINE, SourceKind.PROTOCOL})
"""Sources that lay down amounts; what a study gave its patients rules nobody else."""
STUDIES = frozenset({SourceKind.TRIAL, SourceKind.SYSTEMATIC_REVIEW, SourceKind.ABSTRACT})
TELLING = frozenset({"condition", "subject", "mention", "topic"})
"""Parts of a score by which a record is on what is asked."""


class _Seen(NamedTuple):
    """A record at first sight: its acts as named, and with their classes; does it lay down?"""

    scored: ScoredRecord
    named: frozenset[str]
    acts: frozenset[str]
    lays: bool

    def meets(self, works: Mapping[str, set[str]]) -> bool:
        """Whether another work than its own is among those of one of its acts."""
        own = {self.scored.record.card.series}
        return any(works.get(act, own) - own for act in self.acts)


class _Dispute(NamedTuple):
    """The records on either side of one point, by passage."""

    one: dict[str, ScoredRecord]
    other: dict[str, ScoredRecord]

    def add(self, first: ScoredRecord, second: ScoredRecord, *, turned: bool) -> None:
        """Two that oppose each other: what advises on one side, what forbids on the other.

        The first two lead; others join where they oppose one of these.
        """
        mine, theirs = first.record.passage.id, second.record.passage.id
        if turned or mine in self.other or theirs in self.one:
            first, second, mine, theirs = second, first, theirs, mine
        leading = not self.one or mine in list(self.one)[:1] or theirs in list(self.other)[:1]
        if leading and first.record.card.series not in _works(self.other):
            self.one.setdefault(mine, first)
        if leading and second.record.card.series not in _works(self.one):
            self.other.setdefault(theirs, second)


def _works(camp: Mapping[str, ScoredRecord]) -> set[str]:
    """A work stands on one side only, whatever else it says elsewhere."""
    return {each.record.card.series for each in camp.values()}


class ConflictFinder:
    """Finds disagreements with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._reader = StanceReader(vocabulary)
        self._rules = load_stance_rules()

    def find(
        self,
        records: Iterable[ScoredRecord],
        question: Question | None = None,
        first: Iterable[str] = (),
    ) -> tuple[Conflict, ...]:
        """Disagreements on what the question asks, in order of their best record.

        Where it names no treatment, those on the acts named ``first`` are looked for first.
        """
        about = self._about(question) if question else frozenset()
        if question and not about and not _asks_what_to_do(question):
            return ()
        found = self._candidates(records, about, frozenset(first))
        read = [(each, self._stances(each.record)) for each in found]
        disputes: dict[tuple[str, str], _Dispute] = {}
        for (one, mine), (other, theirs) in combinations(read, 2):
            if one.record.card.series == other.record.card.series or not mine or not theirs:
                continue
            for why in oppositions(mine, theirs, self._vocabulary):
                if not about or self._is_on(why.act, about):
                    dispute = disputes.setdefault((why.by, _point(why)), _Dispute({}, {}))
                    dispute.add(one, other, turned=_turned(mine, why))
        return tuple(_conflicts(disputes))

    def _candidates(
        self, records: Iterable[ScoredRecord], about: frozenset[str], first: frozenset[str]
    ) -> list[ScoredRecord]:
        """The best records that may oppose another work: reading all their words would take long.

        One forbids or finds nothing, and another work speaks of the same; or two lay amounts down.
        """
        kinds = TAKES_SIDE | ADVISES if about else ADVISES
        best = (e for e in records if e.record.description.kinds[0] in kinds and _is_relevant(e))
        seen = [self._seen(each, about) for each in islice(best, MOST_SEEN)]
        speaking = _works_by_act(seen)
        met = [each for each in seen if each.meets(speaking)]
        denies = [self._rules.denying.is_in(each.scored.record.passage.text) for each in met]
        denying = _works_by_act(each for each, does in zip(met, denies, strict=True) if does)
        laying = _works_by_act(each for each in met if each.lays)
        found = [
            each
            for each, does in zip(met, denies, strict=True)
            if does or each.meets(denying) or (each.lays and each.meets(laying))
        ]
        most = len(about) or 1  # of the first ones one is enough, of those asked about all
        found.sort(key=lambda each: -min(most, len((about or first) & each.named)))
        return [each.scored for each in found[: MOST_READ if about else MOST_READ_OF_ALL]]

    def _seen(self, each: ScoredRecord, about: frozenset[str]) -> _Seen:
        acts = self._acts(each.record, about)
        return _Seen(each, acts_named(each.record), acts, _lays(each.record))

    def _acts(self, record: Record, about: frozenset[str]) -> frozenset[str]:
        """What a record names that can be done, with its classes, as far as it is asked about."""
        says = record.description
        if about and record.card.evidence_kind is SourceKind.LABEL:
            own: tuple[str, ...] = says.subjects
        else:
            own = (*says.drugs, *says.procedures)
        acts = self._kin(own)
        return acts & self._near(about) if about else acts

    @lru_cache(maxsize=4096)  # noqa: B019 - one finder lives as long as its engine
    def _kin(self, names: tuple[str, ...]) -> frozenset[str]:
        """These names and their classes."""
        classes = self._vocabulary.classes
        return frozenset(kin for name in names for kin in (name, *classes.get(name, ())))

    @lru_cache(maxsize=64)  # noqa: B019 - one finder lives as long as its engine
    def _near(self, about: frozenset[str]) -> frozenset[str]:
        """What is asked about, its classes and wider names."""
        vocabulary = self._vocabulary
        return frozenset(
            wider
            for name in about
            for group in (name, *vocabulary.classes.get(name, ()))
            for wider in vocabulary.steps_up(group)
        )

    def between(self, one: Record, other: Record) -> tuple[Opposition, ...]:
        """Why two passages cannot both hold; nothing when they can."""
        return oppositions(self._stances(one), self._stances(other), self._vocabulary)

    def sides_of(self, record: Record) -> tuple[Stance, ...]:
        """The sides that a record takes; none where it only tells of those that others took."""
        says = record.description
        takes = says.kinds[0] in TAKES_SIDE | ADVISES and ASIDE.isdisjoint(says.forms)
        return self._stances(record) if takes else ()

    def _stances(self, record: Record) -> tuple[Stance, ...]:
        return self._reader.read(_spoken(record))

    def _about(self, question: Question) -> frozenset[str]:
        """The treatments and tests that the question is about.

        Who asks how to treat what a film shows does not ask about films.
        """
        drugs = question.names(ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
        named = question.names(ConceptKind.PROCEDURE)
        tests = load_cues().imaging if question.kind is QuestionKind.TREATMENT else frozenset()
        return frozenset((*drugs, *(name for name in named if name not in tests)))

    def _is_on(self, act: tuple[str, ...], about: frozenset[str]) -> bool:
        """Whether an act is one asked about, of its class or its kind."""
        near = self._near(about)
        return any(
            name in near
            or not about.isdisjoint(
                wider
                for group in (name, *self._vocabulary.classes.get(name, ()))
                for wider in self._vocabulary.steps_up(group)
            )
            for name in act
        )


def _asks_what_to_do(question: Question) -> bool:
    """Whether a question that names no treatment is about all of them."""
    return question.kind is QuestionKind.TREATMENT and not question.figures


def acts_named(record: Record) -> frozenset[str]:
    """Treatments and tests that a record names, or that its document is about."""
    says = record.description
    return frozenset((*says.drugs, *says.procedures, *says.subjects))


def _turned(stances: tuple[Stance, ...], why: Opposition) -> bool:
    """Whether these stances are the ones that forbid, or that found nothing."""
    acts = frozenset(why.act)
    sides = [s.side for s in stances if acts in s.acts]
    return why.by in ("direction", "finding") and FOR not in sides


def _finds(kind: StatementKind, source: SourceKind) -> bool:
    """Whether words tell of a result: a study's do, unless they advise."""
    return kind is StatementKind.EFFICACY or (source in STUDIES and kind not in RECORDED)


def _works_by_act(seen: Iterable[_Seen]) -> dict[str, set[str]]:
    """The works that speak of each act."""
    works: dict[str, set[str]] = {}
    for each in seen:
        for act in each.acts:
            works.setdefault(act, set()).add(each.scored.record.card.series)
    return works


def _lays(record: Record) -> bool:
    """Whether a record may lay an amount down."""
    return record.card.evidence_kind in RULING and bool(record.description.quantities)


def _is_relevant(each: ScoredRecord) -> bool:
    says = each.record.description
    return each.fits and bool(TELLING & each.parts.keys()) and ASIDE.isdisjoint(says.forms)


def _spoken(record: Record) -> Spoken:
    """A record as the reader of stances takes it."""
    says, card, note = record.description, record.card, record.passage.annotation
    label = card.evidence_kind is SourceKind.LABEL
    recorded = RECORDED.get(note.kind, NEITHER) if note else NEITHER
    return Spoken(
        text=record.passage.text,
        subjects=says.subjects if label else (),
        acts=(*note.drugs, *note.interventions) if note else (),
        conditions=says.conditions or says.topics,
        noted=note is not None,
        population=says.population,
        title=card.title if label else "",
        side=recorded,
        finds=_finds(says.kinds[0], card.evidence_kind),
        rules=_lays(record),
    )


def _point(why: Opposition) -> str:
    return " and ".join(name for name in why.act if name != NOTHING)


def _conflicts(disputes: dict[tuple[str, str], _Dispute]) -> Iterator[Conflict]:
    """The first few, each of which shows what no other showed."""
    shown, count = set[str](), 0
    for (by, point), dispute in disputes.items():
        new = dispute.one.keys() - shown and dispute.other.keys() - shown
        if new and count < MOST_CONFLICTS:
            shown |= {*dispute.one, *dispute.other}
            count += 1
            one, other = tuple(dispute.one.values()), tuple(dispute.other.values())
            yield Conflict(point=point, by=by, one=one, other=other)
