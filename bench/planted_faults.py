"""Plants faults in true sentences of the real sources, for measuring what a check finds.

Each row holds a claim and a passage: a true sentence with one known fault, the sentence untouched,
or the sentence harmlessly rephrased. The same sources give the same bytes.

    python bench/planted_faults.py [--data DIR] [--out FILE] [--most N]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from claim_rows import Label, Row, digest, tally, write_rows
from planting.citing import Shelf, credited_elsewhere
from planting.drugs import DRUG_FAULTS, drug_faults, names_exchanged
from planting.guards import is_still_said, may_be_true
from planting.numbers import NUMBER_FAULTS, number_faults, unit_faults
from planting.rules import Change, Rule, Words, load_words, of_family, variants
from planting.true_sentences import TrueSentence, true_sentences

HERE = Path(__file__).parent
MOST = 450
"""Rows of one operator, so that no common word makes up the suite."""
PARTS = {"unit": 3}
"""Families of many like operators, each of which may have only this part of the most."""
PER_DOCUMENT = 8
"""Rows of one operator from one document."""
IN_WINDOW = 35
"""Percentage of rows whose evidence is the passage with its neighbour."""
ALSO_REPHRASED = 25
"""Percentage of faults planted in a sentence that is harmlessly rephrased as well."""
PLANTED = ("number", "unit", "drug", "negation", "direction", "population", "strength")
"""Families whose faults stand in the words of the claim."""


def main() -> int:
    """Write the suite and print how many rows of each kind it has."""
    options = _options()
    if not options.data.is_dir():
        sys.exit(f"no sources at {options.data}; name their folder with --data")
    started = time.perf_counter()
    rows = suite(true_sentences(options.data), load_words(), most=options.most)
    counts = write_rows(options.out, rows)
    print(tally(counts))
    print(f"{options.out}: {time.perf_counter() - started:.0f} s")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    shared = HERE.parent.parent / "shared" / "data"
    out = HERE.parent / ".bench" / "claims" / "planted_faults.jsonl"
    parser.add_argument("--data", type=Path, default=shared, help="folder of the real sources")
    parser.add_argument("--out", type=Path, default=out, help="file to write")
    parser.add_argument("--most", type=int, default=MOST, help="most rows of one operator")
    return parser.parse_args()


class Quota:
    """How many rows each operator has, and how many of them are from one document."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[str] = Counter()

    def is_open(self, fault: str, document: str, family: str = "") -> bool:
        """Whether one more row of this operator may come from this document."""
        of_document = self._taken[f"{fault} {document}"]
        most = self._most // PARTS.get(family, 1)
        return self._taken[fault] < max(1, most) and of_document < PER_DOCUMENT

    def any_open(self, faults: Iterable[str], document: str) -> bool:
        """Whether one of these operators may have one more row from this document."""
        return any(self.is_open(fault, document) for fault in faults)

    def take(self, fault: str, document: str) -> None:
        """Count one row."""
        self._taken.update((fault, f"{fault} {document}"))


def suite(sentences: list[TrueSentence], words: Words, *, most: int = MOST) -> Iterator[Row]:
    """All rows; each true sentence in which a fault was planted also comes untouched."""
    quota, shelf = Quota(most), Shelf(sentences)
    for sentence in sentences:
        families = set()
        for family, change, evidence in _changed(sentence, words, shelf, quota):
            quota.take(change.fault, sentence.document)
            families.add(family)
            yield _row(sentence, family, change, evidence, words)
        if families - {"rephrased"}:
            yield from _untouched(sentence, words)


def _changed(
    sentence: TrueSentence, words: Words, shelf: Shelf, quota: Quota
) -> Iterator[tuple[str, Change, str]]:
    """Each change with its family and evidence, at most one of each operator, faults first."""
    seen: set[str] = set()
    changes = (*_faults(sentence, words, quota), *_harmless(sentence, words, quota))
    for family, change in changes:
        fault, document = change.fault, sentence.document
        is_wanted = fault not in seen and quota.is_open(fault, document, family)
        if is_wanted and (family == "rephrased" or _is_fault(sentence, change)):
            seen.add(fault)
            yield family, change, _evidence(sentence, change)
    for fault in shelf.FAULTS:
        if quota.is_open(fault, sentence.document):
            for other in shelf.wrong(fault, sentence):
                yield "wrong_citation", Change(fault, sentence.text), other.passage


