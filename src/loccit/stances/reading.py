"""Reads the side that each clause of a text takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from loccit.quantities import measures
from loccit.sentences import sentences
from loccit.stances.amounts import amounts_of, as_bound, exceeds, years_of
from loccit.stances.rules import Axis, StanceRules, load_stance_rules
from loccit.stances.stance import AGAINST, FOR, NEITHER, NOTHING, Amount, Spoken, Stance
from loccit.terms import Concept, ConceptKind
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import folded_words

__all__ = ["StanceReader"]

ACTS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS, ConceptKind.PROCEDURE)
DRUGS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
CONDITIONS = (ConceptKind.CONDITION, ConceptKind.FINDING)
KEPT = 4096
"""Texts whose stances stay at hand."""
FAR = 90
"""Characters between an act and the words that advise on it, at most."""
SEVERAL = 3
"""Doses in one clause from which on it compares them with each other."""
TREATING = "treatment"
"""What is done, where a clause on a condition names nothing."""


class _Sentence(NamedTuple):
    """A sentence, the names in it, and what it stands in."""

    text: str
    concepts: list[Concept]
    spoken: Spoken

    def concepts_in(self, first: int, last: int) -> list[Concept]:
        """The names in a part of it, by their place in that part."""
        inside = (c for c in self.concepts if first <= c.start and c.end <= last)
        return [_moved(concept, first) for concept in inside]


class _Sign(NamedTuple):
    """A cue where it stands."""

    start: int
    end: int
    side: int
    leads: bool
    follows: bool


class StanceReader:
    """Reads with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._rules: StanceRules = load_stance_rules()

    @lru_cache(maxsize=KEPT)  # noqa: B019 - one reader lives as long as its engine
    def read(self, spoken: Spoken) -> tuple[Stance, ...]:
        """The stances of a text, in order."""
        found: list[Stance] = []
        for start, end in sentences(spoken.text):
            sentence = spoken.text[start:end]
            if len(sentence) <= self._rules.longest and self._rules.stems.is_in(sentence):
                around = _Sentence(sentence, self._vocabulary.lexicon.find(sentence), spoken)
                for first, last in self._clauses(sentence):
                    found += self._clause(around, first, last)
        return tuple(found)

    def _clauses(self, sentence: str) -> Iterator[tuple[int, int]]:
        start = 0
        for match in self._rules.clause_end.finditer(sentence):
            if match.start() > start:
                yield start, match.start()
            start = match.start() + (1 if match.group().startswith((";", ",")) else 0)
        if start < len(sentence):
            yield start, len(sentence)

    def _clause(self, around: _Sentence, first: int, last: int) -> Iterator[Stance]:
        rules, spoken = self._rules, around.spoken
        clause = around.text[first:last]
        concepts = around.concepts_in(first, last)
        if rules.neutral.search(clause):
            return
        if spoken.finds:
            yield from self._findings(clause, concepts, around)
            return
        amounts = amounts_of(clause, rules) if spoken.rules else ()
        for side, acts in self._sides(clause, concepts, spoken):
            held, kept = _within(clause, side, amounts)
            if held or kept:
                common = self._common(clause, around)
                yield Stance(side=held, acts=acts, amounts=kept, **common)

    def _common(self, clause: str, around: _Sentence) -> dict[str, Any]:
        """What advice and findings both have: for what, in whom, how."""
        rules, spoken = self._rules, around.spoken
        return {
            "conditions": self._conditions(around.text, around.concepts, spoken),
            "people": self._people(clause, around.text, spoken),
            "years": years_of(clause, rules) or years_of(around.text, rules),
            "apart": self._apart(around.text, spoken.title),
        }

    # --- advice

    def _sides(
        self, clause: str, concepts: list[Concept], spoken: Spoken
    ) -> Iterator[tuple[int, frozenset[frozenset[str]]]]:
        """Each side that the clause takes, with the acts it takes it for."""
        named = list(self._advised(clause, concepts))
        pairs = self._pairs(clause, concepts, spoken)
        unnamed = frozenset() if pairs or named else self._unnamed(concepts, spoken)
        if not (pairs or named or unnamed) or not self._rules.stems.is_in(clause):
            return
        signs = [] if spoken.side else list(self._signs(clause))
        if pairs:
            yield spoken.side or self._side_of_pair(clause, signs, spoken), pairs
            return
        if unnamed:
            yield spoken.side or _plain_side(signs), unnamed
            return
        sides: dict[int, set[frozenset[str]]] = {}
        for concept in named:
            side = spoken.side or self._side_of(clause, concept, signs)
            sides.setdefault(side, set()).add(frozenset({concept.name}))
        for side, acts_of_side in sides.items():
            yield side, frozenset(acts_of_side)

    def _unnamed(self, concepts: list[Concept], spoken: Spoken) -> frozenset[frozenset[str]]:
        """The label's own drug, or the treatment of what is named, where no act is."""
        if any(self._is_act(c) for c in concepts):
            return frozenset()
        if names := spoken.acts or spoken.subjects:
            return frozenset(frozenset({name}) for name in names)
        conditions = [c for c in concepts if c.kind in CONDITIONS] or spoken.conditions
        return frozenset({frozenset({TREATING})}) if conditions else frozenset()

    def _is_act(self, concept: Concept) -> bool:
        return concept.kind in ACTS and concept.name not in self._rules.no_act

    def _signs(self, clause: str) -> Iterator[_Sign]:
        taken: list[tuple[int, int]] = []
        shown = self._rules.cue_words.found(clause, folded_words(clause))
        for cue in (self._rules.cues[number] for number in sorted(shown)):
            for match in cue.words.finditer(clause):
                start, end = match.span()
                if not any(start < last and first < end for first, last in taken):
                    taken.append((start, end))
                    yield _Sign(start, end, cue.side, cue.leads, cue.follows)

    def _side_of(self, clause: str, concept: Concept, signs: list[_Sign]) -> int:
        """What is denied right before it; then what forbids it behind; then what comes before."""
        if self._rules.denied.search(clause, 0, concept.start):
            return AGAINST
        around = [s.side for s in signs if s.start <= concept.start and concept.end <= s.end]
        if around:
            return around[0]
        leading = [s for s in signs if s.leads and 0 <= concept.start + 1 - s.end <= FAR]
        behind = sorted(s for s in signs if s.follows and 0 <= s.start + 1 - concept.end <= FAR)
        between = [s.start for s in signs if not s.follows and s.start >= concept.end]
        trailing = [s for s in behind if not between or s.start < min(between)]
        if trailing and trailing[0].side == AGAINST:
            return AGAINST
        if leading:
            return max(leading, key=lambda s: s.end).side
        if trailing:
            return trailing[0].side
        return NEITHER

    def _side_of_pair(self, clause: str, signs: list[_Sign], spoken: Spoken) -> int:
        """Against where anything forbids; for only where it says that both are taken together.

        A label tells how another drug acts on its own, and advises neither.
        """
        sides = {sign.side for sign in signs}
        if AGAINST in sides:
            return AGAINST
        said = self._rules.together.search(clause) is not None
        behind = any(sign.side == FOR and sign.follows for sign in signs)
        return FOR if FOR in sides and said and (behind or not spoken.subjects) else NEITHER

    def _advised(self, clause: str, concepts: list[Concept]) -> Iterator[Concept]:
        """The acts that the words advise on: not what they name beside or before the act.

        "An opioid, with or without acetaminophen, when an NSAID failed" is a word on opioids alone.
        """
        end, beside = 0, False
        for concept in concepts:
            if not self._is_act(concept):
                continue
            between = clause[end : concept.start]
            listed = beside and self._rules.listed.fullmatch(between) is not None
            beside = listed or self._rules.aside.search(between) is not None
            if not beside and not self._rules.spoken_of.match(clause[concept.end :]):
                yield concept
            end = concept.end

    def _pairs(
        self, clause: str, concepts: list[Concept], spoken: Spoken
    ) -> frozenset[frozenset[str]]:
        """Two drugs that are spoken of together: in words, or one in the other's own label."""
        named = list(dict.fromkeys(c.name for c in concepts if c.kind in DRUGS))
        drugs = [name for name in named if not self._is_class_of_another(name, named, spoken)]
        fellows = [name for name in named if name not in drugs]
        if spoken.subjects and fellows and self._rules.with_fellows.search(clause):
            return frozenset(frozenset({a, b}) for a in spoken.subjects for b in fellows)
        own = [name for name in spoken.subjects if name not in drugs]
        others = [name for name in drugs if name not in spoken.subjects]
        if spoken.subjects and others and not self._rules.optional.search(clause):
            about = spoken.subjects if own or len(drugs) > len(others) else ()
            return frozenset(frozenset({a, b}) for a in about for b in others)
        together = self._rules.together.search(clause) and not self._rules.optional.search(clause)
        if together and len(drugs) > 1:
            return frozenset(frozenset(pair) for pair in combinations(drugs, 2))
        return frozenset()

    def _is_class_of_another(self, name: str, drugs: list[str], spoken: Spoken) -> bool:
        """Whether a name stands for others named: NSAIDs, in the label of one of them."""
        others = (*drugs, *spoken.subjects)
        return any(
            name in self._vocabulary.steps_up(group)
            for other in others
            for group in self._vocabulary.classes.get(other, ())
        )

    # --- findings

    def _findings(
        self, clause: str, concepts: list[Concept], around: _Sentence
    ) -> Iterator[Stance]:
        rules = self._rules
        side = NEITHER
        if rules.finds_none.search(clause):
            side = AGAINST
        elif rules.finds_some.search(clause):
            side = FOR
        names = list(dict.fromkeys(c.name for c in concepts if self._is_act(c)))
        if side is NEITHER:
            return
        masses = {each.text for each in measures(clause) if each.dimension == "mass"}
        if not names or len(masses) >= SEVERAL:
            return
        alone = len(names) == 1 and not rules.against_nothing.search(clause)
        if alone and rules.finds_between.search(clause):
            return
        acts = self._compared(clause, names)
        told = _without_ailments(clause, concepts)
        outcomes = {name for name, words in rules.outcomes.items() if words.search(told)}
        common = self._common(clause, around)
        common["apart"] = {axis: v for axis, v in common["apart"].items() if axis != "company"}
        yield Stance(
            side=side,
            acts=acts,
            finds=True,
            outcomes=frozenset(outcomes),
            **common,
        )

    def _compared(self, clause: str, names: list[str]) -> frozenset[frozenset[str]]:
        """What a study compared: treatments with each other, or each with none.

        What is added to another, and placebo with it, is compared with that other alone.
        """
        rules = self._rules
        pairs = len(names) > 1 and rules.compares.search(clause)
        nothing = rules.against_nothing.search(clause) and not rules.added.search(clause)
        if pairs and not nothing:
            return frozenset(frozenset(pair) for pair in combinations(names, 2))
        return frozenset(frozenset({name, NOTHING}) for name in names)

    # --- what sets apart

    def _conditions(
        self, sentence: str, concepts: Iterable[Concept], spoken: Spoken
    ) -> frozenset[str]:
        own = {
            c.name
            for c in concepts
            if c.kind in CONDITIONS and not self._rules.feared.search(sentence[: c.start])
        }
        told = own | {*spoken.conditions} if spoken.noted or not own else own
        return frozenset(told - self._rules.states)

    def _people(self, clause: str, sentence: str, spoken: Spoken) -> dict[str, frozenset[str]]:
        """Values by axis: those noted, else the clause's own, the sentence's, those around."""
        found = _by_axis(spoken.population) if spoken.noted else {}
        for text in (clause, sentence):
            entries = self._vocabulary.populations.entries(folded_words(text))
            for axis, values in _by_axis(entry.name for entry in entries).items():
                found.setdefault(axis, values)
        for axis, values in _by_axis(spoken.population).items():
            found.setdefault(axis, values)
        return found

    def _apart(self, sentence: str, title: str) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        texts = [(t, self._rules.axis_words.found(t, folded_words(t))) for t in (sentence, title)]
        for number, (name, axis) in enumerate(self._rules.axes.items()):
            for text, shown in texts:
                if number in shown and (values := _told(axis, text)):
                    found.setdefault(name, values)
        return found


