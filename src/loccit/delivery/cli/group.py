"""The group of all commands, its exit codes, and how errors are told."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from loccit import __version__
from loccit.terms import LoccitError, UsageError

__all__ = ["ABSTAINED", "ANSWERED", "BLOCKED", "FAILED", "USAGE", "base_option", "main"]

# Exit codes of the command contract.
ANSWERED = 0
FAILED = 1
USAGE = 2
ABSTAINED = 3
BLOCKED = 4

base_option = click.option(
    "--base",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the evidence base; LOCCIT_HOME or your data folder when left out.",
)


class _Commands(click.Group):
    """A group whose commands turn our errors into one line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            _stop(str(error), USAGE)
        except LoccitError as error:
            _stop(str(error), FAILED)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(ANSWERED)
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            _stop(f"{error.strerror or error}{where}", FAILED)


def _stop(line: str, code: int) -> NoReturn:
    click.echo(f"loccit: {line}", err=True)
    sys.exit(code)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="loccit")
def main() -> None:
    """Clinical answers in which every sentence opens at the exact words of its source.

    Exit codes: 0 answered, 3 stopped for want of evidence, 4 blocked by safety or verification (a
    checked text is contradicted), 2 wrong use, 1 failure.
    """
