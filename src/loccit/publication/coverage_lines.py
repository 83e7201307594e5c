"""What was searched, in words."""

from __future__ import annotations

from loccit.publication.showing import joined
from loccit.publication.words import Words
from loccit.terms import Coverage

__all__ = ["coverage_lines"]


def coverage_lines(coverage: Coverage, words: Words) -> tuple[str, ...]:
    """How much was searched, from which years, and what was not."""
    lines = [_searched(coverage, words)]
    if coverage.newest:
        span = joined(f" {words.label('to')} ", coverage.oldest, coverage.newest)
        lines.append(f"{words.label('dated')}: {span}")
    if coverage.not_searched:
        left = joined("; ", *coverage.not_searched)
        lines.append(f"{words.label('not_searched')}: {left}")
    return tuple(lines)


def _searched(coverage: Coverage, words: Words) -> str:
    """How many documents and passages, and of which kinds."""
    if not coverage.documents:
        return words.of("message", "no_documents")
    one, many = words.tables["source_kind"], words.tables["source_kinds"]
    held = (
        _counted(coverage.documents, words.of("count", "document"), words.of("count", "documents")),
        _counted(coverage.passages, words.of("count", "passage"), words.of("count", "passages")),
    )
    kinds = (
        _counted(number, one.get(kind, kind), many.get(kind, kind))
        for kind, number in sorted(coverage.by_kind.items())
    )
    listed = joined(", ", *kinds)
    said = f"{words.label('searched')}: {', '.join(held)}"
    return f"{said} ({listed})" if listed else said


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
