"""PubMed XML becomes abstracts, withdrawals and clear refusals."""

from __future__ import annotations

import gzip
from collections import Counter
from datetime import date

import pytest
from document_checks import check_document, errors_of, raw
from hypothesis import given
from hypothesis import strategies as st

from loccit.ports import Withdrawal
from loccit.sources.medline import READER
from loccit.terms import (
    NothingToRead,
    Relation,
    SourceDocument,
    SourceKind,
    Standing,
    Unreadable,
)

ABSTRACT = """<Abstract>
<AbstractText Label="AIM" NlmCategory="OBJECTIVE">To count 5 &#215; 10<sup>9</sup> cells.</AbstractText>
<AbstractText Label="RESULTS" NlmCategory="RESULTS">Pain fell by <b>12</b> mm.</AbstractText>
<CopyrightInformation>Copyright 2020 Example.</CopyrightInformation></Abstract>"""


def citation(
    pmid="101", abstract=ABSTRACT, types=("Journal Article",), extra="", dates="", other=""
):
    kinds = "".join(f"<PublicationType>{name}</PublicationType>" for name in types)
    return f"""<PubmedArticle><MedlineCitation><PMID Version="2">{pmid}</PMID><Article>
<Journal><JournalIssue><PubDate>{dates or "<Year>2020</Year><Month>Feb</Month>"}</PubDate>
</JournalIssue><Title>Journal of Examples</Title></Journal>
<ArticleTitle>A study of <i>examples</i>.</ArticleTitle>
<ELocationID EIdType="doi" ValidYN="Y">10.1/x</ELocationID>{abstract}
<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>
<AccessionNumber>NCT01234567</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
<PublicationTypeList>{kinds}</PublicationTypeList></Article>
<ChemicalList><Chemical><NameOfSubstance>Exampline</NameOfSubstance></Chemical></ChemicalList>
<MeshHeadingList><MeshHeading><DescriptorName>Back Pain</DescriptorName></MeshHeading>
</MeshHeadingList>{extra}{other}</MedlineCitation><PubmedData><ArticleIdList>
<ArticleId IdType="pmc">PMC7</ArticleId></ArticleIdList><ReferenceList><Reference><ArticleIdList>
<ArticleId IdType="doi">10.9/of-a-reference</ArticleId></ArticleIdList></Reference></ReferenceList>
</PubmedData></PubmedArticle>"""


def related(kind, pmid="99"):
    return (
        f'<CommentsCorrectionsList><CommentsCorrections RefType="{kind}"><RefSource>J. 2021</RefSource>'
        f"<PMID>{pmid}</PMID></CommentsCorrections></CommentsCorrectionsList>"
    )


def read(*records):
    data = f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>".encode()
    assert READER.recognises(data)
    return list(READER.read(raw(data, "set.xml")))


def document(**parts):
    (found,) = read(citation(**parts))
    assert isinstance(found, SourceDocument), found
    check_document(found)
    return found


def test_a_structured_abstract_keeps_labels_categories_and_words():
    found = document()
    assert [(s.path, s.code) for s in found.sections] == [
        (("AIM",), "OBJECTIVE"),
        (("RESULTS",), "RESULTS"),
    ]
    assert found.text == "AIM\n\nTo count 5 × 10^9 cells.\n\nRESULTS\n\nPain fell by 12 mm."


def test_the_record_is_told_as_it_is():
    found = document()
    assert found.id == "pmid:101@2"
    assert found.title == "A study of examples."
    assert found.publisher == "Journal of Examples"
    assert found.identifiers == {
        "pmid": "101",
        "doi": "10.1/x",
        "pmc": "PMC7",
        "nct": "NCT01234567",
    }
    assert found.subjects == ("Back Pain", "Exampline")
    assert found.url == "https://pubmed.ncbi.nlm.nih.gov/101/"
    assert found.licence is not None
    assert found.licence.attribution == "Copyright 2020 Example."
    assert not found.licence.redistributable


@pytest.mark.parametrize(
    ("written", "day", "year"),
    [
        ("<Year>2020</Year><Month>Feb</Month><Day>3</Day>", date(2020, 2, 3), 2020),
        ("<Year>2020</Year><Month>02</Month><Day>30</Day>", None, 2020),
        ("<Year>2020</Year><Season>Spring</Season>", None, 2020),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", None, 1998),
    ],
)
def test_a_date_is_read_only_when_it_is_complete_and_possible(written, day, year):
    found = document(dates=written)
    assert (found.effective_on, found.year) == (day, year)
    assert bool(found.findings) == ("30" in written)


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (("Journal Article",), SourceKind.ABSTRACT),
        (("Journal Article", "Randomized Controlled Trial"), SourceKind.TRIAL),
        (("Clinical Trial, Phase II",), SourceKind.TRIAL),
        (("Clinical Trial Protocol",), SourceKind.ABSTRACT),
        (("Meta-Analysis", "Randomized Controlled Trial"), SourceKind.SYSTEMATIC_REVIEW),
        (("Practice Guideline", "Review"), SourceKind.GUIDELINE),
    ],
)
def test_publication_types_decide_the_kind(types, kind):
    assert document(types=types).kind is kind


