"""Who answers for which rules since when, as the files themselves say at their head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

__all__ = ["RuleFile", "rule_files"]

HEAD = 40
"""Lines of a file in which its owner stands."""
_ENDINGS = frozenset({".toml", ".tsv", ".txt"})
_OWNER = re.compile(r'^(?:#\s*)?owner\s*[:=]\s*"?(.+?)"?\s*$|#.*?\bOwner: ([^.]+)\.', re.IGNORECASE)
_DATED = re.compile(r"\b(20\d\d-\d\d-\d\d)\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleFile:
    """A file of rules or words: its place in the package, its owner and its date, if it has one."""

    name: str
    owner: str
    dated: str


@cache
def rule_files() -> tuple[RuleFile, ...]:
    """The files of the package that name an owner, packs apart, by name."""
    root = Path(str(files("loccit")))
    found = (_read(root, path) for path in sorted(root.rglob("*")) if path.suffix in _ENDINGS)
    return tuple(each for each in found if each)


def _read(root: Path, path: Path) -> RuleFile | None:
    name = path.relative_to(root).as_posix()
    if name.startswith("packs/"):
        return None
    with path.open(encoding="utf-8") as lines:
        head = [line for line, _ in zip(lines, range(HEAD), strict=False)]
    owners = (match.group(1) or match.group(2) for line in head if (match := _OWNER.search(line)))
    owner = next(owners, "")
    dates = (match.group(1) for line in head if (match := _DATED.search(line)))
    owner = owner.partition(". ")[0].strip(" .")
    return RuleFile(name=name, owner=owner, dated=next(dates, "")) if owner else None
