"""The review of articles, with its ledgers in a database beside the evidence base."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from loccit.terms import Duty, UsageError
from loccit.wiring.settings import database_of, default_folder

if TYPE_CHECKING:  # review comes late: an answer starts as fast as what it needs
    from loccit.backends.watch_log import WatchLog
    from loccit.editorial import Editorial
    from loccit.engine import Engine
    from loccit.ports import Ledgers
    from loccit.review import ReviewRules

__all__ = ["open_editorial", "open_ledgers", "open_watch_log", "review_rules"]

SETTINGS = "review.toml"
"""A file of the deployment beside its base: who may approve, and how many must."""


def open_ledgers(folder: Path | None = None) -> Ledgers:
    """The ledgers beside the base in ``folder``, or at ``LOCCIT_DATABASE``.

    Raises ``BaseError`` naming a database that cannot be used.
    """
    url = database_of(folder, what="review")
    from loccit.backends.archive.sql_ledgers import SqlLedgers

    return SqlLedgers(url)


def open_editorial(engine: Engine, folder: Path | None = None) -> Editorial:
    """The review of articles that ``engine`` composes."""
    from loccit.editorial import Editorial

    rules = review_rules(folder or default_folder())
    ledgers = open_ledgers(folder)
    return Editorial(ledgers, engine, rules, now=lambda: datetime.now(UTC))


def open_watch_log(folder: Path | None = None) -> WatchLog:
    """When articles were held against their sources; nothing is made before it is written to."""
    from loccit.backends.watch_log import WatchLog

    return WatchLog(folder or default_folder())


def review_rules(folder: Path) -> ReviewRules:
    """The rules with the settings of ``review.toml`` in ``folder``, where there is one.

    Raises ``UsageError`` naming the setting that cannot be read.
    """
    from loccit.review import load_review_rules

    path, rules = folder / SETTINGS, load_review_rules()
    if not path.is_file():
        return rules
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return _with_settings(rules, told)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, ValueError) as error:
        raise UsageError(f"{path}: {error}; docs/review.md shows the settings") from error


def _with_settings(rules: ReviewRules, told: dict[str, object]) -> ReviewRules:
    """Only what may be set: never the steps, never who may be the program."""
    known = {"approvals_needed", "approving", "review_after_months", "own_article"}
    if unknown := sorted(set(told) - known):
        raise ValueError(f"no such setting: {', '.join(unknown)}")
    changed: dict[str, object] = dict(told)
    for name in ("approvals_needed", "review_after_months"):
        if name in told and (not isinstance(told[name], int) or int(str(told[name])) < 1):
            raise ValueError(f"{name} is a whole number of at least 1")
    if "own_article" in told and not isinstance(told["own_article"], bool):
        raise ValueError("own_article is true or false")
    if "approving" in told:
        named = told["approving"]
        duties = frozenset(map(Duty, named if isinstance(named, list) else [named]))
        if not duties <= rules.approving:
            raise ValueError("approving takes board and reviewer")
        changed["approving"] = duties
    return replace(rules, **changed)  # type: ignore[arg-type]
