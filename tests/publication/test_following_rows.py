"""What a follow-up carried over and changed is shown in every format, in fixed words."""

from __future__ import annotations

import json
from dataclasses import replace

from articles import abstention, article

from loccit.publication import as_html, as_json, as_markdown, as_text, how_to_follow
from loccit.publication.question_rows import rows_of
from loccit.publication.words import load_words
from loccit.terms import Following, Point

FOLLOWING = Following(
    carried=(Point(name="drug", value=("examplamine",)), Point(name="lactation", value=True)),
    changed=(
        Point(name="age", value=71.0, before=17.0),
        Point(name="condition", value=("gout",), before=("sciatica",)),
    ),
    new=(
        Point(name="allergies", value=("aspirin",)),
        Point(name="population", value=("age:older_adult",)),
    ),
    dropped=(Point(name="pregnancy", value="third_trimester"),),
)


def following(given=FOLLOWING, answer=None):
    answer = answer or article()
    return replace(
        answer, question=replace(answer.question, follows="a1b2c3d4e5f60718", following=given)
    )


def rows(answer):
    return {row.label: row.values for row in rows_of(answer.question, load_words())}


def test_each_part_is_a_row_of_fixed_words():
    shown = rows(following())
    assert shown["Follows"] == ("the answer a1b2c3d4",)
    assert shown["Carried over"] == ("examplamine (drug); breastfeeding",)
    assert shown["Changed"] == (
        "age 71 years (was age 17 years); gout (condition) (was sciatica (condition))",
    )
    assert shown["New"] == ("allergic to aspirin; age: older adult",)
    assert shown["Dropped"] == ("pregnancy: third trimester",)


def test_a_first_question_has_none_of_them():
    assert not {"Follows", "Carried over", "Changed", "New", "Dropped"} & set(rows(article()))


def test_a_new_topic_is_told():
    shown = rows(following(Following(new_topic=True, dropped=FOLLOWING.dropped)))
    assert shown["Follows"] == (
        "the answer a1b2c3d4",
        "read as a new topic: nothing said before was used",
    )


def test_every_format_shows_them_on_answers_and_on_stops():
    for answer in (following(), following(answer=abstention())):
        for written in (as_text(answer, width=200), as_markdown(answer), as_html(answer)):
            for words in ("Carried over", "Changed", "Dropped", "breastfeeding", "71 years"):
                assert words in written


def test_data_gives_values_as_they_are():
    data = json.loads(as_json(following()))["question"]["following"]
    assert data["changed"][0] == {"name": "age", "value": 71, "before": 17}
    assert data["carried"][0] == {"name": "drug", "value": ["examplamine"], "before": None}
    assert data["carried"][1]["value"] is True
    assert data["new_topic"] is False


def test_how_to_ask_further_names_the_answer():
    line = how_to_follow(replace(article(), id="a1b2c3d4e5f60718"))
    assert line == 'To ask further about this answer: loccit ask --follow a1b2c3d4 "…"\n'
