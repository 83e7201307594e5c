"""Measures when the engine stops, for the questions of ``stopping.yaml`` over the real sources.

An unanswerable question counts as stopped when no article comes; one on a false premise also when
the article tells the reader of the premise. An answerable one counts as refused when none comes;
where the article doubts what it takes for granted, that is counted apart. Rules stop first; what
they let pass is stopped where the doubt that it answers lies above a threshold (``most_doubt`` of
``stopping.toml``). The curve gives both shares for other thresholds, 1 being the rules alone.
Details are printed for the development half only.

    python bench/stopping.py [--base DIR] [--details] [--dev] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from loccit.engine import Engine
from loccit.terms import Abstention, Article
from loccit.wiring import make_engine, open_base
from undoubted import ask_and_see

HERE = Path(__file__).parent


LIMITS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Thresholds at which the curve is told."""
ASSUMED = "assumed"
"""The verdict on what is only taken so where the question leaves it open."""
NOT_FOUND = re.compile(r"(?:Nothing on|No passage that was found)\b")
"""How the notes begin that say what was not found."""


class Asked(NamedTuple):
    """A question, and what came."""

    item: dict[str, Any]
    answer: Article | Abstention
    by_rules: Article | Abstention
    doubt: float

    @property
    def stopped(self) -> bool:
        """No article was written."""
        return isinstance(self.answer, Abstention)

    @property
    def held_back(self) -> bool:
        """It stopped, or told that what the question takes for granted does not hold."""
        return self.stopped or self._told

    def held_back_at(self, limit: float) -> bool:
        """Whether it would be held back were this the most doubt to answer at."""
        return isinstance(self.by_rules, Abstention) or self.doubt > limit or self._told

    @property
    def _told(self) -> bool:
        return self.item["family"] == "false_premise" and self.doubts_premise

    @property
    def warned(self) -> bool:
        """It was held back, or the article notes that what is asked was not found."""
        return self.held_back or any(map(NOT_FOUND.match, self._notes))

    @property
    def doubts_premise(self) -> bool:
        """The reader is told that something taken for granted does not hold or was not found."""
        return any(each.verdict != ASSUMED for each in self.answer.question.premises)

    @property
    def _notes(self) -> tuple[str, ...]:
        return self.answer.notes if isinstance(self.answer, Article) else ()

    @property
    def helps(self) -> bool:
        """The stop says how to go on."""
        return isinstance(self.answer, Abstention) and bool(self.answer.how_to_widen)


def main() -> int:
    options = _options()
    base = open_base(options.base)
    if not base.coverage().documents:
        sys.exit(f"the base at {options.base} is empty; bench/answers.py fills it")
    items = yaml.safe_load(options.questions.read_text(encoding="utf-8"))
    if options.dev:
        items = [item for item in items if item["split"] == "dev"]
    engine = make_engine(base)
    asked = [_ask(engine, item) for item in items]
    if options.details:
        _print_details(asked)
    report = {
        "documents": base.coverage().documents,
        "halves": {half: _sums(_of(asked, half)) for half in sorted({i["split"] for i in items})},
    }
    print(json.dumps(report, indent=1))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def _ask(engine: Engine, item: dict[str, Any]) -> Asked:
    seen = ask_and_see(engine, item["question"])
    return Asked(item, seen.answer, seen.by_rules, seen.doubt)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", type=Path, default=HERE.parent / ".bench", help="evidence base")
    parser.add_argument(
        "--questions", type=Path, default=HERE / "stopping.yaml", help="file of questions"
    )
    parser.add_argument("--details", action="store_true", help="what development questions missed")
    parser.add_argument("--dev", action="store_true", help="leave the held-out half unasked")
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    return parser.parse_args()


def _of(asked: list[Asked], half: str) -> list[Asked]:
    return [each for each in asked if each.item["split"] == half]


def _sums(asked: list[Asked]) -> dict[str, Any]:
    answerable = [each for each in asked if each.item["answerable"]]
    others = [each for each in asked if not each.item["answerable"]]
    stops = [each for each in others if each.stopped]
    return {
        "unanswerable": len(others),
        "stopped": _share(others, lambda each: each.held_back),
        "stopped_by_trap": _by_family(others, lambda each: each.held_back),
        "stopped_or_warned": _share(others, lambda each: each.warned),
        "stops_that_say_how_to_go_on": _share(stops, lambda each: each.helps),
        "answerable": len(answerable),
        "refused": _share(answerable, lambda each: each.stopped),
        "refused_or_warned": _share(answerable, lambda each: each.warned),
        "premise_doubted": _share(answerable, lambda each: each.doubts_premise),
        "refused_by_wording": _by_family(answerable, lambda each: each.stopped),
        "curve": [_point(others, answerable, limit) for limit in LIMITS],
    }


def _point(others: list[Asked], answerable: list[Asked], limit: float) -> dict[str, float]:
    """What the curve says of one threshold."""
    stopped = _share(others, lambda each: each.held_back_at(limit))
    refused = _share(answerable, lambda each: each.held_back_at(limit))
    return {"most_doubt": limit, "stopped": stopped, "refused": refused}


def _share(asked: list[Asked], holds: Callable[[Asked], bool]) -> float:
    return round(sum(map(holds, asked)) / len(asked), 3) if asked else 0.0


def _by_family(asked: list[Asked], holds: Callable[[Asked], bool]) -> dict[str, str]:
    families: dict[str, list[bool]] = defaultdict(list)
    for each in asked:
        families[each.item["family"]].append(holds(each))
    return {name: f"{sum(found)}/{len(found)}" for name, found in sorted(families.items())}


def _print_details(asked: list[Asked]) -> None:
    for each in _of(asked, "dev"):
        item, answer = each.item, each.answer
        if item["answerable"] and isinstance(answer, Abstention):
            print(f"refused  {item['id']} {item['family']}: {item['question']} -- {answer.reason}")
        elif not item["answerable"] and not each.held_back:
            print(f"answered {item['id']} {item['family']}: {item['question']}")


if __name__ == "__main__":
    sys.exit(main())
