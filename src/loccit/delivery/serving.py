"""Runs the pages on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from loccit.terms import LoccitError
from loccit.wiring import make_engine, open_base

__all__ = ["run"]


def run(host: str, port: int, base: Path | None) -> None:
    """Serve until interrupted."""
    try:
        import uvicorn

        from loccit.delivery.web import create_app
    except ImportError as error:
        raise LoccitError(
            f"the pages need {error.name}, which is not installed; "
            "use `make serve`, or install loccit with its extra: loccit[web]"
        ) from error

    engine = make_engine(open_base(base))
    click.echo(f"Loccit answers at http://{host}:{port}/ (Ctrl-C stops it)")
    uvicorn.run(
        create_app(lambda: engine), host=host, port=port, access_log=False, log_level="warning"
    )
