"""Backups of the database: written and taken back only where every ledger holds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from loccit.terms import BaseError
from loccit.wiring.reviewing import open_watch_log
from loccit.wiring.settings import database_of

if TYPE_CHECKING:
    from loccit.backends.archive.backing_up import Saved
    from loccit.backends.archive.ledger_reading import LedgerReader
    from loccit.backends.archive.restoring import Restored

__all__ = ["backup_database", "restore_database"]


def backup_database(file: Path, folder: Path | None = None) -> Saved:
    """Write all ledgers, texts, people and kept answers to ``file``, which must not exist yet.

    Raises ``BaseError`` naming the first decision that is not as it was sealed; then there is no
    file.
    """
    url = database_of(folder, what="a backup")
    from loccit import __version__
    from loccit.backends.archive.backing_up import back_up

    made_by = f"loccit {__version__}"
    return back_up(url, file, made_at=datetime.now(UTC), made_by=made_by, prove=_prove)


def restore_database(file: Path, folder: Path | None = None, *, replace: bool) -> Restored:
    """Put what ``file`` holds in place of all that the database holds, or change nothing.

    Raises ``UsageError`` where there is anything to be replaced and ``replace`` is not given,
    ``Unreadable`` for a damaged file, ``BaseError`` for ledgers that do not hold, and ``Watching``
    while articles are held against their sources. The next watch composes every article again,
    since what was offered may have gone with the old state.
    """
    url = database_of(folder, what="a backup")
    from loccit.backends.archive.restoring import restore

    with open_watch_log(folder).held():
        return restore(url, file, replace=replace, prove=_prove)


def _prove(ledgers: LedgerReader) -> None:
    from loccit.review import proved

    for ledger, broken in proved(ledgers):
        if broken is not None:
            raise BaseError(
                f"{ledger.article}: broken at decision {broken.number} of "
                f"{len(ledger.decisions)}; nothing was written: see loccit review audit, and go "
                "back to a backup from before"
            )
