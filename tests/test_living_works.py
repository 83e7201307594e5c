"""What befalls a work opens what stands on another source of it: a summary, or another record."""

from datetime import date

import pytest

from living_house import DOSE, TODAY, WARNING, House
from loccit.review import Fate
from loccit.terms import Action, Original, Relation, SourceKind, Standing, State
from loccit.testing import small_document

WRITTEN = date(2025, 3, 1)


def summary(kind=SourceKind.LABEL, **identifiers):
    """A pack's summary, in its own words, of a work with these identifiers."""
    named = identifiers or {"set_id": "abc"}
    return small_document(
        "pack:examplamine",
        DOSE,
        WARNING,
        kind=SourceKind.SUMMARY,
        title="Summary of examplamine tablets",
        identifiers=named,
        effective_on=WRITTEN,
        year=WRITTEN.year,
        summarises=Original(
            kind=kind, title="Examplamine tablets", publisher="", identifiers=named
        ),
    )


def label(day=date(2026, 5, 1), version="12", **facts):
    """An edition of the label that is summarised: other words than the summary's."""
    told = {
        "id": f"set_id:abc@{version}",
        "series": "set_id:abc",
        "version": version,
        "effective_on": day,
        "year": day.year if day else None,
        "identifiers": {"set_id": "ABC"},
        "title": "Examplamine tablets",
    }
    return small_document("label", "Take 5 mg of it.", **{**told, **facts})


def paper(name="pmid:7", **facts):
    told = {
        "id": f"{name}@1",
        "series": name,
        "kind": SourceKind.ABSTRACT,
        "identifiers": {"pmid": "7", "doi": "https://doi.org/10.1/X"},
        "title": "Examplamine in backs",
    }
    return small_document("paper", "It helped.", **{**told, **facts})


@pytest.fixture
def house():
    return House(summary())


def test_an_original_that_came_out_anew_opens_what_stands_on_its_summary(house):
    house.put(label())
    (opened,) = house.refresh()
    assert {(each.statement, each.fate) for each in opened.found} == {
        ("s1", Fate.OUTRUN),
        ("s2", Fate.OUTRUN),
    }
    assert "the original of a summary moved on and the summary has not: 2 outrun" in opened.reason
    assert "Examplamine tablets came out anew on 2026-05-01 (12)" in house.review.reason
    assert "the summary cited is of 2025-03-01" in house.review.reason
    assert (house.review.state, house.review.open) == (State.UNDER_REVIEW, {"s1", "s2"})
    assert house.refresh() == []


def test_an_original_no_newer_than_its_summary_opens_nothing(house):
    house.put(label(WRITTEN))
    house.put(label(date(2024, 1, 1), version="11"))
    assert house.refresh() == []


def test_where_only_years_are_known_the_years_are_compared():
    house = House(summary())
    house.put(label(None, year=2025))
    assert house.refresh() == []
    house.put(label(None, version="13", year=2026))
    assert len(house.refresh()) == 1


def test_what_a_person_settled_is_told_again_only_for_the_next_edition(house):
    house.put(label())
    house.refresh()
    for statement in ("s1", "s2"):
        house.take(Action.ACCEPT, target=statement)
    house.take(Action.APPROVE)
    assert house.refresh() == []
    house.put(label(date(2026, 5, 20), version="13"))
    (again,) = house.refresh()
    assert "(13)" in again.reason


def test_a_summary_written_anew_ends_it(house):
    house.put(label())
    house.put(
        small_document(
            "pack:examplamine",
            DOSE,
            WARNING,
            "It was written anew.",
            id="pack:examplamine@2",
            kind=SourceKind.SUMMARY,
            identifiers={"set_id": "abc"},
            effective_on=date(2026, 5, 1),
            summarises=summary().summarises,
        )
    )
    house.refresh()
    for statement in ("s1", "s2"):
        house.take(Action.ACCEPT, target=statement)
    house.take(Action.APPROVE)
    assert house.refresh() == []
    assert {each.card.id for each in house.editorial.text("a1").references} == {
        "pack:examplamine@2"
    }


