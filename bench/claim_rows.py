"""The form in which every claim set is written: one claim with its evidence a line."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

__all__ = ["Label", "Row", "digest", "split_of", "tally", "write_rows"]

Label = Literal["SUPPORT", "CONTRADICT", "NEI"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A claim, the evidence it is held against, and what a careful reader would say of the two.

    ``kind`` is the family by which results are summed, ``fault`` the precise change made to a true
    sentence, ``also`` a harmless change made beside it. ``subject`` is what the evidence's document
    is about, ``context`` the headings above the evidence, ``issuer`` who published it.
    """

    id: str
    claim: str
    evidence: str
    label: Label
    kind: str
    split: str
    subject: str = ""
    context: str = ""
    issuer: str = ""
    fault: str = ""
    also: str = ""


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that depend on these parts alone: ids and stable orders."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def split_of(key: str) -> str:
    """The half a document belongs to, by its name alone, so that no document is in both."""
    return "dev" if int(digest("split", key), 16) % 2 else "held_out"


def write_rows(path: Path, rows: Iterable[Row]) -> Counter[tuple[str, str]]:
    """Write the rows as JSON lines and count them by kind and label; empty fields are left out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    counts: Counter[tuple[str, str]] = Counter()
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8") as file:
        for row in rows:
            values = {field.name: getattr(row, field.name) for field in fields(row)}
            kept = {name: value for name, value in values.items() if value or name == "subject"}
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")
            counts[row.kind, row.label] += 1
    unfinished.replace(path)
    return counts


def tally(counts: Counter[tuple[str, str]]) -> str:
    """The counts as lines of a table."""
    lines = [f"{kind:24} {label:10} {count:6}" for (kind, label), count in sorted(counts.items())]
    return "\n".join([*lines, f"{'all':35} {counts.total():6}"])
