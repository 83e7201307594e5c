import json
import re
from pathlib import Path

from any_answer import MANY, answers, articles
from articles import abstention, article
from hypothesis import given

from loccit.publication import as_json
from loccit.terms import Article, Coverage

CONTRACT = [
    "schema", "id", "title", "audience", "question", "status", "bottom_line", "sections", "safety",
    "conflicts", "recommendations", "coverage", "follow_ups", "references", "evidence",
    "abstention", "disclaimer", "composed_by",
]  # fmt: skip
STATEMENT = ["id", "text", "role", "kind", "verdict", "findings", "citations"]
REFERENCE = [
    "number", "document", "kind", "title", "publisher", "year", "version", "effective_on", "url",
    "standing", "licence",
]  # fmt: skip
PAGE = Path(__file__).parents[2] / "docs" / "json.md"


def read(answer):
    return json.loads(as_json(answer))


def in_order(keys, contract):
    return [key for key in keys if key in contract]


def test_keys_stand_in_the_order_of_the_contract():
    for answer in (article(), abstention()):
        assert in_order(read(answer), CONTRACT) == CONTRACT
    data = read(article())
    line = data["bottom_line"]
    assert in_order(line, STATEMENT) == STATEMENT
    assert in_order(data["references"][0], REFERENCE) == REFERENCE
    assert list(line["citations"][0]) == ["reference", "passage", "quote", "role", "locator"]
    place = ["document", "sha256", "start", "end", "section", "page"]
    assert in_order(line["citations"][0]["locator"], place) == place


def test_status_is_what_it_is():
    expected = {"state": "submitted", "by": [], "at": "", "note": "pending human review"}
    status = read(article())["status"]
    assert status == read(abstention())["status"]
    assert expected.items() <= status.items()
    rest = {name: value for name, value in status.items() if name not in expected}
    assert not any(rest.values())


def test_the_first_line_and_the_others():
    data = read(article())
    assert data["bottom_line"]["text"] == "Take 5 mg once a day."
    assert [line["text"] for line in data["bottom_line_more"]] == ["Swallow the tablet whole."]


def test_values_of_the_question_and_of_the_composer():
    data = read(article())
    assert data["question"]["patient"] == {
        "age": 71,
        "hepatic": "moderate",
        "drugs": ["samplozole"],
    }
    assert data["question"]["corrections"] == [{"written": "examplamin", "read_as": "examplamine"}]
    assert data["composed_by"] == {"composer": "select-and-copy", "version": "0.1.0", "model": None}
    assert data["references"][0]["effective_on"] == "2023-04-01"
    assert data["references"][1]["effective_on"] is None


def test_an_honest_stop_lists_the_sources_of_its_nearest_passages():
    data = read(abstention())
    assert data["bottom_line"] is None
    assert data["abstention"]["reason"] == "Nothing here speaks of examplamine in children."
    assert [near["reference"] for near in data["abstention"]["nearest"]] == [1, 2, 1]
    assert [each["document"] for each in data["references"]] == ["label", "guideline"]


def test_equal_answers_give_equal_bytes_however_they_were_filled():
    one = article(coverage=Coverage(documents=2, passages=1, by_kind={"a": 1, "b": 1}))
    other = article(coverage=Coverage(documents=2, passages=1, by_kind={"b": 1, "a": 1}))
    assert one == other
    assert as_json(one) == as_json(other)


def said(statement):
    """A statement's own words, to hold against what was read back."""
    return (
        statement["text"],
        statement["plain"],
        [(c["reference"], c["quote"], c["locator"]["start"]) for c in statement["citations"]],
    )


def meant(statement):
    return (
        statement.text,
        statement.plain,
        [(c.reference, c.quote, c.locator.start) for c in statement.citations],
    )


@MANY
@given(articles())
def test_words_come_back_exactly(answer: Article):
    data = read(answer)
    lines = [data["bottom_line"], *data["bottom_line_more"]] if data["bottom_line"] else []
    assert [said(each) for each in lines] == [meant(each) for each in answer.bottom_line]
    for given_section, section in zip(answer.sections, data["sections"], strict=True):
        assert section["heading"] == given_section.heading
        assert [said(s) for s in section["statements"]] == [
            meant(s) for s in given_section.statements
        ]
    titles = [each["title"] for each in data["references"]]
    assert titles == [each.card.title for each in answer.references]
    assert data["question"]["text"] == answer.question.text


@MANY
@given(answers())
def test_no_character_of_it_steers_a_terminal(answer):
    text = as_json(answer)
    text.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def keys_of(value):
    """All keys of an object, inside lists and objects too; values of open tables left out."""
    if isinstance(value, list):
        for each in value:
            yield from keys_of(each)
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key not in {"by_kind", "identifiers", "original_identifiers", "pico", "patient"}:
                yield from keys_of(inner)


def test_every_field_is_documented():
    page = PAGE.read_text(encoding="utf-8")
    written = set(re.findall(r"`([a-z_0-9]+)`", page))
    used = {key for answer in (article(), abstention()) for key in keys_of(read(answer))}
    assert used - written == set()
