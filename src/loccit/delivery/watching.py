"""Watching sources: what changed, which articles it opened, and what is offered for them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from loccit.delivery.fetching import fetched
from loccit.editorial import Editorial
from loccit.living import LIVE, Living, Reopened, Suggested
from loccit.ports import EvidenceBase
from loccit.publication.exports.feed import review_feed
from loccit.publication.showing import on_one_line
from loccit.terms import DocumentCard, LoccitError, SourceKind, UsageError, Watch
from loccit.wiring import (
    EmbeddedBase,
    make_engine,
    open_base,
    open_editorial,
    open_watch_log,
)

__all__ = ["Seen", "lines_of", "step_back", "watched", "write_feed"]

CONNECTORS = {"set_id": "dailymed", "pmid": "pubmed", "pmcid": "pmc"}
"""Which connector has the newest edition of a source that has an identifier of this name."""
BY_READER = {"openfda": "openfda"}
"""Which has it of a source that was read by this reader: the same label reads otherwise elsewhere,
and would seem to have changed in every word."""


POLITE = 10
"""How far it steps back behind other work of this machine (``nice``)."""
FEED = 100
"""Entries of a feed that is written to a file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What came of looking: articles opened, passages offered, and articles passed over."""

    opened: tuple[Reopened, ...] = ()
    suggested: tuple[Suggested, ...] = ()
    passed_over: tuple[str, ...] = ()


def watched(base: Path | None, *, fetch: bool, tell: Callable[[str], None]) -> Seen:
    """Hold every article in review against its sources, and note how it went.

    With ``fetch`` the newest editions of what they cite are asked for first, over the network.
    Raises ``LoccitError``, also where another process is at it.
    """
    log = open_watch_log(base)
    opened = open_base(base)
    with log.turn() as done:
        began = datetime.now(UTC)
        record = Watch(began_at=began, ended_at=began, fetched=fetch)
        try:
            seen = _looked(opened, fetch=fetch, tell=tell, last=log.last())
        except BaseException as error:
            why = str(error) if isinstance(error, LoccitError) else type(error).__name__
            done.append(replace(record, ended_at=datetime.now(UTC), failure=why))
            raise
        done.append(
            replace(
                record,
                ended_at=datetime.now(UTC),
                base_digest=opened.digest(),
                opened=len(seen.opened),
                suggested=len(seen.suggested),
                passed_over=len(seen.passed_over),
            )
        )
    return seen


def lines_of(seen: Seen) -> Iterator[str]:
    """What came of it: each article with what changed under it, and what is offered for it."""
    for each in seen.opened:
        yield f"{each.article}: opened; {on_one_line(each.reason)}"
        for found in each.found:
            yield f"  {found.statement} ({found.fate})"
            yield f"    - {on_one_line(found.before)}"
            if told := found.note or found.after:
                yield f"    + {on_one_line(told)}"
    for offer in seen.suggested:
        yield f"{offer.article}: suggested; {on_one_line(offer.offered.why)}"
        yield f"    + {offer.offered.passage}: {on_one_line(offer.offered.words)}"
    yield from seen.passed_over
    if not (seen.opened or seen.suggested or seen.passed_over):
        yield "nothing changed under any article, and nothing is offered"


def step_back() -> None:
    """Let other work of this machine go first, where the system knows how."""
    if hasattr(os, "nice"):
        os.nice(POLITE)


def write_feed(path: Path, base: Path | None, *, root: str) -> None:
    """Write what became of approved articles, as a feed, in place of the file that was there.

    ``root`` is the address of the pages, without a slash. Raises ``UsageError`` naming the file.
    """
    held = open_base(base)
    editorial = open_editorial(make_engine(held), held.folder)
    text = review_feed(editorial.happenings(limit=FEED), root=root)
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; name a file that can be written") from error


def _looked(
    opened: EmbeddedBase, *, fetch: bool, tell: Callable[[str], None], last: Watch | None
) -> Seen:
    engine = make_engine(opened)
    editorial = open_editorial(engine, opened.folder)
    if fetch:
        for line in _fetched(opened, editorial):
            tell(line)
    passed: list[str] = []
    living = Living(editorial, engine, warn=passed.append)
    reopened = tuple(living.refresh(datetime.now(UTC).date()))
    seen, since = (last.base_digest, last.began_at) if last and not last.failure else ("", None)
    suggested = tuple(living.suggest(seen, since))
    return Seen(opened=reopened, suggested=suggested, passed_over=tuple(passed))


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
    """The connector and what it is asked, once for each work that a live article stands on.

    Of a summary that is the work summarised.
    """
    held = {card.series for card in base.cards()}
    told: set[tuple[str, str]] = set()
    for article, review in editorial.queue():
        for reference in editorial.text(article).references if review.state in LIVE else ():
            asked = _asked_for(reference.card) if reference.card.series in held else None
            if asked and asked not in told:
                told.add(asked)
                yield asked


def _asked_for(card: DocumentCard) -> tuple[str, str] | None:
    """The connector that has a source, or what it summarises, and the name it has there."""
    own = card.series.partition(":")[0]
    is_summary = card.kind is SourceKind.SUMMARY
    names = CONNECTORS if is_summary or own not in CONNECTORS else (own,)
    found = next((name for name in names if card.identifiers.get(name)), "")
    if not found:
        return None
    reader = card.parser.partition("/")[0]
    connector = CONNECTORS[found] if is_summary else BY_READER.get(reader, CONNECTORS[found])
    return connector, card.identifiers[found]
