"""What all tests share: where the shared data is, and a guard against the network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from given import SEED_QUESTION, SHARED_DATA
from loccit.backends.embedded import EmbeddedBase
from loccit.engine import Engine
from loccit.terms import Article
from loccit.wiring import make_engine, open_base

pytest_plugins = ("browsing", "databases")
"""Fixtures shared by the whole session: one server and one browser, and one PostgreSQL."""
LOOPBACK = ("127.", "::1", "localhost")


class OutboundConnection(AssertionError):  # noqa: N818 - the name says what is wrong
    """A test tried to reach another machine."""


@pytest.fixture
def shared_data() -> Path:
    """The folder of real labels, guidelines and articles; skips where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"no shared data at {SHARED_DATA}")
    return SHARED_DATA


@pytest.fixture(autouse=True, scope="session")
def no_outbound_connection() -> Iterator[None]:
    """Refuse every connection that leaves this machine, for the whole suite."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    yield
    patch.undo()


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family != socket.AF_UNIX and not str(host).startswith(LOOPBACK):
            raise OutboundConnection(f"the suite tried to reach {address!r}")
        return connect(self, address)

    return guarded


@pytest.fixture(scope="session")
def local_server() -> Iterator[Any]:
    """A server on this machine that stands in for the public interfaces."""
    from local_web import Server

    server = Server()
    yield server
    server.stop()


@pytest.fixture
def web(local_server: Any, tmp_path: Path) -> Any:
    """A network of one test's own: names, pages and time, with nothing published yet."""
    from local_web import LocalWeb

    local_server.pages.clear()
    local_server.asked.clear()
    return LocalWeb(local_server, tmp_path / "cache")


@pytest.fixture(scope="session")
def starter_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedBase]:
    """A base that holds the starter pack; for reading only, it is shared by the whole session."""
    base = open_base(tmp_path_factory.mktemp("starter"))
    yield base
    base.close()


@pytest.fixture(scope="session")
def starter_engine(starter_base: EmbeddedBase) -> Engine:
    """An engine over the starter pack."""
    return make_engine(starter_base)


@pytest.fixture(scope="session")
def seed_article(starter_engine: Engine) -> Article:
    """The answer to the product's own question (``make ask``) over the starter pack."""
    article = starter_engine.ask(SEED_QUESTION)
    assert isinstance(article, Article)
    return article
