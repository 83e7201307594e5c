"""From settings to a running engine. The only place that names a concrete backend."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from loccit.backends.embedded import EmbeddedBase
from loccit.backends.vocabulary_cache import cached_vocabulary
from loccit.engine import Engine, Loaded, Loader
from loccit.index import rules_digest
from loccit.ports import EvidenceBase
from loccit.terms import BaseError
from loccit.vocabulary import Vocabulary, load_vocabulary, vocabulary_digest

__all__ = [
    "check_pack",
    "default_folder",
    "is_outdated",
    "load_paths",
    "make_engine",
    "open_base",
    "reindex",
]

STARTER = "musculoskeletal"


def default_folder() -> Path:
    """``LOCCIT_HOME``, or the place for a user's data on this system."""
    home = os.environ.get("LOCCIT_HOME")
    if home:
        return Path(home)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "loccit"


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


def is_outdated(base: EmbeddedBase) -> bool:
    """Whether sources in the base were described by an earlier version's rules and names."""
    return base.fact("described_by") != f"{vocabulary_digest()}:{rules_digest()}"


def reindex(base: EmbeddedBase) -> Iterator[Loaded]:
    """Describe all sources anew, from the texts that the base holds."""
    documents = (base.document(card.id) for card in base.cards())
    yield from Loader(base, _vocabulary(base)).load(documents)
    base.settle()
    base.remember("described_by", f"{vocabulary_digest()}:{rules_digest()}")


def make_engine(base: EvidenceBase) -> Engine:
    """An engine over ``base`` with the shipped vocabulary."""
    return Engine(base, _vocabulary(base))


def load_paths(base: EvidenceBase, paths: Iterable[Path]) -> Iterator[Loaded]:
    """Read files and folders into ``base``, telling of each record; settled at the end."""
    from loccit.backends.local_files import local_files
    from loccit.sources import read_on, unpack

    parts = local_files(paths, unpack=unpack)
    yield from Loader(base, _vocabulary(base)).load(read_on(parts))
    base.settle()


def _vocabulary(base: EvidenceBase) -> Vocabulary:
    """The shipped vocabulary; a base in a folder keeps it there, ready for use."""
    if isinstance(base, EmbeddedBase):
        return cached_vocabulary(base.folder)
    return load_vocabulary()


def check_pack(folder: Path) -> list[str]:
    """Faults of the evidence pack in ``folder``, each naming file and place."""
    from loccit.sources.pack_check import check_pack as check

    return check(folder)


def _digest_of(folder: Path) -> str:
    """Digest of a pack's files, to notice a new version of it."""
    summed = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        summed.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return summed.hexdigest()
