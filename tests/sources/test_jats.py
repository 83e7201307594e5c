"""JATS articles are read whole, and their reference marks never turn into numbers."""

from __future__ import annotations

import tarfile
import unicodedata
from collections import Counter
from datetime import date

import pytest
from document_checks import check_document, errors_of, raw, section_texts
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from loccit.ports import Withdrawal
from loccit.sources.jats import READER
from loccit.terms import (
    NothingToRead,
    PassageKind,
    SourceDocument,
    SourceKind,
    Standing,
    Unreadable,
)

BODY = """<sec sec-type="methods"><label>2</label><title>Methods</title>
<p>We gave 10 mg<sup><xref ref-type="bibr" rid="b1">4</xref>,<xref ref-type="bibr" rid="b2">5</xref>
</sup> to 30 people.<xref ref-type="bibr" rid="b3">6</xref> Others did too
[<xref ref-type="bibr" rid="b4">7</xref>]. See <xref ref-type="table" rid="t1">Table 1</xref>.
<table-wrap id="t1"><label>Table 1</label><caption><title>Pain</title></caption><table><thead><tr>
<th>Arm</th><th>VAS<xref ref-type="table-fn" rid="f"><sup>a</sup></xref></th></tr></thead><tbody><tr>
<td>Drug</td><td>12</td></tr></tbody></table><table-wrap-foot><fn id="f"><label>a</label><p>Visual
analogue scale.</p></fn></table-wrap-foot></table-wrap> The end.</p>
<sec><title>Outcomes</title><p>These were:</p><list><list-item><label>1.</label><p>pain</p></list-item>
<list-item><p>sleep</p><list><list-item><p>hours</p></list-item></list></list-item></list></sec></sec>
<boxed-text><caption><title>Key points</title></caption><p>Rest is not best.</p></boxed-text>
<fig><label>Figure 1</label><caption><p>Flow of patients.</p></caption><graphic/></fig>"""


def article(
    title="A study", body=BODY, kind="research-article", meta="", back="", subject="Research"
):
    return f"""<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving DTD v1.0 20120330//EN" "x.dtd">
<article article-type="{kind}" xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta>
<journal-title-group><journal-title>Example Journal</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmc">123</article-id><article-id pub-id-type="pmid">9</article-id>
<article-categories><subj-group subj-group-type="heading"><subject>{subject}</subject></subj-group>
</article-categories><title-group><article-title>{title}<xref ref-type="fn">*</xref></article-title>
</title-group><pub-date pub-type="epub"><day>3</day><month>5</month><year>2011</year></pub-date>
<permissions><copyright-statement>© Author</copyright-statement><license
xlink:href="http://creativecommons.org/licenses/by/2.0"><license-p>Open</license-p></license></permissions>
{meta}<abstract><sec><title>Background</title><p>Pain is common.</p></sec></abstract>
<kwd-group><kwd>pain</kwd></kwd-group></article-meta></front><body>{body}</body>
<back>{back}<ref-list><ref id="b1"><mixed-citation>Never read this.</mixed-citation></ref></ref-list>
</back></article>""".encode()


def read(data):
    assert READER.recognises(data)
    return list(READER.read(raw(data, "a.nxml")))


def document(**parts):
    (found,) = read(article(**parts))
    assert isinstance(found, SourceDocument), found
    check_document(found)
    return found


def test_sections_carry_their_path_and_type():
    assert [(s.path, s.code) for s in document().sections] == [
        (("Abstract", "Background"), ""),
        (("2 Methods",), "methods"),
        (("2 Methods", "Outcomes"), ""),
        (("Key points",), ""),
        ((), ""),
    ]


def test_a_table_does_not_break_its_paragraph_and_follows_it():
    methods = section_texts(document())[("2 Methods",)]
    assert methods == (
        "2 Methods\n\nWe gave 10 mg[4,5] to 30 people.[6] Others did too [7]. See Table 1. The end."
        "\n\nTable 1 Pain\n\nArm | VAS[a]\n\nDrug | 12\n\na Visual analogue scale."
    )


def test_rows_and_items_carry_what_must_be_read_with_them():
    found = document()
    told = [(s.kind, found.text[s.start : s.end], s.context) for s in found.spans]
    assert told == [
        (PassageKind.TABLE_ROW, "Arm | VAS[a]", "Table 1 Pain"),
        (PassageKind.TABLE_ROW, "Drug | 12", "Table 1 Pain | Arm | VAS[a]"),
        (PassageKind.LIST_ITEM, "1. pain", ""),
        (PassageKind.LIST_ITEM, "sleep", ""),
        (PassageKind.LIST_ITEM, "hours", "sleep"),
    ]


def test_the_references_are_left_out_and_that_is_said():
    found = document()
    assert "Never read" not in found.text
    assert found.findings == ("the list of 1 references was left out",)


