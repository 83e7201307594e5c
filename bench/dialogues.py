"""Reads the dialogues of ``dialogues.yaml`` turn by turn and says how much is read as expected.

    python bench/dialogues.py [--base DIR] [--dialogues FILE] [--details] [--json FILE]

Only the reading is measured: what a turn is about, what holds of the patient, the kind, and whether
a new topic was noticed. The base tells which words sources use, so that they are no misspellings.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from loccit.engine import Engine
from loccit.terms import ConceptKind, PatientFacts, Question
from loccit.vocabulary import Vocabulary, load_vocabulary
from loccit.wiring import make_engine, open_base

HERE = Path(__file__).parent
DRUGS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
CONDITIONS = (ConceptKind.CONDITION, ConceptKind.FINDING, ConceptKind.PROCEDURE)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_UNITS = {"day": 365.25, "week": 52.18, "month": 12.0}
_TIME = re.compile(r"(\S+?)\s*-?\s*(day|d\b|week|wk|w\b|month|mo|year|yr|y\b)", re.IGNORECASE)
YOUNGEST = ("newborn", "neonate")
NEAR = 0.02
"""Years within which two ages are one."""
TRIMESTERS = {1: "first_trimester", 2: "second_trimester", 3: "third_trimester"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """How a turn was read: what was as expected, and which facts were."""

    first: bool
    drugs: bool
    conditions: bool
    facts: bool
    kind: bool
    topic: bool
    is_new_topic: bool
    found: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def context(self) -> bool:
        """All but the kind."""
        return self.drugs and self.conditions and self.facts and self.topic

    @property
    def right(self) -> bool:
        """All of it."""
        return self.context and self.kind


def main() -> int:
    """Measure and print; one JSON object at the end."""
    options = _options()
    engine = make_engine(open_base(options.base))
    judge = _Judge(load_vocabulary())
    read: defaultdict[str, list[Turn]] = defaultdict(list)
    whole: defaultdict[str, list[bool]] = defaultdict(list)
    for dialogue in yaml.safe_load(options.dialogues.read_text(encoding="utf-8")):
        split = dialogue["split"]
        if split != "dev" and options.dev_only:
            continue
        turns = list(_turns(engine, judge, dialogue, details=options.details and split == "dev"))
        read[split] += turns
        whole[split].append(all(turn.context for turn in turns))
    halves = {split: _sums(turns, whole[split]) for split, turns in read.items() if turns}
    report = {"dialogues": f"bench/{options.dialogues.name}", "halves": halves}
    print(json.dumps(report, indent=1))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, default=HERE.parent / ".bench", help="evidence base")
    parser.add_argument("--dialogues", type=Path, default=HERE / "dialogues.yaml", help="the set")
    parser.add_argument("--details", action="store_true", help="print what dev turns missed")
    parser.add_argument("--dev-only", action="store_true", help="leave the other part alone")
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    return parser.parse_args()


def _turns(
    engine: Engine, judge: _Judge, dialogue: dict[str, Any], *, details: bool
) -> Iterator[Turn]:
    before, said = None, ""
    for number, turn in enumerate(dialogue["turns"]):
        expected = turn["expect"]
        question = engine.read(turn["text"], after=before)
        said = turn["text"] if expected["topic_change"] else f"{said} \n {turn['text']}"
        judged = judge.turn(question, expected, said, first=number == 0)
        if details and not judged.right:
            _print(dialogue["id"], turn["text"], judged, question, expected)
        before = engine.turn_of(f"{dialogue['id']}-{number}", question)
        yield judged


def _print(name: str, text: str, turn: Turn, question: Question, expected: dict[str, Any]) -> None:
    parts = ("drugs", "conditions", "facts", "kind", "topic")
    wrong = [part for part in parts if not getattr(turn, part)]
    named = [concept.name for concept in question.concepts]
    print(f"{name}{' (first)' if turn.first else ''} {text!r}: {', '.join(wrong)} {turn.missed}")
    print(f"    read {question.kind} {named} {question.patient}")
    wanted = (str(expected[key]) for key in ("kind", "drugs", "conditions", "patient"))
    print(f"    want {' '.join(wanted)}")


class _Judge:
    """Compares a reading with what was expected; names through the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def turn(self, question: Question, expected: dict[str, Any], said: str, *, first: bool) -> Turn:
        """``said`` is all that was said since the topic began."""
        patient = expected["patient"]
        right = {key: self._fact(key, value, question) for key, value in patient.items()}
        wrong = self._unexpected(question.patient, patient)
        new_topic = bool(expected["topic_change"])
        return Turn(
            first=first,
            drugs=self._drugs(question, expected),
            conditions=self._conditions(question, expected, said),
            facts=all(right.values()) and not wrong,
            kind=str(question.kind) == expected["kind"],
            topic=first or question.following.new_topic is new_topic,
            is_new_topic=new_topic,
            found=tuple(key for key, found in right.items() if found),
            missed=(*(key for key, found in right.items() if not found), *(f"+{k}" for k in wrong)),
        )

    def _names(self, names: Iterable[str]) -> set[str]:
        """Canonical names; a combination under its own and its parts' names."""
        entries = {name: self._vocabulary.lexicon.get(name) for name in names}
        return {entry.name if entry else name.casefold() for name, entry in entries.items()}

    # --- drugs and conditions

    def _drugs(self, question: Question, expected: dict[str, Any]) -> bool:
        """All that are expected, and no others but those the patient takes or must not have."""
        patient = expected["patient"]
        aside = self._names((*patient.get("takes", ()), *patient.get("allergy", ())))
        wanted = self._names(expected["drugs"])
        named = set(question.names(*DRUGS)) | set(question.patient.drugs)
        return self._covers(named, wanted) and self._covers(wanted | aside, named)

    def _covers(self, names: set[str], wanted: set[str]) -> bool:
        """Whether each wanted name is among the names, or a part of a combination among them."""
        parts = {part for name in names for part in re.split(r",? and |, ", name)}
        whole = {part for name in wanted for part in re.split(r",? and |, ", name)}
        return wanted <= names | parts or whole <= names | parts

    def _conditions(self, question: Question, expected: dict[str, Any], said: str) -> bool:
        """Those that were said, by any name or a narrower one; and none that was not expected."""
        read = set(question.names(*CONDITIONS)) | set(question.patient.conditions)
        spoken = {concept.name for concept in self._vocabulary.lexicon.find(said)}
        spoken |= {entry for word in said.split() if (entry := self._short(word))}
        for wanted in expected["conditions"]:
            names = self._names([wanted]) | self._inside(wanted)
            if any(self._is_near(name, known) for name in names for known in spoken) and not any(
                self._is_near(name, known) for name in names for known in read
            ):
                return False
        return all(self._is_expected(name, expected) for name in question.names(CONDITIONS[0]))

    def _short(self, word: str) -> str:
        short = self._vocabulary.abbreviations.get(word.strip(".,?;:()"))
        return short.meanings[0] if short else ""

    def _inside(self, words: str) -> set[str]:
        return {concept.name for concept in self._vocabulary.lexicon.find(words)}

    def _is_near(self, name: str, other: str) -> bool:
        """The same, or one a narrower name of the other."""
        lineage = self._vocabulary.lineage
        return other in lineage(name) or name in lineage(other)

    def _is_expected(self, name: str, expected: dict[str, Any]) -> bool:
        """Whether a condition read is one of those expected, or a fact of the patient."""
        facts = _flat(expected["patient"])
        words = " ; ".join((*expected["conditions"], *facts, *expected["patient"]))
        wanted = self._names((*expected["conditions"], *facts)) | self._inside(words)
        organs = {"hepatic": "liver", "renal": "kidney"}
        said = [organ for key, organ in organs.items() if key in expected["patient"]]
        return (
            any(self._is_near(name, known) for known in wanted)
            or any(
                organ in name or f"{key}" in name for key, organ in organs.items() if organ in said
            )
            or (name == "cirrhosis" and "hepatic" in expected["patient"])
        )

    # --- facts of the patient

    def _fact(self, key: str, value: Any, question: Question) -> bool:
        """Whether an expected fact was read."""
        patient = question.patient
        if key == "age":
            return _is_age(value, patient, question.population)
        if key == "weight_kg":
            return any(patient.weight_kg == float(number) for number in _DIGITS.findall(str(value)))
        if key == "sex":
            return bool(patient.sex == value)
        if key in ("pregnant", "lactating"):
            return bool(patient.pregnancy if key == "pregnant" else patient.lactation) is value
        if key in ("gestation", "trimester"):
            return patient.pregnancy == _trimester(value)
        if key in ("renal", "hepatic"):
            return _is_function(key, str(value), patient, question)
        if key == "takes":
            return self._covers({*patient.drugs, *question.names(*DRUGS)}, self._names(value))
        if key in _CIRCUMSTANCES:
            return _CIRCUMSTANCES[key](value, patient)
        words = _flat({key: value})
        return self._somewhere(words, question) if words else getattr(patient, key, None) == value

    def _somewhere(self, values: list[str], question: Question) -> bool:
        """Whether all of these stand among the facts or the names read."""
        held = {*question.names(*ConceptKind), *_flat(_stated(question.patient))}
        held |= {f"{each.name} {each.value}" for each in question.patient.labs}
        held |= {each.casefold() for each in held}
        held |= {name for each in list(held) for name in self._inside(each)}
        return all(
            any(
                self._is_near(name, known)
                for name in (self._names([value]) | self._inside(value))
                for known in held
            )
            for value in values
        )

    def _unexpected(self, patient: PatientFacts, expected: dict[str, Any]) -> list[str]:
        """Facts that were read and do not hold."""
        keys = {
            "age": "age", "sex": "sex", "weight_kg": "weight_kg", "egfr": "renal",
            "creatinine_clearance": "renal", "renal": "renal", "hepatic": "hepatic",
            "pregnancy": "pregnant", "lactation": "lactating", "allergies": "allergy",
            "smoking": "smoker", "alcohol": "alcohol", "body_surface": "bsa",
            "ancestry": "ancestry", "planned": "planned",
        }  # fmt: skip
        empty = (None, "", (), False)
        wrong = [
            name
            for name, key in keys.items()
            if getattr(patient, name) not in empty and key not in expected
        ]
        taken = self._names((*expected.get("takes", ()),))
        more = (drug for drug in patient.drugs if not self._covers(taken, {drug}))
        return [*wrong, *(f"takes {drug}" for drug in more)]


