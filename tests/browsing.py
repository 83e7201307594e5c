"""One server and one browser for all tests in ``tests/browser``.

They are skipped where no browser or no axe-core is, unless LOCCIT_NEED_BROWSER is set: then what is
missing is a failure.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from loccit.terms import Duty, Person
from loccit.testing import InMemoryTurns
from loccit.wiring import make_engine, open_articles, open_editorial, open_ledgers
from loccit.wiring.admitting import open_admission

AXE = Path(__file__).parent / "browser" / "node_modules" / "axe-core" / "axe.min.js"
NEEDED = bool(os.environ.get("LOCCIT_NEED_BROWSER"))
if NEEDED:
    import playwright.sync_api  # noqa: F401 - without it the tests below would be skipped
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def absent(what: str) -> None:
    """Skips, or fails where a browser is needed."""
    if NEEDED:
        pytest.fail(what)
    pytest.skip(what)


PASSWORD = "seven quiet herons at noon"
"""Of everybody who may sign in on the pages below."""
PEOPLE = {
    "ada": ("Ada Example", "MD", Duty.AUTHOR),
    "rut": ("Rut Example", "PharmD", Duty.REVIEWER),
    "sam": ("Sam Example", "RPh", Duty.REVIEWER),
    "bo": ("Bo Example", "MD, MPH", Duty.BOARD),
}


def enter_people(folder: Path) -> None:
    """People of every duty, who can sign in."""
    admission = open_admission(folder)
    admission.found("max", "Max Example", PASSWORD)
    for name, (called, credentials, duty) in PEOPLE.items():
        admission.members.add(name, called, frozenset({duty}))
        admission.members.set_password(name, PASSWORD)
        whole = Person(
            id=name,
            name=called,
            duties=frozenset({duty}),
            credentials=credentials,
            interests="none",
            declared_on=date(2026, 1, 1),
        )
        open_ledgers(folder).keep_person(whole)


@pytest.fixture(scope="session")
def site(starter_base: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the pages over the starter pack, served by a thread of this process."""
    import uvicorn

    from loccit.delivery.web import create_app
    from loccit.delivery.web.settings import Settings

    engine = make_engine(starter_base, turns=InMemoryTurns())
    folder = tmp_path_factory.mktemp("kept")
    (folder / "review.toml").write_text("approvals_needed = 2\n", encoding="utf-8")
    enter_people(folder)
    app = create_app(
        lambda: engine,
        articles_kept=lambda: open_articles(folder, days=1, warn=print),
        admission=lambda: open_admission(folder),
        editorial=lambda: open_editorial(engine, folder),
        settings=Settings(asks_a_minute=10_000, reads_a_minute=10_000, sign_ins_a_minute=10_000),
    )
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium of this machine."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        absent("no Chromium on this machine; on Debian: apt-get install chromium")
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def open_page(browser: Any, site: str) -> Iterator[Callable[..., Any]]:
    """Opens pages of the site; fails when one of them errs, breaks its policy or asks elsewhere."""
    wrong: list[str] = []
    contexts = []

    def opened(path: str = "/", *, width: int = 1280, height: int = 800, **options: Any) -> Any:
        context = browser.new_context(
            base_url=site, viewport={"width": width, "height": height}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: _must_be_quiet(said, page.url, wrong))
        page.on("request", lambda asked: _must_be_ours(asked.url, site, wrong))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def answered(open_page: Callable[..., Any]) -> Callable[..., Any]:
    """Opens the page of the answer to a question."""

    from steps import ask

    def asked(question: str, **options: Any) -> Any:
        page = open_page("/", **options)
        ask(page, question)
        return page

    return asked


def _must_be_quiet(said: Any, page: str, wrong: list[str]) -> None:
    """No error is told, but that a page asked for is itself one of an error."""
    if said.type == "error" and said.location.get("url") != page:
        wrong.append(said.text)


def _must_be_ours(url: str, site: str, wrong: list[str]) -> None:
    if urlsplit(url).netloc != urlsplit(site).netloc:
        wrong.append(f"asked elsewhere: {url}")


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.exists():
        absent("axe-core is not installed: npm ci in tests/browser")
    return AXE.read_text(encoding="utf-8")
