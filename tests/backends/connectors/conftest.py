"""A server that stands in for the public interfaces, and clients that can reach nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from local_web import LocalWeb, Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for the session; each test starts with its own pages."""
    made = Server()
    yield made
    made.stop()


@pytest.fixture
def web(server, tmp_path) -> LocalWeb:
    """The world as one test sees it: names, pages, time, and a client."""
    server.pages.clear()
    server.asked.clear()
    return LocalWeb(server, tmp_path / "cache")
