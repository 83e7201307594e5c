"""For whom: the sentence keeps the patients, their state and their past as the source has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from loccit.verification.comparing import Comparison
from loccit.verification.remarks import Remark, exceeds
from loccit.verification.rules import Qualifier
from loccit.verification.tokens import Reading, Token

__all__ = ["population"]

CLOSE = 0.5
NEAR_COPY = 0.9
PATIENT, HARM = "patient", "advers"
"""The words under which patients, people and subjects are compared, and unwanted effects."""
AROUND, BEHIND, KEPT = 3, 3, 2
ALL_GROUPS = 3
"""A source that names so many values of one axis limits nothing."""
Placed = tuple[Qualifier, int, int]
WIDENING = frozenset(
    {"age", "course", "hepatic", "renal", "pregnancy", "lactation", "degree", "history", "setting",
     "state", "sex",
     "health", "menopause"}
)  # fmt: skip
"""Axes on which a sentence that leaves the source's value out speaks of more people."""
NARROWING = frozenset({"severity", "course", "history", "state"})
_ORGANS = ("hepatic", "renal")
_NARROWER = {
    ("age", "older_adult"): "adult",
    ("age", "infant"): "child",
    ("age", "neonate"): "child",
}


def population(case: Comparison) -> Iterator[Remark]:
    """Acute is not chronic, an adult no child, mild not severe, a history nothing recent."""
    if case.about < CLOSE:
        return
    claim, source = _by_axis(case.claim.qualifiers), _by_axis(case.sentence.qualifiers)
    around = _by_axis((*case.ground.whole.qualifiers, *case.ground.context.qualifiers))
    for axis, values in claim.items():
        for value, place in values.items():
            if _held(axis, value, source.get(axis, {})):
                continue
            if _held(axis, value, around.get(axis, {})) and not source.get(axis):
                continue
            if source.get(axis) or axis in WIDENING:
                yield _another(axis, value, place, source.get(axis, {}))
    yield from _exchanged(case)
    yield from _narrower_names(case)
    yield from _widened(case, claim, source)


def _another(
    axis: str, value: str, place: tuple[int, int], known: dict[str, tuple[int, int]]
) -> Remark:
    said = f"{axis}: {value}".replace("_", " ")
    if not known:
        return exceeds(f"the source does not speak of this group ({said})", _at(place))
    other = ", ".join(sorted(known)).replace("_", " ")
    first = next(iter(known.values()))
    return exceeds(
        f"another group: the source says {other}, the sentence {said}", _at(place), _at(first)
    )


def _exchanged(case: Comparison) -> Iterator[Remark]:
    """Groups that stand in each other's place, whatever else the source names."""
    for claim, source in case.alignment.swapped:
        mine, theirs = _within(case.claim, claim), _within(case.sentence, source)
        for axis in mine.keys() & theirs.keys():
            if not mine[axis] & theirs[axis] and mine[axis] != {"any"}:
                said = ", ".join(sorted(theirs[axis])).replace("_", " ")
                yield exceeds(f"another group: the source says {said} here", claim, source)
        one = case.claim.text[claim.start : claim.end].casefold()
        other = case.ground.whole.text[source.start : source.end].casefold()
        if one and other and (_without_non(one) == other or _without_non(other) == one):
            yield exceeds("another group: the source says the opposite of it here", claim, source)


def _narrower_names(case: Comparison) -> Iterator[Remark]:
    """One name on both sides that the source narrows: *severe* hypotension."""
    for claim, source in case.alignment.matched:
        if claim.kind == "concept":
            mine, theirs = _within(case.claim, claim), _within(case.sentence, source)
            lost = {axis for axis in theirs.keys() - mine.keys() if axis in NARROWING}
            if lost:
                words = case.ground.whole.text[source.start : source.end]
                yield exceeds(f"the source limits this to “{words}”", claim, source)


def _without_non(word: str) -> str:
    return word.removeprefix("non").lstrip("-") if word.startswith("non") else ""


