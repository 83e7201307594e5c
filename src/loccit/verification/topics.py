"""What a part of a sentence is about, where only the part before it says so."""

from __future__ import annotations

import re
from typing import NamedTuple

from loccit.verification.rules import Rules

__all__ = ["Subject", "subject_of"]

_LIST = re.compile(r"\s*\(([^()\d]{3,200})\)\Z")
_ITEMS = re.compile(r",\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+")
_EXAMPLE = re.compile(r"(?:e\.?g|such as|like|including|i\.?e|or|also|formerly)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"(?:it|they|this|these|those|there|such|we|you)\b", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"(?:in|for|when|if|among|with|after|during|while|although|since|because|unless|before)\b",
    re.IGNORECASE,
)
LONGEST = 90
"""Characters of a subject; what is longer is no name of a thing."""
SEVERAL = 2


class Subject(NamedTuple):
    """The subject of a sentence, ``end`` its end in the text.

    ``topics`` are the things it stands for: those of a list in brackets behind it, else itself.
    """

    topics: tuple[str, ...]
    end: int

    @property
    def lists(self) -> bool:
        """Whether what is said of it is said of several things."""
        return len(self.topics) >= SEVERAL


def subject_of(text: str, rules: Rules) -> Subject | None:
    """The subject of a sentence that begins with it; none where it only points back."""
    verb = rules.topic.verb.search(text)
    if not verb or _SUBORDINATE.match(text) or _POINTS_BACK.match(text):
        return None
    lead = rules.topic.leads.match(text)
    named = text[lead.end() if lead else 0 : verb.start()]
    if not named.strip() or len(named) > LONGEST:
        return None
    return Subject(_items(named) or (named.strip(" ,"),), verb.start())


def _items(named: str) -> tuple[str, ...]:
    """The things listed in brackets at the end of a subject: *findings (bulges, fissures)*."""
    listed = _LIST.search(named)
    if not listed or _EXAMPLE.match(listed.group(1)):
        return ()
    items = tuple(each.strip() for each in _ITEMS.split(listed.group(1)) if each.strip())
    return items if len(items) >= SEVERAL else ()
