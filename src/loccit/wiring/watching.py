"""Whose turn it is to watch, noted beside the evidence base."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loccit.wiring.settings import default_folder

if TYPE_CHECKING:  # watching comes late: an answer starts as fast as what it needs
    from loccit.backends.watch_log import WatchLog

__all__ = ["open_watch_log"]


def open_watch_log(folder: Path | None = None) -> WatchLog:
    """The log of the base in ``folder``; nothing is made before it is written to."""
    from loccit.backends.watch_log import WatchLog

    return WatchLog(folder or default_folder())
