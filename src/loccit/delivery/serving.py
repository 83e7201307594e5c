"""Runs the pages on this machine."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loccit.delivery.asking import warn
from loccit.delivery.background import Background, command_of
from loccit.delivery.collecting import collect_seldom
from loccit.terms import LoccitError, Watch
from loccit.wiring import (
    make_engine,
    open_articles,
    open_base,
    open_editorial,
    open_turns,
    open_watch_log,
)

if TYPE_CHECKING:
    from loccit.admission import Admission
    from loccit.backends.watch_log import WatchLog
    from loccit.delivery.web.settings import Settings

__all__ = ["offer_setup", "run"]


def run(host: str, port: int, base: Path | None, names: Sequence[str] = ()) -> None:
    """Serve until interrupted; ``names`` are further names that a browser may ask for."""
    try:
        import uvicorn

        from loccit.delivery.web import LOCAL_HOSTS, Late, create_app, settings_from
    except ImportError as error:
        raise LoccitError(
            f"the pages need {error.name}, which is not installed; "
            "use `make serve`, or install loccit with its extra: loccit[web]"
        ) from error

    settings = settings_from()
    listener = _bound(host, port)
    with listener:
        opened = open_base(base)
        engine = Late(lambda: make_engine(opened, turns=open_turns(opened.folder, warn=warn)))
        kept = Late(lambda: open_articles(opened.folder, days=settings.keep_days, warn=warn))
        editorial = Late(lambda: open_editorial(engine(), opened.folder))
        admission = Late(lambda: _admission(opened.folder))
        log = open_watch_log(opened.folder)
        app = create_app(
            engine,
            articles_kept=kept,
            admission=admission,
            editorial=editorial,
            last_watch=lambda: _last(log),
            hosts=(*LOCAL_HOSTS, host, *names),
            settings=settings,
            warn=warn,
        )
        server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="warning"))
        # Pages are there at once; what answers is made ready behind them.
        address, code = _address(host, port), app.state.behind.founding.code
        made = (engine, kept, lambda: offer_setup(admission(), code, address))
        threading.Thread(target=_make_ready, args=made, daemon=True).start()
        click.echo(f"Loccit answers at {address} (Ctrl-C stops it)")
        with _watching(log, opened.folder, settings), suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def _admission(folder: Path) -> Admission | None:
    """Who is let in; nobody where accounts cannot be opened: what is closed stays closed then."""
    from loccit.wiring.admitting import open_admission

    try:
        return open_admission(folder)
    except (LoccitError, OSError) as error:
        warn(f"{error}; until then nobody can sign in")
        return None


def offer_setup(admission: Admission | None, code: str, address: str) -> None:
    """Where nobody can sign in yet, say how the first administrator is made.

    The code is shown to whoever sits at the terminal, and is written to no file.
    """
    if admission is None or admission.is_founded():
        return
    if sys.stdout.isatty():
        click.echo(f"Nobody can sign in yet. The first administrator: {address}setup, code {code}")
    else:
        click.echo("Nobody can sign in yet. The first administrator: loccit account add --help")


@contextmanager
def _watching(log: WatchLog, folder: Path, settings: Settings) -> Iterator[None]:
    """Watch the sources meanwhile, where that is asked for."""
    if not settings.watch_hours:
        yield
        return
    command = command_of(folder, fetch=settings.watch_fetch)
    background = Background(log, command, hours=settings.watch_hours, warn=warn)
    background.start()
    try:
        yield
    finally:
        background.stop()


def _last(log: WatchLog) -> Watch | None:
    """How the last watch went; nothing where that cannot be read, of which the log is told."""
    try:
        return log.last()
    except LoccitError as error:
        warn(str(error))
        return None


def _make_ready(*made: Callable[[], object]) -> None:
    """Make what the first question, and the first page, would have to wait for."""
    from loccit.publication.as_html import compile_templates

    for make in made:
        make()
    compile_templates()
    collect_seldom()


def _bound(host: str, port: int) -> socket.socket:
    """A socket that holds the port, taken before anything is announced."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        number = error.errno or 0  # below nought for a name that is not known
        why = os.strerror(number) if number > 0 else str(error.strerror or error)
        raise LoccitError(
            f"{_address(host, port)} cannot be served: {why.lower()}; "
            "name another with --port, or an address of this machine with --host"
        ) from error


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
