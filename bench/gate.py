"""Measures whether the safety gate blocks what a stated fact bars, and nothing else.

A case that must block is right when the drug is blocked for the fact's axis and the article says so
in words of an expected document; a near miss when the drug is blocked for nothing. Details are
printed for the development half only; the held-out half is reported in sums.

    python bench/gate.py [--base DIR] [--details] [--dev] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from loccit.terms import Article, Block, Citation, DocumentCard, StatementKind
from loccit.wiring import make_engine, open_base
from measured_on import machine

HERE = Path(__file__).parent
TELLS_DOSE = frozenset({StatementKind.DOSE, StatementKind.RECOMMENDATION_FOR})
"""Kinds of statement that no bottom line has on a drug that is blocked."""
ALIKE = {"condition": ("condition", "history"), "history": ("condition", "history")}


def main() -> int:
    """Score both halves and print a table."""
    options = _options()
    cases = yaml.safe_load(options.cases.read_text(encoding="utf-8"))
    if options.dev:
        cases = [case for case in cases if case["split"] == "dev"]
    base = open_base(options.base)
    if base.coverage().by_kind.get("label", 0) == 0:
        print(f"no labels in {options.base}; run bench/answers.py first, which loads them")
        return 0
    engine = make_engine(base)
    scored = [(case, _score(case, engine.ask(case["question"]))) for case in cases]
    if options.details:
        _print_details(scored)
    report = {"machine": machine(), "halves": _halves(scored), "near_misses": _by_near(scored)}
    print(json.dumps(report, indent=1))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", type=Path, default=HERE.parent / ".bench", help="evidence base")
    parser.add_argument("--cases", type=Path, default=HERE / "gate.yaml", help="file of cases")
    parser.add_argument("--details", action="store_true", help="print what dev cases missed")
    parser.add_argument("--dev", action="store_true", help="leave the held-out half alone")
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    return parser.parse_args()


def _score(case: dict[str, Any], answer: Any) -> dict[str, bool]:
    """Whether it was answered, blocked as it should be, cited, and free of the drug's doses."""
    if not isinstance(answer, Article):
        return {"answered": False, "right": not case["blocked"], "cited": False, "no_dose": True}
    blocks = [block for block in answer.gate.blocks if block.drug == case["drug"]]
    if not case["blocked"]:
        return {"answered": True, "right": not blocks, "cited": True, "no_dose": True}
    axis = case["fact"].partition(":")[0]
    met = [block for block in blocks if block.fact.axis in ALIKE.get(axis, (axis,))]
    return {
        "answered": True,
        "right": bool(met),
        "cited": any(_is_expected(card, case) for card in _cited(answer, met)),
        "no_dose": not _tells_dose(answer, case["drug"], {n for b in met for n in b.statements}),
    }


def _cited(article: Article, blocks: list[Block]) -> Iterator[DocumentCard]:
    wanted = {name for block in blocks for name in block.statements}
    cards = {reference.number: reference.card for reference in article.references}
    citations: Iterator[Citation] = (
        citation
        for statement in article.bottom_line
        if statement.id in wanted
        for citation in statement.citations
    )
    yield from (cards[citation.reference] for citation in citations)


def _is_expected(card: DocumentCard, case: dict[str, Any]) -> bool:
    """By set id, of the label or of the one summarised, or by a word of the title."""
    identifiers = {*card.identifiers.values(), *card.original_identifiers.values()}
    return any(
        document.get("set_id") in identifiers
        or ("title" in document and document["title"].casefold() in card.title.casefold())
        for document in case["documents"]
    )


def _tells_dose(article: Article, drug: str, said: set[str]) -> bool:
    cards = {reference.number: reference.card for reference in article.references}
    return any(
        statement.kind in TELLS_DOSE
        and statement.id not in said
        and drug in cards[statement.citations[0].reference].subjects
        for statement in article.bottom_line
    )


def _print_details(scored: list[tuple[dict[str, Any], dict[str, bool]]]) -> None:
    for case, score in scored:
        if case["split"] == "dev" and not all(score.values()):
            missed = ", ".join(name for name, held in score.items() if not held)
            print(f"{case['id']} missed {missed}: {case['question']} ({case['fact']})")


def _halves(scored: list[tuple[dict[str, Any], dict[str, bool]]]) -> dict[str, Any]:
    sums: dict[str, dict[str, Any]] = {}
    for split in sorted({case["split"] for case, _ in scored}):
        barred = [s for case, s in scored if case["split"] == split and case["blocked"]]
        spared = [s for case, s in scored if case["split"] == split and not case["blocked"]]
        sums[split] = {
            "must_block": len(barred),
            **{name: _share(barred, name) for name in ("right", "cited", "no_dose")},
            "near_misses": len(spared),
            "blocked_in_error": round(1 - _share(spared, "right"), 3),
        }
    return sums


def _share(scores: list[dict[str, bool]], name: str) -> float:
    return round(sum(score[name] for score in scores) / len(scores), 3) if scores else 0.0


def _by_near(scored: list[tuple[dict[str, Any], dict[str, bool]]]) -> dict[str, str]:
    """Near misses of the development half that were left alone, by what makes them one."""
    kinds: dict[str, list[bool]] = defaultdict(list)
    for case, score in scored:
        if case["split"] == "dev" and not case["blocked"]:
            kinds[case["near"]].append(score["right"])
    return {kind: f"{sum(right)}/{len(right)}" for kind, right in sorted(kinds.items())}


if __name__ == "__main__":
    sys.exit(main())
