"""From settings to a running engine. The only place that names a concrete backend."""

from loccit.backends.embedded import EmbeddedBase
from loccit.wiring.bases import (
    is_outdated,
    open_base,
    open_collection,
    open_turns,
    reindex,
)
from loccit.wiring.connecting import cache_of, connector_asked, open_connector
from loccit.wiring.engines import Judge, make_engine, make_judge, make_searcher, vocabulary_of
from loccit.wiring.keeping import forget_articles, open_articles, remove_article
from loccit.wiring.loading import load_documents, load_offers, load_paths, make_meter
from loccit.wiring.models import ModelHere, fetch_model, models_here, open_embedder, open_vectors
from loccit.wiring.packs import check_pack
from loccit.wiring.reviewing import open_editorial, open_ledgers, open_watch_log, review_rules
from loccit.wiring.settings import default_folder, default_jurisdiction, models_folder

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
    "forget_articles",
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
    "open_articles",
    "open_base",
    "open_collection",
    "open_connector",
    "open_editorial",
    "open_embedder",
    "open_ledgers",
    "open_turns",
    "open_vectors",
    "open_watch_log",
    "reindex",
    "remove_article",
    "review_rules",
    "vocabulary_of",
]
