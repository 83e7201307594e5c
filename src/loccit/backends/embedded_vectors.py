"""Finding by meaning in the embedded base: its passages' vectors lie in a folder beside it.

The store says what is there; a vector only points to a row of it, and rows are never given twice.
So what was removed, replaced or withdrawn is no longer found the moment the store says so, and a
base and its vectors cannot fall apart, only lag: what has no vector yet is not found by meaning.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from loccit.backends.embedded import EmbeddedBase
from loccit.backends.vector_files import VectorFiles
from loccit.backends.vector_scan import interaction, nearest, similarities
from loccit.index import FORM, words_of_meaning
from loccit.ports import Embedder, Matrix
from loccit.terms import BaseError, Embedded, Found, PassageId, SearchRequest

__all__ = ["EmbeddedVectors"]

BATCH = 64
"""Passages embedded between two writes: about a second's work, and what a crash can cost."""
SPARE = 16
"""Vectors looked at beyond what is asked for, should some be of passages that are gone."""
MOST_GONE = 0.5
"""Share of vectors whose passages are gone from which on the files are written anew."""


class EmbeddedVectors:
    """``Vectors`` over an ``EmbeddedBase``, made by one embedder and kept in the base's folder."""

    def __init__(self, base: EmbeddedBase, embedder: Embedder) -> None:
        self._base, self.embedder = base, embedder
        self.name = f"{embedder.name}/{FORM}"
        self.files = VectorFiles(
            folder_of(base.folder, self.name), embedder=self.name, dimensions=embedder.dimensions
        )

    def search(self, request: SearchRequest) -> list[Found]:
        """Passages nearest in meaning; see the port."""
        mapped = self.files.mapped()
        if request.limit <= 0 or not len(mapped):
            return []
        question = self.embedder.embed_questions([request.words])[0]
        among = None
        if request.constrains:
            wanted = np.array(self._base.rows_matching(request), np.int64)
            among = np.flatnonzero(np.isin(mapped.keys["row"], wanted))
        count, most = request.limit + SPARE, len(mapped)
        while True:
            positions, scores = nearest(mapped, question, count, among=among)
            rows = mapped.keys["row"][positions].tolist()
            found = self._base.found(dict(zip(rows, scores.tolist(), strict=True)))
            if len(found) >= request.limit or len(rows) < count or count >= most:
                return found[: request.limit]
            count *= 4

    def nearness(self, words: str, passages: Sequence[PassageId]) -> dict[PassageId, float]:
        """The cosine of the words to these passages; see the port."""
        named = self._base.rows_of(passages)
        mapped = self.files.mapped()
        if not named or not len(mapped):
            return {}
        wanted = np.array(list(named.values()), np.int64)
        among = np.flatnonzero(np.isin(mapped.keys["row"], wanted))
        found = similarities(mapped, self.embedder.embed_questions([words])[0], among)
        by_row = dict(zip(mapped.keys["row"][among].tolist(), found.tolist(), strict=True))
        return {name: by_row[row] for name, row in named.items() if row in by_row}

    def closeness(self, words: str, passages: Sequence[PassageId]) -> dict[PassageId, float]:
        """How near each token of the words comes to one of each passage; see the port."""
        named = self._base.rows_of(passages)
        asked = self.embedder.question_tokens([words])[0]
        if not named or not len(asked):
            return {}
        records = self._base.records(list(named.values()))
        texts = {name: words_of_meaning(records[row]) for name, row in named.items()}
        read = self.embedder.tokens(list(texts.values()))
        return {name: interaction(asked, rows) for name, rows in zip(texts, read, strict=True)}

    def is_complete(self) -> bool:
        """Whether the last update ended with all that the base holds now; see the port.

        Files that cannot be read are not: an answer does without them.
        """
        try:
            told = self.files.about().get("complete")
        except BaseError:
            return False
        return bool(told == self._base.digest())

    def lacking(self) -> int:
        """How many passages that are searched have no vector yet."""
        return 0 if self.is_complete() else len(self._missing())

    def update(self) -> Iterator[Embedded]:
        """Embed what has no vector yet, telling after each batch is kept; see the port."""
        with self.files.writing():
            missing = self._missing()
            known = self._known() if missing else {}
            done = made = 0
            for start in range(0, len(missing), BATCH):
                rows = missing[start : start + BATCH]
                made += self._embed(rows, known)
                done += len(rows)
                yield Embedded(done=done, of=len(missing), made=made)
            self.files.remember(complete=self._base.digest())
            self._compact()

    def faults(self) -> Iterator[str]:
        """Vectors that are not as they were written, one line for each."""
        return self.files.faults()

    def _missing(self) -> list[int]:
        held = self.files.mapped().keys["row"]
        searched = np.array(self._base.searched_rows(), np.int64)
        return [int(row) for row in np.setdiff1d(searched, held, assume_unique=True)]

    def _known(self) -> dict[int, int]:
        """Positions of vectors by the digest of their words: no words are embedded twice."""
        words = self.files.mapped().keys["words"].tolist()
        return {digest: position for position, digest in enumerate(words)}

    def _embed(self, rows: list[int], known: dict[int, int]) -> int:
        """Add a vector for each row; how many had to be made."""
        records = self._base.records(rows)
        rows = [row for row in rows if row in records]
        texts = [words_of_meaning(records[row]) for row in rows]
        digests = [_digest(text) for text in texts]
        new = {d: text for d, text in zip(digests, texts, strict=True) if d not in known}
        made = dict(zip(new, self.embedder.embed(list(new.values())), strict=True))
        vectors = np.zeros((len(rows), self.embedder.dimensions), np.float32)
        for number, digest in enumerate(digests):
            vectors[number] = made[digest] if digest in made else self._again(known[digest])
        known |= {d: len(self.files.mapped()) + n for n, d in enumerate(digests) if d in made}
        self.files.append(rows, digests, vectors)
        return len(new)

    def _again(self, position: int) -> Matrix:
        mapped = self.files.mapped()
        row: Matrix = mapped.rows[position].astype(np.float32) * mapped.keys["scale"][position]
        return row

    def _compact(self) -> None:
        """Leave out the vectors of passages that are gone, once they are most of them."""
        held = self.files.mapped().keys["row"]
        alive = np.flatnonzero(np.isin(held, np.array(self._base.searched_rows(), np.int64)))
        if len(alive) < len(held) * (1 - MOST_GONE):
            self.files.keep_only(alive)


def folder_of(base: Path, name: str) -> Path:
    """The folder of the vectors of this name beside a base."""
    plain = re.sub(r"[^a-z0-9.]+", "-", name.casefold()).strip("-")
    return base / "vectors" / plain


def _digest(words: str) -> int:
    summed = hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(summed[:8], "little")
