"""The list of readers: which one is asked, and what is said when none will do."""

from __future__ import annotations

import importlib
import io
import subprocess
import sys
from pathlib import Path

import pytest
from document_checks import raw, readings
from hypothesis import assume, given
from hypothesis import strategies as st

from loccit import sources
from loccit.ports import RawSource
from loccit.sources import READERS, read_each, read_on, reader_for, unpack
from loccit.terms import SourceError, UnknownFormat, Unreadable


@pytest.mark.parametrize("module", sorted({module for _, module in READERS}))
def test_each_reader_has_a_name_with_its_version(module):
    reader = importlib.import_module(f"loccit.sources.{module}").READER
    name, _, version = reader.name.partition("/")
    assert name
    assert version.isdecimal()


@pytest.mark.parametrize(
    ("head", "module"),
    [
        (b'<?xml version="1.0"?><document xmlns="urn:hl7-org:v3">', "spl"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><document xmlns="urn:hl7-org:v3">', "spl"),
        (b"<?xml version='1.0'?><PubmedArticleSet><PubmedArticle>", "medline"),
        (
            b'<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "j.dtd"><article article-type="x"><front>',
            "jats",
        ),
        (b"<!DOCTYPE html><html><head><title>A</title></head><body><p>x", "html"),
        (b'{"set_id": "a", "boxed_warning": ["x"], "warnings": ["y"]}', "openfda"),
        (b'schema = "loccit/pack-source/1"\nid = "a"\n', "pack"),
        (b"%PDF-1.7\n", "pdf"),
        (b"# Title\n\nSome *words* here.\n\n- item\n", "markdown"),
        (b"Just words.\n", "plain_text"),
    ],
)
def test_content_goes_to_its_reader(head, module):
    assert reader_for(head).name.split("/")[0].replace("-", "_") in (
        module,
        module.replace("_", ""),
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "an empty file"),
        (b" \n\t", "an empty file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "a JPEG image"),
        (bytes(range(256)), "binary data"),
        (b'{"resourceType": "Patient"}', "JSON that holds no openFDA labels"),
        (b'{"pages": ["a", "b"]}', "JSON that holds no openFDA labels"),
        (b'<?xml version="1.0"?><note><to>A</to></note>', "XML or HTML of an unknown kind"),
    ],
)
def test_what_no_reader_recognises_is_named_with_what_is_read(data, words):
    (error,) = readings(data, "thing")
    assert isinstance(error, UnknownFormat)
    assert str(error).startswith(f"thing: looks like {words}")
    assert "SPL labels" in str(error)


def test_broken_source_does_not_stop_the_batch():
    parts: list[RawSource | SourceError] = [
        raw(b"\x89PNG", "a.png"),
        UnknownFormat("is hidden", where=".b"),
        raw(b"Words here.\n", "c.txt"),
    ]
    found = list(read_each(parts))
    assert [isinstance(reading, SourceError) for reading in found] == [True, True, False]
    assert [str(reading).split(":")[0] for reading in found[:2]] == ["a.png", ".b"]


def test_no_heavy_library_is_imported_before_it_is_needed():
    code = "import sys, loccit.sources; print([m for m in ('lxml', 'pypdfium2', 'selectolax', 'msgspec') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@given(st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_source_errors(data):
    assume(b"%PDF-" not in data)  # read in a process of its own, and tested there
    for start in (
        b"",
        b"<",
        b"{",
        b'<document xmlns="urn:hl7-org:v3">',
        b'schema = "loccit/pack-source/1"\n',
    ):
        list(read_each(unpack("x", io.BytesIO(start + data))))


def test_each_reader_is_documented():
    page = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    for _, module in READERS:
        assert f"| `{module}` |" in page


def test_a_reader_that_fails_costs_its_source_and_no_other(monkeypatch):
    def fails(_):
        raise ZeroDivisionError

    parts = list(unpack("first.md", io.BytesIO(b"# One\n\nSome words.\n")))
    whole = sources.read
    monkeypatch.setattr(
        sources, "read", lambda part: fails(part) if part is parts[0] else whole(part)
    )
    others = unpack("second.md", io.BytesIO(b"# Two\n\nMore words.\n"))
    refused, read = read_on([*parts, *others])
    assert isinstance(refused, Unreadable)
    assert refused.where == "first.md"
    assert "ZeroDivisionError" in str(refused)
    assert read.title == "Two"
