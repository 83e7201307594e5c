"""Measures what the checks find in the claim sets, and what two simple baselines find.

    python bench/claims.py [--claims DIR] [--models DIR] [--json FILE] [--readme FILE]

Reads the sets that ``claim_sets.py`` and ``planted_faults.py`` wrote, and writes the figures to
``results/claims.json`` and as tables into ``README.md``. The held-out halves appear in sums only.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claim_baselines import answers_from, cosines, overlaps
from claim_rows import digest
from claim_speed import Unread, seconds_each
from claim_sums import by_half, of_faults
from claim_tables import tables, with_tables
from loccit.measuring import ClaimRow, Label, label_of, read_rows
from loccit.ports import Embedder
from loccit.terms import ModelError
from loccit.wiring import make_judge, open_embedder
from measured_on import machine

HERE = Path(__file__).parent
FILES = ("healthver", "nli4ct", "trial_directions", "planted_faults")
PLANTED = "planted_faults"
FORMS = ("int8", "float32")
MOST_SAMPLED = 1500
"""Rows of a set that the embedding model reads; the others are reported on the same rows too."""


def main() -> int:
    """Judge all sets, write the report and its tables."""
    options = _options()
    sets = dict(_sets(options.claims))
    embedders = _embedders(options.models)
    report: dict[str, Any] = {
        "machine": machine(),
        "model": embedders["int8"].name.partition("/")[0] if embedders else None,
        "speed": _speed(sets, embedders),
        "sets": {},
    }
    for name, rows in sets.items():
        started = time.perf_counter()
        report["sets"][name] = _measured(rows, embedders.get("int8"), planted=name == PLANTED)
        print(f"{name}: {len(rows)} rows, {time.perf_counter() - started:.0f} s", file=sys.stderr)
    options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    page = options.readme.read_text(encoding="utf-8")
    options.readme.write_text(with_tables(page, report), encoding="utf-8")
    print(tables(report))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    claims = HERE.parent / ".bench" / "claims"
    results = HERE / "results" / "claims.json"
    parser.add_argument("--claims", type=Path, default=claims, help="folder of the claim sets")
    parser.add_argument("--models", type=Path, help="folder of the embedding models")
    parser.add_argument("--json", type=Path, default=results, help="file for the figures")
    parser.add_argument("--readme", type=Path, default=HERE / "README.md", help="page of tables")
    return parser.parse_args()


def _sets(folder: Path) -> Iterator[tuple[str, list[ClaimRow]]]:
    """Each set with its rows; a file that holds several kinds of evidence is several sets."""
    for file in FILES:
        path = folder / f"{file}.jsonl"
        if not path.is_file():
            sys.exit(f"no claim set at {path}; write it with: make bench-claims")
        rows = list(_rows(path))
        names = dict.fromkeys(row.kind or file for row in rows) if file == "nli4ct" else [file]
        for name in names:
            yield name, [row for row in rows if name in {row.kind, file}]


def _rows(path: Path) -> Iterator[ClaimRow]:
    with path.open("rb") as stream:
        for row in read_rows(stream, str(path)):
            if not isinstance(row, ClaimRow):
                raise row
            yield row


def _embedders(folder: Path | None) -> dict[str, Embedder]:
    """The model in both its numeric forms on one core; none where it is absent."""
    try:
        return {form: open_embedder(folder=folder, form=form, threads=1) for form in FORMS}
    except ModelError as absent:
        print(f"without the embedding model: {absent}", file=sys.stderr)
        return {}


def _speed(sets: dict[str, list[ClaimRow]], embedders: dict[str, Embedder]) -> dict[str, Any]:
    """First of all, while no text has been read."""
    unread = Unread()
    return {name: seconds_each(_shuffled(rows), unread, embedders) for name, rows in sets.items()}


def _shuffled(rows: list[ClaimRow]) -> list[ClaimRow]:
    """The rows in an order that has nothing to do with what they say, the same at every run."""
    return sorted(rows, key=lambda row: digest("sample", row.id or "", row.claim, row.evidence))


def _measured(rows: list[ClaimRow], embedder: Embedder | None, *, planted: bool) -> dict[str, Any]:
    """The sums of each system over all rows and over the sample that all systems read."""
    judge = make_judge()
    found = {"loccit": [label_of(judge(row)) for row in rows]}
    thresholds: dict[str, float | None] = {}
    found["overlap"], thresholds["overlap"] = answers_from(rows, overlaps(rows))
    measured: dict[str, Any] = {
        "thresholds": thresholds,
        "systems": {system: by_half(rows, answers) for system, answers in found.items()},
    }
    if planted:
        measured["planted"] = {system: of_faults(rows, each) for system, each in found.items()}
    if embedder:
        measured["sample"], thresholds["cosine"] = _sampled(rows, found, embedder)
    return measured


def _sampled(
    rows: list[ClaimRow], found: dict[str, list[Label]], embedder: Embedder
) -> tuple[dict[str, Any], float | None]:
    """The sums of every system on the rows that the model reads, and the model's threshold."""
    chosen = {id(row) for row in _shuffled(rows)[:MOST_SAMPLED]}
    places = [at for at, row in enumerate(rows) if id(row) in chosen]
    sample = [rows[at] for at in places]
    answers = {system: [given[at] for at in places] for system, given in found.items()}
    answers["cosine"], threshold = answers_from(sample, cosines(sample, embedder))
    return {system: by_half(sample, given) for system, given in answers.items()}, threshold


if __name__ == "__main__":
    sys.exit(main())
