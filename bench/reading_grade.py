"""Reading grades of what the starter pack says to patients, by Flesch and Kincaid.

``python bench/reading_grade.py [--json FILE]``: names of drugs and of their classes are set aside
as one short word, since a patient meets them on the package. Syllables by a pronouncing dictionary.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import textstat

from loccit.terms import ConceptKind
from loccit.vocabulary import Vocabulary, load_vocabulary
from loccit.wording import load_glossary

MOST = 7.0
"""The grade that a text for patients may have."""
_POINT = re.compile(r"(?<=\d)[.,](?=\d)")
DRUGS = frozenset({ConceptKind.DRUG, ConceptKind.DRUG_CLASS})


def without_drugs(text: str, vocabulary: Vocabulary) -> str:
    """The text with the name of each drug and class set aside as one short word."""
    parts, at = [], 0
    for found in vocabulary.lexicon.find(text):
        if found.kind in DRUGS:
            parts += [text[at : found.start], "drug"]
            at = found.end
    return "".join((*parts, text[at:]))


def grade(text: str, vocabulary: Vocabulary) -> float:
    """Years of school that a reader of the text needs; the point in a number ends no sentence."""
    words = _POINT.sub("", without_drugs(text, vocabulary))
    return float(textstat.flesch_kincaid_grade(words))


def twins() -> Iterator[tuple[str, str]]:
    """Where a plain twin of the starter pack stands, and its words."""
    folder = files("loccit.packs") / "musculoskeletal" / "sources"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        for statement in tomllib.loads(file.read_text(encoding="utf-8"))["statement"]:
            yield f"{file.name}: {statement['id']}", statement["plain"]


def meanings() -> Iterator[tuple[str, str]]:
    """The terms of the glossary, and what each means to a patient."""
    for term in load_glossary().terms:
        yield term.name, term.meanings["plain"]


def measured() -> dict[str, Any]:
    """For twins and meanings: how many, the mean grade, the highest, and how many are too high."""
    vocabulary = load_vocabulary()
    report = {}
    for name, texts in (("plain twins", twins()), ("meanings", meanings())):
        grades = [grade(text, vocabulary) for _, text in texts]
        report[name] = {
            "n": len(grades),
            "mean": round(statistics.mean(grades), 2),
            "highest": round(max(grades), 2),
            "over": sum(each > MOST for each in grades),
        }
    return report


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--json", type=Path, help="also write the report to this file")
    text = json.dumps(measured(), indent=1)
    print(text)
    if path := options.parse_args().json:
        path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
