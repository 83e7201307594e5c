"""Circumstances of the patient: habits, ancestry, genotype, body surface, duration, plans.

Each is read as stated and echoed; none is inferred from another.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from loccit.questions.age_ranges import AgeRangeRules, age_range_in
from loccit.questions.belonging import is_within
from loccit.terms import Concept, ConceptKind, DataFileError, PatientFacts

__all__ = ["Circumstances", "circumstances_in", "is_of_pregnancy", "load_circumstance_rules"]

AILMENTS = (ConceptKind.CONDITION, ConceptKind.FINDING)
DRUGS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
FRAMES = ("before", "after", "is")
LOOK_BACK = 60
"""Characters before a length of time that tell what it is."""


class Circumstances(NamedTuple):
    """Fields of ``PatientFacts`` of the same names; empty where nothing is stated."""

    age_range: str
    body_surface: float | None
    smoking: str
    alcohol: str
    duration: str
    ancestry: str
    genotype: tuple[str, ...]
    planned: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CircumstanceRules:
    """All rules, compiled once."""

    ages: AgeRangeRules
    surfaces: tuple[re.Pattern[str], ...]
    not_own: frozenset[float]
    least: float
    most: float
    smoking: dict[str, re.Pattern[str]]
    alcohol: dict[str, re.Pattern[str]]
    durations: tuple[re.Pattern[str], ...]
    after_name: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    ancestry: tuple[re.Pattern[str], ...]
    ancestries: dict[str, str]
    genotypes: tuple[re.Pattern[str], ...]
    planned: dict[str, re.Pattern[str]]


@cache
def load_circumstance_rules() -> CircumstanceRules:
    """The shipped rules. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.questions") / "circumstances.toml").read_text(encoding="utf-8")
    try:
        return _rules(tomllib.loads(text))
    except (KeyError, ValueError, re.error) as error:
        raise DataFileError(f"questions/circumstances.toml: {error}") from error


def _rules(data: dict[str, Any]) -> CircumstanceRules:
    duration, surface, words = data["duration"], data["body_surface"], data["ancestry"]["words"]
    named, peoples = _named(words), data["ancestry"]["peoples"]

    def timed(pattern: str) -> re.Pattern[str]:
        return _pattern(pattern.replace("{time}", duration["time"]))

    return CircumstanceRules(
        ages=AgeRangeRules.read(data),
        surfaces=tuple(map(_pattern, surface["patterns"])),
        not_own=frozenset(surface["not_own"]),
        least=surface["least"],
        most=surface["most"],
        smoking={name: _pattern(words) for name, words in data["smoking"].items()},
        alcohol={name: _pattern(words) for name, words in data["alcohol"].items()},
        durations=tuple(map(timed, duration["patterns"])),
        after_name=timed(duration["after_name"]),
        not_before=_pattern(duration["not_before"]),
        not_after=_pattern(duration["not_after"]),
        ancestry=(
            *(_pattern(data["ancestry"][frame].replace("{words}", named)) for frame in FRAMES),
            _pattern(data["ancestry"]["named"].replace("{peoples}", _named(peoples))),
        ),
        ancestries={word.casefold(): word for word in words},
        genotypes=tuple(map(_pattern, data["genotype"]["patterns"])),
        planned={name: _pattern(words) for name, words in data["planned"].items()},
    )


def _named(words: Iterable[str]) -> str:
    longest_first = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return f"(?P<word>{longest_first})"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def circumstances_in(
    text: str,
    concepts: Sequence[Concept],
    denials: Iterable[tuple[int, int]],
    *,
    taken: Sequence[str] = (),
) -> Circumstances:
    """The circumstances stated. ``denials`` are places where nothing is stated of the patient.

    ``taken`` names the drugs that the patient takes.
    """
    rules, barred = load_circumstance_rules(), tuple(denials)
    return Circumstances(
        age_range=age_range_in(text, rules.ages),
        body_surface=_surface(text, rules),
        smoking=_first(text, rules.smoking, barred),
        alcohol=_first(text, rules.alcohol, barred),
        duration=_duration(text, concepts, taken, rules),
        ancestry=_ancestry(text, rules),
        genotype=_genotypes(text, rules),
        planned=tuple(name for name, words in rules.planned.items() if words.search(text)),
    )


def _surface(text: str, rules: CircumstanceRules) -> float | None:
    found = (float(m[1]) for pattern in rules.surfaces for m in pattern.finditer(text))
    own = (each for each in found if each not in rules.not_own)
    return next((each for each in own if rules.least <= each <= rules.most), None)


def _first(text: str, values: dict[str, re.Pattern[str]], barred: Sequence[tuple[int, int]]) -> str:
    """The first value whose words stand where nothing is denied; a denial is a value of its own."""
    denying = {"never", "none"}
    for name, words in values.items():
        for match in words.finditer(text):
            place = Concept(
                text=match[0], name=name, kind=ConceptKind.FINDING, start=match.start() + 1, end=0
            )
            if name in denying or not is_within(place, barred):
                return name
    return ""


def _duration(
    text: str, concepts: Sequence[Concept], taken: Sequence[str], rules: CircumstanceRules
) -> str:
    """How long it has lasted: what the words say so, else the time after a condition.

    The time right after a drug that is ``taken`` counts as well.
    """
    for pattern in rules.durations:
        for match in pattern.finditer(text):
            if _is_time_of_it(text, match.start("time"), match.end("time"), rules):
                return match["time"].casefold()
    drugs = [concept.start for concept in concepts if concept.kind in DRUGS]
    for concept in concepts:
        follows = rules.after_name.match(text[concept.end :])
        if not follows or (concept.kind not in AILMENTS and concept.name not in taken):
            continue
        start, end = (concept.end + place for place in follows.span("time"))
        of_drug = any(concept.end <= each < end for each in drugs)  # the drug's own course
        if not of_drug and _is_time_of_it(text, start, end, rules):
            return follows["time"].casefold()
    return ""


def is_of_pregnancy(text: str, duration: str, patient: PatientFacts) -> bool:
    """Whether a time tells how far a pregnancy is: "got pregnant, 10 wks now"."""
    if not duration or not patient.pregnancy:
        return False
    time, bound = re.escape(duration), r"[^.?;]{0,40}"
    near = rf"pregnan\w*{bound}{time}|{time}{bound}pregnan"
    return re.search(near, text, re.IGNORECASE) is not None


def _is_time_of_it(text: str, start: int, end: int, rules: CircumstanceRules) -> bool:
    before = text[max(0, start - LOOK_BACK) : start]
    return not (rules.not_before.search(text[end:]) or rules.not_after.search(before))


def _ancestry(text: str, rules: CircumstanceRules) -> str:
    found = (pattern.search(text) for pattern in rules.ancestry)
    match = next(filter(None, found), None)
    return rules.ancestries[match["word"].casefold()] if match else ""


def _genotypes(text: str, rules: CircumstanceRules) -> tuple[str, ...]:
    """Each once, as written; a shorter reading inside a longer one does not count."""
    taken: list[tuple[int, int]] = []
    for pattern in rules.genotypes:
        for match in pattern.finditer(text):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
    return tuple(dict.fromkeys(text[start:end] for start, end in sorted(taken)))
