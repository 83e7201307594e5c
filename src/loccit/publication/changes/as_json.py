"""A comparison of editions as data, in the shape ``loccit/changes/1``."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from loccit.terms import Change, ChangeKind, Comparison, Excerpt, SourceDocument

__all__ = ["as_json"]

SCHEMA = "loccit/changes/1"


def as_json(comparison: Comparison) -> str:
    """The comparison as JSON, ending in a newline."""
    counts = Counter(change.kind for change in comparison.changes)
    data = {
        "schema": SCHEMA,
        "series": comparison.after.series,
        "title": comparison.after.title,
        "before": _edition(comparison.before),
        "after": _edition(comparison.after),
        "counts": {str(kind): counts[kind] for kind in ChangeKind},
        "groups": {
            name: str(kind) if kind else "unchanged" for name, kind in comparison.groups.items()
        },
        "changes": [_change(change) for change in comparison.changes],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _edition(document: SourceDocument) -> dict[str, Any]:
    return {
        "document": document.id,
        "version": document.version,
        "effective_on": str(document.effective_on or "") or None,
        "standing": str(document.standing),
        "sha256": document.sha256,
        "parser": document.parser,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "change": str(change.kind),
        "group": change.group,
        "kind": str(change.states),
        "before": _excerpt(change.before),
        "after": _excerpt(change.after),
        "words": [
            {"change": str(run.kind) if run.kind else None, "text": run.text}
            for run in change.words
        ],
    }


def _excerpt(excerpt: Excerpt | None) -> dict[str, Any] | None:
    if excerpt is None:
        return None
    place = excerpt.passage.locator
    return {
        "passage": excerpt.passage.id,
        "code": excerpt.passage.code,
        "section": list(place.section),
        "context": excerpt.passage.context,
        "start": excerpt.start,
        "end": excerpt.end,
        "text": excerpt.text,
    }
