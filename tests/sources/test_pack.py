from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from document_checks import errors_of, only, raw
from hypothesis import given
from hypothesis import strategies as st

from loccit.sources.pack import READER
from loccit.sources.pack_check import check_pack, numbers
from loccit.sources.pack_format import json_schema
from loccit.terms import PassageKind, SourceKind, Standing, StatementKind, Unreadable

SHIPPED = Path(str(files("loccit"))) / "packs" / "musculoskeletal"

ORIGINAL = """schema = "loccit/pack-source/1"
id = "fictamine-label"

[original]
kind = "label"
title = "Fictamine tablets, prescribing information"
issuer = "Fiction Labs"
jurisdiction = "US"
year = 2023
version = "revised 4/2023"
effective_on = 2023-04-01
url = "https://example.org/label"
licence = "public domain"
standing = "current"

[original.identifiers]
set_id = "set-1"
"""


def statement(
    name: str, *, section: str = "2 Dosage", kind: str = "dose", pages: int = 2, **fields: str
) -> str:
    values = {
        "text": f"Fictamine {name} is 5 mg once daily.",
        "plain": f"For fictamine {name}, five mg once a day.",
        **fields,
    }
    checked = ", ".join(
        f'{{ url = "https://example.org/{n}", on = 2026-11-22 }}' for n in range(pages)
    )
    lines = "\n".join(f'{key} = "{value}"' for key, value in values.items())
    return f"""
[[statement]]
id = "{name}"
section = "{section}"
kind = "{kind}"
drugs = ["fictamine"]
population = ["age:adult"]
{lines}
checked = [{checked}]
"""


SOUND = (
    ORIGINAL
    + statement("first")
    + statement("second", kind="boxed_warning")
    + statement("third", section="4 Contra", kind="recommendation_against")
)


def pack_of(folder: Path, **sources: str) -> list[str]:
    (folder / "sources").mkdir()
    (folder / "pack.toml").write_text(
        'schema = "loccit/pack/1"\nname = "p"\ntitle = "P"\nowner = "O"\nlicence = "CC0-1.0"\nversion = "1"\n'
    )
    for name, text in sources.items():
        (folder / "sources" / f"{name.replace('_', '-')}.toml").write_text(text)
    return check_pack(folder)


def test_pack_file_becomes_a_summary_of_its_original():
    document = only(SOUND.encode())
    assert document.kind is SourceKind.SUMMARY
    assert document.title == "Summary of Fictamine tablets, prescribing information"
    assert document.series == "pack:fictamine-label"
    assert document.publisher == "Fiction Labs"
    assert document.effective_on == date(2023, 4, 1)
    assert document.standing is Standing.CURRENT
    assert document.subjects == ("fictamine",)
    assert document.licence is not None
    assert document.licence.name == "CC0-1.0"
    assert document.summarises is not None
    assert document.summarises.kind is SourceKind.LABEL
    assert document.summarises.identifiers == {"set_id": "set-1"}


def test_edition_changes_with_every_byte():
    assert only(SOUND.encode()).id != only(SOUND.encode() + b"\n").id


def test_statements_stand_under_their_section_once_each_with_its_annotation():
    document = only(SOUND.encode())
    assert document.text == (
        "2 Dosage\n\nFictamine first is 5 mg once daily.\n\nFictamine second is 5 mg once daily.\n\n"
        "4 Contra\n\nFictamine third is 5 mg once daily."
    )
    assert [span.kind for span in document.spans] == [
        PassageKind.LIST_ITEM,
        PassageKind.BOXED_WARNING,
        PassageKind.RECOMMENDATION,
    ]
    first = document.annotations[0]
    assert document.text[first.start : first.end] == "Fictamine first is 5 mg once daily."
    assert first.kind is StatementKind.DOSE
    assert first.reference == "2 Dosage"
    assert first.population == ("age:adult",)
    assert first.plain == "For fictamine first, five mg once a day."
    assert first.checked[0] == ("https://example.org/0", date(2026, 11, 22))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (('"age:adult"', '"age:grown"'), "statement[0].population[0]"),
        (('kind = "dose"', 'kind = "dosage"'), "statement[0].kind"),
        (("2026-11-22", '"yesterday"'), "statement[0].checked[0].on"),
        (('standing = "current"', 'standing = "fine"'), "original.standing"),
        (('id = "first"', 'id = "First"'), "statement[0].id"),
        (('section = "2 Dosage"', 'sektion = "2"'), "statement[0]"),
        (('jurisdiction = "US"', 'jurisdiction = "USA"'), "original.jurisdiction"),
        (("[original]", "[original"), "file"),
    ],
)
def test_broken_form_is_refused_with_its_path(change, place):
    with pytest.raises(Unreadable) as refused:
        list(READER.read(raw(SOUND.replace(change[0], change[1], 1).encode())))
    if place != "file":
        assert refused.value.place == place
    assert "\n" not in str(refused.value)


