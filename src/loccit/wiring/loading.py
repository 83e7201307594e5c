"""Reading files and fetched sources into a base."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from loccit.backends.embedded import EmbeddedBase
from loccit.ports import Connector, EvidenceBase, Reading
from loccit.terms import LOCAL, Fetched, Offer, SourceDocument, SourceError
from loccit.wiring.engines import vocabulary_of

if TYPE_CHECKING:
    from loccit.backends.local_files import Meter
    from loccit.filling import Loaded

__all__ = ["load_documents", "load_offers", "load_paths", "make_meter"]


def make_meter() -> Meter:
    """What tells how far ``load_paths`` has come."""
    from loccit.backends.local_files import Meter

    return Meter()


def load_paths(
    base: EvidenceBase,
    paths: Iterable[Path],
    meter: Meter | None = None,
    *,
    local: bool = False,
    processes: int = 0,
) -> Iterator[Loaded]:
    """Read files and folders into ``base``, telling of each record; settled at the end.

    What is ``local`` holds in the own house, and ranks before all other sources. ``meter`` is kept
    up to date on how much of the files was read. A base in a folder is filled by as many processes
    as there are cores where there is much to read (``processes``: others).
    """
    from loccit.backends.bulk_loading import BulkLoader
    from loccit.backends.collecting import collected_seldom
    from loccit.backends.local_files import local_files
    from loccit.backends.reading_processes import cores
    from loccit.filling import Loader
    from loccit.sources import read_on, unpack

    parts = local_files(paths, unpack=unpack, meter=meter)
    vocabulary = vocabulary_of(base)
    with collected_seldom():
        if isinstance(base, EmbeddedBase) and not local:
            yield from BulkLoader(base, vocabulary, processes=processes or cores()).load(parts)
        else:
            readings = read_on(parts)
            yield from Loader(base, vocabulary).load(map(_local, readings) if local else readings)
        base.settle()


def load_offers(
    base: EvidenceBase, connector: Connector, offers: Sequence[Offer], *, local: bool = False
) -> Iterator[Loaded]:
    """Fetch ``offers`` and read them into ``base``, telling of each record; settled at the end.

    What is ``local`` holds in the own house, as with ``load_paths``.
    """
    from loccit.filling import Loader

    readings = (each for got in connector.fetch(offers) for each in _read_fetched(got))
    yield from Loader(base, vocabulary_of(base)).load(map(_local, readings) if local else readings)
    base.settle()


def load_documents(base: EvidenceBase, documents: Iterable[SourceDocument]) -> Iterator[Loaded]:
    """Put documents that were read already into ``base``; settled at the end."""
    from loccit.filling import Loader

    yield from Loader(base, vocabulary_of(base)).load(documents)
    base.settle()


def _local(reading: Reading) -> Reading:
    if isinstance(reading, SourceDocument):
        return replace(reading, jurisdiction=LOCAL)
    return reading


def _read_fetched(got: Fetched | SourceError) -> Iterator[Reading]:
    from loccit.sources import read_on, unpack
    from loccit.sources.origin import came_from

    if isinstance(got, SourceError):
        yield got
        return
    yield from came_from(read_on(unpack(got.name, io.BytesIO(got.data))), got)
