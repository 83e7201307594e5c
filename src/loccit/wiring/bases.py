"""Evidence bases in folders, and what is kept beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from loccit.backends.embedded import EmbeddedBase
from loccit.index import rules_digest
from loccit.terms import BaseError
from loccit.vocabulary import vocabulary_digest
from loccit.wiring.engines import vocabulary_of
from loccit.wiring.loading import load_paths
from loccit.wiring.settings import default_folder

if TYPE_CHECKING:
    from loccit.backends.spared_turns import SparedTurns
    from loccit.filling import Loaded

__all__ = ["is_outdated", "open_base", "open_collection", "open_turns", "reindex"]

STARTER = "musculoskeletal"


def open_base(folder: Path | None = None) -> EmbeddedBase:
    """The evidence base in ``folder``, with the starter pack of this version in it."""
    described_by = f"{vocabulary_digest()}:{rules_digest()}"
    base = EmbeddedBase(folder or default_folder(), described_by=described_by)
    pack = Path(str(files("loccit.packs"))) / STARTER
    digest = f"{_digest_of(pack)}:{described_by}"
    if base.fact("starter") != digest:
        fresh = not base.fact("starter")
        for loaded in load_paths(base, [pack / "sources"]):
            if loaded.refused:
                raise BaseError(f"the starter pack is damaged: {loaded.refused}; install again")
        base.remember("starter", digest)
        if fresh:
            base.remember("described_by", described_by)
    return base


def open_collection(folder: Path) -> EmbeddedBase:
    """A base in ``folder`` of what is loaded into it and nothing else, to be measured."""
    return EmbeddedBase(folder, described_by=f"{vocabulary_digest()}:{rules_digest()}")


def is_outdated(base: EmbeddedBase) -> bool:
    """Whether sources in the base were described by an earlier version's rules and names."""
    return base.fact("described_by") != f"{vocabulary_digest()}:{rules_digest()}"


def reindex(base: EmbeddedBase) -> Iterator[Loaded]:
    """Describe all sources anew, from the texts that the base holds."""
    from loccit.filling import Loader

    documents = (base.document(card.id) for card in base.cards())
    yield from Loader(base, vocabulary_of(base)).load(documents)
    base.settle()
    base.remember("described_by", f"{vocabulary_digest()}:{rules_digest()}")


def open_turns(folder: Path | None, *, warn: Callable[[str], None]) -> SparedTurns:
    """The answers that can be followed, kept beside the evidence base in ``folder``.

    Where their file cannot be used, ``warn`` is told why and answers do without it.
    """
    from loccit.backends.spared_turns import SparedTurns

    place = folder or default_folder()
    place.mkdir(parents=True, exist_ok=True)
    return SparedTurns(place / "turns.sqlite", warn=warn)


def _digest_of(folder: Path) -> str:
    """Digest of a pack's files, to notice a new version of it."""
    summed = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        summed.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return summed.hexdigest()
