"""The words of the suite (``planted_faults.toml``), and changing a sentence by its rules."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Change", "Rule", "Words", "load_words", "variants"]

FILE = Path(__file__).parent.parent / "planted_faults.toml"
NEAR = 30
"""Characters either side of a place in which a rule looks for what forbids the change."""
_LEADING = re.compile(r"[A-Z][a-z]+(?![\w-])")
_GROUP = re.compile(r"\((?:[^()\\]|\\.)*\)[?*+]{0,2}")
_OPTIONAL = re.compile(r"\\.[?*+]?|\[[^\]]*\][?*+]?|.[?*{]|\{[^}]*\}")
_NOT_LETTERS = re.compile(r"[^a-z ]+")
_KEYS = {"family", "fault", "swaps", "changes", "unless", "only", "near", "absent", "rival"}


class Change(NamedTuple):
    """A sentence changed: by which operator, to what, and the words put in.

    ``put_in`` is empty where nothing must be looked for in the evidence.
    """

    fault: str
    claim: str
    put_in: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One operator on words, as a ``[[rule]]`` of the file gives it."""

    family: str
    fault: str
    changes: tuple[tuple[str, re.Pattern[str], str], ...]
    """Letters that a text must hold for the pattern to be tried, the pattern, what is put in."""
    unless: re.Pattern[str] | None
    only: re.Pattern[str] | None
    near: re.Pattern[str] | None
    absent: bool
    rival: re.Pattern[str] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """All that the file says."""

    labels: dict[str, str]
    rules: tuple[Rule, ...]
    units: dict[str, tuple[str, ...]]
    lookalikes: dict[str, tuple[str, ...]]
    left_alone: frozenset[str]
    small: frozenset[str]
    counted: frozenset[str]
    others: tuple[re.Pattern[str], ...]
    credits: tuple[str, ...]
    named: tuple[str, ...]


@cache
def load_words(file: Path = FILE) -> Words:
    """The file, parsed and checked; raises ``ValueError`` or ``KeyError`` at what it cannot be."""
    said = tomllib.loads(file.read_text(encoding="utf-8"))
    lookalikes: dict[str, tuple[str, ...]] = {}
    for one, other in said["lookalikes"]["pairs"]:
        lookalikes[one] = (*lookalikes.get(one, ()), other)
        lookalikes[other] = (*lookalikes.get(other, ()), one)
    return Words(
        labels=said["labels"],
        rules=tuple(_rule(each, said["labels"]) for each in said["rule"]),
        units={unit: tuple(others) for unit, others in said["units"].items()},
        lookalikes=lookalikes,
        left_alone=frozenset(said["leave_alone"]["drugs"]),
        small=frozenset(said["words"]["small"].split()),
        counted=frozenset(said["words"]["counted"].split()),
        others=tuple(re.compile(each) for each in said["citing"]["others"]),
        credits=tuple(said["citing"]["credits"]),
        named=tuple(said["citing"]["named"]),
    )


def _rule(said: dict[str, Any], families: dict[str, str]) -> Rule:
    name = said.get("fault", "a rule without a name")
    if unknown := set(said) - _KEYS:
        raise ValueError(f"{name}: unknown keys {sorted(unknown)}")
    if said["family"] not in families:
        raise ValueError(f"{name}: family {said['family']} has no label")
    swaps = [pair for one, other in said.get("swaps", ()) for pair in ((one, other), (other, one))]
    changes = [
        *((one.casefold(), _whole_words(one), _literally(other)) for one, other in swaps),
        *((_letters_in(each), _compiled(each), into) for each, into in said.get("changes", ())),
    ]
    return Rule(
        family=said["family"],
        fault=name,
        changes=tuple({each[1]: each for each in reversed(changes)}.values())[::-1],
        unless=_compiled(said["unless"]) if "unless" in said else None,
        only=_compiled(said["only"]) if "only" in said else None,
        near=_compiled(said["near"]) if "near" in said else None,
        absent=said.get("absent", False),
        rival=_compiled(said["rival"]) if "rival" in said else None,
    )


def _letters_in(pattern: str) -> str:
    """The longest run of letters that every match of the pattern must hold, to save trying it."""
    rest, count = pattern, 1
    while count:
        rest, count = _GROUP.subn("\n", rest)
    if "|" in rest:
        return ""
    return max(_NOT_LETTERS.split(_OPTIONAL.sub("\n", rest).casefold()), key=len)


def _literally(words: str) -> str:
    return words.replace("\\", r"\\")


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _whole_words(phrase: str) -> re.Pattern[str]:
    return _compiled(rf"(?<![\w.-]){re.escape(phrase)}(?![\w-])")


def variants(rule: Rule, text: str) -> Iterator[Change]:
    """The sentence changed at each single place that the rule allows."""
    folded = text.casefold()
    for letters, pattern, into in rule.changes:
        for found in pattern.finditer(text) if letters in folded else ():
            around = text[max(0, found.start() - NEAR) : found.end() + NEAR]
            if (rule.near and rule.near.search(around)) or not _applies(rule, text):
                continue
            words = _in_the_case_of(found.group(), found.expand(into))
            rest = text[found.end() :].removeprefix("." if words.endswith(".") else "")
            claim = text[: found.start()] + words + rest
            yield Change(rule.fault, _sentence_case(text, claim), words.strip())


def _applies(rule: Rule, text: str) -> bool:
    is_barred = rule.unless and rule.unless.search(text)
    return not is_barred and (not rule.only or bool(rule.only.search(text)))


def _in_the_case_of(old: str, new: str) -> str:
    """The new words with a capital where the old ones had one, in front or throughout."""
    if old.isupper() and len(old) > 4 and " " not in old.strip():
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def _sentence_case(old: str, new: str) -> str:
    """A capital in front; the word that stood in front loses its own where it has moved."""
    first = _LEADING.match(old)
    if first and not new.startswith(first.group()):
        moved = re.compile(rf"(?<=[a-z0-9,;)%\]] ){first.group()}(?![\w-])")
        if not moved.search(old):
            new = moved.sub(first.group().lower(), new, count=1)
    new = new.strip()
    return new[:1].upper() + new[1:]


def of_family(words: Words, family: str) -> Sequence[Rule]:
    """The rules of one family, in the order of the file."""
    return [rule for rule in words.rules if rule.family == family]
