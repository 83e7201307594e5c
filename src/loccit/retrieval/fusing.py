"""Makes one ranking of two: of a search by words and a search by meaning."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TypeVar

from loccit.terms import DataFileError

__all__ = ["Fusion", "fused", "load_fusion", "reread", "words_count"]

Key = TypeVar("Key", bound=str)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fusion:
    """What the words count, from 0 to 1, and how many passages of each search are looked at.

    ``apart`` is what they count where the best ``compared`` of either search have nothing in
    common; they count nothing where the share in common is ``agreed`` or more. Of the result the
    first ``reread`` are read token by token, which counts ``closeness``; ``fields`` is what a word
    counts in each field of a passage.
    """

    apart: float
    agreed: float
    compared: int
    depth: int
    reread: int
    closeness: float
    fields: tuple[tuple[str, float], ...]


@cache
def load_fusion() -> Fusion:
    """The shipped weights. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.retrieval") / "fusion.toml").read_text(encoding="utf-8")
    try:
        told = tomllib.loads(text)
        return Fusion(
            apart=float(told["apart"]),
            agreed=float(told["agreed"]),
            compared=int(told["compared"]),
            depth=int(told["depth"]),
            reread=int(told["reread"]),
            closeness=float(told["closeness"]),
            fields=tuple((name, float(counts)) for name, counts in told["fields"].items()),
        )
    except (AttributeError, KeyError, ValueError, TypeError) as error:
        raise DataFileError(f"retrieval/fusion.toml: {error}") from error


def words_count(
    by_words: Mapping[Key, float], by_meaning: Mapping[Key, float], fusion: Fusion
) -> float:
    """What the words of this question count; both rankings come best first.

    Where both put the same sources first, the words have told what it is about, and all of these
    have them: which of them answers, meaning tells better. Where they part, neither knows.
    """
    compared = fusion.compared
    both = {*islice(by_words, compared)} & {*islice(by_meaning, compared)}
    return fusion.apart * max(0.0, 1 - len(both) / compared / fusion.agreed)


def fused(
    by_words: Mapping[Key, float], by_meaning: Mapping[Key, float], weight: float
) -> dict[Key, float]:
    """The score of everything in either ranking, best first; equal ones in order of their keys.

    Each score is divided by the best of its ranking, so that scales do not matter. What shares no
    word with the question has nothing of the words; what is not among the nearest is taken to be
    as near as the last of them, the most that it can be.
    """
    words, meaning = _shares(by_words), _shares(by_meaning)
    furthest = min(meaning.values(), default=0.0)
    scores = {
        key: weight * words.get(key, 0.0) + (1 - weight) * meaning.get(key, furthest)
        for key in {*words, *meaning}
    }
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def reread(
    ranking: Mapping[Key, float], close: Mapping[Key, float], counts: float
) -> dict[Key, float]:
    """A ranking whose first are put in order anew by how close they are, which counts so much.

    The least close of them adds nothing, the closest ``counts``; those not in ``close`` keep their
    score and stand behind, so that a second look at the first never brings up what it did not see.
    """
    least, most = min(close.values(), default=0.0), max(close.values(), default=0.0)
    scores = {
        key: ranking[key] + counts * (told - least) / ((most - least) or 1.0)
        for key, told in close.items()
    }
    first = dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))
    return first | {key: score for key, score in ranking.items() if key not in first}


def _shares(scores: Mapping[Key, float]) -> dict[Key, float]:
    best = max(scores.values(), default=0.0)
    return {key: score / best if best > 0 else 0.0 for key, score in scores.items()}