def _is_fault(sentence: TrueSentence, change: Change) -> bool:
    return not is_still_said(sentence.text, change.claim, sentence.window)


def _faults(sentence: TrueSentence, words: Words, quota: Quota) -> Iterator[tuple[str, Change]]:
    text, window = sentence.text, sentence.window
    if quota.any_open(NUMBER_FAULTS, sentence.document):
        yield from (("number", each) for each in number_faults(text, window, sentence.neighbour))
    yield from (("unit", each) for each in unit_faults(text, window, words))
    yield from (("transitive", each) for each in credited_elsewhere(text, words))
    if quota.any_open(DRUG_FAULTS, sentence.document):
        yield from (("drug", each) for each in drug_faults(text, window, words))
    for rule in words.rules:
        if rule.family != "rephrased" and quota.is_open(rule.fault, sentence.document):
            for change in variants(rule, text):
                if not may_be_true(rule, change, text, window):
                    yield rule.family, change


def _harmless(sentence: TrueSentence, words: Words, quota: Quota) -> Iterator[tuple[str, Change]]:
    """The sentence said otherwise, in ways that change nothing it says."""
    for rule in of_family(words, "rephrased"):
        if quota.is_open(rule.fault, sentence.document):
            yield from (("rephrased", each) for each in _said_otherwise(sentence.text, rule))
    if sentence.source == "label":
        yield from (("rephrased", e) for e in names_exchanged(sentence.text, sentence.subject))


def _said_otherwise(text: str, rule: Rule) -> Iterator[Change]:
    return (each for each in variants(rule, text) if each.claim != text)


def _also_rephrased(change: Change, sentence: TrueSentence, words: Words) -> tuple[Change, str]:
    """The change, for some sentences with a harmless one beside it, and the name of that one."""
    if int(digest("also", sentence.id, change.fault), 16) % 100 >= ALSO_REPHRASED:
        return change, ""
    rules = of_family(words, "rephrased")
    harmless = [each for rule in rules for each in _said_otherwise(change.claim, rule)]
    if not harmless:
        return change, ""
    other = harmless[int(sentence.id, 16) % len(harmless)]
    return change._replace(claim=other.claim), other.fault


def _takes_window(sentence: TrueSentence, fault: str) -> bool:
    """Whether a row's evidence is wider than the passage; a number from beside needs it."""
    share = int(digest("window", sentence.id, fault), 16) % 100
    return share < IN_WINDOW or fault == "borrowed_from_beside"


def _evidence(sentence: TrueSentence, change: Change) -> str:
    return sentence.window if _takes_window(sentence, change.fault) else sentence.passage


def _untouched(sentence: TrueSentence, words: Words) -> Iterator[Row]:
    """The exact sentence against its passage; half of them against the wider window as well."""
    yield _row(sentence, "untouched", Change("passage", sentence.text), sentence.passage, words)
    if sentence.window != sentence.passage and int(sentence.id, 16) % 2:
        yield _row(sentence, "untouched", Change("window", sentence.text), sentence.window, words)


def _row(sentence: TrueSentence, family: str, change: Change, evidence: str, words: Words) -> Row:
    also = ""
    if family in PLANTED:
        change, also = _also_rephrased(change, sentence, words)
    return Row(
        id=digest(sentence.id, family, change.fault),
        claim=change.claim,
        evidence=evidence,
        label=cast("Label", words.labels[family]),
        kind=family,
        split=sentence.split,
        subject=sentence.subject,
        context=" / ".join(sentence.section),
        issuer=sentence.issuer,
        fault=change.fault,
        also=also,
    )


if __name__ == "__main__":
    sys.exit(main())
