"""What the engine answers by its rules alone, and how much it doubts that this is an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from loccit.composition import Composer
from loccit.engine import Engine
from loccit.terms import Abstention, Article, Evidence

__all__ = ["Seen", "ask_and_see"]


class Seen(NamedTuple):
    """An answer as given, what the rules alone would have given, and the evidence for both."""

    answer: Article | Abstention
    by_rules: Article | Abstention
    evidence: Evidence

    @property
    def doubt(self) -> float:
        """How likely it is, 0 to 1, that what was found does not answer."""
        return self.evidence.doubt


def ask_and_see(engine: Engine, text: str) -> Seen:
    """Ask, and keep what the composer was given."""
    seen: dict[str, Any] = {}
    compose = Composer.compose

    def noting(self: Composer, evidence: Evidence, *rest: Any) -> Article | Abstention:
        seen["evidence"] = evidence
        seen["by_rules"] = compose(self, replace(evidence, doubt=0.0), *rest)
        return compose(self, evidence, *rest) if evidence.doubt else seen["by_rules"]

    Composer.compose = noting  # type: ignore[method-assign, assignment]
    try:
        answer = engine.ask(text, keep=False)
    finally:
        Composer.compose = compose  # type: ignore[method-assign]
    return Seen(answer, seen["by_rules"], seen["evidence"])
