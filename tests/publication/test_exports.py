"""References for other programs: read back by libraries that other programs use."""

import json
from dataclasses import replace

import pytest
import rispy
from articles import abstention, article, card
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from loccit.publication.exports import as_bibliography, as_bibtex, as_csl_json, as_ris
from loccit.terms import Reference, SourceKind, Standing

TRIAL = card(
    "trial",
    kind=SourceKind.TRIAL,
    title="Examplamine for spasm: a {trial} of 50% & more_\\ #1",
    publisher="Example Journal",
    version="",
    identifiers={"doi": "10.1000/x_y", "pmid": "123"},
    standing=Standing.RETRACTED,
)


def with_sources(*cards):
    references = tuple(Reference(number=n, card=each) for n, each in enumerate(cards, 1))
    return replace(article(), references=references)


def test_the_references_as_csl_json():
    first, second = json.loads(as_csl_json(article()))
    assert first["type"] == "report"
    assert (first["title"], first["publisher"]) == (
        "Examplamine tablets, prescribing information",
        "Example Works",
    )
    assert first["issued"] == {"date-parts": [[2023, 4, 1]]}
    assert "read through a pack summary" in second["note"]
    assert not second["title"].startswith("Summary of")


def test_a_trial_is_an_article_of_its_journal_and_says_that_it_was_retracted():
    (item,) = json.loads(as_csl_json(with_sources(TRIAL)))
    assert (item["type"], item["container-title"]) == ("article-journal", "Example Journal")
    assert (item["DOI"], item["PMID"]) == ("10.1000/x_y", "123")
    assert "retracted" in item["note"]


def test_no_author_is_made_up():
    assert not any("author" in item for item in json.loads(as_csl_json(article())))


def test_ris_is_read_back_as_written():
    records = rispy.loads(as_ris(with_sources(card(), TRIAL)))
    assert [each["type_of_reference"] for each in records] == ["RPRT", "JOUR"]
    assert [each["title"] for each in records] == [card().title, TRIAL.title]
    assert records[1]["doi"] == "10.1000/x_y"
    assert records[0]["year"] == "2023"
    assert records[0]["date"] == "2023/04/01"


def test_bibtex_is_read_back_as_written():
    entries = parse_string(as_bibtex(with_sources(card(), TRIAL)), "bibtex").entries
    assert list(entries) == ["ref-1", "ref-2"]
    assert entries["ref-2"].type == "article"
    title = entries["ref-2"].fields["title"]
    assert (
        title
        == r"Examplamine for spasm: a \textbraceleft{}trial\textbraceright{} of 50\% \& more\_\textbackslash{} \#1"
    )
    assert entries["ref-2"].fields["doi"] == "10.1000/x_y"
    assert entries["ref-1"].fields["year"] == "2023"


@given(title=st.text(min_size=1, max_size=60), url=st.text(max_size=40))
def test_no_title_or_address_breaks_out_of_its_field(title, url):
    shown = with_sources(card(title=f"a{title}", url=f"https://example.org/{url}"), TRIAL)
    assert len(rispy.loads(as_ris(shown))) == 2
    assert len(parse_string(as_bibtex(shown), "bibtex").entries) == 2


def test_lists_in_two_styles():
    shown = with_sources(card(), TRIAL)
    ama = as_bibliography(shown, style="ama").splitlines()
    assert ama[0] == (
        "1. Examplamine Tablets, Prescribing Information. Example Works; 2023. "
        "https://example.org/label"
    )
    assert ama[1].startswith("2. Examplamine for spasm")
    assert "Example Journal. Published online April 1, 2023. doi:10.1000/x_y" in ama[1]
    vancouver = as_bibliography(shown, style="vancouver").splitlines()
    assert "Example Journal. 2023 Apr 1. doi:10.1000/x_y" in vancouver[1]
    assert "Example Works; 2023 Apr. Available from: https://example.org/label" in vancouver[0]


@pytest.mark.parametrize("style", ["ama", "vancouver"])
def test_an_answer_without_sources_has_an_empty_list(style):
    assert as_bibliography(with_sources(), style=style) == ""


def test_an_honest_stop_lists_the_nearest_sources():
    assert len(json.loads(as_csl_json(abstention()))) == len(
        {near.card.id for near in abstention().nearest}
    )
