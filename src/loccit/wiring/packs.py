"""Proving evidence packs, which people write."""

from __future__ import annotations

from pathlib import Path

__all__ = ["check_pack"]


def check_pack(folder: Path) -> list[str]:
    """Faults of the evidence pack in ``folder``, each naming file and place."""
    from loccit.sources.pack_check import check_pack as faults_of

    return faults_of(folder)