@pytest.mark.parametrize(
    ("relation", "standing"),
    [
        ("RetractionIn", Standing.RETRACTED),
        ("ExpressionOfConcernIn", Standing.EXPRESSION_OF_CONCERN),
        ("ErratumIn", Standing.CURRENT),
    ],
)
def test_corrections_decide_the_standing_and_are_kept(relation, standing):
    found = document(extra=related(relation))
    assert found.standing is standing
    assert found.relations == (Relation(kind=relation, target="pmid:99"),)


def test_cited_references_are_no_relations():
    assert document(extra=related("Cites")).relations == ()


def test_a_retraction_notice_without_abstract_withdraws_what_it_names():
    withdrawal, refusal = read(citation(abstract="", extra=related("RetractionOf", "55")))
    assert withdrawal == Withdrawal(series="pmid:55", reason="retracted by PMID 101")
    assert isinstance(refusal, NothingToRead)


def test_a_deletion_withdraws_each_number():
    data = b"<MedlineCitationSet><DeleteCitation><PMID>1</PMID><PMID>2</PMID></DeleteCitation></MedlineCitationSet>"
    assert [r.series for r in READER.read(raw(data)) if isinstance(r, Withdrawal)] == [
        "pmid:1",
        "pmid:2",
    ]


def test_an_english_abstract_elsewhere_counts_and_another_language_is_noted():
    other = (
        '<OtherAbstract Language="eng" Type="plain-language-summary"><AbstractText>In plain words.'
        '</AbstractText></OtherAbstract><OtherAbstract Language="pol"><AbstractText>Po polsku.'
        "</AbstractText></OtherAbstract>"
    )
    found = document(abstract="", other=other)
    assert found.text == "In plain words."
    assert found.sections[0].path == ("Plain-language summary",)
    assert found.findings == ("an abstract in another language (pol) was left out",)


def test_no_abstract_and_no_number_are_told_record_by_record():
    first, second, third = read(citation(abstract=""), citation(pmid=""), citation(pmid="3"))
    assert str(first) == "set.xml, PMID 101: no abstract in English, so nothing to cite"
    assert isinstance(second, Unreadable)
    assert "record 2" in str(second)
    assert isinstance(third, SourceDocument)


def test_a_cut_file_gives_its_whole_records_and_then_the_place():
    data = f"<PubmedArticleSet>{citation()}{citation(pmid='102')[:200]}".encode()
    found = READER.read(raw(data, "cut.xml"))
    first = next(found)
    assert isinstance(first, SourceDocument)
    assert first.id == "pmid:101@2"
    with pytest.raises(Unreadable, match=r"cut\.xml, line \d+"):
        next(found)


@given(st.data())
def test_damaged_files_raise_only_source_errors(data):
    whole = bytearray(f"<PubmedArticleSet>{citation()}</PubmedArticleSet>".encode())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    for error in errors_of(READER, bytes(whole[:cut])):
        assert "\n" not in str(error)


def test_a_baseline_file_is_read_whole(shared_data):
    data = gzip.decompress((shared_data / "literature/medline16n0902.xml.gz").read_bytes())
    found = list(READER.read(raw(data, "medline16n0902.xml")))
    assert Counter(type(reading).__name__ for reading in found) == {
        "SourceDocument": 526,
        "NothingToRead": 78,
        "Withdrawal": 1,
    }
    documents = {r.series: r for r in found if isinstance(r, SourceDocument)}
    for reading in documents.values():
        check_document(reading)
    assert [r.series for r in found if isinstance(r, Withdrawal)] == ["pmid:26432306"]
    assert Counter(r.kind for r in documents.values())[SourceKind.TRIAL] == 7


def test_current_citations_are_read_with_their_identifiers(shared_data):
    path = shared_data / "literature/test_current_medline.xml.gz"
    found = list(READER.read(raw(gzip.decompress(path.read_bytes()))))
    first = found[0]
    assert isinstance(first, SourceDocument)
    assert first.id == "pmid:36400559@1"
    assert first.title == "Back Pain: Differential Diagnosis and Management."
    assert (first.effective_on, first.year) == (date(2022, 10, 29), 2023)
    assert first.identifiers["doi"] == "10.1016/j.ncl.2022.07.002"
    assert "Low Back Pain" in first.subjects