def _within(reading: Reading, token: Token) -> dict[str, set[str]]:
    """Values of the qualifiers inside one token, by axis."""
    found: dict[str, set[str]] = defaultdict(set)
    for qualifier, start, end in reading.qualifiers:
        if start >= token.start and end <= token.end:
            found[qualifier.axis].add(qualifier.value)
    return found


def _widened(
    case: Comparison,
    claim: dict[str, dict[str, tuple[int, int]]],
    source: dict[str, dict[str, tuple[int, int]]],
) -> Iterator[Remark]:
    """Qualifiers of the source that the sentence leaves out: it then speaks of more people."""
    dropped = case.alignment.dropped
    limit = _limit(case) if case.covered >= NEAR_COPY else None
    if limit:
        words = case.ground.whole.text[limit[0].start : limit[1].end]
        yield exceeds(f"the source limits this to “{words}”", None, limit[0])
        return
    for axis, values in source.items():
        if axis in claim or axis not in WIDENING:
            continue
        if (axis, *values) == ("age", "adult") or len(values) >= ALL_GROUPS:
            continue
        if axis == "course" and HARM in case.claim.norms:
            continue  # what a drug does to its taker does not turn on how long the ailment lasts
        for start, end in values.values():
            lost = any(start <= token.start < end for token in dropped)
            if lost and (_names_kept(case, start) if axis == "degree" else _beside(case, start)):
                words = case.ground.whole.text[start:end]
                yield exceeds(f"the source limits this to “{words}”", None, _at((start, end)))
                return


def _limit(case: Comparison) -> tuple[Token, Token] | None:
    """Words such as *in patients with AIDS* that a sentence in nearly the same words leaves out."""
    tokens = case.sentence.tokens
    gone = {id(token) for token in case.alignment.dropped}
    for at, token in enumerate(tokens[:-1]):
        follower = tokens[at + 1]
        pair_gone = id(token) in gone and id(follower) in gone
        if pair_gone and token.norm == PATIENT and at and id(tokens[at - 1]) not in gone:
            return token, follower
    return None


def _names_kept(case: Comparison, start: int) -> bool:
    """Whether the sentence keeps the very thing of which the source states the degree."""
    kept = {id(source) for _, source in case.alignment.matched}
    following = [token for token in case.sentence.tokens if token.start >= start][:BEHIND]
    return any(id(token) in kept and token.kind == "concept" for token in following)


def _beside(case: Comparison, start: int) -> bool:
    """Whether the sentence keeps words that stand close to the place, in its clause."""
    tokens = case.sentence.tokens
    at = next((at for at, token in enumerate(tokens) if token.end > start), None)
    if at is None:
        return False
    told = (source for _, source in case.alignment.matched if not source.mark("negation"))
    kept = set(map(id, told))
    near = tokens[max(0, at - AROUND) : at + AROUND + 1]
    clause = [t for t in tokens if id(t) in kept and t.clause == tokens[at].clause]
    beside = sum(id(t) in kept and t.clause == tokens[at].clause for t in near)
    return beside >= KEPT and len(clause) * 2 > len(kept)


def _by_axis(found: Iterable[Placed]) -> dict[str, dict[str, tuple[int, int]]]:
    """Values on each axis with their places; a degree stands apart from the organ it is of."""
    axes: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for qualifier, start, end in found:
        axis, value = qualifier
        if axis == "severity" or (axis in _ORGANS and value in ("mild", "moderate", "severe")):
            axes["degree"].setdefault(value, (start, end))
            if axis == "severity":
                continue
            value = "any"
        axes[axis].setdefault(value, (start, end))
    return axes


def _held(axis: str, value: str, known: dict[str, tuple[int, int]]) -> bool:
    """Whether the source states the value, or a wider one."""
    if value in known or (set(known) == {"any"} and value != "not"):
        return True
    return _NARROWER.get((axis, value)) in known and axis != "age"


def _at(place: tuple[int, int]) -> Token:
    return Token("word", "", *place)
