"""Databases with something in them, their backups, and backups that lie."""

import gzip
import json
from datetime import UTC, datetime

from loccit.backends.archive import backup_format
from loccit.backends.archive.backing_up import back_up
from loccit.backends.archive.restoring import restore
from loccit.backends.archive.sql_articles import SqlArticles
from loccit.backends.archive.sql_ledgers import SqlLedgers
from loccit.review import proved
from loccit.testing import small_article, small_stop
from review_histories import history

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)


def prove_all(ledgers):
    assert all(broken is None for _, broken in proved(ledgers))


def filled(url, seed=1):
    """Ledgers, people, a library of two with a removed third, and a stop."""
    ledgers = SqlLedgers(url)
    history(ledgers, seed, lambda _decision: None)
    ledgers.close()
    articles = SqlArticles(url)
    for title in ("How much?", "How often?", "At what age?"):
        name = articles.keep(small_article(title), key=title).place.article
        articles.publish(name, 1)
    articles.remove(name)
    articles.keep(small_stop(), key="stop")
    articles.close()


def saved_to(url, path):
    return back_up(url, path, made_at=NOON, made_by="test", prove=prove_all)


def taken_from(url, path, *, replace=False):
    return restore(url, path, replace=replace, prove=prove_all)


def lines_of(path):
    """The values of a backup, without their digests."""
    return [json.loads(line.partition(" ")[2]) for line in gzip.open(path, "rt", encoding="utf-8")]


def forged(path, values):
    """Write values as whoever knows the form can: every digest holds."""
    digest, lines = "", []
    for value in values:
        said = json.dumps(value, ensure_ascii=False).encode()
        digest = backup_format._linked(digest, said)
        lines.append(digest.encode() + b" " + said + b"\n")
    path.write_bytes(gzip.compress(b"".join(lines)))
    return path
