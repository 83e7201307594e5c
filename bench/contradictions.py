"""Lists what ``loccit review conflicts`` finds between articles on the development questions.

``python bench/contradictions.py [--base DIR] [--tuning] [--details] [--json FILE]``: the questions
are answered from the real sources, the articles submitted, and the contradictions between them
counted. With ``--tuning`` those of ``tuning.yaml`` join them; with ``--details`` each is printed.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from loccit.comparing import conflicts_among
from loccit.editorial import Editorial
from loccit.review import Contradiction, load_review_rules
from loccit.terms import Article, Duty, Person, Refused
from loccit.testing import InMemoryLedgers
from loccit.wiring import make_engine, open_base
from measured_on import machine

HERE = Path(__file__).parent
AUTHOR = Person(id="ada", name="Ada", duties=frozenset({Duty.AUTHOR}), declared_on=date(2026, 1, 1))


def main() -> None:
    """Answer, submit, look for contradictions."""
    chosen = _options()
    engine = make_engine(open_base(chosen.base))
    moments = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=n) for n in count())
    editorial = Editorial(InMemoryLedgers(), engine, load_review_rules(), now=lambda: next(moments))
    submitted = sum(
        _submitted(editorial, str(row["id"]), engine.ask(row["question"], keep=False))
        for row in _questions(tuning=chosen.tuning)
    )
    started = time.process_time()
    found = conflicts_among(editorial, engine)
    report = {
        "articles": submitted,
        "contradictions": len(found),
        "by": dict(sorted(Counter(each.by for each in found).items())),
        "seconds": round(time.process_time() - started, 1),
        "machine": machine(),
    }
    for each in found if chosen.details else ():
        print(*_lines(each), sep="\n")
    text = json.dumps(report, indent=1)
    print(text)
    if chosen.json:
        chosen.json.write_text(text + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--base", type=Path, default=HERE.parent / ".bench", help="evidence base")
    parser.add_argument("--tuning", action="store_true", help="also ask those of tuning.yaml")
    parser.add_argument("--details", action="store_true", help="print each contradiction")
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    return parser.parse_args()


def _questions(*, tuning: bool) -> list[dict[str, Any]]:
    """The development half, and the tuning questions where they are wanted."""
    names = ("questions.yaml", "tuning.yaml") if tuning else ("questions.yaml",)
    rows = [row for name in names for row in yaml.safe_load((HERE / name).read_text("utf-8"))]
    return [row for row in rows if row.get("split", "dev") == "dev"]


def _submitted(editorial: Editorial, name: str, answer: Any) -> bool:
    if not isinstance(answer, Article):
        return False
    try:
        editorial.submit(name, answer, AUTHOR, Duty.AUTHOR)
    except Refused:  # two questions that read the same have one article
        return False
    return True


def _lines(each: Contradiction) -> list[str]:
    sides = (
        f"  {side.card.title[:90]} [{', '.join(sorted(f'{a}/{s}' for a, s in side.places))}]\n"
        f"    {' '.join(side.statement.text.split())}"
        for side in (*each.one, *each.other)
    )
    return [f"{each.by}: {' + '.join(each.act)}", *sides, ""]


if __name__ == "__main__":
    main()
