"""Runs the pages on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from loccit.terms import LoccitError
from loccit.wiring import make_engine, open_base, open_turns

__all__ = ["run"]


def run(host: str, port: int, base: Path | None, names: Sequence[str] = ()) -> None:
    """Serve until interrupted; ``names`` are further names that a browser may ask for."""
    try:
        import uvicorn

        from loccit.delivery.web import LOCAL_HOSTS, create_app
    except ImportError as error:
        raise LoccitError(
            f"the pages need {error.name}, which is not installed; "
            "use `make serve`, or install loccit with its extra: loccit[web]"
        ) from error

    opened = open_base(base)
    engine = make_engine(opened, turns=open_turns(opened.folder))
    click.echo(f"Loccit answers at http://{host}:{port}/ (Ctrl-C stops it)")
    app = create_app(lambda: engine, hosts=(*LOCAL_HOSTS, host, *names))
    uvicorn.run(app, host=host, port=port, access_log=False, log_level="warning")
