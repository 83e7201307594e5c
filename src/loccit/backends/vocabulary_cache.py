"""Keeps the vocabulary as it is used, beside the base: reading it so takes a tenth of the time
that putting it together from its tables takes, and every command begins with it.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from loccit.vocabulary import Vocabulary, load_vocabulary, vocabulary_digest

__all__ = ["cached_vocabulary"]

_FORM = "1"
"""Raised when the classes that are kept change their fields."""


def cached_vocabulary(folder: Path) -> Vocabulary:
    """The shipped vocabulary, from ``folder`` where it was kept for exactly these tables.

    A cache that is missing, damaged or of other tables is made anew; where it cannot be written,
    everything works as before, only slower.
    """
    kept = folder / f"vocabulary-{vocabulary_digest()}-{_FORM}.bin"
    try:
        return msgspec.msgpack.decode(kept.read_bytes(), type=Vocabulary)
    except (OSError, msgspec.MsgspecError):
        vocabulary = load_vocabulary()
        _keep(kept, vocabulary)
        return vocabulary


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
