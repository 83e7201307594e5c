"""Whatever an interface sends, it is read as what it is or refused in one line; nothing else."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loccit.backends.connectors import dailymed, entrez, openfda
from loccit.backends.connectors.answers import decoded, number_in, one_line, written_date
from loccit.backends.connectors.cache import Kept
from loccit.backends.connectors.choosing import Candidate, newest_label
from loccit.backends.connectors.opening import Settings, open_connector, rules_for
from loccit.backends.connectors.patience import pause_after, retry_after
from loccit.backends.connectors.rules import load_rules
from loccit.ports import Connector
from loccit.terms import Offer, Unfetched
from published import LABELS, RECORDS, openfda_answer, spls

RULES = rules_for(Settings())
NOW = datetime(2026, 11, 27, tzinfo=UTC)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


class Saying:
    """A network that gives one answer to everything."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def get(self, wanted: Any) -> Kept:
        return Kept(asked="", url=wanted.url, retrieved_at="", checked_at=0, sha256="", data=self._data)  # fmt: skip


def asked_everything(data: bytes) -> None:
    for name in ("dailymed", "openfda", "pubmed", "pmc"):
        connector = open_connector(name, Saying(data), RULES, Settings())  # type: ignore[arg-type]
        for asked in ("examplamine", "1234", "00000001-0000-4000-8000-000000000001"):
            assert told(connector, asked).isprintable()


def told(connector: Connector, asked: str) -> str:
    """All that a screen would show of the answer, or of its refusal."""
    try:
        offers = connector.find(asked)
    except Unfetched as error:
        return str(error)
    assert set(offers.chosen) <= set(offers.found)
    facts = (f"{each.id}{each.title}{each.publisher}{each.version}{each.detail}" for each in offers.found)  # fmt: skip
    return "".join(facts) + offers.why + offers.notice


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data):
    asked_everything(data)


@settings(deadline=None)
@given(JSON)
def test_any_json(value):
    asked_everything(json.dumps(value).encode())


@settings(deadline=None)
@given(st.lists(st.fixed_dictionaries({"setid": JSON, "title": JSON, "spl_version": JSON, "published_date": JSON}), max_size=3))  # fmt: skip
def test_any_list_of_labels(rows):
    metadata = {"total_elements": 1, "total_pages": 1}
    asked_everything(json.dumps({"data": rows, "metadata": metadata}).encode())


@settings(deadline=None)
@given(st.text(), st.text(), st.integers(), st.text())
def test_any_words_in_a_label_of_dailymed(set_id, title, version, day):
    asked_everything(spls([(set_id, title, version, day)], total=1, pages=1, page=1).body)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(RECORDS[0]["openfda"])), st.lists(st.text(max_size=9), max_size=3)), st.text(), st.text())  # fmt: skip
def test_any_words_in_a_record_of_openfda(product, version, day):
    record = {**RECORDS[0], "openfda": product, "version": version, "effective_time": day}
    asked_everything(openfda_answer([record]).body)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["uid", "title", "source", "sortpubdate", "error"]), st.text(max_size=12)), st.text(max_size=12))  # fmt: skip
def test_any_words_in_a_summary_of_entrez(fields, query):
    result = {"uids": ["1234"], "1234": fields}
    asked_everything(json.dumps({"result": result, "esearchresult": {"count": "1", "idlist": ["1234", query]}}).encode())  # fmt: skip


@pytest.mark.parametrize(
    ("form", "data"),
    [
        (dailymed.Spls, spls(LABELS, total=5, pages=1, page=1).body),
        (openfda.Labels, openfda_answer(RECORDS).body),
        (entrez.Searched, b'{"esearchresult": {"count": "2", "idlist": ["1", "2"]}}'),
        (entrez.Summaries, b'{"result": {"uids": ["1"], "1": {"uid": "1"}}}'),
    ],
)  # fmt: skip
def test_an_answer_that_is_cut_short_is_never_read_in_part(form, data):
    assert decoded(data, form, "host")
    for end in range(len(data)):
        with pytest.raises(Unfetched, match="host answered in a form that is not known here"):
            decoded(data[:end], form, "host")


