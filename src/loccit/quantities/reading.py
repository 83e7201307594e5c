"""Reads numbers with their units from a text.

Only what is written is read: a number, a range or a comparison with the unit beside it. The
verbatim text stays with the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from loccit.terms import Quantity

__all__ = ["WORD_NUMBERS", "comparator_before", "normal_unit", "quantities"]

WORD_NUMBERS: dict[str, float] = {
    "zero": 0, "one-half": 0.5, "half": 0.5, "once": 1, "one": 1, "twice": 2, "two": 2, "three": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18, "twenty": 20,
    "twenty-four": 24, "thirty": 30, "forty": 40, "forty-eight": 48, "fifty": 50, "sixty": 60,
    "seventy-two": 72, "ninety": 90,
}  # fmt: skip

_LY = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
_UNITS = {
    "mcg": r"mcg|µg|μg|ug|micrograms?",
    "mg": r"mg|milligrams?",
    "ng": r"ng|nanograms?",
    "kg": r"kg|kilograms?",
    "g": r"g|grams?",
    "mL/min/1.73 m2": r"mL\s?(?:/|per)\s?min(?:ute)?\s?(?:/|per)\s?1\.73\s?m(?:2|²|\^2)",
    "mL/min": r"mL\s?(?:/|per)\s?min(?:ute)?",
    "mL": r"mL|milliliters?|millilitres?|cc",
    "L": r"L|liters?|litres?",
    "unit": r"units?|IU|international units?",
    "mEq": r"mEq",
    "mmol": r"mmol",
    "%": r"%|percent|per cent",
    "second": r"seconds|secs?",
    "minute": r"minutes?|min",
    "hour": r"hours?|hrs?|h",
    "day": r"days?",
    "week": r"weeks?|wks?",
    "month": r"months?",
    "year": r"years?|yrs?",
    "mm Hg": r"mm ?Hg",
    "msec": r"msec|ms",
    "°C": r"°\s?C|degrees C(?:elsius)?",
    "cm": r"cm|centimet(?:er|re)s?",
    "mm": r"mm|millimet(?:er|re)s?",
    "tablet": r"tablets?|capsules?",
} | {
    f"time/{each}": rf"times? {ly}|times?(?: (?:a|per|each|every) |/){each}"
    for ly, each in _LY.items()
}
_PERIODS = frozenset(("minute", *_LY.values()))
_DOSES = frozenset({"mcg", "mg", "ng", "g", "mL", "L", "unit", "mEq", "mmol", "tablet"})
"""Nobody gives less than nothing of these: a minus sign before them is a dash."""
_PER_UNITS = {
    "kg": r"kg|kilograms?",
    "m2": r"m2|m²|m\^2|square meters?",
    "mL": r"mL|milliliters?|millilitres?",
    "dL": r"dL",
    "L": r"L|liters?|litres?",
    "mg": r"mg|milligrams?",
    "g": r"g|grams?",
    "hour": r"hours?|hr|h",
    "day": r"days?|d",
    "week": r"weeks?|wk",
    "month": r"months?",
    "year": r"years?",
    "min": r"minutes?|min",
    "dose": r"dose",
    "tablet": r"tablets?|capsules?",
}
_UNIT = "(?=[cdghiklmnpstuwyµμ%°])(?:" + "|".join(_UNITS.values()) + ")"
"""The first letters come first: most numbers are followed by something else, told at once."""
_PER_UNIT = "|".join(f"(?:{pattern})" for pattern in _PER_UNITS.values())
_PER = rf"(?:\s?(?:/|(?:per|an?|each)\s)\s?(?:\d+(?:\.\d+)?\s?)?(?:{_PER_UNIT})(?![A-Za-z])){{0,2}}"
_PER_PART = re.compile(
    rf"(?:/|(?:per|an?|each)\s)\s?(?P<amount>\d+(?:\.\d+)?)?\s?(?P<unit>{_PER_UNIT})(?![A-Za-z])",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_WORDS = "|".join(sorted(WORD_NUMBERS, key=len, reverse=True))
_DASH = r"-|–|—|−"  # noqa: RUF001 - each of them is in print
_HEAD = re.compile(
    rf"\b(?:q\s?)?(?<![.,/])(?=[\dzohtfsen])(?P<number>{_NUMBER}|(?:{_WORDS})\b)(?!,?\d)",
    re.IGNORECASE,
)
"""A number after a stop, a comma or a slash is the end of another, or of a date."""
_DIGITS_HEAD = re.compile(
    r"(?P<number>\d(?:(?<=\b.)|(?<=\b[qQ].))(?<![.,/].)(?:\d{0,2}(?:,\d{3})+|\d*)(?:\.\d+)?)"
    r"(?!,?\d)"
)
"""The same for a text without numbers in words, ten times as fast: it looks at digits alone."""
_WORD_PARTS = ("one", "two", "half", "once", "twice", "three", "four", "five", "six", "seven",
    "eight", "nine", "ten", "eleven", "twelve", "zero", "twenty", "thirty", "forty", "fifteen",
    "fifty")  # fmt: skip
"""Letters of which each of ``WORD_NUMBERS`` holds some."""
_SIMPLE_WORDS = frozenset(part for word in WORD_NUMBERS for part in word.split("-"))
_ODD = ("\u0131", "\u0130")
"""Letters that count as an *i* when case is ignored and are folded into no *i*."""
_SPREAD = (
    r"(?P<half>\sand\s(?:a|one)[\s-]half)?"
    rf"(?:\s?(?:{_UNIT})?\s?(?:±|\+/[-–−]|\+-)\s?{_NUMBER})?"  # noqa: RUF001
)
_RANGE = rf"(?:\s?(?P<first>{_UNIT})?{_PER}\s?(?:SEPARATOR)\s?(?P<high>{_NUMBER}|(?:{_WORDS})\b))"
_END = rf"[\s-]?(?P<unit>(?:{_UNIT})(?![A-Za-z]))(?P<per>{_PER})(?!\w)"
_TAIL = re.compile(
    _SPREAD + _RANGE.replace("SEPARATOR", rf"to|{_DASH}") + "?" + _END, re.IGNORECASE
)
_BETWEEN = re.compile(
    _SPREAD + _RANGE.replace("SEPARATOR", rf"to|and|{_DASH}") + "?" + _END, re.IGNORECASE
)
_ALONE = re.compile(f"{_SPREAD}(?P<high>(?!))?{_END}", re.IGNORECASE)
_NO_UNIT = ("", *").,;:]=<>([!?")
"""What neither a unit nor a range begins with: a number before it is bare, told at once."""
_OFTEN = re.compile(
    r"\s(?:(?P<ly>daily|weekly|monthly|yearly)|(?:a|per|each|every)\s(?P<unit>day|week|month|year))"
    r"(?!\w)",
    re.IGNORECASE,
)
_SIGNS = {
    "greater than or equal to": ">=", "more than or equal to": ">=", "less than or equal to": "<=",
    "≥": ">=", ">=": ">=", "at least": ">=", "no less than": ">=", "not less than": ">=",
    "≤": "<=", "<=": "<=", "at most": "<=", "up to": "<=", "no more than": "<=",
    "not more than": "<=", "not exceed": "<=", "not exceeding": "<=", "not to exceed": "<=",
    "at or under": "<=", "at or below": "<=", "at or above": ">=",
    "as much as": "<=", "as many as": "<=",
    "as high as": "<=", "maximum of": "<=", "within": "<=", ">": ">", "greater than": ">",
    "more than": ">",
    "exceeding": ">", "over": ">", "above": ">", "<": "<", "less than": "<", "fewer than": "<",
    "under": "<", "below": "<", "~": "~", "approximately": "~", "about": "~",
    "around": "~", "roughly": "~", "some": "~",
}  # fmt: skip
_SIGN_ENDS = frozenset(sign.rsplit(" ", 1)[-1] for sign in _SIGNS)
_SIGN = re.compile(
    "(?P<sign>"
    + "|".join(
        (rf"\b{re.escape(sign)}\b" if sign[0].isalpha() else re.escape(sign))
        for sign in sorted(_SIGNS, key=len, reverse=True)
    )
    + r")\s*\Z",
    re.IGNORECASE,
)
_OR_MORE = re.compile(
    r",?(?: of age| old)? (?:or|and) (?:(?P<more>older|over|above|more|greater|higher|longer)|"
    r"(?:younger|under|below|less|fewer|lower|shorter))\b",
    re.IGNORECASE,
)
"""What compares from behind: 65 years or older, 6 weeks or less."""
_EVERY = re.compile(r"\b(?:(?:every|each)\s|q\s?)\Z", re.IGNORECASE)
_MINUS = re.compile(r"(?:^|(?<=[\s(\[=:;]))(?P<minus>[-–−+±])\Z")  # noqa: RUF001
_HYPHEN = re.compile(rf"(?:{_DASH}|[+±])\Z")
_MARKS = "-–—−+±"  # noqa: RUF001
"""What ``_MINUS`` and ``_HYPHEN`` end with; most numbers have none of it before them."""
_LISTED = re.compile(r"-?\s?,\s(?:(?:and|or)\s)?|-?\s(?:and|or)\s", re.IGNORECASE)
"""What stands between the numbers of a list that share the unit of the last."""
_JOINED = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:tables?|figures?|figs?|sections?|groups?|arms?|phases?|parts?|cycles?|visits?|grades?|"
    r"stages?|types?|class(?:es)?|steps?|days?|weeks?|months?|years?|age|aged|in|to)\.?\s\Z"
    rf"|(?:{_DASH})\Z",
    re.IGNORECASE,
)
"""A number after one of these names something, or ends a range: Table 2 and 20 mg."""
_LISTABLE = _DOSES | {"%"}
_LONGEST_SIGN = 26
_NORMAL = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _UNITS.items()]
_NORMAL_PER = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _PER_UNITS.items()]


def comparator_before(text: str, start: int, past: int = 0) -> tuple[str, int]:
    """What compares the number at ``start`` (``=`` where nothing does), and where that begins."""
    found = _sign_in(text[max(past, start - _LONGEST_SIGN) : start])
    if not found:
        return "=", start
    return _SIGNS[found["sign"].casefold()], start - len(found.group())


def _sign_in(before: str) -> re.Match[str] | None:
    """The comparison at the end of ``before``; its last word tells at once of most that none is."""
    last = before.rsplit(None, 1)[-1:]
    if not last or (last[0].casefold() not in _SIGN_ENDS and last[0][-1] not in "≥≤<>=~"):
        return None
    return _SIGN.search(before)


@lru_cache(maxsize=512)
def normal_unit(unit: str) -> str:
    """The normalised spelling of a unit, without its ``per`` part; empty when unknown."""
    return next((name for name, pattern in _NORMAL if pattern.fullmatch(unit)), "")


@lru_cache(maxsize=512)
def _normal_per(per: str) -> str:
    """The normalised ``per`` part: `` per kilogram per day`` is ``/kg/day``."""
    return "".join(
        "/" + (part["amount"] or "") + next(n for n, p in _NORMAL_PER if p.fullmatch(part["unit"]))
        for part in _PER_PART.finditer(per)
    )


def quantities(text: str, words: Sequence[str] = ()) -> tuple[Quantity, ...]:
    """All quantities in ``text`` that carry a unit, in order; its ``folded_words`` save time.

    A concentration keeps its volume in the unit (``mg/5mL``). How often is counted in
    ``time/day``; an interval, the other way round, in ``hour/time``.

    >>> [(q.low, q.high, q.unit) for q in quantities("5 to 10 mg every six hours for two weeks")]
    [(5.0, 10.0, 'mg'), (6.0, 6.0, 'hour/time'), (2.0, 2.0, 'week')]
    """
    return tuple(_scan(text, words))


def _scan(text: str, words: Sequence[str]) -> Iterator[Quantity]:
    """Finds each number first and reads around it: most text holds none, and is skipped fast."""
    past = 0
    waiting: list[re.Match[str]] = []
    for head in (_HEAD if _may_hold_words(text, words) else _DIGITS_HEAD).finditer(text):
        start = head.start("number")
        if start < past:
            continue
        found = None
        if text[head.end() : head.end() + 1] not in _NO_UNIT:
            found = _often(head, text) or _counted(head, text, past)
        if waiting and not _LISTED.fullmatch(text, waiting[-1].end(), start):
            waiting = []
        if found:
            past = found.end
            yield from _listed(waiting, found, text)
            yield found
            waiting = []
        else:
            waiting.append(head)


def _may_hold_words(text: str, words: Sequence[str] = ()) -> bool:
    """Whether a number may stand in ``text`` as a word; letters of other alphabets may be any."""
    if not text.isascii() and any(letter in text for letter in _ODD):
        return True
    if words and "'" not in text and "\u2019" not in text:
        return not _SIMPLE_WORDS.isdisjoint(words)
    folded = text.casefold()
    return any(part in folded for part in _WORD_PARTS)


def _listed(waiting: list[re.Match[str]], last: Quantity, text: str) -> Iterator[Quantity]:
    """The numbers listed before a dose, which share its unit: 5, 10 or 20 mg.

    Two numbers make a list by "and" or "or" only: a comma alone may part a date from a dose.
    """
    parted = waiting and text[waiting[-1].end() : last.start]
    if not parted or last.comparator != "=" or last.unit.partition("/")[0] not in _LISTABLE:
        return
    if len(waiting) == 1 and not _JOINED.search(parted):
        return
    first = waiting[0].start("number")
    if _NUMBERED.search(text[max(0, first - _LONGEST_SIGN) : first]):
        return
    for head in waiting:
        place = head.start("number"), head.end("number")
        yield _quantity(text, *place, _value(head["number"]), unit=last.unit)


def _often(head: re.Match[str], text: str) -> Quantity | None:
    """``once a day``, ``twice weekly``."""
    number = head["number"].casefold()
    tail = _OFTEN.match(text, head.end()) if number in ("once", "twice") else None
    if not tail:
        return None
    period = tail["unit"] or _LY[tail["ly"].casefold()]
    return _quantity(
        text, head.start(), tail.end(), _value(number), unit=f"time/{period.casefold()}"
    )


def _counted(head: re.Match[str], text: str, past: int) -> Quantity | None:
    """A number or a range with its unit, and what stands before it: a sign, a comparison.

    What lies before ``past`` belongs to the quantity before.
    """
    start = head.start("number")
    before = text[max(past, start - _LONGEST_SIGN) : start]
    pattern = _BETWEEN if before[-8:].casefold() == "between " else _TAIL
    tail = pattern.match(text, head.end())
    if tail and tail["first"] and normal_unit(tail["first"]) != normal_unit(tail["unit"]):
        tail = _ALONE.match(text, head.end())  # 500 mg to 1 g are two quantities
    if not tail:
        return None
    written, per, half, above = tail.group("unit", "per", "half", "high")
    unit = normal_unit(written) + (_normal_per(per) if per else "")
    low = _value(head["number"]) + (0.5 if half else 0)
    high = _value(above) if above else low
    end = tail.end()
    if text[start - 1 : start] in _MARKS:
        near = text[max(0, start - 2) : start]
        minus = _MINUS.search(near)
        if minus and unit not in _DOSES:
            low, high = _signed(minus["minus"], low, high)
            return _quantity(text, start - 1, end, low, high, unit=unit)
        if not minus and _HYPHEN.search(near):
            return None  # COX-2, a lone end of a range
    every = _EVERY.search(before) if unit in _PERIODS else None
    if every:
        start -= len(every.group())
        return _quantity(text, start, end, low, high, unit=f"{unit}/time")
    sign, behind = _sign_in(before), _OR_MORE.match(text, end)
    if behind and not sign:
        comparator = ">=" if behind["more"] else "<="
        return _quantity(text, start, behind.end(), low, high, unit=unit, comparator=comparator)
    comparator = _SIGNS[sign["sign"].casefold()] if sign else "="
    if sign and sign["sign"].casefold() == "over" and unit in _PERIODS - {"year"}:
        comparator = "="  # given over 30 minutes
    start -= len(sign.group()) if sign else 0
    return _quantity(text, start, end, low, high, unit=unit, comparator=comparator)


def _signed(sign: str, low: float, high: float) -> tuple[float, float]:
    if sign == "±":
        return -high, high
    return (low, high) if sign == "+" else (-low, -high)


def _quantity(  # noqa: PLR0913 - each names a field
    text: str, start: int, end: int, low: float, high: float | None = None, *, unit: str,
    comparator: str = "=",
) -> Quantity:  # fmt: skip
    return Quantity(
        text=text[start:end],
        low=low,
        high=low if high is None else high,
        unit=unit,
        comparator=comparator,
        start=start,
        end=end,
    )


def _value(text: str) -> float:
    known = WORD_NUMBERS.get(text.casefold())
    return float(text.replace(",", "")) if known is None else float(known)
