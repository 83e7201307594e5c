"""DocBook books are read whole; editions of one paper share a series."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from datetime import date

import pytest
from document_checks import check_document, errors_of, raw, section_texts
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from loccit.sources.docbook import READER
from loccit.terms import NothingToRead, PassageKind, SourceDocument, SourceKind, Unreadable

NAMESPACE = 'xmlns="http://docbook.org/ns/docbook"'


def book(subtitle="Heart: Rate Control White Paper", revision="4/30/2018", chapter=""):
    return f"""<book {NAMESPACE} version="5.1"><info>
<title>Clinical Decision Support (CDS) Content and Health Level 7 Artifacts</title>
<subtitle>{subtitle}</subtitle><copyright><year>2018</year><holder>Example Inc.</holder></copyright>
<legalnotice><para>Licensed under the <link>http://www.apache.org/licenses/LICENSE-2.0</link></para>
</legalnotice><authorgroup><author><personname><surname>Department of Veterans Affairs (VA)</surname>
</personname></author></authorgroup><pubdate>April 2018</pubdate><revhistory>
<revision><revnumber>1.1</revnumber><date>{revision}</date></revision>
<revision><revnumber>1.0</revnumber><date>1/2/2018</date></revision></revhistory></info>
<chapter><title>Rate</title><para>Give <emphasis>one</emphasis> of (<acronym>BB</acronym>):
<itemizedlist><listitem><para>metoprolol</para><blockquote><para>[Note: slowly]</para></blockquote>
</listitem></itemizedlist>until the rate falls.</para>
<section><info><title>Doses</title></info><para>[Section Prompt: Adults]</para><itemizedlist>
<listitem><para>5 mg</para></listitem></itemizedlist>
<table><title>Dose table</title><tgroup cols="3"><colspec colname="a"/><colspec colname="b"/>
<colspec colname="c"/><thead><row><entry>Drug</entry><entry namest="b" nameend="c">Dose</entry></row>
</thead><tbody><row><entry morerows="1">A</entry><entry>1 mg</entry><entry>2 mg</entry></row><row>
<entry>3 mg</entry><entry>4 mg</entry></row></tbody></tgroup></table>{chapter}</section></chapter>
<bibliography><biblioentry><title>Never read this</title></biblioentry></bibliography></book>""".encode()


def read(data):
    assert READER.recognises(data)
    (found,) = READER.read(raw(data, "b.xml"))
    assert isinstance(found, SourceDocument)
    check_document(found)
    return found


def test_sections_and_blocks_stand_in_reading_order():
    texts = section_texts(read(book()))
    assert texts[("Rate",)] == (
        "Rate\n\nGive one of (BB):\n\nmetoprolol\n\n[Note: slowly]\n\nuntil the rate falls."
    )
    assert texts[("Rate", "Doses")].startswith("Doses\n\n[Section Prompt: Adults]\n\n5 mg")


def test_items_and_rows_carry_what_must_be_read_with_them():
    found = read(book())
    assert [(s.kind, found.text[s.start : s.end], s.context) for s in found.spans] == [
        (PassageKind.LIST_ITEM, "metoprolol", ""),
        (PassageKind.LIST_ITEM, "[Note: slowly]", "metoprolol"),
        (PassageKind.LIST_ITEM, "5 mg", "[Section Prompt: Adults]"),
        (PassageKind.TABLE_ROW, "Drug | Dose", "Dose table"),
        (PassageKind.TABLE_ROW, "A | 1 mg | 2 mg", "Dose table | Drug | Dose"),
        (PassageKind.TABLE_ROW, "3 mg | 4 mg", "Dose table | Drug | Dose | A"),
    ]


def test_the_record_is_told_as_it_is():
    found = read(book())
    assert found.title == "Heart: Rate Control White Paper"
    assert found.series == "va-kbs:heart-rate-control-white-paper"
    assert found.id.startswith("va-kbs:heart-rate-control-white-paper@2018-04-30-1.1-")
    assert (found.effective_on, found.version) == (date(2018, 4, 30), "1.1")
    assert (found.publisher, found.jurisdiction) == ("US Department of Veterans Affairs", "US")
    assert found.licence is not None
    assert (found.licence.name, found.licence.redistributable) == ("Apache-2.0", True)
    assert found.findings == ("the list of 1 references was left out",)


def test_an_order_set_is_a_protocol():
    assert read(book()).kind is SourceKind.GUIDELINE
    assert read(book(subtitle="Heart: Admission Orders")).kind is SourceKind.PROTOCOL


def test_an_impossible_revision_date_stays_unread_and_is_noted():
    found = read(book(revision="13/45/2018"))
    assert found.effective_on == date(2018, 1, 2)
    assert "the date 2018-13-45 is none and was left out" in found.findings


def test_a_revision_older_than_its_publication_is_not_believed():
    found = read(book(revision="4/30/2016").replace(b"1/2/2018", b"1/2/2016"))
    assert (found.effective_on, found.year) == (None, 2018)
    assert any("older than the publication" in finding for finding in found.findings)


def test_a_file_without_text_has_nothing_to_read():
    with pytest.raises(NothingToRead, match=r"^b\.xml: "):
        list(READER.read(raw(f"<book {NAMESPACE}><info/></book>".encode(), "b.xml")))


def test_entities_are_refused_with_the_place():
    data = book().replace(b"<book", b'<!DOCTYPE book [<!ENTITY x "y">]><book')
    with pytest.raises(Unreadable, match=r"^b\.xml, DOCTYPE: "):
        list(READER.read(raw(data, "b.xml")))


@given(st.data())
def test_damaged_files_raise_only_source_errors(data):
    whole = bytearray(book())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    for error in errors_of(READER, bytes(whole[:cut])):
        assert "\n" not in str(error)


def _text_of(element):
    """The book's text by plain recursion: a second way to the same words."""
    name = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
    if name == "info":
        keep = ("abstract",) if element.getparent().tag.endswith("}book") else ("title", "subtitle")
        return "".join(_text_of(e) for e in element if e.tag.rsplit("}", 1)[-1] in keep)
    if not name or name in ("bibliography", "imageobject"):
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [_text_of(child), child.tail or ""]
    return "".join(parts)


