"""The glossary as data: six full fields a row, one meaning a form, short plain words, dated sources."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import loccit

GLOSSARY = Path(loccit.__file__).parent / "wording" / "glossary.tsv"
HEADER = ["term", "forms", "plain", "student", "source", "on"]
LINES = [line.split("\t") for line in GLOSSARY.read_text("utf-8").splitlines()]
ROWS = [dict(zip(HEADER, line, strict=False)) for line in LINES[1:]]


def written(row: dict[str, str]) -> list[str]:
    """All the ways a term stands in a text."""
    return [row["term"], *filter(None, row["forms"].split("; "))]


def test_the_header_names_the_fields() -> None:
    assert LINES[0] == HEADER


def test_every_row_has_six_fields_and_only_forms_may_be_empty() -> None:
    for line in LINES[1:]:
        assert len(line) == len(HEADER), line[0]
        assert all(field for name, field in zip(HEADER, line, strict=True) if name != "forms"), line


def test_a_form_belongs_to_one_term_only() -> None:
    counts = Counter(form.lower() for row in ROWS for form in written(row))
    assert [form for form, times in counts.items() if times > 1] == []


def test_terms_stand_in_order() -> None:
    terms = [row["term"] for row in ROWS]
    assert terms == sorted(terms, key=lambda term: (term.lower(), term))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["term"])
def test_plain_words_fit_in_brackets_and_tell_nobody_what_to_do(row: dict[str, str]) -> None:
    plain = row["plain"]
    assert 1 <= len(plain.split()) <= 14
    assert not re.search(r"[\d().;]", plain)
    assert not re.search(r"\b(you|your)\b", plain)
    assert not re.search(
        r"\bshould \w", plain
    )  # "as well as it should" describes, "should take" tells


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["term"])
def test_the_students_definition_is_one_sentence(row: dict[str, str]) -> None:
    student = row["student"]
    assert 12 <= len(student.split()) <= 30
    assert student.endswith(".")
    assert ". " not in student


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["term"])
def test_every_row_names_the_page_and_the_day(row: dict[str, str]) -> None:
    assert row["source"].startswith("https://")
    assert " " not in row["source"]
    assert date.fromisoformat(row["on"]).year >= 2026
