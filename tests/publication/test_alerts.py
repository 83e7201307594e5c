"""A fixed message stands above everything, in each format, and is word for word its file's."""

from __future__ import annotations

import json

import pytest
from articles import abstention, article, question

from loccit.dangers import danger
from loccit.publication import as_html, as_json, as_markdown, as_text
from loccit.terms import Audience

STROKE = danger("stroke")
FLAGGED = question(red_flags=("stroke",))
ANSWERS = {"article": article(question=FLAGGED), "stop": abstention(question=FLAGGED)}


def words(text: str) -> str:
    return " ".join(text.replace("\\", "").replace("*", "").split())


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_the_message_comes_first_in_text(answer):
    text = words(as_text(answer))
    assert text.startswith("CHECK FIRST ! " + STROKE.title)
    assert STROKE.message.clinician in text
    assert text.index(STROKE.message.clinician) < text.index("HOW THE QUESTION WAS READ")


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_the_message_comes_first_in_markdown(answer):
    text = words(as_markdown(answer))
    assert text.startswith("## Check first " + STROKE.title)
    assert STROKE.message.clinician in text


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_the_message_comes_before_the_title_on_a_page(answer):
    page = as_html(answer)
    assert page.index('id="alerts"') < page.index("<h1")
    assert STROKE.message.clinician in page


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_the_message_is_the_first_field_after_the_schema(answer):
    data = json.loads(as_json(answer))
    assert list(data)[:2] == ["schema", "alerts"]
    (alert,) = data["alerts"]
    assert alert["key"] == "stroke"
    assert alert["message"] == STROKE.message.clinician
    assert alert["owner"] == STROKE.owner
    assert alert["dated"] == STROKE.dated.isoformat()
    assert [source["url"] for source in alert["sources"]] == [o.url for o in STROKE.origins]
    assert data["question"]["red_flags"] == ["stroke"]


def test_a_patient_reads_the_message_for_patients():
    answer = article(
        question=question(red_flags=("stroke",), audience=Audience.PATIENT),
        audience=Audience.PATIENT,
    )
    assert STROKE.message.patient in words(as_text(answer))
    assert STROKE.message.clinician not in words(as_text(answer))
    assert json.loads(as_json(answer))["alerts"][0]["message"] == STROKE.message.patient


def test_the_message_names_its_owner_its_date_and_its_pages():
    text = words(as_text(article(question=FLAGGED)))
    assert f"{STROKE.owner}, {STROKE.dated.isoformat()}" in text
    for origin in STROKE.origins:
        assert origin.url in text


def test_a_general_message_is_not_added_to_one_of_a_danger():
    text = words(as_text(article(question=FLAGGED)))
    assert text.count("CHECK FIRST") == 1
    assert "The question names signs" not in text


def test_without_a_danger_there_is_no_alert():
    assert json.loads(as_json(article()))["alerts"] == []
    assert "CHECK FIRST" not in as_text(article())
