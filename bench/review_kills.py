"""Kills real processes in the midst of review, of backups and of restores, and looks what is left.

``python bench/review_kills.py [--database URL] [--histories N] [--seed N] [--json FILE]``: each
history is written by a process of its own, which is killed (SIGKILL) at a random step of its work
with the database, or at a random moment. It tells through a pipe of every decision that was
accepted. Afterwards every decision that was told must be there, every chain must hold, every state
must be the fold over its decisions, and at most one decision may be there that was not told.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import URL, delete, make_url, select

from killing import Broken, Kills, apart
from loccit.backends.archive import opening
from loccit.backends.archive.backing_up import back_up
from loccit.backends.archive.backup_format import BackupReader
from loccit.backends.archive.ledger_reading import LedgerReader
from loccit.backends.archive.restoring import restore
from loccit.backends.archive.sql_ledgers import SqlLedgers
from loccit.backends.archive.tables import METADATA, SAVED
from loccit.review import proved, review_of
from loccit.terms import Decision, Ledger
from measured_on import machine
from review_histories import PEOPLE, RULES, history

TOGETHER = 20
"""Histories in one database, one after the other; then it is emptied, so that it stays fast."""
MOST = 5
"""Times as many are tried as are to be killed, and no more."""
OUT = Path(__file__).parent / "results" / "review_kills.json"


# --- histories


def killed_history(url: URL, seed: int, kills: Kills) -> None:
    """One history that is killed, and what it must have left."""
    chance = Random(seed)

    def work(writing: int) -> None:
        said: dict[str, tuple[Decision, ...]] = defaultdict(tuple)

        def tell(decision: Decision) -> None:
            lines = said[decision.article] = (*said[decision.article], decision)
            folded = _state(Ledger(article=decision.article, decisions=lines))
            told = [decision.article, decision.number, decision.seal, folded]
            os.write(writing, f"{json.dumps(told)}\n".encode())

        history(SqlLedgers(url), seed, tell)

    told = [json.loads(line) for line in apart(work, chance, kills)]
    kills.counts["histories"] += 1
    kills.counts["decisions told"] += len(told)
    kills.counts["written and not told"] += check_left(url, seed, told)


def _state(ledger: Ledger) -> str:
    """A digest of where an article stands."""
    return hashlib.sha256(repr(_ordered(review_of(ledger, RULES))).encode()).hexdigest()


def _ordered(review: Any) -> Any:
    """With its sets in order: they print in another order in each process."""
    names = ("changed_by", "accepted", "open")
    return [sorted(getattr(review, name)) for name in names] + [
        replace(review, **dict.fromkeys(names, frozenset()))
    ]


def check_left(url: URL, seed: int, told: list[Any]) -> int:
    """How many decisions are there of which nobody was told. Raises ``Broken``."""
    ledgers = SqlLedgers(url)
    for ledger, broken in proved(ledgers):
        if broken:
            raise Broken(f"seed {seed}: {ledger.article} is broken at {broken.number}")
    whole = {each.article: each for each in ledgers.ledgers()}
    for article, number, seal, state in told:
        lines = whole[article].decisions if article in whole else ()
        if len(lines) < number or lines[number - 1].seal != seal:
            raise Broken(f"seed {seed}: decision {number} on {article} was told and is lost")
        part = replace(whole[article], decisions=lines[:number])
        if _state(part) != state:
            raise Broken(f"seed {seed}: {article} stands elsewhere than its decisions fold to")
    if told and ledgers.people() != sorted(PEOPLE, key=lambda person: person.id):
        raise Broken(f"seed {seed}: people are lost")
    ledgers.close()
    mine = [each for name, each in whole.items() if name.startswith(f"h{seed}-")]
    more = sum(len(each.decisions) for each in mine) - len(told)
    if more not in (0, 1):
        raise Broken(f"seed {seed}: {more} decisions are there that nobody was told of")
    return more


def emptied(url: URL) -> None:
    """Drop all rows of a database that is used again."""
    engine = opening.opened(url)
    with opening.writing(engine) as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(delete(table))
    engine.dispose()


# --- backups and restores


def _proven(ledgers: LedgerReader) -> None:
    for ledger, broken in proved(ledgers):
        if broken:
            raise Broken(f"{ledger.article} is broken at {broken.number}")


def _saved(url: URL, path: Path) -> None:
    back_up(url, path, made_at=datetime(2026, 1, 1, tzinfo=UTC), made_by="kills", prove=_proven)


def content(url: URL) -> str:
    """A digest of all rows that a backup holds."""
    engine, digest = opening.opened(url), hashlib.sha256()
    with opening.reading(engine) as connection:
        for table in SAVED:
            rows = sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            digest.update(repr((table.name, rows)).encode())
    engine.dispose()
    return digest.hexdigest()


def killed_backup(url: URL, folder: Path, number: int, seed: int, kills: Kills) -> None:
    """A backup that is killed: a whole file, or none of that name."""
    path = folder / f"{number}.backup"
    apart(lambda _writing: _saved(url, path), Random(seed), kills)
    kills.counts["backups"] += 1
    if path.exists():
        with BackupReader(path) as reader:
            for _ in reader.rows():
                pass
        kills.counts["backups that were there, whole"] += 1


def killed_restore(url: URL, states: dict[str, Path], seed: int, kills: Kills) -> None:
    """A restore of another state that is killed: the old state, or the new, and no other."""
    before = content(url)
    path = next(each for state, each in states.items() if state != before)
    apart(
        lambda _writing: _ignore(restore(url, path, replace=True, prove=_proven)),
        Random(seed),
        kills,
    )
    kills.counts["restores"] += 1
    found = content(url)
    if found not in states:
        raise Broken(f"seed {seed}: a restore left a state that is neither the old nor the new")
    kills.counts["restores that were done"] += found != before


def _ignore(_value: object) -> None:
    pass


def two_states(url: URL, folder: Path, seed: int) -> dict[str, Path]:
    """Two different states of a database with their backups; it is in the second."""
    states = {}
    for number in range(2):
        ledgers = SqlLedgers(url)
        for each in range(6):
            history(ledgers, 10_000_000 + 100 * seed + 10 * number + each, _ignore)
        ledgers.close()
        path = folder / f"state-{number}.backup"
        _saved(url, path)
        states[content(url)] = path
    return states


# --- all of it


def measured(url: URL, folder: Path, *, histories: int, others: int, seed: int) -> dict[str, Any]:
    """Kill so many histories, and half as many ``others`` each of backups and restores."""
    started = time.monotonic()
    found = {"histories": _histories(url, histories, seed)}
    if others:
        emptied(url)
        states = two_states(url, folder, seed)
        for what, killed in (
            ("backups", lambda n, kills: killed_backup(url, folder, n, seed + n, kills)),
            ("restores", lambda n, kills: killed_restore(url, states, seed + n, kills)),
        ):
            found[what] = _until(others // 2, killed)
    seconds = round(time.monotonic() - started, 1)
    told: dict[str, Any] = {
        what: dict(sorted(kills.counts.items())) for what, kills in found.items()
    }
    faults = [each for kills in found.values() for each in kills.faults]
    return {**told, "faults": faults, "seed": seed, "seconds": seconds}


def _histories(url: URL, count: int, seed: int) -> Kills:
    def killed(number: int, kills: Kills) -> None:
        if number % TOGETHER == 0:
            emptied(url)
        killed_history(url, seed + number, kills)

    return _until(count, killed)


def _until(count: int, killed: Callable[[int, Kills], None]) -> Kills:
    """Go on until so many were killed in the midst; those that ended before are checked alike."""
    kills = Kills()
    for number in range(MOST * count):
        if kills.killed == count:
            break
        try:
            killed(number, kills)
        except Broken as fault:
            kills.faults.append(str(fault))
    return kills


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--database", default="", help="an empty database; a new SQLite file else")
    parser.add_argument("--histories", type=int, default=500)
    parser.add_argument("--others", type=int, default=200, help="backups and restores together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, default=OUT)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "backups"
        folder.mkdir()
        url = make_url(options.database) if options.database else opening.beside(Path(place))
        found = measured(
            url, folder, histories=options.histories, others=options.others, seed=options.seed
        )
    kind = url.get_backend_name()
    known: dict[str, Any] = {}
    with suppress(FileNotFoundError):
        known = json.loads(options.json.read_text(encoding="utf-8"))
    known |= {"machine": machine(), kind: found}
    options.json.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({kind: found}, indent=1))
    sys.exit(bool(found["faults"]))


if __name__ == "__main__":
    main()
