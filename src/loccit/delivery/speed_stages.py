"""An engine that tells how long each stage takes, from outside: the stages know no clock."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from loccit.engine import Engine
from loccit.ports import EvidenceBase
from loccit.publication import as_json
from loccit.terms import Abstention, Article, Evidence, Question
from loccit.vocabulary import Vocabulary

__all__ = ["STAGES", "Stopwatch", "WatchedEngine"]

STAGES = ("understand", "gather", "compose", "verify", "publish")


class Stopwatch:
    """Seconds by stage. A stage inside another counts for itself alone, not for the outer one."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inside: list[float] = []

    @contextmanager
    def on(self, stage: str) -> Iterator[None]:
        """Count what happens here for the stage."""
        started = time.perf_counter()
        self._inside.append(0.0)
        try:
            yield
        finally:
            spent = time.perf_counter() - started
            self.seconds[stage] += spent - self._inside.pop()
            if self._inside:
                self._inside[-1] += spent

    def taken(self) -> dict[str, float]:
        """The seconds of each stage since this was last asked."""
        taken, self.seconds = dict(self.seconds), defaultdict(float)
        return taken


class _Watched:
    """Passes calls on to a part of the engine, and counts their time for a stage."""

    def __init__(self, part: Any, stage: str, watch: Stopwatch) -> None:
        self._part, self._stage, self._watch = part, stage, watch

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._part, name)
        return self._timed(found) if callable(found) else found

    def _timed(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            with self._watch.on(self._stage):
                return method(*args, **named)

        return call


class WatchedEngine(Engine):
    """Answers as any engine does; ``watch`` holds what each stage took.

    What is gathered before all evidence is there, to question a premise, counts as understanding;
    the questions offered next, for which the base is searched, as gathering.
    """

    def __init__(self, base: EvidenceBase, vocabulary: Vocabulary, watch: Stopwatch) -> None:
        super().__init__(base, vocabulary)
        self.watch = watch
        parts: dict[str, Any] = vars(self)
        for name, stage in (
            ("reader", STAGES[0]),
            ("gatherer", STAGES[1]),
            ("composer", "compose"),
        ):
            parts[f"_{name}"] = _Watched(parts[f"_{name}"], stage, watch)

    def published(self, text: str) -> str:
        """The answer to a question as JSON."""
        with self.watch.on("understand"):
            answer = self.ask(text, keep=False)
        with self.watch.on("publish"):
            return as_json(answer)

    def _verified(self, article: Article, evidence: Evidence) -> Article | Abstention:
        with self.watch.on("verify"):
            return super()._verified(article, evidence)

    def _follow_ups(self, question: Question, drugs: tuple[str, ...]) -> Iterator[str]:
        with self.watch.on("gather"):
            found = tuple(super()._follow_ups(question, drugs))
        yield from found
