"""Replays the editions of the shared labels in order of time over articles that stand on them.

``python bench/replay.py --data DIR [--json FILE] [--works N]``: a label's first edition is loaded,
questions are asked of it, and the articles are approved. Then edition after edition comes, and
``Living`` anchors or opens. Held against a search of the whole text that knows nothing of passages:
a cited sentence whose words no longer stand in the new text under the same headings must have been
opened (missed), one whose words do must not (false). A heading that only counts otherwise (5.4 for
5.5) is the same; sentences under such are counted apart.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import count, groupby
from pathlib import Path
from typing import Any

from editions import DATA, VERSIONS, rows
from loccit.editorial import Asked, Editorial
from loccit.engine import Engine
from loccit.filling import Loader
from loccit.living import Living
from loccit.passages import cut
from loccit.ports import RawSource
from loccit.review import Anchoring, load_review_rules, reading_mark
from loccit.sources.openfda import READER
from loccit.terms import (
    Action,
    Article,
    DescribedDocument,
    Description,
    Duty,
    Person,
    SourceDocument,
    StatementKind,
)
from loccit.testing import InMemoryBase, InMemoryLedgers
from loccit.vocabulary import load_vocabulary
from measured_on import machine

ASKED = (
    "contraindications of {}",
    "dose of {} in adults",
    "{} in renal impairment",
    "interactions of {}",
    "{} in pregnancy",
)
REVIEWER = Person(
    id="rut",
    name="Rut",
    duties=frozenset({Duty.REVIEWER}),
    credentials="MD",
    interests="none",
    declared_on=date(2026, 1, 1),
)
AUTHOR = Person(id="ada", name="Ada", duties=frozenset({Duty.AUTHOR}))
LONG_AGO = date(1900, 1, 1)
"""A day on which no review is due, so that only sources open an article."""


def read(line: bytes) -> SourceDocument | None:
    source = RawSource(name="label", head=line[:64_000], stream=BytesIO(line))
    (reading,) = READER.read(source)
    return reading if isinstance(reading, SourceDocument) else None


class House:
    """A base of one label and the approved articles that stand on its first edition."""

    def __init__(self, first: SourceDocument, vocabulary: Any) -> None:
        self.base, self._vocabulary = InMemoryBase(), vocabulary
        self.put(first)
        self.engine = Engine(self.base, vocabulary)
        moments = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=n) for n in count())
        self.editorial = Editorial(
            InMemoryLedgers(), self.engine, load_review_rules(), now=lambda: next(moments)
        )
        self.living = Living(self.editorial, self.engine)
        (card,) = self.base.cards()
        for name in card.subjects[:1]:
            self._approve(name)

    def put(self, document: SourceDocument) -> None:
        """Load an edition, described in full, so that questions can be asked of it."""
        list(Loader(self.base, self._vocabulary).load([document]))
        self.base.settle()

    def follow(self, document: SourceDocument) -> None:
        """Load a later edition. Nothing is asked of it, so its passages need no description."""
        bare = Description(kinds=(StatementKind.OTHER,))
        passages = tuple((each, bare) for each in cut(document))
        self.base.add(DescribedDocument(document=document, subjects=(), passages=passages))

    def _approve(self, drug: str) -> None:
        for number, asked in enumerate(ASKED):
            answer = self.engine.ask(asked.format(drug), keep=False)
            if isinstance(answer, Article) and not self._is_there(answer):
                self.editorial.submit(f"a{number}", answer, AUTHOR, Duty.AUTHOR)
                for action in (Action.BEGIN, Action.APPROVE):
                    self._take(f"a{number}", action)

    def _is_there(self, answer: Article) -> bool:
        """Whether another question reads the same, as where a drug is called by what is asked."""
        names = [name for name, _ in self.editorial.queue()]
        texts = (self.editorial.text(name).question for name in names)
        return reading_mark(answer.question) in map(reading_mark, texts)

    def _take(self, name: str, action: Action, target: str = "") -> None:
        asked = Asked(action=action, person=REVIEWER, duty=Duty.REVIEWER, target=target)
        self.editorial.decide(name, asked)

    def refreshed(self) -> dict[str, tuple[Anchoring, ...]]:
        """What was opened, by article."""
        return {each.article: each.found for each in self.living.refresh(LONG_AGO)}

    def settle(self, name: str) -> None:
        """A person looks at what was opened, strikes it, and approves the rest."""
        for statement in sorted(self.editorial.review(name).open):
            asked = Asked(
                action=Action.STRIKE,
                person=REVIEWER,
                duty=Duty.REVIEWER,
                target=statement,
                reason="its source changed",
            )
            self.editorial.decide(name, asked)


def stands(document: SourceDocument, words: str, section: tuple[str, ...]) -> bool:
    """Whether the words stand in the text under the same headings: by search alone."""
    wanted = " ".join(words.split())
    places = [each for each in document.sections if each.path == section]
    return any(wanted in " ".join(document.text[s.start : s.end].split()) for s in places)


def stands_recounted(document: SourceDocument, words: str, section: tuple[str, ...]) -> bool:
    """The same, where a heading such as 5.4 may count otherwise, and be in other capitals."""
    paths = {each.path for each in document.sections if _plain(each.path) == _plain(section)}
    return any(stands(document, words, path) for path in paths)


def _plain(path: tuple[str, ...]) -> list[str]:
    return [" ".join(re.sub(r"^\d+(\.\d+)+", "", each).casefold().split()) for each in path]


def measured(path: Path, works: int) -> Iterator[dict[str, Any]]:
    """The figures after each label, so that a run that is cut short has what it came to."""
    vocabulary = load_vocabulary()
    counts: Counter[str] = Counter()
    started = time.process_time()
    missed: list[str] = []
    by_work = (list(lines) for _, lines in groupby(rows(path), key=lambda row: row[0]))
    for lines in by_work:
        if works and counts["works"] >= works:
            break
        editions = [found for found in map(read, (line for *_, line in lines)) if found]
        if len(editions) > 1:
            counts["works"] += 1
            replay(editions, vocabulary, counts, missed)
            seconds = round(time.process_time() - started, 1)
            yield {**dict(sorted(counts.items())), "missed": missed, "seconds": seconds}


def replay(
    editions: list[SourceDocument], vocabulary: Any, counts: Counter[str], missed: list[str]
) -> None:
    house = House(editions[0], vocabulary)
    counts["articles"] += len(list(house.editorial.queue()))
    for document in editions[1:]:
        counts["editions"] += 1
        before = {name: house.editorial.text(name) for name, _ in house.editorial.queue()}
        house.follow(document)
        opened = house.refreshed()
        for name, article in before.items():
            found = opened.get(name, ())
            counts["articles held against an edition"] += 1
            counts["articles opened"] += bool(found)
            needless = tally(article, document, found, counts, missed)
            counts["articles opened though all their words stand"] += bool(found) and needless
            if found:
                house.settle(name)


def tally(
    article: Article,
    document: SourceDocument,
    found: tuple[Anchoring, ...],
    counts: Counter[str],
    missed: list[str],
) -> bool:
    """Count what was told of each sentence; whether the words of all that was told stand."""
    told: dict[str, list[Anchoring]] = {}
    for each in found:
        told.setdefault(each.statement, []).append(each)
    all_stand = True
    for statement in article.statements():
        cited = [(c.quote, c.locator.section) for c in statement.citations]
        kept = all(stands(document, *each) for each in cited)
        recounted = kept or all(stands_recounted(document, *each) for each in cited)
        opened = statement.id in told
        counts["sentences"] += 1
        counts["sentences opened"] += opened
        counts["sentences opened though their words stand"] += kept and opened
        counts["sentences anchored under a heading that counts otherwise"] += (
            recounted and not kept and not opened
        )
        if kept and opened:
            counts[f"of these {_why(told[statement.id])}"] += 1
        all_stand = all_stand and (kept or not opened)
        if not recounted and not opened:
            missed.append(f"{document.id}: {statement.text[:80]}")
    return all_stand


def _why(found: list[Anchoring]) -> str:
    """How a sentence whose words stand came to be opened."""
    words = [(e.citation.quote.split(), e.passage.text.split() if e.passage else ()) for e in found]
    same = all(before == after for before, after in words)
    return "under another lead-in or header" if same else "cut otherwise"


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--data", type=Path, default=DATA, help="folder of the real sources")
    options.add_argument("--works", type=int, default=0, help="labels to replay; all for nought")
    options.add_argument("--json", type=Path, help="also write the report to this file")
    chosen = options.parse_args()
    text = ""
    for report in measured(chosen.data / VERSIONS, chosen.works):
        text = json.dumps({**report, "machine": machine()}, indent=1)
        if chosen.json:
            chosen.json.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
