"""A fake embedder and what every embedder must do. Needs numpy, which the rest here does not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from loccit.ports import Embedder, Matrix
from loccit.testing.conformance import HOSTILE_WORDS

__all__ = ["EMBEDDER_CHECKS", "HashedWords", "check_embedder"]

UNIT = 1e-4
"""How far a row's length may be from one."""
TEXTS = (
    "examplamine relieves pain in adults",
    "in adults pain is relieved by examplamine",
    "the moon rose over a quiet harbour",
    "pain",
)
"""The second says what the first does; the third speaks of something else."""


class HashedWords:
    """A fake ``Embedder``: each word is a direction, a text the sum of its words.

    Texts that share words are near each other, whatever they mean. Needs no model.
    """

    name = "hashed-words@1/float32"

    def __init__(self, dimensions: int = 64) -> None:
        self.dimensions = dimensions

    def embed(self, texts: Sequence[str]) -> Matrix:
        """A row for each text."""
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for number, text in enumerate(texts):
            for word in text.lower().split() or [""]:
                rows[number] += self._direction(word)
            rows[number] /= np.linalg.norm(rows[number])
        return rows

    def embed_questions(self, texts: Sequence[str]) -> Matrix:
        """The same: a question is words too."""
        return self.embed(texts)

    def tokens(self, texts: Sequence[str]) -> list[Matrix]:
        """A row for each word."""
        words = [text.lower().split() for text in texts]
        return [self.embed(each) for each in words]

    def question_tokens(self, texts: Sequence[str]) -> list[Matrix]:
        """The same: a question is words too."""
        return self.tokens(texts)

    def _direction(self, word: str) -> Matrix:
        digest = hashlib.sha256(word.encode("utf-8", "replace")).digest()
        numbers = np.random.default_rng(int.from_bytes(digest, "big"))
        return numbers.standard_normal(self.dimensions, np.float32)


def check_embedder(embedder: Embedder) -> None:
    """Run every check. Raises ``AssertionError`` naming the check."""
    for check in EMBEDDER_CHECKS:
        try:
            check(embedder)
        except AssertionError as error:
            error.add_note(f"in {check.__name__}: {check.__doc__}")
            raise


def _check_name(embedder: Embedder) -> None:
    """It has a name and a size, by which vectors are kept apart."""
    assert embedder.name.strip()
    assert embedder.dimensions > 0


def _check_rows(embedder: Embedder) -> None:
    """A float32 row of unit length for each text, for passages and for questions."""
    for embed in (embedder.embed, embedder.embed_questions):
        rows = embed(TEXTS)
        assert rows.dtype == np.float32
        assert rows.shape == (len(TEXTS), embedder.dimensions)
        assert np.abs(np.linalg.norm(rows, axis=1) - 1).max() < UNIT


def _check_none(embedder: Embedder) -> None:
    """No texts give no rows."""
    assert embedder.embed([]).shape == (0, embedder.dimensions)
    assert embedder.embed_questions(()).shape == (0, embedder.dimensions)


def _check_alone(embedder: Embedder) -> None:
    """A row depends on its own text alone: neither neighbours nor order change a byte of it."""
    together, reversed_ = embedder.embed(TEXTS), embedder.embed(TEXTS[::-1])[::-1]
    for number, text in enumerate(TEXTS):
        alone = embedder.embed([text])[0].tobytes()
        assert alone == together[number].tobytes() == reversed_[number].tobytes(), text


def _check_threads(embedder: Embedder) -> None:
    """Several threads may use it at once."""
    expected = embedder.embed(TEXTS).tobytes()
    with ThreadPoolExecutor(4) as pool:
        for given in pool.map(lambda _: embedder.embed(TEXTS).tobytes(), range(8)):
            assert given == expected


def _check_nearness(embedder: Embedder) -> None:
    """What says the same is nearer than what speaks of something else."""
    first, same, other, _ = embedder.embed(TEXTS)
    assert first @ same > first @ other


def _check_tokens(embedder: Embedder) -> None:
    """Unit rows for the tokens of each text, in order; alone or together, the same bytes."""
    for read in (embedder.tokens, embedder.question_tokens):
        found = read(TEXTS)
        assert len(found) == len(TEXTS)
        for text, rows in zip(TEXTS, found, strict=True):
            assert rows.dtype == np.float32
            assert rows.shape[1] == embedder.dimensions
            assert np.abs(np.linalg.norm(rows, axis=1) - 1).max(initial=0) < UNIT
            assert read([text])[0].tobytes() == rows.tobytes()
        assert read([]) == []


def _check_any_string(embedder: Embedder) -> None:
    """Any string will do: empty, hostile, very long, or half a character."""
    rows = embedder.embed(HOSTILE_WORDS)
    assert np.isfinite(rows).all()
    assert np.abs(np.linalg.norm(rows, axis=1) - 1).max() < UNIT
    assert all(np.isfinite(rows).all() for rows in embedder.tokens(HOSTILE_WORDS))


EMBEDDER_CHECKS: tuple[Callable[[Embedder], None], ...] = (
    _check_name,
    _check_rows,
    _check_none,
    _check_alone,
    _check_threads,
    _check_nearness,
    _check_tokens,
    _check_any_string,
)
"""Each takes an embedder and raises ``AssertionError``; a test runner can name them one by one."""
