"""XML is parsed in one safe way, and what is unsafe is refused in one clear line."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loccit.sources.xml_safety import parse_whole, root_tag, stream_elements
from loccit.terms import Unreadable

BOMB = b"""<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;">]><a>&m;</a>"""
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
HIDDEN = (
    b'<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE a +AFs-+ADw-!ENTITY x +ACI-y+ACI-'
    b"+AD4-+AF0-+AD4APA-a/+AD4-"
)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (BOMB, "declarations of its own"),
        (OUTSIDE, "declarations of its own"),
        (HIDDEN, "entities"),
        (b'<!DOCTYPE a SYSTEM "x.dtd"><a>p&nbsp;q</a>', "entity &nbsp;"),
        (b"<a>\n<b></a>", "line 2, column 8"),
        (b"<a>one", "broken XML"),
        (b"<a>\xff</a>", "encoding"),
        (b"<a>\0</a>", "broken XML"),
        (b"", "empty"),
        (b"\0\0\0\0", "empty"),
        (b'<?xml version="1.0" encoding="bogus"?><a/>', "encoding"),
        (b"<a>" * 300, "depth"),
    ],
)
def test_unsafe_or_broken_xml_is_refused_with_the_cause(data, told):
    with pytest.raises(Unreadable) as caught:
        parse_whole(io.BytesIO(data))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_comments_and_instructions_do_not_split_a_text():
    root = parse_whole(io.BytesIO(b"<a>on<!-- hidden -->e<?x y?> word</a>"))
    assert root.text == "one word"


def test_an_external_doctype_is_accepted_and_not_loaded():
    root = parse_whole(io.BytesIO(b'<!DOCTYPE a PUBLIC "-//X//Y" "http://x/y.dtd"><a>t</a>'))
    assert root.text == "t"


def test_records_before_a_break_are_read_and_then_the_place_is_told():
    found = stream_elements(io.BytesIO(b"<s><a>1</a><a>2</a><a></s>"), ("a",))
    assert [next(found).text, next(found).text] == ["1", "2"]
    with pytest.raises(Unreadable, match="line 1"):
        next(found)


def test_a_streamed_file_with_declarations_is_refused():
    with pytest.raises(Unreadable, match="of its own"):
        list(stream_elements(io.BytesIO(b'<!DOCTYPE s [<!ENTITY x "y">]><s><a>1</a></s>'), ("a",)))


@pytest.mark.parametrize(
    ("head", "name", "namespace"),
    [
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- c --><a xmlns="u"/>', "a", "u"),
        (b'<!DOCTYPE a PUBLIC "x>y" "z"><n:b xmlns:n="v" k="1">', "b", "v"),
        (b"<!DOCTYPE a [ <!ENTITY x 'y'> ]>\n<a>", "a", ""),
        ("<a>".encode("utf-16"), "a", ""),
    ],
)
def test_the_root_is_found_behind_any_prolog(head, name, namespace):
    root = root_tag(head)
    assert root is not None
    assert (root.name, root.namespace) == (name, namespace)


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_a_source_error(data):
    root_tag(data)
    with suppress(Unreadable):
        parse_whole(io.BytesIO(data))
    with suppress(Unreadable):
        list(stream_elements(io.BytesIO(data), ("a",)))
