"""The words by which sentences are compared: each row is in its form, agrees with the rest, is used."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from importlib.resources import files
from typing import Any

import pytest
from judging import verifier

from loccit.terms import DataFileError
from loccit.verification import rules as rules_module
from loccit.verification.rules import KINDS, Mark, load_rules, stem
from loccit.vocabulary.lexicon import folded_words


def data(file: str) -> dict[str, Any]:
    return tomllib.loads((files("loccit.verification") / file).read_text(encoding="utf-8"))


MARKS, WORDS = data("marks.toml"), data("words.toml")
ROWS = MARKS["marks"]
LADDERS = ("modal", "share", "ban", "link", "degree", "likeness")
PATTERNS = {
    name: rows
    for name, rows in WORDS.items()
    if isinstance(rows, list) and rows and "pattern" in rows[0]
}


def form(row: dict[str, Any], phrase: str) -> str:
    words = folded_words(phrase)
    return " ".join(words if row.get("exact") else map(stem, words))


def repeated(items) -> list[Any]:
    return [item for item, count in Counter(items).items() if count > 1]


def test_each_file_names_its_schema_owner_licence_and_source():
    for file in ("marks.toml", "words.toml"):
        head = (files("loccit.verification") / file).read_text(encoding="utf-8")[:900]
        assert all(word in head for word in ("Owner:", "Licence:", "Source:", "schema = "))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['kind']} {row.get('family', '')}")
def test_a_row_of_marks_has_only_known_fields_and_phrases(row):
    assert set(row) <= {"kind", "family", "sign", "rank", "exact", "phrases"}
    assert row["kind"] in KINDS
    assert row.get("sign", "+") in ("+", "-")
    assert row["phrases"]
    assert repeated(row["phrases"]) == []
    assert "rank" in row or row["kind"] not in LADDERS
    assert "rank" not in row or row["kind"] in (*LADDERS, "negation")
    assert all(phrase == phrase.casefold().strip() for phrase in row["phrases"])


def test_every_kind_of_mark_has_a_row():
    assert {row["kind"] for row in ROWS} == KINDS


def test_no_phrase_is_at_both_ends_of_a_family_or_on_two_steps_of_a_ladder():
    held = defaultdict(set)
    for row in ROWS:
        for phrase in row["phrases"]:
            key = (row["kind"], row.get("family", ""), form(row, phrase))
            held[key].add((row.get("sign"), row.get("rank")))
    assert {key: values for key, values in held.items() if len(values) > 1} == {}


def test_every_signed_family_has_both_ends():
    signs = defaultdict(set)
    for row in ROWS:
        if "sign" in row:
            signs[row["kind"], row.get("family", "")].add(row["sign"])
    assert {key for key, both in signs.items() if both != {"+", "-"}} == set()


UNREAD = {"double blind", "single blind"}
"""Names of the vocabulary hold a word of them, and names are read first: a known gap."""


def test_every_phrase_is_read_as_the_mark_that_its_row_gives():
    signs = {"+": 1, "-": -1}
    unread = []
    for row in ROWS:
        mark = Mark(
            row["kind"], row.get("family", ""), signs.get(row.get("sign"), 0), row.get("rank", 0)
        )
        for phrase in row["phrases"]:
            tokens = verifier().reader.read(phrase).tokens
            if not any(mark in token.marks for token in tokens):
                unread.append(phrase)
    assert set(unread) == UNREAD


def test_a_word_has_one_meaning():
    rules = load_rules()
    for row in WORDS["equal"]:
        assert len({rules.meaning(word) for word in row}) == 1, row


def test_a_word_is_silent_light_or_equal_to_others_once():
    assert repeated(WORDS["silent"]) == []
    silent = set(WORDS["silent"])
    assert [word for row in WORDS["equal"] for word in row if word in silent] == []


def test_a_qualifying_phrase_has_one_value_on_its_axis():
    values = defaultdict(set)
    for row in WORDS["qualifiers"]:
        assert set(row) == {"axis", "value", "phrases"}
        for phrase in row["phrases"]:
            values[row["axis"], phrase].add(row["value"])
    assert {key: each for key, each in values.items() if len(each) > 1} == {}


def test_every_qualifying_phrase_is_read():
    for row in WORDS["qualifiers"]:
        for phrase in row["phrases"]:
            found = {each for each, _, _ in verifier().reader.read(phrase).qualifiers}
            assert (row["axis"], row["value"]) in found, phrase


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_every_pattern_compiles_and_matches_no_empty_text(name):
    for row in PATTERNS[name]:
        assert not re.compile(row["pattern"]).search(""), row


def test_every_list_of_words_has_its_field_in_the_rules():
    fields = set(load_rules().__dataclass_fields__)
    named = set(WORDS) - {"schema", "denial_ends"}
    assert named <= fields
    assert fields - named == {"marks", "clause_ends"}


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "shout", "phrases": ["x"]},
        {"kind": "advice", "sign": "?", "phrases": ["x"]},
        {"kind": "advice"},
    ],
)
def test_a_broken_row_is_refused(monkeypatch, broken):
    real = rules_module._load

    def load(file: str) -> dict[str, Any]:
        content = real(file)
        return content | {"marks": [*content["marks"], broken]} if "marks" in content else content

    monkeypatch.setattr(rules_module, "_load", load)
    with pytest.raises(DataFileError, match="verification"):
        load_rules.__wrapped__()
