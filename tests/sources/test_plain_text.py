"""Plain text: headings by their look, bullets as items, and bytes that are no text refused."""

from __future__ import annotations

from datetime import date

import pytest
from document_checks import check_document, errors_of, raw, section_texts
from hypothesis import given
from hypothesis import strategies as st

from loccit.sources.plain_text import READER
from loccit.terms import NothingToRead, PassageKind, SourceDocument, SourceKind, Unreadable

PROTOCOL = """LOW BACK PAIN PROTOCOL

Version 2 of 4 May 2023 was agreed by all wards.

1 Assessment

Check red flags. These are
wrapped lines of one paragraph.

1.1 History

- bullet one
  continued
- bullet two

Follow-up
---------
See the patient again.
"""


def read(text):
    data = text if isinstance(text, bytes) else text.encode()
    assert READER.recognises(data)
    (found,) = READER.read(raw(data, "notes/low back.txt"))
    assert isinstance(found, SourceDocument)
    check_document(found)
    return found


def test_headings_paragraphs_and_items_are_told_apart():
    found = read(PROTOCOL)
    assert section_texts(found) == {
        ("LOW BACK PAIN PROTOCOL",): (
            "LOW BACK PAIN PROTOCOL\n\nVersion 2 of 4 May 2023 was agreed by all wards."
        ),
        ("1 Assessment",): (
            "1 Assessment\n\nCheck red flags. These are wrapped lines of one paragraph."
        ),
        ("1 Assessment", "1.1 History"): ("1.1 History\n\n- bullet one continued\n\n- bullet two"),
        ("1 Assessment", "Follow-up"): "Follow-up\n\nSee the patient again.",
    }
    assert [span.kind for span in found.spans] == [PassageKind.LIST_ITEM] * 2


def test_title_kind_and_date_come_from_the_first_words():
    found = read(PROTOCOL)
    assert (found.title, found.kind) == ("LOW BACK PAIN PROTOCOL", SourceKind.PROTOCOL)
    assert found.effective_on == date(2023, 5, 4)


def test_a_text_without_title_goes_by_its_file():
    found = read("x" * 200 + ".\n\nMore words here.\n")
    assert (found.title, found.series) == ("low back.txt", "file:low-back-txt")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_marked_encodings_are_read(encoding):
    assert read("Größe 5 µg\n".encode(encoding)).text == "Größe 5 µg"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"abc\xffdef", "byte 3: not valid UTF-8"),
        (b"abc\0def", "byte 3: a byte that is no text"),
        (b"\xff\xfea\x00b", "byte 4: not valid UTF-16"),
        (b"", "empty"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(data, told):
    with pytest.raises(Unreadable) as caught:
        list(READER.read(raw(data, "n.txt")))
    assert told in str(caught.value)


def test_only_invisible_characters_are_nothing_to_read():
    with pytest.raises(NothingToRead):
        list(READER.read(raw("\u200b\u200b".encode())))


def test_binary_files_are_not_recognised():
    assert not READER.recognises(b"\x89PNG\x00\x01")
    assert not READER.recognises(bytes(range(1, 32)) * 10)


@given(st.text())
def test_any_text_gives_a_sound_document(text):
    for error in errors_of(READER, text.encode("utf-8", "surrogatepass")):
        assert "\n" not in str(error)


@given(st.binary(max_size=400))
def test_any_bytes_raise_only_source_errors(data):
    READER.recognises(data)
    for error in errors_of(READER, data):
        assert "\n" not in str(error)
