"""The vocabulary's files keep their form, and name only what exists."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files

import pytest

from loccit.terms import ConceptKind, DataFileError
from loccit.vocabulary import load_vocabulary, loading
from loccit.vocabulary.lexicon import key_of, words_of
from loccit.vocabulary.loading import read_table

DATA = files("loccit.vocabulary") / "data"
TABLES = {
    "drugs.tsv": ("name", "classes", "brands", "synonyms", "salts"),
    "classes.tsv": ("name", "synonyms", "parent"),
    "conditions.tsv": ("name", "synonyms", "parent", "kind"),
    "interventions.tsv": ("name", "synonyms", "kind"),
    "populations.tsv": ("name", "synonyms"),
    "abbreviations.tsv": ("short", "meanings", "cues"),
    "misspellings.tsv": ("wrong", "right"),
    "equivalents.tsv": ("words",),
}
LISTS = ("classes", "brands", "synonyms", "salts", "parent", "meanings", "words")
AXES = {
    "course": "acute subacute chronic",
    "age": "neonate infant child adolescent adult older_adult",
    "pregnancy": "any first_trimester second_trimester third_trimester",
    "lactation": "any",
    "hepatic": "mild moderate severe any",
    "renal": "mild moderate severe dialysis any",
    "severity": "mild moderate severe",
    "setting": "emergency inpatient outpatient",
    "sex": "female male",
}
COMMON_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a about after all also an and any are arm as at back be been before best but by can case cold come
could day did do does dose due each end even few find first for from get give go good had has have he her here high him
his how i if in into is it its just know last led let like long low made make man many map may me might more most much
must my new next no nor not now of off old on one only or other our out over own part pass past per place point put
rate read rest result risk run said same see set she should show since so some start still stop such take tell ten than
that the their them then there these they this those time to too two under up upon us use very was way we well were
what when where which while who why will with work would year yes you your""",
    )
)


def _cells(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def _names(file: str) -> list[str]:
    return [row["name"] for row in read_table(file)]


def test_every_file_is_one_of_these():
    assert {each.name for each in DATA.iterdir() if each.name.endswith(".tsv")} == set(TABLES)


@pytest.mark.parametrize("file", TABLES)
def test_a_file_says_whose_it_is_and_what_its_columns_are(file):
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    for word in ("title", "owner", "licence", "source", "updated"):
        assert any(line.startswith(f"# {word}: ") for line in head), word
    assert (
        tuple(next(line for line in lines if not line.startswith("#")).split("\t")) == TABLES[file]
    )


@pytest.mark.parametrize("file", TABLES)
def test_no_cell_has_stray_spaces_or_an_empty_or_repeated_entry(file):
    faults = []
    for row in read_table(file):
        for column, cell in row.items():
            parts = _cells(cell) if column in LISTS else [cell]
            if any(part != " ".join(part.split()) for part in parts):
                faults.append((file, row, column, "spaces"))
            if column in LISTS and (not all(parts) or len(set(parts)) != len(parts)):
                faults.append((file, row, column, "entries"))
    assert faults == []


@pytest.mark.parametrize("file", TABLES)
def test_names_come_once_and_are_not_empty(file):
    first = TABLES[file][0]
    names = [row[first] for row in read_table(file)]
    assert all(names)
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_names_of_drugs_conditions_and_procedures_do_not_collide():
    every = [
        key_of(name)
        for file in ("drugs.tsv", "classes.tsv", "conditions.tsv", "interventions.tsv")
        for name in _names(file)
    ]
    assert [name for name, count in Counter(every).items() if count > 1] == []


def test_classes_and_parents_exist():
    classes, conditions = set(_names("classes.tsv")), set(_names("conditions.tsv"))
    missing = {each for row in read_table("drugs.tsv") for each in _cells(row["classes"])} - classes
    missing |= {
        each for row in read_table("classes.tsv") for each in _cells(row["parent"])
    } - classes
    missing |= {
        each for row in read_table("conditions.tsv") for each in _cells(row["parent"])
    } - conditions
    assert missing == set()


def test_nothing_is_wider_than_itself():
    vocabulary = load_vocabulary()
    for name in vocabulary.parents:
        for wider in list(vocabulary.steps_up(name))[1:]:
            assert name not in vocabulary.steps_up(wider), (name, wider)


def test_every_name_is_found_as_itself():
    vocabulary = load_vocabulary()
    for file, kinds in (
        ("drugs.tsv", {ConceptKind.DRUG}),
        ("classes.tsv", {ConceptKind.DRUG_CLASS}),
        ("conditions.tsv", {ConceptKind.CONDITION, ConceptKind.FINDING}),
        ("interventions.tsv", {ConceptKind.PROCEDURE}),
    ):
        for name in _names(file):
            entry = vocabulary.lexicon.get(name)
            assert entry is not None, name
            assert entry.name == name, (name, entry)
            assert entry.kind in kinds, (name, entry)


def test_names_marked_as_tags_are_asked_for_and_not_found_in_texts():
    lexicon = load_vocabulary().lexicon
    assert lexicon.find("A cold night, tens of times") == []
    for name in ("cold", "tens"):
        entry = lexicon.get(name)
        assert entry is not None
        assert entry.name == name


def test_common_words_are_no_names():
    lexicon = load_vocabulary().lexicon
    assert [word for word in COMMON_WORDS if lexicon.find(word)] == []


def test_kinds_of_conditions_and_interventions_are_known():
    assert {row["kind"] for row in read_table("conditions.tsv")} <= {"condition", "finding"}
    assert all(row["kind"] for row in read_table("interventions.tsv"))


def test_populations_are_axis_and_value():
    for name in _names("populations.tsv"):
        axis, value = name.split(":")
        assert value in AXES[axis].split(), name


def test_abbreviations_have_meanings_and_no_more_cues_than_meanings():
    for row in read_table("abbreviations.tsv"):
        meanings = _cells(row["meanings"])
        assert meanings, row
        assert not row["cues"] or len(row["cues"].split(";")) <= len(meanings), row
        assert all(words_of(meaning) for meaning in meanings), row


def test_misspellings_lead_to_names_and_are_none_themselves():
    lexicon, populations = load_vocabulary().lexicon, load_vocabulary().populations
    rows = [*read_table("misspellings.tsv")]
    known = [row for row in rows if lexicon.get(row["right"]) or populations.get(row["right"])]
    assert known == rows
    astray = [
        row
        for row in rows
        if (entry := lexicon.get(row["wrong"])) and entry != lexicon.get(row["right"])
    ]
    assert astray == []


@pytest.mark.parametrize(("row", "cells"), [("a\tb\tc", 3), ("a", 1)])
def test_a_row_with_another_number_of_cells_is_named(monkeypatch, tmp_path, row, cells):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "broken.tsv").write_text(f"# title: x\nname\tkind\n{row}\n")
    monkeypatch.setattr(loading, "files", lambda _: tmp_path)
    with pytest.raises(DataFileError, match=rf"broken\.tsv, line 3: {cells} cells under 2 columns"):
        list(read_table("broken.tsv"))
