"""Measures which dangers are raised for the vignettes of ``danger.yaml``.

A vignette with a danger counts as found when any of its dangers is raised, and as named when all
are. A vignette without one counts as a false alarm when anything is raised. Details are printed
for the development half only; the held-out half is reported in sums.

    python bench/danger.py [--details] [--dev] [--vignettes FILE] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from loccit.dangers import load_dangers
from loccit.questions import QuestionReader
from loccit.vocabulary import load_vocabulary

HERE = Path(__file__).parent


class Read(NamedTuple):
    """A vignette, and the dangers raised for it."""

    vignette: dict[str, Any]
    raised: frozenset[str]

    @property
    def expected(self) -> frozenset[str]:
        """Dangers that are present."""
        return frozenset(self.vignette["danger"])

    @property
    def found(self) -> bool:
        """Its danger is among those raised."""
        return bool(self.expected & self.raised)


def main() -> int:
    options = _options()
    vignettes = yaml.safe_load(options.vignettes.read_text(encoding="utf-8"))
    if options.dev:
        vignettes = [v for v in vignettes if v["split"] == "dev"]
    reader = QuestionReader(load_vocabulary(), is_known=lambda _: True)
    read = [Read(v, frozenset(reader.read(v["question"]).red_flags)) for v in vignettes]
    if options.details:
        _print_details(read)
    report = {
        "halves": {
            half: _sums(_of(read, half)) for half in sorted({v["split"] for v in vignettes})
        },
        "dev_by_danger": _by_danger(_of(read, "dev")),
        "dangers": len(load_dangers().ordered),
        "median_ms_of_reading": _median_ms(reader.read, vignettes),
    }
    print(json.dumps(report, indent=1))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--details", action="store_true", help="what development vignettes missed")
    parser.add_argument("--dev", action="store_true", help="leave the held-out half unread")
    parser.add_argument("--vignettes", type=Path, default=HERE / "danger.yaml")
    parser.add_argument("--json", type=Path, help="write the sums to this file")
    return parser.parse_args()


def _of(read: list[Read], half: str) -> list[Read]:
    return [each for each in read if each.vignette["split"] == half]


def _sums(read: list[Read]) -> dict[str, float]:
    with_danger = [each for each in read if each.expected]
    without = [each for each in read if not each.expected]
    return {
        "with_danger": len(with_danger),
        "sensitivity": _share(sum(each.found for each in with_danger), len(with_danger)),
        "any_alarm": _share(sum(bool(each.raised) for each in with_danger), len(with_danger)),
        "without_danger": len(without),
        "false_alarms": _share(sum(bool(each.raised) for each in without), len(without)),
        "messages_per_danger": round(statistics.mean(len(e.raised) for e in with_danger), 2),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3)


def _by_danger(read: list[Read]) -> dict[str, str]:
    found: dict[str, list[bool]] = defaultdict(list)
    for each in read:
        for key in each.expected:
            found[key].append(key in each.raised)
    return {key: f"{sum(hits)}/{len(hits)}" for key, hits in sorted(found.items())}


def _median_ms(reads: Callable[[str], object], vignettes: list[dict[str, Any]]) -> float:
    times = []
    for vignette in vignettes:
        start = time.perf_counter()
        reads(vignette["question"])
        times.append(1000 * (time.perf_counter() - start))
    return round(statistics.median(times), 2)


def _print_details(read: list[Read]) -> None:
    for each in _of(read, "dev"):
        vignette = each.vignette
        if each.expected and not each.found:
            print(f"missed {vignette['id']} {sorted(each.expected)}, raised {sorted(each.raised)}")
        elif each.raised and not each.expected:
            print(f"alarm  {vignette['id']} {sorted(each.raised)}")
        else:
            continue
        print(f"       {vignette['question']}")


if __name__ == "__main__":
    raise SystemExit(main())
