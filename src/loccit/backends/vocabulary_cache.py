"""Keeps the vocabulary as it is used, beside the base.

Reading it so takes a tenth of the time that putting it together from its tables takes, and every
command begins with it.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec

from loccit.vocabulary import Vocabulary, lexicon, load_vocabulary, loading, vocabulary_digest

__all__ = ["cached_vocabulary"]


def cached_vocabulary(folder: Path) -> Vocabulary:
    """The shipped vocabulary, from ``folder`` where it was kept for these very tables and code.

    A cache that is missing, damaged or of other tables is made anew; where it cannot be written,
    everything works as before, only slower.
    """
    kept = folder / f"vocabulary-{vocabulary_digest()}-{_code_digest()}.bin"
    try:
        return msgspec.msgpack.decode(kept.read_bytes(), type=Vocabulary)
    except (OSError, ValueError, msgspec.MsgspecError):  # ValueError: text that is no UTF-8
        vocabulary = load_vocabulary()
        _keep(kept, vocabulary)
        return vocabulary


def _code_digest() -> str:
    """Digest of the code that makes plurals and keys: what it made before may be out of date."""
    code = (Path(str(module.__file__)).read_bytes() for module in (lexicon, loading))
    return hashlib.sha256(b"".join(code)).hexdigest()[:8]


def _keep(kept: Path, vocabulary: Vocabulary) -> None:
    """Write, then rename, so that no half-written cache is ever read; older ones go."""
    half = kept.with_suffix(f".{os.getpid()}")
    try:
        half.write_bytes(msgspec.msgpack.encode(vocabulary))
        half.replace(kept)
        for older in kept.parent.glob("vocabulary-*.bin"):
            if older != kept:
                older.unlink()
    except OSError:
        half.unlink(missing_ok=True)
