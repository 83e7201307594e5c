"""Proving evidence packs, which people write."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from loccit.terms import SourceError
from loccit.vocabulary import load_vocabulary

__all__ = ["check_pack"]


def check_pack(folder: Path) -> list[str]:
    """Faults of the evidence pack in ``folder``, each naming file and place.

    Of its form, and of plain twins that say otherwise than their statement or give orders.
    """
    from loccit.sources.pack_check import check_pack as faults_of

    return [*faults_of(folder), *_faults_of_wording(folder)]


def _faults_of_wording(folder: Path) -> Iterator[str]:
    from loccit.sources.pack_format import PackSource, decode
    from loccit.wording import Sameness, load_manners

    sameness, manners = Sameness(load_vocabulary()), load_manners()
    for file in sorted((folder / "sources").glob("*.toml")):
        with contextlib.suppress(SourceError, OSError):  # told as a fault of form
            for place, each in enumerate(decode(file.read_bytes(), PackSource).statement):
                at = f"{file.name}: statement[{place}].plain"
                differs = sameness.differences(each.text, each.plain, each.drugs)
                yield from (f"{at}: {difference}" for difference in differs)
                if manners.is_personal(each.plain):
                    yield f"{at}: tells the reader what to do; say what the source says"
