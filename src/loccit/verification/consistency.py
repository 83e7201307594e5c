"""Sentences of one text that contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from loccit.terms import Finding, Verdict
from loccit.verification.grounds import Ground
from loccit.verification.tokens import Token
from loccit.verification.verifying import Judgement, Verifier

__all__ = ["disagreements"]

CONSISTENCY = "consistency/1"
SHARED, MOST_PER_NAME = 1, 60
"""Names that two sentences must share to be compared; a name that more sentences have tells none
apart."""
COVERED = 0.7
"""How much of each the other must say."""
NAMED = ("drug", "concept", "procedure")


def disagreements(texts: Sequence[str], verifier: Verifier) -> Iterator[tuple[int, int, Finding]]:
    """Pairs of sentences, by their number, of which each contradicts the other, and why."""
    for one, other in _pairs([verifier.reader.read(text).tokens for text in texts]):
        if why := _contradiction(texts[one], texts[other], verifier):
            yield one, other, why
        elif told := verifier.opposition(texts[one], texts[other]):
            yield one, other, Finding(check=CONSISTENCY, verdict=Verdict.CONTRADICTED, message=told)


def _contradiction(one: str, other: str, verifier: Verifier) -> Finding | None:
    """What each says otherwise than the other, where both speak of the same and no more."""
    first = verifier.judge(one, Ground(text=other))
    if not _disagrees(first) or not _disagrees(verifier.judge(other, Ground(text=one))):
        return None
    return next(f for f in first.findings if f.verdict is Verdict.CONTRADICTED)


def _disagrees(judged: Judgement) -> bool:
    """Whether the two speak of the same, all of it, and differ in what they say of it."""
    return (
        judged.verdict is Verdict.CONTRADICTED
        and judged.covered >= COVERED
        and all(_is_opposition(finding) for finding in judged.findings)
    )


def _is_opposition(finding: Finding) -> bool:
    """Whether a finding tells of an opposite, or only of how sure one is."""
    firmness = finding.check.startswith(("certainty/", "superlative/"))
    return finding.verdict is Verdict.CONTRADICTED or firmness


def _pairs(read: Sequence[Sequence[Token]]) -> list[tuple[int, int]]:
    """Sentences that share names, and so may speak of the same."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at, tokens in enumerate(read):
        for norm in {token.norm for token in tokens if token.kind in NAMED}:
            holders[norm].append(at)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for held in holders.values():
        if len(held) <= MOST_PER_NAME:
            for pair in combinations(held, 2):
                shared[pair] += 1
    return sorted(pair for pair, count in shared.items() if count >= SHARED)
