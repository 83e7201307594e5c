"""A real PostgreSQL for the tests: a server of their own, in a folder of their own.

Tests that need one are skipped where none is installed, unless LOCCIT_NEED_POSTGRES is set: then
its absence is a failure. The server listens on a socket in its folder and on no port.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, create_engine, text
from sqlalchemy.pool import NullPool

from loccit.backends.archive.opening import beside

NEEDED = bool(os.environ.get("LOCCIT_NEED_POSTGRES"))
USER, PASSWORD = "loccit", "p@ss:word/secret"
WAIT = "60"
"""Seconds that a server may take to start or stop."""


class Server:
    """A PostgreSQL server in a temporary folder."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._owner = _owner()
        self.folder = Path(tempfile.mkdtemp(prefix="loccit-pg-", dir="/tmp"))
        if self._owner:
            os.chown(self.folder, pwd.getpwnam(self._owner).pw_uid, -1)
        self._initialise()
        self.start()

    def _initialise(self) -> None:
        password = self.folder / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        if self._owner:
            os.chown(password, pwd.getpwnam(self._owner).pw_uid, -1)
        self._run("initdb", "-D", "data", "-U", USER, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", f"--pwfile={password}", "-N")  # fmt: skip

    def start(self) -> None:
        """Start the server and wait until it answers."""
        # The machine is not switched off in the tests, so that nothing need wait for its disk.
        told = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-t", WAIT, "-o", told, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop the server; ``immediate`` is what a killed one leaves."""
        self._run("pg_ctl", "-D", "data", "-w", "-t", WAIT, "-m", how, "stop")

    def close(self) -> None:
        """Stop the server and drop all that it held."""
        with suppress(subprocess.CalledProcessError):
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres", password: str = PASSWORD) -> URL:
        """The address of a database of this server."""
        return URL.create(
            "postgresql+psycopg",
            username=USER,
            password=password,
            database=database,
            query={"host": str(self.folder)},
        )

    def said(self, statement: str) -> list[Any]:
        """What the server answers to a statement of its administrator."""
        engine = create_engine(self.url(), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            result = connection.execute(text(statement))
            return list(result) if result.returns_rows else []

    def new_database(self) -> URL:
        """The address of an empty schema, which is a database of its own to whoever opens it.

        Its name is that of its connections too. A real database for each test would be 7 MB.
        """
        name = f"t{secrets.token_hex(6)}"
        self.said(f"CREATE SCHEMA {name}")
        more = {"options": f"-csearch_path={name}", "application_name": name}
        return self.url().update_query_dict(more)

    def cut(self, url: URL) -> None:
        """Break all connections to what ``new_database`` made."""
        self.said(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE application_name = '{url.query['application_name']}'"
        )

    def _run(self, program: str, *told: str) -> None:
        as_owner = {"user": self._owner, "group": self._owner, "extra_groups": ()} if self._owner else {}  # fmt: skip
        done = subprocess.run(
            [self._programs / program, *told],
            cwd=self.folder,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # the server keeps what it inherits open
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            **as_owner,
        )
        if done.returncode:
            log = self.folder / "log"
            told_by = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
            raise subprocess.CalledProcessError(done.returncode, program, stderr=told_by)


def _owner() -> str:
    """PostgreSQL refuses to run as root: then another user of this machine runs it."""
    if os.geteuid():
        return ""
    known = {each.pw_name for each in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def programs() -> Path | None:
    """The folder of PostgreSQL's programs: the newest of Debian's, or the one on the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    found = debian[-1] if debian else shutil.which("initdb")
    return Path(found).parent if found else None


def _version(path: Path) -> float:
    return float(path.parts[-3]) if path.parts[-3].replace(".", "").isdecimal() else 0.0


def changed_by_hand(url: URL, statement: str, **values: object) -> None:
    """Do to a database what no program of ours does."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(statement), values)


def asked_by_hand(url: URL, query: str) -> list[Any]:
    """Rows of a database, as it holds them."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return list(connection.execute(text(query)))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server of this session."""
    found = programs()
    if found is None:
        told = "PostgreSQL is not installed (no initdb)"
        pytest.fail(told) if NEEDED else pytest.skip(told)
    server = Server(found)
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """The address of an empty database, in both kinds that are supported."""
    if request.param == "sqlite":
        return beside(tmp_path)
    server: Server = request.getfixturevalue("postgres")
    return server.new_database()
