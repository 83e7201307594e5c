"""Measures which pairs of statements of ``conflicts.yaml`` are found to disagree.

python bench/conflicts.py [--base DIR] [--details] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from loccit.composition.conflicts import ConflictFinder
from loccit.index import Describer
from loccit.passages import cut
from loccit.ports import EvidenceBase
from loccit.terms import DescribedDocument, Record, Section, SourceKind
from loccit.testing import InMemoryBase, small_document
from loccit.vocabulary import Vocabulary, load_vocabulary
from loccit.wiring import open_base
from measured_on import machine

HERE = Path(__file__).parent


def main() -> int:
    """Print what was found, and what was found where nothing is."""
    options = _options()
    pairs = yaml.safe_load(options.pairs.read_text(encoding="utf-8"))
    sides = _Sides(open_base(options.base))
    found = {pair["id"]: _found(pair, sides) for pair in pairs}
    if options.details:
        _print_details(pairs, found)
    report = {"machine": machine(), "halves": _halves(pairs, found)}
    print(json.dumps(report, indent=1))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", type=Path, default=HERE.parent / ".bench", help="evidence base")
    parser.add_argument("--pairs", type=Path, default=HERE / "conflicts.yaml", help="the pairs")
    parser.add_argument("--details", action="store_true", help="print what dev pairs missed")
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    return parser.parse_args()


def _found(pair: dict[str, Any], sides: _Sides) -> str:
    """What the two sides are found to differ in, or nothing."""
    one, other = (sides(pair[name], f"{pair['id']}-{name}") for name in ("one", "other"))
    return ", ".join(why.by for why in sides.finder.between(one, other))


def _halves(pairs: list[dict[str, Any]], found: dict[str, str]) -> dict[str, dict[str, int]]:
    return {
        split: {
            "disagree": len(own := _of(pairs, split, disagrees=True)),
            "found": sum(bool(found[pair["id"]]) for pair in own),
            "agree": len(near := _of(pairs, split, disagrees=False)),
            "false_alarms": sum(bool(found[pair["id"]]) for pair in near),
        }
        for split in ("dev", "held_out")
    }


def _of(pairs: list[dict[str, Any]], split: str, *, disagrees: bool) -> list[dict[str, Any]]:
    return [each for each in pairs if (each["split"], each["disagrees"]) == (split, disagrees)]


def _print_details(pairs: list[dict[str, Any]], found: dict[str, str]) -> None:
    for pair in pairs:
        by = found[pair["id"]]
        if pair["split"] == "dev" and bool(by) is not pair["disagrees"]:
            print(f"{pair['id']} {pair['about']}: {'false: ' + by if by else 'missed'}")


def _summary(pack: str, statement: str) -> str:
    """The words of a statement of the starter pack."""
    path = Path(str(files("loccit.packs"))) / "musculoskeletal" / "sources" / f"{pack}.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["statement"]
    return next(str(row["text"]) for row in rows if row["id"] == statement)


class _Sides:
    """Finds or makes the record that a side of a pair names."""

    def __init__(self, base: EvidenceBase) -> None:
        self._base = base
        self.vocabulary: Vocabulary = load_vocabulary()
        self.finder = ConflictFinder(self.vocabulary)
        self._describer = Describer(self.vocabulary)
        self._series = {card.series: card.id for card in base.cards()}

    def __call__(self, side: dict[str, str], name: str) -> Record:
        if "pack" in side:
            words = _summary(side["pack"], side["statement"])
            return self._of(f"pack:{side['pack']}", words)
        if "series" in side:
            return self._of(side["series"], side["words"])
        return self._made(side, name)

    def _of(self, series: str, words: str) -> Record:
        """The passage of a work that holds these words."""
        passages = cut(self._base.document(self._series[series]))
        return next(self._base.passage(each.id) for each in passages if words in each.text)

    def _made(self, side: dict[str, str], name: str) -> Record:
        kind = SourceKind(side["kind"])
        document = small_document(name, side["text"], heading="Text", kind=kind)
        document = replace(
            document,
            title=side.get("title", "Guidance"),
            subjects=(side["title"],) if kind is SourceKind.LABEL else (),
            sections=(Section(path=("Text",), start=0, end=len(document.text)),),
        )
        subjects = self._describer.subjects(document)
        passages = tuple(
            (p, self._describer.describe(document, p, subjects)) for p in cut(document)
        )
        base = InMemoryBase()
        base.add(DescribedDocument(document=document, subjects=subjects, passages=passages))
        base.settle()
        return base.passage(passages[-1][0].id)


if __name__ == "__main__":
    sys.exit(main())
