"""Scores `loccit check` on claims about the starter pack: `pack_claims.yaml`, both halves.

Each claim is checked against the whole pack, as a text from elsewhere would be; the verdict is
compared with the one that its writer gave it.

    python bench/base_claims.py [--base DIR] [--details] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from loccit.engine import Engine
from loccit.terms import DocumentId, Section, SourceDocument, SourceKind
from loccit.verification import Ground, Judgement, Verifier
from loccit.wiring import make_engine, open_base
from measured_on import machine

HERE = Path(__file__).parent
VERDICTS = ("supported", "partly", "contradicted", "not_found")


def main() -> int:
    """Score both halves and print the table."""
    options = _options()
    rows = yaml.safe_load((HERE / "pack_claims.yaml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        engine = make_engine(open_base(options.base or Path(folder)))
        pace = Pace(engine.verifier)
        given = {row["id"]: verdict_on(engine, row["claim"]) for row in rows}
    if options.details:
        for row in rows:
            if row["split"] == "dev" and given[row["id"]] != row["verdict"]:
                print(f"{row['id']} {row['verdict']} -> {given[row['id']]}: {row['claim']}")
    halves = {
        split: _sums([row for row in rows if row["split"] == split], given)
        for split in ("dev", "held_out")
    }
    report = {"machine": machine(), "halves": halves, "pace": pace.sums()}
    print(json.dumps(report, indent=1))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


class Pace:
    """Counts the pairs that ``verifier`` judges, and their processor time on one core."""

    def __init__(self, verifier: Verifier) -> None:
        self.pairs, self.seconds = 0, 0.0
        self._judge = verifier.judge
        vars(verifier)["judge"] = self._timed

    def sums(self) -> dict[str, float]:
        """Pairs, their processor time, and pairs in a second of it."""
        return {
            "pairs": self.pairs,
            "seconds": round(self.seconds, 2),
            "pairs a second": round(self.pairs / self.seconds),
        }

    def _timed(self, claim: str, ground: Ground, topic: str = "") -> Judgement:
        started = time.process_time()
        judged = self._judge(claim, ground, topic)
        self.seconds += time.process_time() - started
        self.pairs += 1
        return judged


def verdict_on(engine: Engine, text: str) -> str:
    """The verdict of the base on one claim, split into its parts as any text is."""
    document = SourceDocument(
        id=DocumentId("claim"),
        series="claim",
        kind=SourceKind.SUMMARY,
        title="",
        text=text,
        sections=(Section(path=(), start=0, end=len(text)),),
        parser="bench/1",
    )
    report = engine.check(document)
    verdicts = {str(each.verdict) for each in report.sentences if each.verdict}
    if "contradicted" in verdicts:
        return "contradicted"
    return verdicts.pop() if len(verdicts) == 1 else ("partly" if verdicts else "not_found")


def _sums(rows: list[dict[str, Any]], given: dict[str, str]) -> dict[str, Any]:
    table = Counter((row["verdict"], given[row["id"]]) for row in rows)
    right = sum(table[each, each] for each in VERDICTS)
    wrongly = sum(table[each, "supported"] for each in VERDICTS[1:])
    return {
        "claims": len(rows),
        "right": round(right / len(rows), 3),
        "called supported and are not": wrongly,
        "contradicted called supported": table["contradicted", "supported"],
        "supported called contradicted": table["supported", "contradicted"],
        "table": {each: {got: table[each, got] for got in VERDICTS} for each in VERDICTS},
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", type=Path, help="evidence base; a fresh one when left out")
    parser.add_argument("--details", action="store_true", help="print what the dev half missed")
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
