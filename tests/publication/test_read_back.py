import json

import pytest
from any_answer import MANY
from any_answer import articles as any_article
from articles import abstention, article, citation, statement
from hypothesis import given

from loccit.publication import as_json
from loccit.publication.read_back import read_back, schema_of
from loccit.terms import UnknownFormat, Unreadable


def back(answer):
    return read_back(as_json(answer).encode())


def statements_of(answer):
    yield from answer.bottom_line
    for group in (*answer.safety, *answer.sections):
        yield from group.statements
    for panel in answer.conflicts:
        yield from panel.sides


def test_every_statement_comes_back_once_with_what_it_cites():
    draft = back(article())
    assert draft.title == "Dose of examplamine"
    said = [claim.text for claim in draft.claims]
    assert said[:2] == ["Take 5 mg once a day.", "Swallow the tablet whole."]
    assert len(set(said)) == len(said)
    assert set(said) == {each.text for each in statements_of(article())}
    first = draft.claims[0]
    assert first.cites == (citation("Take 5 mg once a day.", prefix="", suffix=""),)
    assert first.drugs == ("examplamine",)


def test_a_statement_stands_in_the_text_where_its_claim_says():
    draft = back(article())
    for claim in draft.claims:
        assert draft.text[claim.start : claim.end] == claim.text


def test_an_honest_stop_claims_nothing():
    assert back(abstention()).claims == ()


@MANY
@given(any_article())
def test_any_article_comes_back(answer):
    said = {claim.text for claim in back(answer).claims}
    assert said >= {each.text for each in statements_of(answer) if each.text.strip()}


def test_the_schema_decides():
    assert schema_of(as_json(article()).encode()) == "loccit/article/1"
    for other in (b"", b"Take 5 mg.", b"[1]", b'{"a": 1}', b"{", b"\xff\xfe{", b"[" * 5000):
        assert schema_of(other) == ""
    with pytest.raises(UnknownFormat, match="loccit/article/2"):
        read_back(b'{"schema": "loccit/article/2"}')


BROKEN = [
    ("bottom_line", 5, r"\$\.bottom_line"),
    ("sections", [{"statements": [{"words": "x"}]}], r"\$\.sections\[0\]\.statements\[0\]"),
    ("bottom_line", {"text": "x", "citations": [{"passage": "y"}]}, r"citations\[0\]"),
]


@pytest.mark.parametrize(("field", "value", "place"), BROKEN, ids=lambda each: str(each)[:20])
def test_a_broken_field_is_named(field, value, place):
    data = {**json.loads(as_json(article())), field: value}
    with pytest.raises(Unreadable, match=place):
        read_back(json.dumps(data).encode())


def test_a_statement_that_cites_nothing_comes_back_without_citations():
    data = json.loads(as_json(article(bottom_line=(statement("Words alone."),))))
    data["bottom_line"]["citations"] = []
    assert read_back(json.dumps(data).encode()).claims[0].cites == ()
