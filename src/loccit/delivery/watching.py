"""Watching sources from the command line: what changed, and which articles it opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from loccit.delivery.fetching import fetched
from loccit.editorial import Editorial
from loccit.living import Living, Reopened
from loccit.ports import EvidenceBase
from loccit.wiring import EmbeddedBase, make_engine, open_base, open_editorial

__all__ = ["watched"]

CONNECTORS = {"set_id": "dailymed", "pmcid": "pmc", "pmid": "pubmed"}
"""Which connector has the newest edition of a source that has an identifier of this name."""


def watched(base: Path | None, *, fetch: bool, tell: Callable[[str], None]) -> list[Reopened]:
    """Hold every article in review against its sources; those that were opened.

    With ``fetch`` the newest editions of what they cite are asked for first, over the network.
    """
    opened = open_base(base)
    engine = make_engine(opened)
    editorial = open_editorial(engine, opened.folder)
    if fetch:
        for line in _fetched(opened, editorial):
            tell(line)
    return list(Living(editorial, engine).refresh(datetime.now(UTC).date()))


def _fetched(base: EmbeddedBase, editorial: Editorial) -> Iterator[str]:
    """Load the newest edition of each source cited; a line for what came or was refused."""
    for name, asked in _sources(base, editorial):
        for each in fetched(base, base.folder, name, asked, local=False, sure=True):
            if each.refused:
                yield f"{name}:{asked}: {each.refused}"
            elif not each.known:
                yield f"{each.name}: a new edition, {each.passages} passages"
    base.settle()


def _sources(base: EvidenceBase, editorial: Editorial) -> Iterator[tuple[str, str]]:
    """The connector and what it is asked, once for each source that an article cites."""
    held = {card.series for card in base.cards()}
    told: set[tuple[str, str]] = set()
    for article, _ in editorial.queue():
        for reference in editorial.text(article).references:
            if reference.card.series not in held:
                continue
            for name, connector in CONNECTORS.items():
                found = reference.card.identifiers.get(name, "")
                if found and (connector, found) not in told:
                    told.add((connector, found))
                    yield connector, found
                    break
