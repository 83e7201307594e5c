import json
import re
from pathlib import Path

from checked_texts import PASSAGE, SENTENCE, TEXT, contradicted, in_parts, report

from loccit.publication.reports import as_json
from loccit.terms import CheckedPart

PAGE = Path(__file__).parents[2] / "docs" / "json.md"
OPEN = {"identifiers", "original_identifiers"}


def read(told):
    return json.loads(as_json(told))


def keys_of(value):
    if isinstance(value, list):
        for each in value:
            yield from keys_of(each)
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key not in OPEN:
                yield from keys_of(inner)


def test_the_report_names_its_schema_text_and_counts():
    data = read(report())
    assert (data["schema"], data["name"], data["text"]) == (
        "loccit/report/1",
        "A made-up note",
        TEXT,
    )
    assert data["counts"] == {
        "supported": 0,
        "partly": 1,
        "contradicted": 1,
        "not_found": 0,
        "nothing_to_check": 1,
    }
    assert data["checked_by"]["model"] is None
    assert data["evidence"] == {"base_digest": "d" * 64}


def test_every_sentence_is_there_and_stands_where_it_says():
    data = read(report())
    assert len(data["sentences"]) == 3
    for sentence in data["sentences"]:
        assert TEXT[sentence["start"] : sentence["end"]] == sentence["text"]
        for part in sentence["parts"]:
            assert TEXT[part["start"] : part["end"]] == part["text"]
    assert data["sentences"][0]["verdict"] is None


def test_the_differing_words_are_marked_on_both_sides():
    (sentence,) = read(report(contradicted()))["sentences"]
    ((start, end),) = sentence["marked"]
    assert SENTENCE[start:end] == "50 mg"
    (heard,) = sentence["parts"][0]["witnesses"]
    ((start, end),) = heard["marked"]
    assert heard["quote"] == PASSAGE
    assert heard["quote"][start:end] == "5 mg"
    (found,) = heard["findings"]
    assert found["check"] == "quantity/1"
    assert found["span"] == [5, 10]
    assert found["locator"]["start"] - heard["locator"]["start"] == start


def test_marks_of_a_part_count_in_the_part_and_in_its_sentence():
    (sentence,) = read(report(in_parts()))["sentences"]
    ((start, end),) = sentence["marked"]
    assert sentence["text"][start:end] == "examplitis."
    ((start, end),) = sentence["parts"][1]["marked"]
    assert sentence["parts"][1]["text"][start:end] == "examplitis."


def test_hidden_characters_are_written_as_escapes_and_read_back():
    name = "a\u200bb\u202ec\x1b[31md\ufeff"
    text = as_json(report(name=name))
    assert not re.search("[\u200b\u202e\x1b\ufeff]", text)
    assert json.loads(text)["name"] == name


def test_every_field_is_documented():
    written = set(re.findall(r"`([a-z_0-9]+)`", PAGE.read_text(encoding="utf-8")))
    assert set(keys_of(read(report()))) - written == set()


def test_a_sentence_without_a_passage_has_no_marks():
    part = CheckedPart(claim=contradicted().claim, verdict=contradicted().verdict)
    (sentence,) = read(report(contradicted(parts=(part,))))["sentences"]
    assert sentence["marked"] == []