def _says(value: Any, stated: Iterable[str]) -> bool:
    """Whether the words stated hold those expected, or lie in them; true for anything stated."""
    words = {word for each in stated for word in re.findall(r"[\w*:+.-]+", each.casefold())}
    wanted = set(re.findall(r"[\w*:+.-]+", str(value).casefold()))
    return bool(words) and (value is True or wanted <= words or words <= wanted)


def _lasts(value: Any, stated: str) -> bool:
    """Whether two lengths of time have one number and one unit."""
    first, second = (
        [(number.casefold(), unit[0].casefold()) for number, unit in _TIME.findall(text)]
        for text in (str(value), stated)
    )
    return bool(second) and first == second


_CIRCUMSTANCES: dict[str, Callable[[Any, PatientFacts], bool]] = {
    "smoker": lambda value, patient: (
        bool(patient.smoking) and (patient.smoking == "current") is bool(value)
    ),
    "alcohol": lambda value, patient: _says(value, [patient.alcohol] if patient.alcohol else []),
    "duration": lambda value, patient: _lasts(value, patient.duration),
    "ancestry": lambda value, patient: _says(value, [patient.ancestry]),
    "genotype": lambda value, patient: _says(value, patient.genotype),
    "bsa": lambda value, patient: (
        patient.body_surface is not None
        and patient.body_surface == float(_DIGITS.findall(str(value))[0])
    ),
    "planned": lambda value, patient: _says(value, patient.planned),
}
"""How the facts are judged that are kept in words; a plan is named by what is planned."""


