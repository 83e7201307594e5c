import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from databases import changed_by_hand
from loccit.backends.archive.forgetting import FILE, forget_in
from loccit.backends.archive.opening import HEAD, beside
from loccit.backends.archive.sql_articles import AT_HAND, SqlArticles
from loccit.backends.archive.tables import METADATA
from loccit.terms import BaseError, LibraryRequest, NoSuchArticle
from loccit.testing import (
    ARTICLE_CHECKS,
    InMemoryArticles,
    check_articles,
    small_article,
    small_stop,
)

DAY = 86_400


@pytest.fixture
def clock():
    class Clock:
        now = 1_800_000_000.0

        def __call__(self):
            self.now += 1
            return self.now

    return Clock()


@pytest.fixture
def articles(database, clock):
    kept = SqlArticles(database, now=clock)
    yield kept
    kept.close()


@pytest.mark.parametrize("check", ARTICLE_CHECKS, ids=lambda check: check.__name__)
def test_sql_articles_pass(articles, check):
    check(articles)


def test_the_fake_passes():
    check_articles(InMemoryArticles)


def test_a_real_article_comes_back_whole(articles, seed_article, starter_engine):
    kept = articles.keep(seed_article, key="seed")
    assert articles.answer(kept.place.article).answer == seed_article
    stop = starter_engine.ask("What is the dose of metformin?")
    name = articles.keep(stop, key="stop").place.article
    assert articles.answer(name).answer == stop


def test_ids_cannot_be_guessed_and_are_never_given_again(tmp_path, clock):
    made = {
        SqlArticles(beside(folder), now=clock).keep(small_article(), key="one").place.article
        for folder in (tmp_path / "a", tmp_path / "b")
        if not folder.mkdir()
    }
    assert len(made) == 2
    assert all(len(name) == 16 for name in made)


def test_answers_outside_the_library_are_dropped_after_their_days(articles, clock):
    listed = articles.keep(small_article("a"), key="a").place.article
    articles.publish(listed, 1)
    asked_again = articles.keep(small_article("b"), key="b").place.article
    other = articles.keep(small_article("c"), key="c").place.article
    clock.now += 20 * DAY
    articles.keep(small_article("b"), key="b")
    clock.now += 11 * DAY
    with pytest.raises(NoSuchArticle, match="dropped after a while"):
        articles.answer(other)
    assert articles.answer(asked_again).place.version == 1
    assert articles.answer(listed).answer == small_article("a")
    articles.keep(small_stop(), key="d")
    with articles._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM articles").scalar() == 3
        assert connection.exec_driver_sql("SELECT count(*) FROM cited").scalar() == 2


def test_the_oldest_make_room(database, clock):
    articles = SqlArticles(database, now=clock, most=2, days=0)
    names = [articles.keep(small_article(k), key=k).place.article for k in "abcd"]
    articles.keep(small_article("e"), key="e")
    assert [_is_kept(articles, name) for name in names] == [False, False, True, True]
    articles.close()


def _is_kept(articles, name):
    try:
        articles.answer(name)
    except NoSuchArticle:
        return False
    return True


def test_a_version_number_is_never_given_twice(articles):
    name = articles.keep(small_article(), key="one").place.article
    articles.publish(name, 1)
    articles.keep(small_article(evidence="b2"), key="one")
    articles.forget()
    assert articles.keep(small_article(evidence="b3"), key="one").place.version == 3


def test_nothing_of_what_was_forgotten_stays_in_the_file(tmp_path, clock):
    articles = SqlArticles(beside(tmp_path), now=clock)
    articles.keep(replace(small_article("wonderwort"), title="wonderwort"), key="one")
    articles.forget()
    with articles._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    articles.close()
    assert not any(b"wonderwort" in path.read_bytes() for path in tmp_path.iterdir())