def _letters(text):
    return Counter(c for c in unicodedata.normalize("NFC", text) if c.isalnum())


@pytest.fixture
def papers(shared_data):
    found = {}
    for path in sorted((shared_data / "guidelines/va_kbs").rglob("*.xml")):
        data = path.read_bytes()
        found[path.relative_to(shared_data / "guidelines/va_kbs")] = (data, read(data))
    return found


def test_no_letter_of_the_white_papers_is_lost_or_doubled(papers):
    assert len(papers) == 51
    parser = etree.XMLParser(remove_comments=True, remove_pis=True)
    for path, (data, found) in papers.items():
        assert _letters(found.text) == _letters(_text_of(etree.fromstring(data, parser))), path


def test_every_superseded_paper_shares_its_series_with_a_current_one(papers):
    series = defaultdict(set)
    for path, (_, found) in papers.items():
        series[path.parts[0]].add(found.series)
    assert len(series["superseded"]) == 8
    assert series["superseded"] <= series["content"]


def test_a_white_paper_holds_its_orders_with_their_prompt(papers):
    (found,) = (d for _, d in papers.values() if "vte-prophylaxis" in d.series)
    assert (found.version, found.effective_on) == ("1.1", date(2018, 4, 30))
    span = next(s for s in found.spans if "Enoxaparin 40 mg" in found.text[s.start : s.end])
    assert found.text[span.start : span.end] == (
        "☐ Enoxaparin 40 mg solution subcutaneous once daily (routine)"
    )
    assert span.context.startswith("[Section Prompt: Acutely Ill Patients")