def _is_age(value: Any, patient: PatientFacts, population: tuple[str, ...]) -> bool:
    if str(value) in YOUNGEST:
        return "age:neonate" in population
    digits = _DIGITS.findall(str(value))
    if not digits:  # a group by its name
        return any(str(value) in group for group in population if group.startswith("age:"))
    unit = next((years for unit, years in _UNITS.items() if unit in str(value)), 1.0)
    number = float(digits[0]) / unit
    if patient.age is None and patient.age_range:
        return digits == _DIGITS.findall(patient.age_range)[: len(digits)]
    return patient.age is not None and abs(patient.age - number) < NEAR


def _trimester(value: Any) -> str:
    if isinstance(value, int):
        return TRIMESTERS[value]
    weeks = [int(number) for number in _DIGITS.findall(value)]
    return TRIMESTERS[1 + (weeks[0] >= 14) + (weeks[0] >= 28)] if weeks else f"{value}_trimester"


def _is_function(key: str, value: str, patient: PatientFacts, question: Question) -> bool:
    """A measured clearance by its number, a degree by its word, else that there is impairment."""
    if value.startswith("no "):
        return not getattr(patient, key)
    numbers = {patient.egfr, patient.creatinine_clearance} - {None}
    if re.search(r"(?:e?GFR|CrCl|clearance)\D*\d", value):
        return float(_DIGITS.findall(value)[0]) in numbers
    degree = re.search(r"mild|moderate|severe|dialysis", value)
    groups = {group.partition(":")[2] for group in question.population if group.startswith(key)}
    if degree:
        return degree[0] in groups | {getattr(patient, key)}
    return bool(getattr(patient, key))