def test_the_record_is_told_as_it_is():
    found = document()
    assert found.series == "pmcid:PMC123"
    assert found.title == "A study"
    assert found.publisher == "Example Journal"
    assert found.identifiers == {"pmcid": "PMC123", "pmid": "9"}
    assert (found.effective_on, found.year) == (date(2011, 5, 3), 2011)
    assert found.url == "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/"
    assert found.licence is not None
    assert (found.licence.name, found.licence.redistributable) == ("CC BY 2.0", True)
    assert found.licence.attribution == "© Author"


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"title": "Rest in back pain"}, SourceKind.ARTICLE),
        ({"title": "Rest: a randomised controlled trial"}, SourceKind.TRIAL),
        ({"title": "Study protocol of a randomised trial"}, SourceKind.ARTICLE),
        ({"title": "Rest: systematic review of randomized trials"}, SourceKind.SYSTEMATIC_REVIEW),
        ({"title": "Clinical guideline for rest"}, SourceKind.GUIDELINE),
        ({"title": "Effect of a clinical guideline: a randomized trial"}, SourceKind.TRIAL),
        ({"meta": "<abstract><p>ISRCTN12345678</p></abstract>"}, SourceKind.TRIAL),
        ({"meta": "<abstract><p>They were randomly assigned.</p></abstract>"}, SourceKind.TRIAL),
        ({"title": "Correction: a randomised trial", "kind": "correction"}, SourceKind.ARTICLE),
    ],
)
def test_the_kind_is_what_the_article_says_it_reports(parts, kind):
    assert document(**parts).kind is kind


def test_a_retraction_notice_withdraws_what_it_names():
    link = (
        '<related-article related-article-type="retracted-article" ext-link-type="doi"'
        ' xlink:href="10.1/gone"/>'
    )
    withdrawal, notice = read(article(title="Retraction: X", kind="retraction", meta=link))
    assert withdrawal == Withdrawal(series="doi:10.1/gone", reason="retracted: Retraction: X")
    assert isinstance(notice, SourceDocument)


def test_a_retracted_article_says_so():
    assert document(title="RETRACTED: A study").standing is Standing.RETRACTED


def test_formulas_are_read_once_and_keep_their_powers():
    body = (
        '<p xmlns:m="http://www.w3.org/1998/Math/MathML">Let <inline-formula><alternatives><tex-math>'
        r"\documentclass{minimal}\begin{document}$x^2$\end{document}</tex-math><m:math><m:msup><m:mi>x"
        "</m:mi><m:mn>2</m:mn></m:msup></m:math></alternatives></inline-formula> be.</p>"
    )
    assert document(body=body).text.endswith("Let x^2 be.")


def test_a_table_that_is_a_picture_is_told():
    body = "<table-wrap><label>Table 9</label><graphic/></table-wrap>"
    assert "1 tables are pictures and could not be read" in document(body=body).findings


def test_an_article_without_words_has_nothing_to_read():
    data = article(body="").replace(b"Pain is common.", b"").replace(b"Background", b"")
    assert isinstance(read(data)[0], NothingToRead)


def test_a_set_gives_each_article():
    inner = article().split(b"?>")[1].split(b'x.dtd">')[1]
    assert len(read(b"<pmc-articleset>" + inner + inner + b"</pmc-articleset>")) == 2


def test_docbook_is_not_mistaken_for_jats():
    assert not READER.recognises(
        b'<article xmlns="http://docbook.org/ns/docbook"><info/></article>'
    )


@given(st.data())
def test_damaged_files_raise_only_source_errors(data):
    whole = bytearray(article())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    for error in errors_of(READER, bytes(whole[:cut])):
        assert "\n" not in str(error)


def test_broken_xml_names_file_and_place():
    with pytest.raises(Unreadable, match=r"^a\.nxml, line \d+, column \d+: broken XML"):
        read(article()[:-30])


LEFT_OUT = {
    *("ref-list", "bio", "graphic", "inline-graphic", "object-id", "tex-math", "alt-text"),
    *("long-desc", "permissions", "kwd-group"),
}


def _letters(text):
    return Counter(c for c in unicodedata.normalize("NFC", text) if c.isalnum())


def _text_of(element):
    """The text of an article by plain recursion: a second way to the same words."""
    if not isinstance(element.tag, str) or element.tag.rsplit("}", 1)[-1] in LEFT_OUT:
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [_text_of(child), child.tail or ""]
    return "".join(parts)


@pytest.mark.parametrize("name", ["pntd.0002065.nxml", "6605965a.nxml", "mds526.nxml"])
def test_no_letter_of_a_real_article_is_lost_or_doubled(shared_data, name):
    data = (shared_data / "literature/pmc_nxml_samples" / name).read_bytes()
    (found,) = read(data)
    assert isinstance(found, SourceDocument)
    check_document(found)
    root = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True))
    parts = [*root.findall(".//article-meta/abstract"), *root.findall("body")]
    parts += [*root.findall("floats-group"), *root.findall("back")]
    assert _letters(found.text) == _letters("".join(map(_text_of, parts)))


def test_trial_articles_are_read_one_and_all(shared_data):
    read_, kinds = 0, Counter()
    with tarfile.open(shared_data / "trials.tar.xz") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.name.endswith(".nxml") else None
            if stream is None or read_ >= 60:
                continue
            (found,) = read(stream.read())
            assert isinstance(found, SourceDocument)
            check_document(found)
            kinds[found.kind] += 1
            read_ += 1
    assert read_ == 60
    assert kinds[SourceKind.TRIAL] > 30


@pytest.mark.parametrize("tag", ["sec", "p", "italic", "list"])
def test_deep_nesting_is_read_or_refused_and_never_a_crash(tag):
    inner = f"<{tag}>" * 240 + "x" + f"</{tag}>" * 240
    found = read(article(body=f"<p>{inner}</p>"))
    assert all(isinstance(reading, SourceDocument | Unreadable) for reading in found)
