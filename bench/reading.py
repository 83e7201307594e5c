"""Measures how questions are read: facts, denials, and identifiers taken out.

Every question of ``reading.yaml`` is read with the shipped vocabulary and the words of the starter
pack; each field is scored by precision and recall, for each half and voice. The consumer questions
of the shared data are then asked of the starter pack, with names, numbers and addresses that stand
where their editors took them out, to see that nothing fails and nothing of them comes back.

    python bench/reading.py [--data DIR] [--details] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from consumer_questions import Asked, ask_all
from loccit.questions import QuestionReader
from loccit.terms import Question
from loccit.vocabulary import Vocabulary, load_vocabulary

HERE = Path(__file__).parent
NUMBERS = ("age", "weight_kg", "creatinine_clearance", "egfr")
WORDS = ("sex", "hepatic", "renal", "pregnancy", "lactation")
NAMES = ("drugs", "allergies", "history", "negated")
TOLERANCE = 0.02
"""An age of 7 months is 0.583 years: numbers count as equal within this share."""
Facts = dict[str, frozenset[str]]


def main() -> int:
    """Score both halves and print a table."""
    options = _options()
    items = yaml.safe_load((HERE / "reading.yaml").read_text(encoding="utf-8"))
    report: dict[str, Any] = {"questions": len(items), "halves": _halves(items, options.details)}
    if (options.data / "consumer").is_dir():
        with tempfile.TemporaryDirectory() as folder:
            report["consumer"] = _consumer(ask_all(options.data, Path(folder)))
    else:
        print(f"no consumer questions at {options.data}", file=sys.stderr)
    print(json.dumps(report, indent=1))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    shared = HERE.parent.parent / "shared" / "data"
    parser.add_argument("--data", type=Path, default=shared, help="folder of the shared data")
    parser.add_argument("--details", action="store_true", help="print what dev questions missed")
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    return parser.parse_args()


def _halves(items: list[dict[str, Any]], details: bool) -> dict[str, Any]:  # noqa: FBT001
    """Precision and recall of every field, by half and voice."""
    counts: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for item in items:
        question = reader().read(item["question"])
        found, expected = _found(question), _expected(item)
        shown = repr(question)
        leaked = [word for word in item.get("secret", ()) if word.casefold() in shown.casefold()]
        for half in (item["split"], f"{item['split']}/{item['voice']}"):
            counts[half]["leaks"].update(secrets=len(item.get("secret", ())), leaked=len(leaked))
            counts[half]["exact"].update(n=1, right=found == expected and not leaked)
            for name in found:
                counts[half][name].update(_compared(found[name], expected[name]))
        if details and item["split"] == "dev" and (found != expected or leaked):
            _print_missed(item, found, expected, leaked)
    return {half: {name: _shares(n) for name, n in by.items()} for half, by in counts.items()}


@cache
def reader() -> QuestionReader:
    """Reads with the words of the starter pack as those that no misspelling can be."""
    pack = files("loccit.packs") / "musculoskeletal" / "sources"
    texts = (file.read_text(encoding="utf-8").casefold() for file in pack.iterdir())
    known = frozenset(word for text in texts for word in re.findall(r"[a-z]+", text))
    return QuestionReader(load_vocabulary(), is_known=known.__contains__)


def _found(question: Question) -> Facts:
    patient = question.patient
    facts = {name: getattr(patient, name) for name in (*NUMBERS, *WORDS, *NAMES[:3])}
    labs = (f"{each.name} {each.value} {each.unit}".strip() for each in patient.labs)
    return _fields({**facts, "negated": question.negated, "labs": labs}, question.removed)


def _expected(item: dict[str, Any]) -> Facts:
    return _fields(item["facts"], item.get("removed", ()))


def _fields(facts: dict[str, Any], removed: Iterable[str]) -> Facts:
    """Every field as a set of words, so that all are compared in one way."""
    numbers = {name: _words(facts.get(name), round_to=TOLERANCE) for name in NUMBERS}
    words = {name: _words(facts.get(name)) for name in WORDS}
    names = {name: frozenset(map(_canonical, facts.get(name, ()))) for name in NAMES}
    labs = frozenset(" ".join(lab.casefold().split()) for lab in facts.get("labs", ()))
    return {**numbers, **words, **names, "labs": labs, "removed": frozenset(removed)}


def _words(value: Any, round_to: float = 0.0) -> frozenset[str]:
    if value in (None, "", False):
        return frozenset()
    if round_to and isinstance(value, float | int):
        return frozenset({f"{value:.2g}" if value < 1 else f"{value:.3g}"})
    return frozenset({str(value)})


def _canonical(name: str) -> str:
    vocabulary: Vocabulary = load_vocabulary()
    entry = vocabulary.lexicon.get(name)
    return entry.name if entry else name.casefold()


def _compared(found: frozenset[str], expected: frozenset[str]) -> dict[str, int]:
    return {
        "right": len(found & expected),
        "wrong": len(found - expected),
        "missed": len(expected - found),
    }


def _shares(counts: Counter[str]) -> dict[str, Any]:
    """What stands in the report for one field."""
    if "n" in counts:
        return {"questions": counts["n"], "share": round(counts["right"] / counts["n"], 3)}
    if "leaked" in counts:
        return dict(counts)
    right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
    return {
        "expected": right + missed,
        "precision": round(right / (right + wrong), 3) if right + wrong else None,
        "recall": round(right / (right + missed), 3) if right + missed else None,
    }


def _print_missed(item: dict[str, Any], found: Facts, expected: Facts, leaked: list[str]) -> None:
    print(f"{item['id']}: {item['question']}")
    for name, values in found.items():
        if values != expected[name]:
            print(f"   {name}: read {sorted(values)}, stated {sorted(expected[name])}")
    if leaked:
        print(f"   LEAKED {leaked}")


def _consumer(asked: Iterator[Asked]) -> dict[str, Any]:
    """Sums over the consumer questions: how many failed, leaked, and how long they took."""
    all_of = list(asked)
    times = sorted(each.milliseconds for each in all_of)
    return {
        "questions": len(all_of),
        "failed": sum(each.failed for each in all_of),
        "median_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1),
        "halves": {
            "dev": _leaks([each for each in all_of if each.row % 2 == 0]),
            "held_out": _leaks([each for each in all_of if each.row % 2]),
        },
    }


def _leaks(asked: list[Asked]) -> dict[str, Any]:
    """How many identifiers of each kind were planted, and how many came back in part or whole."""
    planted = Counter(kind for each in asked for kind in each.planted)
    leaked = Counter(kind for each in asked for kind in each.leaked)
    return {k: {"planted": planted[k], "leaked": leaked[k]} for k in sorted(planted)}


if __name__ == "__main__":
    sys.exit(main())
