"""Whose finding it is: a passage that tells of another's work is no source for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loccit.verification.comparing import Comparison
from loccit.verification.remarks import Remark, exceeds, missing
from loccit.verification.tokens import Token
from loccit.verification.weighing import NAMES, turned_alike

__all__ = ["attribution", "subject"]

_LEADS_TO_NAME = re.compile(r"\b(?:in|of|from|by|at|within|across)(?: the)?\s+\Z")
LONGEST_LEAD = 12
SPEAKS = 0.4
"""Share of what a sentence says below which its source does not speak of it at all."""
_NAME = re.compile(r"\b[A-Z][\w'-]{3,}")
TURNING = frozenset({"quality", "effect", "role", "good", "safety"})
"""Families of directions that a sentence may only take from its source."""
MOST = 0.7
"""Share from which a source may carry the whole of a sentence."""


def subject(case: Comparison) -> Iterator[Remark]:
    """The citation speaks of the claim."""
    if case.about < SPEAKS:
        yield missing("the source does not speak of this")
        return
    unsaid = [token for token in case.claim.tokens if _is_unsaid(case, token)]
    names = [token for token in unsaid if token.kind in NAMES and not token.aside]
    names += [token for token in case.claim.tokens if _is_untold(case, token)]
    names += [token for token in unsaid if _is_proper(case, token)]
    if case.covered < MOST or names:
        telling = names or unsaid
        words = ", ".join(case.claim.text[t.start : t.end] for t in telling[:4])
        said = f"not in the source: {words}" if words else "the source says little of this here"
        yield exceeds(said, telling[0] if telling else None)


def attribution(case: Comparison) -> Iterator[Remark]:
    """The study credited is the one that found it."""
    claim, source = case.claim.text, case.ground.whole.text
    sentence = _text_of(case)
    for name in _named(case, claim):
        if name.casefold() not in _known_names(case):
            yield missing(f"the source is not the work of {name}, nor does it name it")
    rules = case.reader.rules
    own = any(pattern.search(claim) for pattern in rules.own)
    patterns = (*rules.reported, *rules.told) if own else rules.reported
    told = next((m for p in patterns if (m := p.search(sentence))), None)
    if not told or (not own and _told_too(case, claim)) or _is_itself(case, told.group()):
        return
    at = source.find(told.group())
    place = Token("word", "", at, at + len(told.group()))
    if own or not any(pattern.search(sentence) for pattern in rules.own):
        yield exceeds("the source reports this of another work; cite that work", None, place)


def _is_itself(case: Comparison, told: str) -> bool:
    """Whether the work that is named is the source: a summary names what it summarises."""
    card = case.ground.ground.card
    about = f"{card.title} {card.publisher} {card.id}".casefold() if card else ""
    return any(name.casefold() in about for name in _NAME.findall(told))


def _text_of(case: Comparison) -> str:
    tokens = case.sentence.tokens
    if not tokens:
        return case.ground.whole.text
    spans = case.ground.spans
    start, end = next(
        ((s, e) for s, e in spans if s <= tokens[0].start < e), (tokens[0].start, tokens[-1].end)
    )
    return case.ground.whole.text[start:end]


def _named(case: Comparison, text: str) -> list[str]:
    return [m.group(1) for p in case.reader.rules.named for m in p.finditer(text)]


def _known_names(case: Comparison) -> str:
    card = case.ground.ground.card
    about = f"{card.title} {card.publisher} {card.id}" if card else ""
    ground = case.ground.ground
    return " ".join((ground.text, ground.context, about, *ground.subjects)).casefold()


def _told_too(case: Comparison, claim: str) -> bool:
    """Whether the sentence itself tells it as somebody else's."""
    return any(pattern.search(claim) for pattern in case.reader.rules.reported)


def _is_untold(case: Comparison, token: Token) -> bool:
    """Whether the sentence turns on it, and nothing in the source turns alike."""
    mark = token.mark("direction")
    if not mark or mark.family not in TURNING:
        return False
    return token.norm not in case.ground.norms and not turned_alike(token, case.sentence)


def _is_proper(case: Comparison, token: Token) -> bool:
    """Whether it is a proper name, as of a place: a capital after *in the* or the like."""
    text = case.claim.text
    inside = _LEADS_TO_NAME.search(text, max(0, token.start - LONGEST_LEAD), token.start)
    return (
        inside is not None
        and text[token.start].isupper()
        and text[token.start + 1 : token.end].islower()
    )


def _is_unsaid(case: Comparison, token: Token) -> bool:
    """Whether nothing in the ground says it; what the other checks compare is left to them."""
    known = case.ground.norms | case.ground.drugs
    if token.norm in known or token.kind in ("mark", "number", "drug"):
        return False
    return not (token.kind in NAMES and case.vocabulary_has_wider(token.norm))
