"""What a follow-up carried over, changed, added and dropped, in words."""

from __future__ import annotations

from collections.abc import Iterator

from loccit.publication.facts import fact_of, group_of
from loccit.publication.showing import short_id
from loccit.publication.words import Words
from loccit.terms import Point, Question, Value

__all__ = ["following_rows"]

_NAMED = frozenset({"drug", "condition", "procedure"})


def following_rows(question: Question, words: Words) -> dict[str, tuple[str, ...]]:
    """The rows of a question that follows another, by label; none for one that does not."""
    if not question.follows:
        return {}
    following = question.following
    told = f"{words.label('follows_answer')} {short_id(question.follows)}"
    topic = (words.of("message", "new_topic"),) if following.new_topic else ()
    rows = {"follows": (told, *topic)}
    for name in ("carried", "changed", "new", "dropped"):
        said = "; ".join(_points(getattr(following, name), words))
        rows[name] = (said,) if said else ()
    return rows


def _points(points: tuple[Point, ...], words: Words) -> Iterator[str]:
    for point in points:
        said = _said(point.name, point.value, words)
        if point.before == "":
            yield said
        else:
            yield f"{said} ({words.label('was')} {_said(point.name, point.before, words)})"


def _said(name: str, value: Value, words: Words) -> str:
    listed = value if isinstance(value, tuple) else (str(value),)
    if name in _NAMED:
        return f"{', '.join(listed)} ({words.of('concept_kind', name)})"
    if name == "population":
        return ", ".join(group_of(group) for group in listed)
    return fact_of(name, value, words)