@pytest.mark.parametrize("number", ["9" * 5000, "-1", "１２", "1e3", "", " 7"])
def test_an_absurd_number_is_no_number(number):
    rows = [{"setid": "x", "title": "EXAMPLAMINE (EXAMPLAMINE) TABLET [X]", "spl_version": number}]
    metadata = {"total_elements": number, "total_pages": number}
    found = {"count": number, "idlist": [number, "1"]}
    asked_everything(json.dumps({"data": rows, "metadata": metadata, "esearchresult": found, "result": {}}).encode())  # fmt: skip
    assert number_in(number) == 0


# --- words and dates


@settings(deadline=None)
@given(st.text())
def test_a_line_on_a_screen_is_one_printable_line(text):
    line = one_line(text)
    assert line.isprintable()
    assert one_line(line) == line
    assert len(line) <= 300


@settings(deadline=None)
@given(st.dates())
def test_a_date_is_read_in_each_of_its_forms(day):
    words = f"{day:%b} {day.day:02d}, {day.year:04d}"
    for written in (words, day.strftime("%Y/%m/%d 00:00"), f"{day.year:04d}{day:%m%d}", day.isoformat()):  # fmt: skip
        expected = day if written == words or day.year >= 1000 else written_date(written)
        assert written_date(written) == expected


@settings(deadline=None)
@given(st.text(max_size=20))
def test_what_is_no_date_is_nothing(text):
    assert written_date(text) is None or isinstance(written_date(text), date)


@pytest.mark.parametrize(("written", "day"), [("May 25, 2026", date(2026, 5, 25)), ("June 5, 2026", date(2026, 6, 5)), ("2026 Mar", None), ("20261301", None), ("202605", None), ("2026/00/01", None), ("202605201", None)])  # fmt: skip
def test_dates_as_they_are_written(written, day):
    assert written_date(written) == day


# --- patience


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_retry_after_is_a_pause_or_nothing(value):
    pause = retry_after(value, NOW)
    assert pause is None or pause >= 0


@pytest.mark.parametrize("value", ["Fri, 31 Dec 99999 23:59:59 GMT", "Fri, 00 Jan 0000 00:00:00 GMT", "9" * 400, "1e9", "Sun, 29 Nov 2026 00:00:00 +9999"])  # fmt: skip
def test_an_absurd_retry_after_does_no_harm(value):
    pause = retry_after(value, NOW)
    assert pause is None or pause >= 0


@settings(deadline=None)
@given(st.integers(1, 50), st.none() | st.floats(0, 1e6), st.floats(0, 1))
def test_a_pause_is_never_shorter_than_asked_nor_endless_by_itself(tried, asked, chance):
    limits = load_rules().limits
    pause = pause_after(tried, limits, asked=asked, chance=lambda: chance)
    assert pause >= (asked or 0)
    assert asked is not None or 0 < pause <= limits.longest_pause_seconds


# --- the choice

OFFERS = st.builds(
    Offer,
    id=st.uuids().map(str),
    title=st.just("t"),
    version=st.integers(0, 99).map(str),
    published_on=st.none() | st.dates(),
)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        offer=OFFERS,
        names=st.sampled_from([("examplamine",), ("Examplamine HCl", "x"), ("hexamplamine",), ()]),
        is_single=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda each: each.offer.id,
)


def choose(candidates: list[Candidate]) -> Offer | None:
    try:
        offers = newest_label(candidates, asked="examplamine", called="label", host="h", total=0)
    except Unfetched:
        return None
    assert {each.id for each in offers.found} == {each.offer.id for each in candidates}
    return offers.chosen[0]


@settings(deadline=None)
@given(CANDIDATES, st.randoms())
def test_the_choice_does_not_depend_on_the_order_of_the_answer(candidates, random):
    shuffled = list(candidates)
    random.shuffle(shuffled)
    assert choose(candidates) == choose(shuffled)


@settings(deadline=None)
@given(CANDIDATES)
def test_what_is_chosen_is_of_the_drug_alone_where_possible_and_none_of_those_is_newer(candidates):
    chosen = choose(candidates)
    named = [each for each in candidates if each.is_of("examplamine")]
    if chosen is None:
        assert named == []
        return
    best = [each for each in named if each.is_single] or named
    assert chosen in [each.offer for each in best]
    days = [each.offer.published_on or date.min for each in best]
    assert (chosen.published_on or date.min) == max(days)
