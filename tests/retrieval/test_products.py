"""A product that is not there is told from its sister; a form is the drug's only beside its name."""

import re

import pytest

from loccit.retrieval.forms import absent_form
from loccit.retrieval.points import load_points
from loccit.retrieval.products import absent_product, as_read, load_products
from loccit.terms import Abstention, Article
from loccit.vocabulary import load_vocabulary


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("ConZip 200 mg capsule once a day, max?", "ConZip"),
        ("Soma Nightcap dose per day?", "Soma Nightcap"),
        ("Valium XR 15 mg dose?", "Valium XR"),
        ("cyclobenzaprine cream, how often a day?", "an ointment, a cream or a gel"),
        ("IV baclofen dose in adults?", "intravenous use"),
        ("intrathecal tizanidine dose?", "intrathecal or epidural use"),
        ("metaxalone nasal spray, sprays per day?", "a nasal spray"),
    ],
)
def test_another_product_of_the_substance_stops_the_answer(starter_engine, text, product):
    answer = starter_engine.ask(text)
    assert isinstance(answer, Abstention)
    assert product in answer.reason
    assert "Summary of" in answer.reason, "the sister that is there is named"
    assert any(product in advice for advice in answer.how_to_widen)
    assert answer.nearest
    assert answer.coverage.documents


@pytest.mark.parametrize(
    "text",
    [
        "Flexeril dose in adults?",
        "Ultram maximum daily dose?",
        "Skelaxin 800 mg tablets dose?",
        "cyclobenzaprine tablets dose in adults?",
        "Soma dose per day?",
        "diclofenac gel, how often a day?",
        "lidocaine patch, how many hours a day?",
    ],
)
def test_a_product_that_is_there_is_answered(starter_engine, text):
    assert isinstance(starter_engine.ask(text), Article)


def test_a_form_of_another_thing_in_the_question_is_not_the_drugs(starter_engine, starter_base):
    question = starter_engine.read("cyclobenzaprine dose after a nasal spray was used?")
    assert absent_form(question, starter_base) == ""


def test_where_the_base_has_no_label_of_the_drug_nothing_is_told(starter_engine):
    question = starter_engine.read("Abilify Asimtufii interval?")
    assert absent_product(question, [], load_vocabulary()) == ""


def test_misspelt_names_are_looked_for_as_they_were_read(starter_engine):
    assert "cyclobenzaprine" in as_read(starter_engine.read("cyclobenzaprin dose?"))


def test_each_ending_is_met_by_its_own_letters_and_joins_hold_no_other_words():
    rules = load_products()
    for ending, said in rules.endings.items():
        assert said.search(f"Drug {ending} tablets"), ending
    assert rules.joins.search(" 40 mg ")
    assert not rules.joins.search(" and then a ")


def test_every_form_has_sections_where_a_label_tells_it():
    forms = [point for point in load_points() if point.sections]
    assert len(forms) > 20
    assert all(re.search("forms", str(point.sections.pattern)) for point in forms)