def _flat(facts: dict[str, Any]) -> list[str]:
    """All words among the values."""
    listed = (v if isinstance(v, list | tuple) else [v] for v in facts.values())
    return [value for values in listed for value in values if isinstance(value, str)]


def _stated(patient: PatientFacts) -> dict[str, Any]:
    return {field.name: getattr(patient, field.name) for field in fields(patient)}


# --- sums


def _sums(turns: list[Turn], whole: list[bool]) -> dict[str, Any]:
    later = [turn for turn in turns if not turn.first]
    changes = [turn for turn in later if turn.is_new_topic]
    stays = [turn for turn in later if not turn.is_new_topic]
    keys = (key for turn in turns for key in (*turn.found, *turn.missed))
    expected = Counter(key for key in keys if not key.startswith("+"))
    found = Counter(key for turn in turns for key in turn.found)
    return {
        "dialogues": len(whole),
        "dialogues_right_but_for_the_kind": _share(whole),
        "first_turns": _shares([turn for turn in turns if turn.first]),
        "later_turns": _shares(later),
        "new_topics_noticed": f"{sum(turn.topic for turn in changes)}/{len(changes)}",
        "taken_for_a_new_topic": f"{sum(not turn.topic for turn in stays)}/{len(stays)}",
        "facts": {key: f"{found[key]}/{expected[key]}" for key in sorted(expected)},
    }


def _shares(turns: list[Turn]) -> dict[str, float]:
    names = ("drugs", "conditions", "facts", "topic", "context", "kind", "right")
    shares = {name: _share([getattr(turn, name) for turn in turns]) for name in names}
    return {"turns": len(turns), **shares}


def _share(held: list[bool]) -> float:
    return round(sum(held) / len(held), 3)


if __name__ == "__main__":
    sys.exit(main())
