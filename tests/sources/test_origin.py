"""A document that was fetched says where and when; a page is its address."""

from __future__ import annotations

import io

import pytest

from loccit.sources import read_on, unpack
from loccit.sources.origin import came_from
from loccit.terms import Fetched, SourceDocument, Unreadable

WHEN = "2026-11-27T09:30:00Z"
PAGE = """<!doctype html><html><head><title>Back pain</title>
<link rel="canonical" href="https://www.elsewhere.example.org/"></head>
<body><h1>Back pain</h1><p>Keep active.</p></body></html>"""


def read(data: bytes, url: str, *, is_page: bool) -> SourceDocument:
    fetched = Fetched(name=url, url=url, retrieved_at=WHEN, data=data, is_page=is_page)
    (document,) = came_from(read_on(unpack(url, io.BytesIO(data))), fetched)
    assert isinstance(document, SourceDocument)
    return document


@pytest.mark.parametrize("is_page", [True, False])
def test_address_and_time_are_recorded(is_page):
    document = read(b"# A protocol\n\nGive 5 mg.\n", "https://www.cdc.gov/a", is_page=is_page)
    assert (document.url, document.retrieved_at) == ("https://www.cdc.gov/a", WHEN)


def test_a_page_is_where_it_was_found_and_not_where_it_says():
    document = read(PAGE.encode(), "https://www.cdc.gov/a?b=1", is_page=True)
    assert document.url == "https://www.cdc.gov/a?b=1"
    assert document.series == "url:www.cdc.gov/a?b=1"
    assert document.id.startswith("url:www.cdc.gov/a?b=1@")


def test_two_pages_of_one_title_are_two_works_and_a_changed_page_is_an_edition():
    here = read(PAGE.encode(), "https://www.cdc.gov/a", is_page=True)
    there = read(PAGE.encode(), "https://www.nhs.uk/a", is_page=True)
    later = read(PAGE.replace("active", "moving").encode(), "https://www.cdc.gov/a", is_page=True)
    assert here.series != there.series
    assert here.series == later.series
    assert here.id != later.id


def test_a_page_that_names_its_work_keeps_that_name():
    named = PAGE.replace("<head>", '<head><meta name="citation_doi" content="10.1000/made.up">')
    document = read(named.encode(), "https://www.cdc.gov/a", is_page=True)
    assert document.series == "doi:10.1000/made.up"


def test_a_record_keeps_the_public_page_that_its_reader_names():
    document = read(PAGE.encode(), "https://api.fda.gov/x", is_page=False)
    assert document.url == "https://www.elsewhere.example.org/"


def test_errors_pass_unchanged():
    fetched = Fetched(name="x", url="https://www.cdc.gov/a", retrieved_at=WHEN, data=b"")
    error = Unreadable("is broken")
    assert list(came_from([error], fetched)) == [error]
