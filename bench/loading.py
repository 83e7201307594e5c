"""Measures loading: citations and labels a second, beside ``pubmed_parser`` on the same file.

``python bench/loading.py --data DIR [--citations N] [--editions N] [--peer PYTHON] [--json FILE]``:
makes a PubMed file of N citations (the real ones of the shared data, then the same with other
numbers and two other words at the end of each sentence, so that no passage is met twice), loads it
into an empty base with one process and with as many as there are cores, loads the newest labels
and the first N editions of labels, and has ``pubmed_parser`` read the same file, in turns within
one run. ``--peer`` names an interpreter that has it; it is no part of this project. Everything is
loaded: read, cut, described, stored, indexed.

A busy machine gives seconds that mean nothing: the processor time of all processes together is
told beside them, and records for each two seconds of it, which is what two idle cores would do if
they shared the work evenly.
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from math import isqrt
from pathlib import Path
from typing import Any

from loccit.wiring import load_paths, open_base
from measured_on import machine

DATA = Path(__file__).parents[2] / "shared" / "data"
CITATIONS = Path("literature") / "medline16n0902.xml.gz"
LABELS = Path("labels") / "openfda_labels_latest.jsonl.gz"
EDITIONS = Path("labels") / "openfda_label_versions.jsonl.xz"
PROLOG = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE PubmedArticleSet PUBLIC '
    '"-//NLM//DTD PubMedArticle, 1st January 2019//EN" "pubmed_190101.dtd">\n<PubmedArticleSet>\n'
)
_SENTENCE_END = re.compile(r"(?=[.?!] [A-Z]|[.?!]?</AbstractText>)")
PEER = """
import json, resource, sys, time
import pubmed_parser
started = time.monotonic()
count = sum(1 for _ in pubmed_parser.parse_medline_xml(sys.argv[1]))
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"records": count, "seconds": time.monotonic() - started,
                  "processor_seconds": used.ru_utime + used.ru_stime}))
"""


def write_citations(source: Path, count: int, path: Path) -> None:
    """A file of ``count`` citations as PubMed publishes them, none of them equal."""
    text = gzip.decompress(source.read_bytes()).decode("utf-8")
    records = re.findall(r"<MedlineCitation .*?</MedlineCitation>", text, re.DOTALL)
    words = sorted(set(re.findall(r"(?<= )[a-z]{5,9}(?= )", text)))
    words = words[:: len(words) // (isqrt(count) + 1)]
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=6) as file:
        file.write(PROLOG)
        for number in range(count):
            record = records[number % len(records)]
            if number >= len(records):
                record = perturbed(record, number, words)
            file.write(f"<PubmedArticle>\n{record}\n</PubmedArticle>\n")
        file.write("</PubmedArticleSet>\n")


def perturbed(record: str, number: int, words: list[str]) -> str:
    """The record with another PMID and title, and with two words more in each sentence."""
    first, second = divmod(number, len(words))
    record = re.sub(r"(<PMID[^>]*>)\d+<", rf"\g<1>{50_000_000 + number}<", record, count=1)
    record = record.replace("</ArticleTitle>", f" part {number}.</ArticleTitle>")
    return _SENTENCE_END.sub(f" {words[first]} {words[second]}", record)


def write_editions(source: Path, count: int, path: Path) -> None:
    """A file of the first editions of labels, those of one label one after the other."""
    with lzma.open(source, "rb") as editions, path.open("wb") as file:
        file.writelines(islice(editions, count))


def load_here(path: Path, processes: int) -> dict[str, Any]:
    """Load into an empty base; run in a process of its own, so that its use can be told."""
    with tempfile.TemporaryDirectory() as folder, closing(open_base(Path(folder))) as base:
        before, started = _processor_seconds(), time.monotonic()
        records = documents = passages = 0
        for each in load_paths(base, [path], processes=processes):
            records += 1
            documents += bool(each.passages)
            passages += each.passages
        seconds = time.monotonic() - started
        stored = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        return {
            "processes": processes,
            "records": records,
            "documents": documents,
            "passages": passages,
            "seconds": seconds,
            "processor_seconds": _processor_seconds() - before,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "peak_mb_of_a_reader": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
            "stored_mb": round(stored / 1e6, 1),
            "digest": base.digest(),
        }


def _processor_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def apart(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return rated(result)


def rated(result: dict[str, Any]) -> dict[str, Any]:
    """With its rates, rounded."""
    count = result["records"]
    return {
        **result,
        "seconds": round(result["seconds"], 2),
        "processor_seconds": round(result["processor_seconds"], 2),
        "a_second": round(count / result["seconds"], 1),
        "in_two_processor_seconds": round(2 * count / result["processor_seconds"], 1),
    }


def measured(args: argparse.Namespace) -> dict[str, Any]:
    loading: Callable[[Path, int], dict[str, Any]] = lambda path, processes: apart(  # noqa: E731
        [sys.executable, __file__, "--load", str(path), "--processes", str(processes)]
    )
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        path, editions = Path(folder) / "citations.xml.gz", Path(folder) / "editions.jsonl"
        write_citations(args.data / CITATIONS, args.citations, path)
        write_editions(args.data / EDITIONS, args.editions, editions)
        runs: dict[str, list[dict[str, Any]]] = {"citations": [], "pubmed_parser": []}
        for _ in range(args.turns):
            if args.peer:
                runs["pubmed_parser"].append(apart([args.peer, "-c", PEER, str(path)]))
            runs["citations"] += [loading(path, 0), loading(path, 1)]
        runs["labels"] = [loading(args.data / LABELS, processes) for processes in (0, 1)]
        runs["editions"] = [loading(editions, 1)]
        megabytes = path.stat().st_size / 1e6
    return {
        "machine": machine(),
        "load_before": round(load, 1),
        "citations_file_mb": round(megabytes, 1),
        "runs": runs,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--citations", type=int, default=12_000)
    parser.add_argument("--editions", type=int, default=300)
    parser.add_argument("--peer", default="", help="interpreter that has pubmed_parser")
    parser.add_argument("--turns", type=int, default=2)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--load", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--processes", type=int, default=0, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.load:
        print(json.dumps(load_here(args.load, args.processes)))
        return
    if not (args.data / CITATIONS).exists():
        print(f"no citations at {args.data / CITATIONS}")
        return
    result = json.dumps(measured(args), indent=2)
    print(result)
    if args.json:
        args.json.write_text(result + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
