"""Editorial policy and About the evidence: what this installation really does and holds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC
from functools import cache
from importlib.resources import files
from typing import Any

from loccit.publication.as_html import filled
from loccit.publication.holdings import Counted, Holdings
from loccit.publication.json_parts import dumped
from loccit.publication.rule_files import RuleFile, rule_files
from loccit.publication.showing import visible
from loccit.publication.words import Words, load_site_words, load_words
from loccit.terms import Audience, DataFileError, Watch

__all__ = ["evidence_json", "evidence_page", "policy_markdown", "policy_page", "policy_sections"]

Section = tuple[str, tuple[str, ...]]
"""A heading and its paragraphs."""


def policy_sections(facts: Mapping[str, str]) -> tuple[Section, ...]:
    """The policy with ``facts`` filled in. Raises ``DataFileError`` for one that is lacking."""
    words, read = load_words(), _policy()
    told = {
        "state": words.of("step", words.tables["status"]["state"]),
        "note": words.tables["status"]["note"],
        "steps": ", then ".join(words.tables["step"].values()),
        "audiences": ", ".join(Audience),
        **facts,
    }
    try:
        chosen = {
            name: texts[facts[name]].format(**facts) for name, texts in read["choice"].items()
        }
        return tuple(
            (each["heading"], tuple(line.format(**told | chosen) for line in each["lines"]))
            for each in read["section"]
        )
    except KeyError as error:
        raise DataFileError(f"publication/policy.toml: nothing tells {error}") from error


@cache
def _policy() -> dict[str, Any]:
    text = (files("loccit.publication") / "policy.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def policy_page(facts: Mapping[str, str]) -> str:
    """The page of the policy, with who answers for its words since when."""
    read = _policy()
    return filled(
        "site_policy.html",
        sections=policy_sections(facts),
        owner=read["owner"],
        dated=read["dated"].isoformat(),
    )


def policy_markdown(facts: Mapping[str, str]) -> str:
    """The same in Markdown."""
    parts = (f"## {heading}\n\n" + "\n\n".join(lines) for heading, lines in policy_sections(facts))
    return "# Editorial policy\n\n" + "\n\n".join(parts) + "\n"


def evidence_page(held: Holdings, watch: Watch | None = None, *, every_hours: int = 0) -> str:
    """What the base holds, in tables, how it is watched, and the rules with their owners."""
    words = load_words()
    return filled(
        "site_evidence.html",
        held=held,
        documents=f"{held.documents:,}",
        passages=f"{held.passages:,}",
        kinds=_named(held.by_kind, "source_kind", words),
        standings=_named(held.by_standing, "standing", words),
        years=held.by_year,
        issuers=[(visible(each.value), each.documents) for each in held.by_issuer],
        rules=rule_files(),
        watching=tuple(_watching(watch, every_hours)),
    )


def _watching(watch: Watch | None, every_hours: int) -> Iterator[str]:
    """When articles were last held against their sources, and whether they will be."""
    words = load_site_words()
    if watch is None:
        yield words.of("watch", "never")
    else:
        at = watch.ended_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
        said = words.of("watch", "failed" if watch.failure else "last")
        yield visible(said.format(**{**asdict(watch), "at": at}))
        if watch.fetched:
            yield words.of("watch", "fetched")
    if every_hours:
        yield words.of("watch", "every").format(hours=every_hours)
    else:
        yield words.of("watch", "by_hand")


def _named(counted: Sequence[Counted], table: str, words: Words) -> list[tuple[str, int]]:
    return [(words.of(table, each.value), each.documents) for each in counted]


def evidence_json(held: Holdings, watch: Watch | None = None, *, every_hours: int = 0) -> str:
    """The same as data: what pictures are drawn from."""
    rules: tuple[RuleFile, ...] = rule_files()
    watched = {"every_hours": every_hours, "last": _watch_data(watch) if watch else None}
    return dumped({**asdict(held), "rules": [asdict(each) for each in rules], "watch": watched})


def _watch_data(watch: Watch) -> dict[str, Any]:
    began, ended = watch.began_at.isoformat(), watch.ended_at.isoformat()
    return {**asdict(watch), "began_at": began, "ended_at": ended}
