"""Which of several labels is loaded: of the drug by its name, of it alone, and the newest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from loccit.terms import Offer, Offers, Unfetched

__all__ = ["Candidate", "is_set_id", "newest_label", "none_found", "one_label"]

MOST_NEAR = 3
"""Labels that are named where none fits."""

_SET_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A label with what its interface says of its drugs."""

    offer: Offer
    names: tuple[str, ...]
    """Brand and generic names."""
    is_single: bool
    """Whether it is on one active ingredient, and no kit."""

    def is_of(self, asked: str) -> bool:
        """Whether one of its names holds all words of ``asked``, one after the other."""
        wanted = _words(asked)
        return any(_holds(_words(name), wanted) for name in self.names)


def is_set_id(text: str) -> bool:
    """Whether ``text`` names one label, as ``setId`` does."""
    return _SET_ID.fullmatch(text) is not None


def newest_label(
    candidates: Iterable[Candidate], *, asked: str, called: str, host: str, total: int
) -> Offers:
    """The candidates in order, and the first of them chosen. Raises ``Unfetched`` for none.

    Interfaces find names that only resemble the one asked for; such labels are listed last and
    never chosen.
    """
    ordered = sorted(candidates, key=lambda each: _rank(each, asked))
    named = [each for each in ordered if each.is_of(asked)]
    if not named:
        raise none_found(asked, host, near=ordered)
    single = [each for each in named if each.is_single]
    of_what = f"{asked} alone" if single else f"{asked}, all of them with other drugs"
    count = len(single or named)
    among = f" among the first {len(ordered)} of {total}" if total > len(ordered) else ""
    why = f"the newest {called} of {of_what} ({count} found{among})"
    return Offers(
        host=host,
        found=tuple(each.offer for each in ordered),
        chosen=(named[0].offer,),
        why=why,
        total=max(total, len(ordered)),
    )


def one_label(candidates: Iterable[Candidate], *, asked: str, host: str) -> Offers:
    """The label that was asked for by its set id. Raises ``Unfetched`` when it is not there."""
    found = [each.offer for each in candidates if each.offer.id.lower() == asked.lower()]
    if not found:
        raise none_found(asked, host)
    why = "the one with this set id"
    return Offers(host=host, found=tuple(found[:1]), chosen=tuple(found[:1]), why=why, total=1)


def none_found(asked: str, host: str, *, near: Iterable[Candidate] = ()) -> Unfetched:
    """The error that says what was not found, and what came near."""
    titles = [each.offer.title for each in islice(near, MOST_NEAR)]
    resembling = f" (what it has: {'; '.join(titles)})" if titles else ""
    return Unfetched(
        f"{host} has no label of {asked!r}{resembling}",
        cure="check the spelling, or give the generic name used in the US",
    )


def _rank(candidate: Candidate, asked: str) -> tuple[object, ...]:
    day = candidate.offer.published_on or date.min
    return (
        not candidate.is_of(asked),
        not candidate.is_single,
        -day.toordinal(),
        -int(candidate.offer.version) if candidate.offer.version.isdecimal() else 0,
        candidate.offer.id,
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _holds(words: list[str], wanted: list[str]) -> bool:
    starts = range(len(words) - len(wanted) + 1) if wanted else range(0)
    return any(words[start : start + len(wanted)] == wanted for start in starts)
