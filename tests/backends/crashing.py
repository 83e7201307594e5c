"""A writer that kills itself: ``python crashing.py FOLDER STEP COUNT``.

Loads the second half of a made-up collection and sends itself SIGKILL when the named step is
reached for the COUNTth time. Steps are methods of the base's parts; ``before:`` or ``after:`` says
on which side of the call.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from loccit.backends import embedded
from loccit.backends.embedded import EmbeddedBase
from loccit.backends.sqlite_store import SqliteStore
from loccit.backends.tantivy_index import TantivyIndex
from loccit.terms import DocumentId, SourceDocument
from loccit.testing import described, small_document

WORKS = 40
BATCH = 36
PARTS = {"base": EmbeddedBase, "store": SqliteStore, "index": TantivyIndex}


def document(number: int, edition: int, *, note: str = "") -> SourceDocument:
    """One edition of one made-up work; ``drugN`` is a word of that work alone."""
    name = f"drug{number}"
    text = [f"Take {edition} mg of {name} once a day. {note}", f"Store {name} in a dry place."]
    return small_document(
        name,
        *text,
        id=DocumentId(f"{name}@{edition}"),
        series=f"work:{number}",
        effective_on=date(2020 + edition, 1, 1),
    )


def first_half() -> list[SourceDocument]:
    return [document(number, 1) for number in range(WORKS)]


def second_half() -> list[SourceDocument]:
    """Sixty readings: new editions, texts corrected under the same id, and new works."""
    newer = [document(number, 2) for number in range(25)]
    corrected = [document(number, 1, note="Corrected.") for number in range(20, WORKS)]
    new = [document(number, 1) for number in range(WORKS, WORKS + 15)]
    retold = replace(newer[0], title="the same text, told otherwise")
    return [
        each for group in zip(newer, [*corrected, *new][:25], strict=True) for each in group
    ] + [
        *[*corrected, *new][25:],
        retold,
    ]


def load(base: EmbeddedBase, documents: list[SourceDocument]) -> None:
    """As the loader does: skip what is held; two works are withdrawn on the way."""
    for number, each in enumerate(documents):
        if number == len(documents) // 2:
            base.withdraw("work:3", "gone")
            base.withdraw("work:50", "gone")
        if not base.holds(each):
            base.add(described(each))
    base.settle()


def die_at(step: str, count: int) -> None:
    side, part, name = step.split(":")
    owner = PARTS[part]
    original = getattr(owner, name)
    calls = 0

    def dying(self, *values, **named):
        nonlocal calls
        calls += 1
        if side == "before" and calls == count:
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(self, *values, **named)
        if side == "after" and calls == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, dying)


def main(folder: str, step: str, count: str) -> None:
    embedded.BATCH = BATCH
    base = EmbeddedBase(Path(folder))
    die_at(step, int(count))
    load(base, second_half())


if __name__ == "__main__":
    main(*sys.argv[1:])
