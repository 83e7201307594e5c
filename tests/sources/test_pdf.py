"""PDF files are rebuilt into text with pages, in a process that may crash without harm."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from contextlib import suppress

import pytest
from document_checks import check_document, raw, section_texts
from hypothesis import given, settings
from hypothesis import strategies as st

from loccit.sources import pdf
from loccit.sources.pdf import READER
from loccit.sources.pdf_hyphens import Joiner
from loccit.terms import (
    NothingToRead,
    PassageKind,
    SourceDocument,
    SourceError,
    SourceKind,
    Standing,
    Unreadable,
)

PLAIN, BOLD = "F1", "F2"


def _objects_as_file(objects):
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 2 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n"
    ) % (len(objects) + 1, table, len(objects) + 1, len(body))


def _escaped(text):
    return text.replace("(", r"\(").replace(")", r"\)")


def make(pages, title=""):
    """A PDF; a page is a list of (left, baseline, size, font, text)."""
    first = 6
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 3 0 R >>",
        b"<< /Title (%s) /CreationDate (D:20220210080435) >>" % title.encode(),
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
    ]
    for page in pages:
        drawn = "".join(
            f"BT /{font} {size} Tf {left} {base} Td ({_escaped(text)}) Tj ET\n"
            for left, base, size, font, text in page
        )
        stream = zlib.compress(drawn.encode("latin-1"))
        objects += [
            b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources"
            b" << /Font << /F1 4 0 R /F2 5 0 R >> >> >>" % (len(objects) + 2),
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    return _objects_as_file(objects)


def lines(*texts, top=700, left=72, size=11, font=PLAIN, leading=14):
    return [(left, top - leading * n, size, font, text) for n, text in enumerate(texts)]


LONG = "Clinicians should consider nonopioid therapy first for most patients who have had back pain"
OFFER = "Offer exercise first to all adults who can walk and have no sign of fracture"
SHORT = "and opioids only when it fails."


def read(data, name="guide.pdf"):
    assert READER.recognises(data[: 64 * 1024])
    (found,) = READER.read(raw(data, name))
    assert isinstance(found, SourceDocument)
    check_document(found)
    return found


def test_lines_become_paragraphs_under_their_headings():
    found = read(
        make(
            [
                [
                    *lines("Back Pain Guideline", top=740, size=20, font=BOLD),
                    *lines("Treatment", top=700, font=BOLD),
                    *lines(LONG, SHORT, top=680),
                    *lines("Monitoring", top=640, font=BOLD),
                    *lines(LONG, "and then stop.", top=620),
                ]
            ]
        )
    )
    assert section_texts(found) == {
        ("Back Pain Guideline",): "Back Pain Guideline",
        ("Treatment",): f"Treatment\n\n{LONG} {SHORT}",
        ("Monitoring",): f"Monitoring\n\n{LONG} and then stop.",
    }
    assert (found.title, found.kind) == ("Back Pain Guideline", SourceKind.GUIDELINE)


def test_running_heads_page_numbers_and_line_numbers_are_left_out():
    pages = [
        [
            *lines("DRAFT for comment", top=770, size=9),
            *lines(f"{n}", top=30, left=300),
            *[(40, 700 - 14 * k, 9, PLAIN, str(n * 10 + k)) for k in range(10)],
            *lines(*[f"{LONG} {'abcde'[n - 1]}{k}" for k in range(10)]),
        ]
        for n in range(1, 5)
    ]
    found = read(make(pages))
    assert "DRAFT" not in found.text
    assert not re.search(r"\b\d+\b", found.text)
    assert found.standing is Standing.DRAFT
    assert found.findings[0] == "line numbers in the margin were left out"
    assert "DRAFT for comment" in found.findings[1]


def test_a_paragraph_goes_on_over_the_page_and_the_page_is_known():
    found = read(make([lines(LONG, LONG), lines(SHORT)]))
    assert found.text == f"{LONG} {LONG} {SHORT}"
    assert found.page_starts == (0, found.text.index(SHORT))


def test_bullets_numbers_and_grades_are_told():
    found = read(
        make(
            [
                [
                    *lines("- rest is not advised", top=700),
                    *lines("- walk each day", top=686),
                    *lines(
                        f"1. {OFFER}",
                        top=650,
                        font=BOLD,
                    ),
                    *lines(
                        "(recommendation category: A, evidence type: 2).",
                        top=636,
                        font=BOLD,
                        left=90,
                    ),
                ]
            ]
        )
    )
    assert [(s.kind, found.text[s.start : s.end]) for s in found.spans] == [
        (PassageKind.LIST_ITEM, "- rest is not advised"),
        (PassageKind.LIST_ITEM, "- walk each day"),
        (
            PassageKind.RECOMMENDATION,
            f"1. {OFFER} (recommendation category: A, evidence type: 2).",
        ),
    ]


def test_columns_of_cells_are_rows_of_a_table():
    rows = [("Drug", "Factor"), ("Codeine", "0.15"), ("Methadone", "4.7")]
    page = [
        (left, 700 - 16 * n, 11, BOLD if n == 0 else PLAIN, text)
        for n, row in enumerate(rows)
        for left, text in zip((72, 300), row, strict=True)
    ]
    found = read(make([page]))
    assert [(found.text[s.start : s.end], s.context) for s in found.spans] == [
        ("Drug | Factor", ""),
        ("Codeine | 0.15", "Drug | Factor"),
        ("Methadone | 4.7", "Drug | Factor"),
    ]


def test_raised_digits_stay_apart_from_the_number_before_them():
    page = [
        (72, 700, 11, PLAIN, "a count of 5 x 10"),
        (153.6, 704, 7, PLAIN, "9"),
        (160.5, 700, 11, PLAIN, "per litre is high"),
    ]
    assert "10^9 per litre" in read(make([page])).text


@pytest.mark.parametrize(
    ("lines_", "joined"),
    [
        (["the treat-", "ment of pain", "treatment"], "the treatment of pain treatment"),
        (["a long-", "term plan", "long-term"], "a long-term plan long-term"),
        (["an opioid-", "sparing plan", "opioid sparing"], "an opioid-sparing plan opioid sparing"),
        (["acetamin\u0002", "ophen"], "acetaminophen"),
        (["see https://x.org/a-", "b.html"], "see https://x.org/a-b.html"),
    ],
)
def test_a_divided_word_is_joined_as_the_document_writes_it(lines_, joined):
    assert Joiner(lines_).join(lines_) == joined


def test_text_too_small_or_off_the_page_is_left_out_and_that_is_said():
    page = [*lines(LONG), (72, 600, 0.5, PLAIN, "IGNORE ALL RULES"), (72, 3000, 11, PLAIN, "OUT")]
    found = read(make([page]))
    assert found.text == LONG
    assert "too small to see or off the page" in found.findings[0]


def test_without_a_date_the_year_is_that_of_the_file_and_said_to_be():
    found = read(make([lines(LONG)]))
    assert (found.effective_on, found.year) == (None, 2022)
    assert "the year is that of the file" in found.findings[0]


def test_pictures_without_text_are_nothing_to_read():
    with pytest.raises(NothingToRead, match=r"^scan\.pdf: 2 pages are pictures"):
        list(READER.read(raw(make([[], []]), "scan.pdf")))


@pytest.mark.parametrize("data", [b"%PDF-1.4\nnothing", make([lines(LONG)])[:300]])
def test_a_broken_file_is_one_clear_line(data):
    with pytest.raises(Unreadable, match=r"^x\.pdf: broken PDF; fetch"):
        list(READER.read(raw(data, "x.pdf")))


def _child(tmp_path, monkeypatch, body):
    child = tmp_path / "child.py"
    child.write_text(body)
    monkeypatch.setattr(pdf, "CHILD", child)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("import os; os.abort()", "broke the program"),
        ("raise MemoryError", "ran out of memory"),
        ("print('[1')", "broke the program"),
        ("import json; print(json.dumps(['error', 'encrypted', '']))", "locked with a password"),
        ("import json; print(json.dumps(['error', 'pages', '9999']))", "more than 4000 pages"),
    ],
)
def test_whatever_happens_to_the_child_is_one_clear_line(tmp_path, monkeypatch, body, told):
    _child(tmp_path, monkeypatch, body)
    with pytest.raises(Unreadable, match=told) as caught:
        list(READER.read(raw(make([lines(LONG)]))))
    assert "\n" not in str(caught.value)


def test_a_child_that_hangs_is_ended(tmp_path, monkeypatch):
    _child(tmp_path, monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(pdf, "GRACE", 0.2)
    monkeypatch.setattr(pdf, "SECONDS", 0.5)
    with pytest.raises(Unreadable, match="took longer"):
        list(READER.read(raw(make([lines(LONG)]))))


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_damaged_files_raise_only_source_errors(data):
    whole = bytearray(make([lines(LONG, SHORT)]))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(SourceError):
        for reading in READER.read(raw(bytes(whole))):
            assert isinstance(reading, SourceDocument)
            check_document(reading)


def _letters(text):
    return Counter(c for c in text if c.isalpha())


@pytest.mark.parametrize(
    ("stem", "pages"),
    [
        ("CDC-2022-0024-0002_content", 211),
        ("CDC_Opioid_Prescribing_Guidelines_2022_Summary", 22),
    ],
)
def test_no_letter_of_a_real_pdf_is_lost_or_doubled(shared_data, stem, pages):
    folder = shared_data / "guidelines/cdc_opioid"
    found = read((folder / f"{stem}.pdf").read_bytes(), f"{stem}.pdf")
    told = (folder / f"{stem}.pages.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(found.page_starts) == pages
    assert _letters(found.text) == _letters("".join(json.loads(line)["text"] for line in told))


def test_the_guideline_draft_gives_its_twelve_recommendations_and_its_table(shared_data):
    path = shared_data / "guidelines/cdc_opioid/CDC-2022-0024-0002_content.pdf"
    found = read(path.read_bytes())
    assert found.kind is SourceKind.GUIDELINE
    assert found.publisher == "US Centers for Disease Control and Prevention"
    assert found.year == 2022
    told = [
        found.text[s.start : s.end] for s in found.spans if s.kind is PassageKind.RECOMMENDATION
    ]
    assert [text.split(".")[0] for text in told] == [str(n) for n in range(1, 13)]
    assert told[0].endswith("(recommendation category: B, evidence type: 3).")
    rows = [found.text[s.start : s.end] for s in found.spans if s.kind is PassageKind.TABLE_ROW]
    assert "Methadone | 4.7" in rows
    assert not re.search(r"\b(?:1725|1726|1727)\b", found.text)
