"""Which passwords are taken: long ones that are not among the first to be tried.

No mixture of letters and signs is asked for, and none is ever to be changed for its age.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from loccit.accounts.rules import AccountRules, PasswordRules
from loccit.terms import Refused

__all__ = ["check_password", "normal"]

_ADDED = re.compile(r"^[\W\d_]+|[\W\d_]+$")
"""What is put before or after a word to make it longer: digits and signs."""


def normal(password: str) -> str:
    """The form that is hashed: NFKC, so that one password has one form on every keyboard.

    >>> normal("ﬁve") == normal("five")
    True
    """
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, rules: AccountRules, context: Iterable[str] = ()) -> str:
    """The password in its normal form. Raises ``Refused`` naming the rule that it breaks.

    ``context`` are names of the person: of these alone no password is made.
    """
    chosen = normal(password)
    bounds = {"shortest": rules.passwords.shortest, "longest": rules.passwords.longest}
    for rule in _broken(chosen, rules.passwords, tuple(context)):
        raise Refused(rule, rules.refusals[rule].format(**bounds))
    return chosen


def _broken(chosen: str, rules: PasswordRules, context: tuple[str, ...]) -> Iterator[str]:
    """The names of the rules that are broken."""
    if len(chosen) < rules.shortest:
        yield "short"
    if len(chosen) > rules.longest:
        yield "long"
        return
    if any(unicodedata.category(each) in {"Cc", "Cs", "Cn"} for each in chosen):
        yield "unseen"
    plain = chosen.casefold()
    if _is_common(plain, rules):
        yield "common"
    if _is_pattern(plain, rules):
        yield "pattern"
    if len(_without(plain, (*rules.house, *context), rules)) < rules.own_part:
        yield "context"


def _is_common(plain: str, rules: PasswordRules) -> bool:
    """Whether it is one of the list, more than once, or with digits and signs around it."""
    bare = _ADDED.sub("", plain)
    return any(form in rules.common for each in (plain, bare) for form in _beginnings(each))


def _is_pattern(plain: str, rules: PasswordRules) -> bool:
    """Whether a few characters are repeated, or all of it runs along a row of the keyboard."""
    if len(_beginnings(plain)[0]) < rules.own_part:
        return True
    rows = [row * (1 + len(plain) // len(row)) for row in rules.rows]
    ways = (*rows, *(row[::-1] for row in rows), "".join(rules.rows[:3]))
    return any(plain in way for way in ways)


def _beginnings(text: str) -> list[str]:
    """What a text is made of when repeated, the shortest first; the text itself is the last.

    Of ``boomboomboomboom`` it is ``boom``, ``boomboom`` and all of it.
    """
    sizes = range(1, 1 + len(text) // 2)
    return [*(text[:n] for n in sizes if text[n:] == text[:-n]), text]


def _without(plain: str, context: Iterable[str], rules: PasswordRules) -> str:
    """What is left without the names, the longest taken out first."""
    parts = {part for each in context for part in re.split(r"[\W_]+", normal(each).casefold())}
    parts |= {normal(each).casefold() for each in context}
    for part in sorted(parts, key=lambda each: (-len(each), each)):
        if len(part) >= rules.shortest_context:
            plain = plain.replace(part, "")
    return plain
