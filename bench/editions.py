"""Compares every edition of every label of the shared data with the one before it.

``python bench/editions.py --data DIR [--json FILE]``: how many comparisons there are, whether any
fails, what they find, and which set ids gain or lose a boxed warning, held against the labels' own
field. Reads the data where it lies.
"""

from __future__ import annotations

import argparse
import json
import lzma
import time
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from loccit.editions import compare
from loccit.filling import DocumentDescriber
from loccit.ports import RawSource
from loccit.publication.changes import as_json, as_text
from loccit.sources.openfda import READER
from loccit.terms import ChangeKind, DescribedDocument, SourceDocument
from loccit.vocabulary import load_vocabulary

DATA = Path(__file__).parents[2] / "shared" / "data"
VERSIONS = Path("labels") / "openfda_label_versions.jsonl.xz"


def rows(path: Path) -> list[tuple[str, int, bool, bytes]]:
    """Set id, version, whether it has a boxed warning, and the line, in order."""
    found = []
    with lzma.open(path) as lines:
        for line in lines:
            record = json.loads(line)
            boxed = bool(record.get("boxed_warning"))
            found.append((record["set_id"], int(record["version"]), boxed, line))
    return sorted(found, key=lambda row: row[:2])


def described(line: bytes, describer: DocumentDescriber) -> DescribedDocument | None:
    source = RawSource(name="label", head=line[:64_000], stream=BytesIO(line))
    (reading,) = READER.read(source)
    return describer.described(reading) if isinstance(reading, SourceDocument) else None


def measured(path: Path) -> dict[str, Any]:
    describer = DocumentDescriber(load_vocabulary())
    counts: Counter[str] = Counter()
    boxed: dict[str, list[str]] = {"added": [], "removed": []}
    seconds, slowest = 0.0, 0.0
    for set_id, editions in groupby(rows(path), key=lambda row: row[0]):
        for (before, had), (after, has) in pairwise(_editions(editions, describer)):
            started = time.process_time()
            found = compare(before, after)
            took = time.process_time() - started
            seconds, slowest = seconds + took, max(slowest, took)
            assert as_text(found)
            assert as_json(found)
            counts["comparisons"] += 1
            counts["equal"] += not found.changes
            counts.update(f"changes_{change.kind}" for change in found.changes)
            told = found.groups.get("boxed_warning")
            if told in (ChangeKind.ADDED, ChangeKind.REMOVED):
                boxed[told].append(set_id)
            counts["boxed_told_wrongly"] += (told is ChangeKind.ADDED) != (has and not had)
            counts["boxed_told_wrongly"] += (told is ChangeKind.REMOVED) != (had and not has)
    counts["editions"] = len(rows(path))
    return {
        **dict(sorted(counts.items())),
        "boxed_warning_gained": sorted(boxed["added"]),
        "boxed_warning_lost": sorted(boxed["removed"]),
        "mean_ms": round(1000 * seconds / counts["comparisons"], 1),
        "slowest_ms": round(1000 * slowest, 1),
    }


def _editions(
    editions: Iterator[tuple[str, int, bool, bytes]], describer: DocumentDescriber
) -> Iterator[tuple[DescribedDocument, bool]]:
    for _, _, boxed, line in editions:
        found = described(line, describer)
        if found:
            yield found, boxed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    if not (args.data / VERSIONS).exists():
        print(f"no label editions at {args.data / VERSIONS}")
        return
    result = json.dumps(measured(args.data / VERSIONS), indent=2)
    print(result)
    if args.json:
        args.json.write_text(result + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
