"""Collections made of the shared data, in the layout of BEIR, for ``retrieval.py``.

``bioasq`` is used where it lies; beside it come distractors. ``medquad`` asks the questions of the
NIH's consumer pages for their own answers; ``labels`` the label questions of ``questions.yaml`` for
passages that hold an expected value in an expected section. The same data gives the same files.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from expected import PathNames, holds, in_section, is_expected
from loccit.terms import DocumentId, Record, SearchRequest, SourceKind
from loccit.wiring import EmbeddedBase

__all__ = ["Collection", "make_sets"]

HERE = Path(__file__).parent
SEED = 7
ANSWERS, ASKED, SAMPLED, BESIDE = 4000, 1000, 8000, 4000
"""MedQuAD answers and questions, distractors of each kind, label passages beside the relevant."""
LEAST_WORDS = 6
ALL = 1_000_000
Row = dict[str, Any]


class Collection(NamedTuple):
    """A collection and the files of distractors searched with it."""

    name: str
    folder: Path
    distractors: tuple[Path, ...] = ()


def make_sets(base: EmbeddedBase, data: Path, out: Path) -> list[Collection]:
    """Write what is not there yet; all collections."""
    bioasq, others = data / "retrieval" / "bioasq_2019_2021", out / "distractors"
    if not (out / "labels" / "qrels").is_dir():
        rng = random.Random(SEED)
        answers = _medquad(data, out, rng)
        _write(others / "medquad.jsonl", answers)
        for kind in (SourceKind.LABEL, SourceKind.TRIAL):
            _write(others / f"{kind}.jsonl", map(_row, _sample(base, kind, SAMPLED, rng)))
        _labels(base, data, out / "labels", rng)
    label, trial, answers_file = (others / f"{n}.jsonl" for n in ("label", "trial", "medquad"))
    return [
        Collection("bioasq", bioasq, (label, trial, answers_file)),
        Collection("medquad", out / "medquad", (bioasq / "corpus.jsonl", label, trial)),
        Collection("labels", out / "labels"),
    ]


def _medquad(data: Path, out: Path, rng: random.Random) -> list[Row]:
    """Answers on subjects drawn at random, whole subjects at a time, and their questions."""
    by_subject: dict[str, list[Row]] = defaultdict(list)
    with gzip.open(data / "consumer" / "medquad_answered.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if row.get("text", "").strip():
                by_subject[row["title"]].append(row)
    subjects, chosen = sorted(by_subject), list[Row]()
    rng.shuffle(subjects)
    for subject in subjects:
        if len(chosen) >= ANSWERS:
            break
        chosen += by_subject[subject]
    answers: dict[str, list[str]] = defaultdict(list)
    for row in chosen:
        answers[row["metadata"]["question"]].append(row["_id"])
    asked = sorted(answers)
    rng.shuffle(asked)
    queries = {f"m{number}": text for number, text in enumerate(asked[:ASKED])}
    documents = [
        {"_id": row["_id"], "title": row["title"], "text": " ".join(row["text"].split())}
        for row in chosen
    ]
    relevant = {name: answers[text] for name, text in queries.items()}
    _write_collection(out / "medquad", documents, queries, relevant)
    return documents


def _sample(base: EmbeddedBase, kind: SourceKind, count: int, rng: random.Random) -> list[Record]:
    cards = [card for card in base.cards() if card.kind is kind]
    records = (record for card in cards for record in _passages(base, card.id))
    long = [each for each in records if len(each.passage.text.split()) >= LEAST_WORDS]
    return rng.sample(long, min(count, len(long)))


def _labels(base: EmbeddedBase, data: Path, out: Path, rng: random.Random) -> None:
    """The label questions, over passages of the expected labels and others of the same labels."""
    names = PathNames(data)
    labels = [card for card in base.cards() if card.evidence_kind is SourceKind.LABEL]
    rows: dict[str, Row] = {}
    queries, relevant, others = dict[str, str](), dict[str, list[str]](), dict[str, Row]()
    for asked in yaml.safe_load((HERE / "questions.yaml").read_text(encoding="utf-8")):
        found = []
        for card in labels:
            if is_expected(card, asked["documents"], names):
                records = list(_passages(base, card.id))
                others |= {each.passage.id: _row(each) for each in records}
                found += [each for each in records if _answers(base, each, asked)]
        if found:
            queries[asked["id"]] = asked["question"]
            relevant[asked["id"]] = [each.passage.id for each in found]
            rows |= {each.passage.id: _row(each) for each in found}
    beside = sorted(others.keys() - rows.keys())
    rows |= {name: others[name] for name in rng.sample(beside, min(BESIDE, len(beside)))}
    _write_collection(out, [rows[name] for name in sorted(rows)], queries, relevant)


def _passages(base: EmbeddedBase, document: DocumentId) -> Iterator[Record]:
    request = SearchRequest(words="", documents=(document,), limit=ALL)
    yield from (each.record for each in base.search(request))


def _answers(base: EmbeddedBase, record: Record, asked: Row) -> bool:
    words = f"{record.passage.context} {record.passage.text}"
    return any(holds(words, [value]) for value in asked["values"]) and in_section(
        base, record, record.passage.locator, asked["sections"]
    )


def _row(record: Record) -> Row:
    """A passage with its title and headings, as a document of its own."""
    passage = record.passage
    return {
        "_id": passage.id,
        "title": " / ".join(filter(None, (record.card.title, *passage.locator.section))),
        "text": " ".join(filter(None, (passage.context, passage.text))),
    }


def _write_collection(
    folder: Path, documents: Iterable[Row], queries: dict[str, str], relevant: dict[str, list[str]]
) -> None:
    _write(folder / "corpus.jsonl", documents)
    _write(folder / "queries.jsonl", ({"_id": n, "text": text} for n, text in queries.items()))
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    pairs = ((name, each) for name, found in relevant.items() for each in found)
    lines = (f"{name}\t{each}\t1\n" for name, each in pairs)
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(lines))


def _write(path: Path, rows: Iterable[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
