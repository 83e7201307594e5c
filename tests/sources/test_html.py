"""Web pages and Markdown: what a reader sees is read, what is hidden is not."""

from __future__ import annotations

from datetime import date

import pytest
from document_checks import check_document, errors_of, raw, section_texts
from hypothesis import given
from hypothesis import strategies as st

from loccit.sources import html, markdown
from loccit.terms import NothingToRead, PassageKind, SourceDocument, SourceKind, Unreadable


def read(body, reader=html.READER, name="page.html"):
    data = body if isinstance(body, bytes) else body.encode()
    assert reader.recognises(data)
    (found,) = reader.read(raw(data, name))
    assert isinstance(found, SourceDocument)
    check_document(found)
    return found


def page(body, head=""):
    return read(
        f"<!doctype html><html><head><title>T</title>{head}</head><body>{body}</body></html>"
    )


def spans(found):
    return [(s.kind, found.text[s.start : s.end], s.context) for s in found.spans]


def test_headings_make_sections():
    found = page("<h1>A</h1><p>one</p><div><h3>B</h3>two</div><h2>C</h2><p>three</p>")
    assert section_texts(found) == {
        ("A",): "A\n\none",
        ("A", "B"): "B\n\ntwo",
        ("A", "C"): "C\n\nthree",
    }


HIDDEN = [
    "<p hidden>X</p>",
    '<p aria-hidden="true">X</p>',
    '<p style="display: none">X</p>',
    '<p style="visibility:hidden">X</p>',
    '<p style="font-size:0px">X</p>',
    '<p style="opacity:0">X</p>',
    '<p style="position:absolute;left:-9999px">X</p>',
    '<p class="gone">X</p>',
    "<!-- X -->",
    '<div style="display:none"><p>X <b>X</b></p></div>',
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_hidden_text_is_left_out_and_that_is_said(hidden):
    style = "<style>.gone{display:none} @media print{p{display:none}}</style>"
    found = page(f"<p>seen</p>{hidden}<p>too</p>", style)
    assert found.text == "seen\n\ntoo"
    assert found.findings == ("1 hidden parts were left out",)


def test_menus_and_scripts_are_no_content():
    found = page(
        "<nav>menu</nav><header>site</header><p>text</p><script>x()</script><form><button>b</button>"
        "</form><footer>foot</footer>"
    )
    assert found.text == "text"
    assert found.findings == ("text outside the main content was left out",)


def test_the_main_element_is_the_content():
    assert page("<p>around</p><main><p>text</p></main>").text == "text"


def test_lists_tables_and_terms_are_told_with_their_context():
    found = page(
        "<ul><li>a<ul><li>b</ul></ul><table><caption>Doses<tr><th>Drug<th>Dose<tr><td>A<td>5 mg</table>"
        "<dl><dt>PPI<dd>pump inhibitor</dl>"
    )
    assert spans(found) == [
        (PassageKind.LIST_ITEM, "a", ""),
        (PassageKind.LIST_ITEM, "b", "a"),
        (PassageKind.TABLE_ROW, "Drug | Dose", "Doses"),
        (PassageKind.TABLE_ROW, "A | 5 mg", "Doses | Drug | Dose"),
        (PassageKind.LIST_ITEM, "PPI: pump inhibitor", ""),
    ]


def test_wrappers_and_links_around_blocks_lose_no_text():
    found = page("<my-app><a href=x><p>one</p></a>two<span>three</span></my-app>four")
    assert found.text == "one\n\ntwothree\n\nfour"


def test_metadata_is_taken_as_given():
    found = page(
        "<h1>Back pain guideline</h1><p>text</p>",
        '<meta name="DC.date" content="2023-05-04"><meta property="og:site_name" content="Society">'
        '<link rel="canonical" href="https://example.org/a">'
        '<link rel="license" href="https://creativecommons.org/licenses/by-nc/4.0/">',
    )
    assert (found.title, found.kind) == ("Back pain guideline", SourceKind.GUIDELINE)
    assert (found.effective_on, found.publisher) == (date(2023, 5, 4), "Society")
    assert found.url == "https://example.org/a"
    assert found.licence is not None
    assert not found.licence.redistributable


def test_deep_nesting_is_refused_and_not_a_crash():
    with pytest.raises(Unreadable, match=r"page\.html: nested more than"):
        list(html.READER.read(raw(b"<html><body>" + b"<ul><li>" * 5000 + b"x", "page.html")))


def test_an_empty_page_has_nothing_to_read():
    with pytest.raises(NothingToRead):
        list(html.READER.read(raw(b"<html><body><script>a</script></body></html>")))


def test_bytes_that_are_no_text_are_refused_with_their_place():
    with pytest.raises(Unreadable, match=r"byte 12: not valid UTF-8"):
        list(html.READER.read(raw(b"<html><body>\xff")))


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<ul>",
                "<li>",
                "</ul>",
                "<table>",
                "<tr>",
                "<td>",
                "<dl>",
                "<dt>",
                "<dd>",
                "<h2>",
                "</h2>",
                "<b>",
                "<a>",
                "text",
                "\x00",
                "&#0;",
                "\ufffe",
                "<!--",
                "-->",
                "<p hidden>",
                "<x-y>",
                "<svg>",
                "<math>",
                "<td rowspan=9 colspan=2>",
            ]
        ),
        max_size=30,
    )
)
def test_any_markup_gives_a_sound_document_or_a_source_error(parts):
    data = ("<html><body>" + "".join(parts)).encode("utf-8", "surrogatepass")
    for error in errors_of(html.READER, data):
        assert "\n" not in str(error)


MARKDOWN = """---
title: Local protocol
date: 2024-02-29
publisher: Example Hospital
---
# Anticoagulation

Use **bold**<span hidden> tags</span> sparingly.

<div>raw html</div>

## Dose

1. one
   - nested

| Drug | Dose |
|------|------|
| A    | 5 mg |
"""


def test_markdown_is_read_as_the_page_it_makes():
    found = read(MARKDOWN, markdown.READER, "local.md")
    assert (found.title, found.kind) == ("Local protocol", SourceKind.PROTOCOL)
    assert (found.effective_on, found.publisher) == (date(2024, 2, 29), "Example Hospital")
    assert section_texts(found)[("Anticoagulation",)] == (
        "Anticoagulation\n\nUse bold tags sparingly."
    )
    assert "raw html" not in found.text
    assert spans(found) == [
        (PassageKind.LIST_ITEM, "one", ""),
        (PassageKind.LIST_ITEM, "nested", "one"),
        (PassageKind.TABLE_ROW, "Drug | Dose", ""),
        (PassageKind.TABLE_ROW, "A | 5 mg", "Drug | Dose"),
    ]


@given(st.text(max_size=200))
def test_any_markdown_gives_a_sound_document_or_a_source_error(text):
    for error in errors_of(markdown.READER, f"# T\n{text}".encode("utf-8", "surrogatepass")):
        assert "\n" not in str(error)
