"""What the interfaces' answers have in common: JSON, dates, words on a screen, one at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar

import msgspec

from loccit.backends.connectors.cache import Kept
from loccit.terms import Fetched, Offer, SourceError, Unfetched

__all__ = ["decoded", "number_in", "one_by_one", "one_line", "words_asked", "written_date"]

T = TypeVar("T")
LONGEST_LINE = 300
MOST_DIGITS = 15
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_WORDS = re.compile(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2}), (\d{4})")
_IN_NUMBERS = re.compile(r"(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?!\d)")


def decoded(data: bytes, form: type[T], host: str) -> T:
    """An answer in its form. Raises ``Unfetched`` naming the place where it has another."""
    try:
        return msgspec.json.decode(data, type=form)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        what = one_line(str(error))
        raise Unfetched(f"{host} answered in a form that is not known here ({what})") from None


def words_asked(text: str, *, longest: int = LONGEST_LINE) -> str:
    """What a user asks for, as it can be sent. Raises ``Unfetched`` where it is no words."""
    words = " ".join(text.split())
    if not words or len(words) > longest or not words.isprintable():
        what = "is empty" if not words else "cannot be asked for as it stands"
        raise Unfetched(f"the request {what}", cure="name a drug, a query, a number or an address")
    return words


def one_by_one(
    offers: Iterable[Offer], get: Callable[[Offer], Kept], *, name: str
) -> Iterator[Fetched | SourceError]:
    """What ``get`` gives for each offer of the connector ``name``; a failure costs its offer."""
    for offer in offers:
        where = f"{name}:{offer.id}"
        try:
            kept = get(offer)
        except Unfetched as error:
            yield error.at(where)
        else:
            yield Fetched(name=where, url=kept.url, retrieved_at=kept.retrieved_at, data=kept.data)


def number_in(value: int | str) -> int:
    """A count as interfaces write it, as a number or a text; nought for what is none."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0


def one_line(text: str) -> str:
    """Words from elsewhere as they may stand on a screen: printable, on one line, not too long."""
    plain = "".join(each if each.isprintable() else " " for each in text[: 2 * LONGEST_LINE])
    return " ".join(plain.split())[:LONGEST_LINE]


def written_date(text: str) -> date | None:
    """The day that ``May 25, 2026``, ``2026/05/25`` or ``20260525`` begins with; else nothing.

    Months are read in English whatever the language of the system; no day is supplied.
    """
    if found := _IN_WORDS.match(text):
        name, day, year = found.groups()
        month = _MONTHS.index(name.lower()) + 1 if name.lower() in _MONTHS else 0
    elif found := _IN_NUMBERS.match(text):
        year, month, day = found.group(1), int(found.group(2)), found.group(3)
    else:
        return None
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None