def test_sound_pack_has_no_fault(tmp_path: Path):
    assert pack_of(tmp_path, fictamine_label=SOUND) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            ORIGINAL + statement("first", pages=1),
            "statement[0].checked: dose is read at two different pages",
        ),
        (
            ORIGINAL + statement("first") + statement("first", text="Other 5 mg."),
            "statement[0].id: 'first' is not unique",
        ),
        (ORIGINAL + statement("first", plain="It is 6 mg."), "statement[0].plain: lacks 5"),
        (ORIGINAL + statement("first", plain="It is 5 mg, 7 times."), "statement[0].plain: has 7"),
        (
            ORIGINAL + statement("first", plain="It is 5 mg"),
            "statement[0].plain: does not end as a sentence",
        ),
        (
            ORIGINAL + statement("a", text="Same 5 mg.") + statement("b", text="Same 5 mg."),
            "statement[1].text: says the same as",
        ),
        (SOUND.replace("fictamine-label", "other"), "id: 'other' is not the file's name"),
        (SOUND.replace('kind = "dose"', 'kind = "x"'), "statement[0].kind"),
    ],
)
def test_each_rule_names_file_and_path(tmp_path: Path, text: str, fault: str):
    faults = pack_of(tmp_path, fictamine_label=text)
    assert any(line.startswith(f"fictamine-label.toml: {fault}") for line in faults), faults


def test_same_sentence_in_two_files_is_found(tmp_path: Path):
    other = SOUND.replace("fictamine-label", "second-label")
    faults = pack_of(tmp_path, fictamine_label=SOUND, second_label=other)
    assert len(faults) == 3
    assert "says the same as fictamine-label.toml: statement[0].text" in faults[0]


def test_folder_without_pack_or_sources_says_so(tmp_path: Path):
    assert [line.split(":")[0] for line in check_pack(tmp_path)] == ["pack.toml", "sources"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 mg twice daily for two weeks", "5 mg 2 times a day for 2 weeks"),
        ("1,000 mg and 0.50", "1000 mg and 0.5"),
        ("COX-2 and CYP3A4 and B12", "none"),
        ("ages 18 to 65", "eighteen up to 65"),
        ("5-10 mg", "5 to 10 mg"),
    ],
)
def test_numbers_count_alike_in_digits_and_words(one, other):
    assert numbers(one) == numbers(other)


def test_numbers_that_differ_are_told_apart():
    assert numbers("5 mg for 2 to 3 weeks") != numbers("5 mg for 2 weeks")
    assert numbers("0.5 mg") != numbers("5 mg")


def test_schema_file_is_what_the_forms_give():
    """Write it anew from ``json_schema()`` when a form changes."""
    written = json.loads((SHIPPED.parent / "schema.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(json_schema()))


@given(st.data())
def test_damaged_files_raise_nothing_but_source_errors(draw):
    broken = bytearray(SOUND.encode())
    for _ in range(draw.draw(st.integers(1, 3))):
        broken[draw.draw(st.integers(0, len(broken) - 1))] = draw.draw(st.integers(0, 255))
    for error in errors_of(READER, bytes(broken)):
        assert str(error)


def test_shipped_pack_keeps_the_rules():
    assert check_pack(SHIPPED) == []
