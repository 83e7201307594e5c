"""The machine that figures were measured on."""

from __future__ import annotations

import os
import platform

__all__ = ["machine"]


def machine() -> str:
    """The machine in words, for beside the figures."""
    python = platform.python_version()
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {python}"
