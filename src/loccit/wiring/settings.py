"""Where things lie and what holds when nothing is said: the settings of the environment."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["default_folder", "default_jurisdiction", "models_folder"]


def default_folder() -> Path:
    """``LOCCIT_HOME``, or the place for a user's data on this system."""
    home = os.environ.get("LOCCIT_HOME")
    if home:
        return Path(home)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "loccit"


def models_folder() -> Path:
    """``LOCCIT_MODELS``, or the folder ``models`` beside the evidence base."""
    named = os.environ.get("LOCCIT_MODELS")
    return Path(named) if named else default_folder() / "models"


def default_jurisdiction() -> str:
    """``LOCCIT_JURISDICTION``: where sources hold that rank first unless a question says."""
    return os.environ.get("LOCCIT_JURISDICTION", "")