def _told(axis: Axis, text: str) -> frozenset[str]:
    """The values that words tell; "without a serious cause" tells of none that is serious."""
    spans = [
        (value, match.span()) for value, words in axis.values for match in words.finditer(text)
    ]
    return frozenset(
        value
        for value, (start, end) in spans
        if not any(v != value and s <= start and end <= e for v, (s, e) in spans)
    )


def _without_ailments(clause: str, concepts: list[Concept]) -> str:
    """The clause without the names of ailments: in low back pain, pain need not be what changed."""
    for concept in concepts:
        if concept.kind in CONDITIONS and " " in concept.text:
            clause = clause.replace(concept.text, " " * len(concept.text))
    return clause


def _moved(concept: Concept, by: int) -> Concept:
    return Concept(
        text=concept.text,
        name=concept.name,
        kind=concept.kind,
        start=concept.start - by,
        end=concept.end - by,
    )


def _plain_side(signs: list[_Sign]) -> int:
    """The side of a clause that names no act: told behind, as in "not recommended in children".

    What is to be done or avoided that leads, and is not named, may be anything.
    """
    sides = {sign.side for sign in signs}
    return next(iter(sides)) if len(sides) == 1 and all(s.follows for s in signs) else NEITHER


def _within(clause: str, side: int, amounts: tuple[Amount, ...]) -> tuple[int, tuple[Amount, ...]]:
    """To forbid what goes beyond an amount is to lay the amount down, not to forbid the act."""
    if side != AGAINST or not any(exceeds(clause, amount.text) for amount in amounts):
        return side, amounts
    bounds = (as_bound(a) if exceeds(clause, a.text) else a for a in amounts)
    return NEITHER, tuple(bounds)


def _by_axis(groups: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in groups:
        axis, _, value = group.partition(":")
        found.setdefault(axis, set()).add(value)
    return {axis: frozenset(values - {"any"} or values) for axis, values in found.items()}
