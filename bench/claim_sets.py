"""Turns three public claim sets into claims with evidence and labels, in one form.

    python bench/claim_sets.py [--data DIR] [--out DIR]

HealthVer (claims on COVID-19), NLI4CT (statements on trial registrations) and the annotated trials
(statements made from annotations by the sentences of ``trial_statements.toml``).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import tarfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from claim_rows import Label, Row, digest, split_of, tally, write_rows

HERE = Path(__file__).parent
ANNOTATIONS = "trials/evidence_annotations.jsonl"
ARTICLES = "trials/articles.jsonl"
TIMES_MISREAD = 3
"""How often a text was read in the wrong encoding, at most, before it reached us."""
_MISREAD = re.compile("[¬\u201a√][^\x00-\x7f]+")
LABELS: dict[str, Label] = {
    "Supports": "SUPPORT",
    "Refutes": "CONTRADICT",
    "Neutral": "NEI",
    "Entailment": "SUPPORT",
    "Contradiction": "CONTRADICT",
}


def main() -> int:
    """Write the sets and print how many rows each has."""
    options = _options()
    if not options.data.is_dir():
        sys.exit(f"no sources at {options.data}; name their folder with --data")
    claims = options.data / "claims"
    sets = {
        "healthver": healthver(_lines(claims / "healthver_dev.jsonl")),
        "nli4ct": nli4ct(
            _lines(claims / "nli4ct_train_dev.jsonl"), _lines(claims / "nli4ct_trials.jsonl.gz")
        ),
        "trial_directions": trial_directions(
            _members(options.data / "trials.tar.xz", ANNOTATIONS),
            _members(options.data / "trials.tar.xz", ARTICLES),
        ),
    }
    for name, rows in sets.items():
        print(tally(write_rows(options.out / f"{name}.jsonl", rows)))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    shared = HERE.parent.parent / "shared" / "data"
    out = HERE.parent / ".bench" / "claims"
    parser.add_argument("--data", type=Path, default=shared, help="folder of the real sources")
    parser.add_argument("--out", type=Path, default=out, help="folder to write to")
    return parser.parse_args()


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    packed = path.read_bytes()
    text = gzip.decompress(packed) if path.suffix == ".gz" else packed
    yield from map(json.loads, text.splitlines())


def _members(path: Path, name: str) -> Iterator[dict[str, Any]]:
    with tarfile.open(path) as archive:
        member = archive.extractfile(name)
        assert member, f"{path} holds no {name}"
        yield from map(json.loads, member.read().splitlines())


def healthver(records: Iterable[dict[str, Any]]) -> Iterator[Row]:
    """Claims on COVID-19 against abstracts; halves by the abstract."""
    for record in records:
        yield Row(
            id=digest("healthver", record["id"], record["claim"], record["evidence"]),
            claim=record["claim"].strip(),
            evidence=record["evidence"].strip(),
            label=LABELS[record["label"]],
            kind="healthver",
            split=split_of(record["evidence"]),
        )


def nli4ct(statements: Iterable[dict[str, Any]], trials: Iterable[dict[str, Any]]) -> Iterator[Row]:
    """Statements on one or two trials, against the lines named as evidence and the whole part."""
    by_id = {trial["Clinical Trial ID"]: trial for trial in trials}
    for record in statements:
        for kind in ("nli4ct_gold", "nli4ct_section"):
            yield Row(
                id=digest(kind, record["id"]),
                claim=mended(record["Statement"]).strip(),
                evidence=mended("\n".join(_evidence(record, by_id, kind))),
                label=LABELS[record["Label"]],
                kind=kind,
                split=split_of(record["Primary_id"]),
                subject=" ".join(record[each] for each in _sides(record).values()),
                context=record["Section_id"],
                issuer="ClinicalTrials.gov",
            )


def _sides(record: dict[str, Any]) -> dict[str, str]:
    sides = {"Primary": "Primary_id", "Secondary": "Secondary_id"}
    return {side: key for side, key in sides.items() if record.get(key)}


def _evidence(record: dict[str, Any], trials: dict[str, Any], kind: str) -> Iterator[str]:
    """The lines held against the statement, each trial under its own heading."""
    for side, key in _sides(record).items():
        lines = trials[record[key]][record["Section_id"]]
        if kind == "nli4ct_gold":
            lines = [lines[at] for at in record.get(f"{side}_evidence_index", ())]
        yield f"{side} trial:"
        yield from lines


def mended(text: str) -> str:
    """The text with signs restored that were UTF-8 read as Mac Roman, once or more."""
    return _MISREAD.sub(lambda found: _read_again(found.group()), text)


def _read_again(run: str) -> str:
    for _ in range(TIMES_MISREAD):
        try:
            run = run.encode("mac_roman").decode("utf-8")
        except UnicodeError:
            break
    return run


def trial_directions(
    annotations: Iterable[dict[str, Any]], articles: Iterable[dict[str, Any]]
) -> Iterator[Row]:
    """What an annotation says, and what denies it, against the span it was read from.

    The article's title stands above the span, as it does above every passage of a base: it names
    what was tested, where the span says "the treatment group".

    An annotation counts where both its marks of validity are set and no other valid annotation of
    the same question says otherwise.
    """
    statements = tomllib.loads((HERE / "trial_statements.toml").read_text(encoding="utf-8"))
    valid = [each for each in annotations if each["valid_label"] and each["valid_reasoning"]]
    answers = defaultdict(set)
    for each in valid:
        answers[each["prompt_id"]].add(each["label"])
    titles = {article["pmcid"]: article["title"] for article in articles}
    written: set[str] = set()
    for each in valid:
        title = titles.get(each["pmcid"], "")
        if len(answers[each["prompt_id"]]) == 1 and not each["known_bad"]:
            rows = _of_annotation(each, statements, title)
            fresh = [row for row in rows if row.id not in written]
            written.update(row.id for row in fresh)
            yield from fresh


def _of_annotation(record: dict[str, Any], statements: dict[str, Any], title: str) -> Iterator[Row]:
    """Two true statements and two false ones, in forms chosen by the annotation's place."""
    place = digest(record["pmcid"], record["prompt_id"], str(record["start"]), record["evidence"])
    said = record["label"]
    denials = statements[said]["denied_by"]
    for number, stated in enumerate((said, said, *denials)):
        forms = statements[stated]["says"]
        form = forms[(int(place, 16) + number) % len(forms)]
        claim = form.format(**{key: record[key].strip() for key in _PARTS})
        yield Row(
            id=digest(place, str(number)),
            claim=claim[:1].upper() + claim[1:],
            evidence=record["evidence"].strip(),
            label="SUPPORT" if stated == said else "CONTRADICT",
            kind="trial_direction",
            split=split_of(record["pmcid"]),
            context=title,
            fault="" if stated == said else f"{said} stated as {stated}",
        )


_PARTS = ("intervention", "comparator", "outcome")


if __name__ == "__main__":
    sys.exit(main())