@pytest.mark.parametrize(
    ("standing", "told"),
    [
        (Standing.RETRACTED, "Examplamine tablets was retracted"),
        (Standing.WITHDRAWN, "Examplamine tablets was withdrawn"),
        (Standing.EXPRESSION_OF_CONCERN, "is under an expression of concern"),
    ],
)
def test_an_original_that_fell_opens_what_stands_on_its_summary(house, standing, told):
    house.put(label(date(2024, 1, 1), standing=standing))
    (opened,) = house.refresh()
    assert {each.fate for each in opened.found} == {Fate.FALLEN}
    assert told in opened.reason


def test_a_work_that_is_withdrawn_unseen_opens_what_stands_on_its_summary():
    house = House(summary(SourceKind.TRIAL, pmid="7", doi="10.1/x"))
    house.base.withdraw("pmid:8", "another")
    assert house.refresh() == []
    house.base.withdraw("pmid:7", "retracted by pmid:9")
    (opened,) = house.refresh()
    assert {each.fate for each in opened.found} == {Fate.FALLEN}
    assert house.refresh() == []


def test_an_original_that_was_corrected_opens_what_stands_on_its_summary():
    house = House(summary(SourceKind.TRIAL, doi="10.1/x"))
    house.put(paper())
    assert house.refresh() == []
    corrected = paper(relations=(Relation(kind="ErratumIn", target="pmid:8"),))
    house.put(corrected)
    (opened,) = house.refresh()
    assert {each.fate for each in opened.found} == {Fate.CORRECTED}
    assert "was corrected (ErratumIn pmid:8)" in opened.reason
    assert house.refresh() == []


def test_a_comment_on_a_paper_corrects_nothing():
    house = House(summary(SourceKind.TRIAL, doi="10.1/x"))
    house.put(paper(relations=(Relation(kind="CommentIn", target="pmid:8"),)))
    assert house.refresh() == []


def test_a_paper_has_come_out_anew_only_where_the_base_has_another_record_of_it():
    house = House(summary(SourceKind.TRIAL, doi="10.1/x"))
    house.put(paper(effective_on=date(2026, 1, 1)))
    assert house.refresh() == []
    house.put(paper(id="pmid:7@2", version="2", text="Other words.", sections=()))
    (opened,) = house.refresh()
    assert "recorded anew" in opened.reason


def test_an_original_that_was_told_of_and_is_removed_opens_it_again(house):
    house.put(label())
    house.refresh()
    for statement in ("s1", "s2"):
        house.take(Action.ACCEPT, target=statement)
    house.take(Action.APPROVE)
    house.base.remove("set_id:abc@12")
    (opened,) = house.refresh()
    assert "in the base no longer" in opened.reason
    for statement in ("s1", "s2"):
        house.take(Action.ACCEPT, target=statement)
    house.take(Action.APPROVE)
    assert house.refresh() == []


def test_another_record_of_a_cited_paper_that_is_retracted_opens_it():
    """The article cites the whole paper; the retraction is told by its abstract."""
    house = House(paper("pmcid:PMC7"))
    house.put(paper(standing=Standing.RETRACTED))
    (opened,) = house.refresh()
    assert {each.fate for each in opened.found} == {Fate.FALLEN}


def test_a_draft_is_no_newer_edition():
    house = House(small_document("examplamine", DOSE, WARNING))
    house.newer("Other words.", standing=Standing.DRAFT)
    assert house.refresh() == []


def test_a_product_code_or_a_trial_number_makes_no_two_sources_one_work():
    house = House(summary(SourceKind.TRIAL, nct="NCT01"))
    house.put(paper(identifiers={"nct": "NCT01"}, standing=Standing.RETRACTED))
    assert house.refresh(TODAY) == []