def test_a_file_is_forgotten_alike_without_its_library(tmp_path, clock):
    articles = SqlArticles(beside(tmp_path), now=clock)
    listed = articles.keep(small_article("a"), key="a").place.article
    articles.publish(listed, 1)
    articles.keep(small_article("a", evidence="b2"), key="a")
    other = articles.keep(small_article("b"), key="b").place.article
    forget_in(tmp_path / FILE)
    assert [each.version for each in articles.versions(listed)] == [1]
    assert not _is_kept(articles, other)
    with articles._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM cited").scalar() == 1
    (tmp_path / "other").write_bytes(b"not a database" * 99)
    with pytest.raises(BaseError, match="other"):
        forget_in(tmp_path / "other")


def test_many_who_ask_the_same_at_once_make_one_version(articles):
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda _: articles.keep(small_article(), key="one"), range(40)))
    assert {each.place for each in kept} == {kept[0].place}


def test_another_process_reads_what_was_kept(database, articles, clock):
    name = articles.keep(small_article(), key="one").place.article
    again = SqlArticles(database, now=clock)
    assert again.answer(name).answer == small_article()
    again.close()


def test_what_is_at_hand_is_dropped_with_the_answer(articles):
    name = articles.keep(small_article(), key="one").place.article
    assert articles.answer(name) == articles.answer(name)
    articles.forget()
    with pytest.raises(NoSuchArticle):
        articles.answer(name)


def test_no_more_answers_stay_at_hand_than_may(articles):
    for number in range(AT_HAND + 3):
        articles.answer(articles.keep(small_article(), key=str(number)).place.article)
    assert len(articles._read) == AT_HAND


def test_the_steps_make_the_tables_that_are_used(articles):
    from sqlalchemy import inspect

    found = inspect(articles._engine)
    assert set(found.get_table_names()) == {*METADATA.tables, "alembic_version"}
    for name, table in METADATA.tables.items():
        columns = {each["name"]: each["nullable"] for each in found.get_columns(name)}
        assert columns == {each.name: bool(each.nullable) for each in table.columns}
        indexed = {tuple(each["column_names"]) for each in found.get_indexes(name)}
        wanted = {tuple(c.name for c in each.columns) for each in table.indexes}
        assert wanted <= indexed


def test_a_question_with_signs_that_postgresql_takes_in_no_column_is_kept_whole(articles):
    asked = replace(small_article(), title="a\0b")
    kept = articles.keep(asked, key="one")
    articles.publish(kept.place.article, 1)
    assert articles.answer(kept.place.article).answer == asked
    assert articles.library(LibraryRequest())[0].title == "a\ufffdb"


def test_every_question_to_the_database_can_be_put_to_postgresql():
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    from loccit.backends.archive import selecting

    request = LibraryRequest(words="50% a_b", document="d", before=3)
    queries = [
        selecting.listed(request),
        selecting.newest("a", 0, since=5),
        selecting.places("a"),
        selecting.text_of("a", 1),
    ]
    for query in (*queries, *map(CreateTable, METADATA.sorted_tables)):
        assert str(query.compile(dialect=postgresql.dialect()))


def test_the_newest_step_is_the_one_that_is_looked_for():
    from pathlib import Path

    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from loccit.backends.archive import migrations

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_file_of_a_later_version_or_of_others_is_refused(tmp_path, clock):
    SqlArticles(beside(tmp_path), now=clock).close()
    path = tmp_path / "articles.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(BaseError, match="later version"):
        SqlArticles(beside(tmp_path), now=clock)
    path.write_bytes(b"not a database, but long enough to be read as one" * 50)
    with pytest.raises(BaseError, match=r"articles\.sqlite"):
        SqlArticles(beside(tmp_path), now=clock)


def test_a_damaged_or_unknown_answer_is_told(database, articles):
    name = articles.keep(small_article(), key="one").place.article
    for change in ("body = :body", "form = 'article/9'"):
        changed_by_hand(
            database,
            f"UPDATE versions SET {change}",
            **({"body": b"\0"} if "body" in change else {}),
        )
        with pytest.raises(BaseError, match="kept answer"):
            articles.answer(name)
    assert articles.library(LibraryRequest()) == []
