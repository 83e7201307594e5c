"""Asks the consumer questions of the shared data, with identifiers put back where they stood.

Their editors wrote ``[NAME]``, ``[CONTACT]`` and ``[DATE]`` for what they took out. Invented ones
stand in those places here, so that names are met where people do write them.
"""

from __future__ import annotations

import gzip
import json
import re
import time
import tomllib
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from loccit.engine import Engine
from loccit.publication import as_html, as_json, as_text
from loccit.terms import LoccitError
from loccit.wiring import make_engine, open_base

__all__ = ["Asked", "ask_all", "planted"]

HERE = Path(__file__).parent
MARK = re.compile(r"\[(NAME|CONTACT|EMAIL|LOCATION|DATE)\]")
SECRET = {"NAME": "name", "CONTACT": "contact", "EMAIL": "contact", "DATE": "date"}


class Asked(NamedTuple):
    """One question as asked: what was planted, what of it came back, and how long it took."""

    row: int
    text: str
    failed: bool
    milliseconds: float
    planted: tuple[str, ...]
    leaked: tuple[str, ...]


def ask_all(data: Path, folder: Path) -> Iterator[Asked]:
    """Every consumer question, asked of the starter pack in ``folder``."""
    engine = make_engine(open_base(folder))
    for row, (text, secrets) in enumerate(planted(data)):
        yield _ask(engine, row, text, secrets)


def planted(data: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each question with its invented identifiers, and those by kind."""
    lists = tomllib.loads((HERE / "planted_identifiers.toml").read_text(encoding="utf-8"))
    pairs = zip(lists["names"], lists["unlisted"], strict=True)
    stock = {
        "NAME": cycle([name for pair in pairs for name in pair]),
        "CONTACT": cycle(lists["contacts"]),
        "EMAIL": cycle([each for each in lists["contacts"] if "@" in each]),
        "LOCATION": cycle(lists["locations"]),
        "DATE": cycle(lists["dates"]),
    }
    with gzip.open(data / "consumer" / "meqsum.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in rows:
            secrets: list[tuple[str, str]] = []

            def plant(match: re.Match[str], secrets: list[tuple[str, str]] = secrets) -> str:
                value = next(stock[match[1]])
                if match[1] in SECRET:
                    secrets.append((_kind(match[1], value, lists["unlisted"]), value))
                return str(value)

            yield MARK.sub(plant, json.loads(row)["chq"]), secrets


def _kind(mark: str, value: str, unlisted: list[str]) -> str:
    return "unlisted name" if value in unlisted else SECRET[mark]


def _ask(engine: Engine, row: int, text: str, secrets: list[tuple[str, str]]) -> Asked:
    started = time.perf_counter()
    shown, failed = "", False
    try:
        answer = engine.ask(text)
        milliseconds = 1000 * (time.perf_counter() - started)
        shown = "\n".join(
            (as_json(answer), as_text(answer), as_html(answer), repr(answer.question))
        )
    except LoccitError:
        milliseconds, failed = 1000 * (time.perf_counter() - started), True
    leaked = tuple(kind for kind, value in secrets if _shown(value, shown))
    return Asked(row, text, failed, milliseconds, tuple(kind for kind, _ in secrets), leaked)


def _shown(value: str, shown: str) -> bool:
    """Whether any part of the value that could point to someone stands in what was shown."""
    parts = value.split() if value.replace(" ", "").isalpha() else [value]
    return any(part.casefold() in shown.casefold() for part in parts)
