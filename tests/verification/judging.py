"""Holds a sentence against words, for tests of the checks."""

from __future__ import annotations

from functools import cache
from typing import Any

from loccit.terms import (
    DocumentCard,
    DocumentId,
    SourceKind,
    Standing,
    Verdict,
    text_digest,
)
from loccit.verification import Ground, Judgement, Verifier
from loccit.vocabulary import load_vocabulary


@cache
def verifier() -> Verifier:
    """One verifier for all tests: it only remembers what it has read."""
    return Verifier(load_vocabulary())


def judged(claim: str, source: str, **ground: Any) -> Judgement:
    """What comes of ``claim`` on the words of ``source``."""
    return verifier().judge(claim, Ground(text=source, **ground))


def expect(check: str, verdict: Verdict, claim: str, source: str) -> None:
    """``claim`` departs from ``source``: the verdict says so, and the check for it tells why."""
    judgement = judged(claim, source)
    assert judgement.verdict is verdict, judgement.findings
    assert check in {name for name, _ in told(judgement)}


def expect_support(claim: str, source: str) -> None:
    """``claim`` says the same as ``source``."""
    judgement = judged(claim, source)
    assert judgement.verdict is Verdict.SUPPORTED, judgement.findings


def told(judgement: Judgement) -> set[tuple[str, str]]:
    """Each finding as (name of the check, verdict)."""
    return {(each.check.partition("/")[0], str(each.verdict)) for each in judgement.findings}


def a_card(**changes: Any) -> DocumentCard:
    """The card of a made-up label."""
    facts: dict[str, Any] = {
        "id": DocumentId("label"),
        "series": "label",
        "kind": SourceKind.LABEL,
        "title": "Made-up tablets",
        "publisher": "",
        "jurisdiction": "",
        "version": "",
        "year": 2024,
        "effective_on": None,
        "url": "",
        "standing": Standing.CURRENT,
        "licence": "",
        "sha256": text_digest(""),
        "parser": "made-up/1",
    }
    return DocumentCard(**{**facts, **changes})
