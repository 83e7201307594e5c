"""How often the answers of each level of confidence are right, by the questions of ``answers.py``.

    python bench/confidence.py [--base DIR] [--data DIR] [--json FILE]

The development half of ``questions.yaml``, ``tuning.yaml`` and ``further.yaml`` are summed up
together; the held-out half of ``questions.yaml`` apart.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from answers import score_of
from expected import PathNames
from loccit.engine import Engine
from loccit.terms import Article
from loccit.wiring import make_engine, open_base
from measured_on import machine

HERE = Path(__file__).parent
SETS = ("questions.yaml", "tuning.yaml", "further.yaml")
LEVELS = ("direct", "partial", "thin")


def main() -> int:
    """Print how many answers of each level pass, and how many hold each reason."""
    options = _options()
    engine = make_engine(open_base(options.base))
    names = PathNames(options.data)
    halves: dict[str, dict[str, list[bool]]] = {
        "dev": defaultdict(list),
        "held_out": defaultdict(list),
    }
    for name in SETS:
        for question in yaml.safe_load((HERE / name).read_text(encoding="utf-8")):
            level, passed = _judged(engine, question, names)
            halves[question.get("split", "dev")][level].append(passed)
    report = {"machine": machine(), "halves": {half: _sums(own) for half, own in halves.items()}}
    print(json.dumps(report, indent=1))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    shared = HERE.parent.parent / "shared" / "data"
    parser.add_argument("--data", type=Path, default=shared, help="folder of the real sources")
    parser.add_argument("--base", type=Path, default=HERE.parent / ".bench", help="evidence base")
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    return parser.parse_args()


def _judged(engine: Engine, question: dict[str, Any], names: PathNames) -> tuple[str, bool]:
    """The level of the answer (``stopped`` for none), and whether it is right."""
    answer = engine.ask(question["question"])
    if not isinstance(answer, Article):
        return "stopped", False
    return answer.confidence.level, score_of(engine, answer, question, names).passed


def _sums(levels: dict[str, list[bool]]) -> dict[str, dict[str, float]]:
    return {
        level: {
            "answers": len(passed),
            "passed": sum(passed),
            "share": round(sum(passed) / len(passed), 3),
        }
        for level in (*LEVELS, "stopped")
        if (passed := levels.get(level, []))
    }


if __name__ == "__main__":
    sys.exit(main())
