from __future__ import annotations

import gzip
import json
import lzma
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from document_checks import check_document, documents, errors_of, only, readings, section_texts
from hypothesis import given
from hypothesis import strategies as st

from loccit.sources import read_each, unpack
from loccit.sources.openfda import READER
from loccit.sources.openfda_sections import sections_of
from loccit.terms import NothingToRead, PassageKind, SourceDocument, SourceKind, Unreadable

NAMES = {
    "brand_name": ["Fictol"],
    "generic_name": ["FICTAMINE"],
    "substance_name": ["FICTAMINE HYDROCHLORIDE"],
    "manufacturer_name": ["Fiction Labs"],
    "application_number": ["NDA000001"],
    "rxcui": ["1", "2"],
}


def record(**sections: Any) -> dict[str, Any]:
    return {
        "set_id": "ABC-1",
        "id": "D-1",
        "version": "3",
        "effective_time": "20240131",
        "spl_product_data_elements": ["Fictol STARCH"],
        "openfda": NAMES,
        **{key: [value] if isinstance(value, str) else value for key, value in sections.items()},
    }


def label(**sections: Any) -> SourceDocument:
    return only(json.dumps(record(**sections)).encode())


def outline(document: SourceDocument) -> list[tuple[tuple[str, ...], str]]:
    return [(section.path, section.code) for section in document.sections]


def test_identity_and_names_come_from_the_record():
    document = label(indications_and_usage="1 INDICATIONS AND USAGE For fiction.")
    assert document.id == "set_id:abc-1@3"
    assert document.kind is SourceKind.LABEL
    assert document.title == "Fictol (fictamine), prescribing information"
    assert document.publisher == "Fiction Labs"
    assert document.subjects == ("FICTAMINE", "Fictol", "FICTAMINE HYDROCHLORIDE")
    assert document.effective_on == date(2024, 1, 31)
    assert document.identifiers == {
        "set_id": "abc-1",
        "spl_id": "d-1",
        "application_number": "NDA000001",
        "rxcui": "1, 2",
    }
    assert "STARCH" not in document.text


def test_sections_stand_in_the_order_of_the_printed_label():
    newer = label(
        overdosage="10 OVERDOSAGE Call for help.",
        boxed_warning="WARNING: RARE BLEEDING Fictol can cause bleeding.",
        warnings_and_cautions="5 WARNINGS AND PRECAUTIONS Take care.",
        dosage_and_administration="2 DOSAGE AND ADMINISTRATION Take it.",
    )
    assert outline(newer) == [
        (("WARNING: RARE BLEEDING",), "34066-1"),
        (("2 DOSAGE AND ADMINISTRATION",), "34068-7"),
        (("5 WARNINGS AND PRECAUTIONS",), "43685-7"),
        (("10 OVERDOSAGE",), "34088-5"),
    ]
    older = label(
        dosage_and_administration="DOSAGE AND ADMINISTRATION Take it.",
        warnings="WARNINGS Take care.",
        description="DESCRIPTION Fictol is white.",
    )
    assert [path[0] for path, _ in outline(older)] == [
        "DESCRIPTION",
        "WARNINGS",
        "DOSAGE AND ADMINISTRATION",
    ]
    otc = label(
        dosage_and_administration="Directions Take one.",
        purpose="Purpose Antifictive",
        warnings="Warnings For oral use",
    )
    assert [path[0] for path, _ in outline(otc)] == ["Purpose", "Warnings", "Directions"]


def test_subsection_given_twice_stands_once_in_its_parent():
    document = label(
        use_in_specific_populations="8 USE IN SPECIFIC POPULATIONS 8.1 Pregnancy Avoid Fictol. 8.4 Pediatric Use Not studied.",
        pregnancy="8.1 Pregnancy Avoid Fictol.",
        pediatric_use="8.4 Pediatric Use Not studied.",
    )
    assert outline(document) == [
        (("8 USE IN SPECIFIC POPULATIONS",), "43684-0"),
        (("8 USE IN SPECIFIC POPULATIONS", "8.1 Pregnancy"), "42228-7"),
        (("8 USE IN SPECIFIC POPULATIONS", "8.4 Pediatric Use"), "34081-0"),
    ]
    assert document.text.count("Avoid Fictol.") == 1


def test_text_after_a_subsection_belongs_to_the_parent_again():
    document = label(
        precautions="PRECAUTIONS General Start low. Pregnancy Avoid Fictol. Driving Do not drive.",
        pregnancy="Pregnancy Avoid Fictol.",
    )
    assert section_texts(document)[("PRECAUTIONS",)].endswith("Driving Do not drive.")


def test_nested_boxed_warning_keeps_its_form():
    document = label(
        warnings="WARNINGS WARNING: BLEEDING Fictol can cause bleeding. Use with care.",
        boxed_warning="WARNING: BLEEDING Fictol can cause bleeding.",
    )
    (span,) = document.spans
    assert span.kind is PassageKind.BOXED_WARNING
    assert document.text[span.start : span.end] == "Fictol can cause bleeding."


def test_section_printed_without_heading_is_named_but_not_printed():
    document = label(indications_and_usage="For fiction.")
    assert outline(document) == [(("Indications and usage",), "34067-9")]
    assert document.text == "For fiction."


def test_numbered_headings_are_recovered_in_order():
    text = (
        "5 WARNINGS AND PRECAUTIONS 5.1 Hepatotoxicity Liver failure occurred in 5.2 % [see Adverse "
        "Reactions (6.1)]. 5.2 Use in Patients with Renal Impairment Patients with low clearance "
        "had more harm, see section 5.1 there. 5.3 Bleeding Risk Fictol can cause bleeding."
    )
    paths = [path[-1] for path, _ in outline(label(warnings_and_cautions=text))]
    assert paths == [
        "5 WARNINGS AND PRECAUTIONS",
        "5.1 Hepatotoxicity",
        "5.2 Use in Patients with Renal Impairment",
        "5.3 Bleeding Risk",
    ]


def test_highlights_go_to_the_end_and_leave_the_full_text():
    document = label(
        contraindications="4 CONTRAINDICATIONS Known allergy to fictamine. Allergy ( 4 )",
        dosage_and_administration="2 DOSAGE AND ADMINISTRATION Adults: 5 mg daily ( 2.1 ) 2.1 Recommended Dosage The dose is 5 mg.",
    )
    texts = section_texts(document)
    assert texts[("4 CONTRAINDICATIONS",)] == "4 CONTRAINDICATIONS\n\nKnown allergy to fictamine."
    assert texts[("Highlights", "2 DOSAGE AND ADMINISTRATION")] == "Adults: 5 mg daily ( 2.1 )"
    assert texts[("Highlights", "4 CONTRAINDICATIONS")] == "Allergy ( 4 )"
    assert {s.code for s in document.sections[-2:]} == {"highlights"}


def test_section_that_only_has_bare_numbers_is_not_taken_for_highlights():
    document = label(
        contraindications="4 CONTRAINDICATIONS Severe liver disease ( 4 ) Allergy ( 4 )"
    )
    assert "Severe liver disease" in section_texts(document)[("4 CONTRAINDICATIONS",)]


def test_table_replaces_its_run_together_cells():
    markup = "<table><caption>Table 1: Dose</caption><thead><tr><th>Clearance</th><th>Dose</th></tr></thead><tbody><tr><td>30 to 59</td><td>5 mg</td></tr></tbody></table>"
    document = label(
        dosage_and_administration="2 DOSAGE AND ADMINISTRATION See Table 1. Table 1: Dose Clearance Dose 30 to 59 5 mg Then stop.",
        dosage_and_administration_table=[markup],
    )
    (row,) = document.spans
    assert document.text[row.start : row.end] == "30 to 59 | 5 mg"
    assert row.context == "Table 1: Dose — Clearance | Dose"
    assert document.text.count("30 to 59") == 1
    assert document.text.endswith("Then stop.")


def test_table_that_is_not_found_leaves_the_text_and_a_finding():
    document = label(
        dosage_and_administration="2 DOSAGE AND ADMINISTRATION One. Two.",
        dosage_and_administration_table=[
            "<table><tr><td>Other words</td><td>x</td></tr></table>",
            "<table",
        ],
    )
    assert document.text.endswith("One. Two.")
    assert "2 of 2 tables" in document.findings[0]


def test_bullets_become_list_items_but_a_raised_dot_does_not():
    document = label(warnings="WARNINGS Stop if: • rash • AUC of 5 mcg•h/mL Then rest. Ask later.")
    assert [document.text[s.start : s.end] for s in document.spans] == [
        "rash",
        "AUC of 5 mcg•h/mL Then rest.",
    ]
    assert document.text.endswith("Ask later.")


def test_known_headings_inside_a_subsection_are_recovered():
    document = label(
        use_in_specific_populations="8 USE IN SPECIFIC POPULATIONS 8.1 Pregnancy Risk Summary There are no data. Animal Data Rats were fine.",
    )
    assert [path[-1] for path, _ in outline(document)] == [
        "8 USE IN SPECIFIC POPULATIONS",
        "8.1 Pregnancy",
        "Risk Summary",
        "Animal Data",
    ]


@pytest.mark.parametrize(
    "shape",
    [
        lambda rows: "\n".join(map(json.dumps, rows)),
        lambda rows: json.dumps({"meta": {"results": {"total": 2}}, "results": rows}),
        lambda rows: json.dumps({"meta": {}, "results": rows}, indent=2),
        json.dumps,
        lambda rows: "\ufeff" + "\n\n".join(map(json.dumps, rows)) + "\n",
    ],
)
def test_lines_arrays_and_responses_are_read_alike(shape):
    rows = [record(warnings=f"WARNINGS Number {n}.") | {"set_id": f"s{n}"} for n in range(3)]
    for data in (
        shape(rows).encode(),
        gzip.compress(shape(rows).encode()),
        lzma.compress(shape(rows).encode()),
    ):
        assert [d.series for d in documents(data)] == ["set_id:s0", "set_id:s1", "set_id:s2"]


def test_one_pretty_printed_label_is_read():
    assert only(json.dumps(record(warnings="WARNINGS Care."), indent=1).encode()).version == "3"


def test_broken_line_is_an_error_with_its_number_and_the_rest_goes_on():
    good = json.dumps(record(warnings="WARNINGS Care."))
    found = readings(
        f'{good}\n{{"set_id": \n[1]\n{{"warnings": ["x y"]}}\n{good}\n'.encode(), "l.jsonl"
    )
    assert [type(r).__name__ for r in found] == [
        "SourceDocument",
        "Unreadable",
        "Unreadable",
        "Unreadable",
        "SourceDocument",
    ]
    assert str(found[1]).startswith("l.jsonl, line 2: is no valid JSON")
    assert "no object" in str(found[2])
    assert "no set_id" in str(found[3])


def test_response_cut_short_says_after_which_record():
    data = json.dumps({"results": [record(warnings="WARNINGS Care.")] * 3}).encode()[:-200]
    found = readings(data, "r.json")
    assert [type(r).__name__ for r in found] == ["SourceDocument", "SourceDocument", "Unreadable"]
    assert "record 3" in str(found[2])


def test_endless_line_does_not_fill_memory(monkeypatch):
    monkeypatch.setattr("loccit.sources.json_records.MAX_RECORD_BYTES", 100_000)
    good = json.dumps(record(warnings="WARNINGS Care.")).encode()
    found = readings(good + b'\n{"set_id": "' + b"a" * 200_000 + b'"}\n' + good)
    assert isinstance(found[1], Unreadable)
    assert "line 2" in str(found[1])


def test_label_without_text_holds_nothing_to_read():
    (error,) = readings(json.dumps(record()).encode())
    assert isinstance(error, NothingToRead)


def test_malformed_date_and_odd_entries_are_noted():
    document = only(
        json.dumps(record(warnings=["WARNINGS Care.", 5]) | {"effective_time": "soon"}).encode()
    )
    assert document.effective_on is None
    assert any("soon" in finding for finding in document.findings)
    assert any("warnings: 1 entries" in finding for finding in document.findings)


def test_invisible_characters_are_taken_out():
    assert label(warnings="WARNINGS Ta\u200bke\u202e care.").text == "WARNINGS\n\nTake care."


SAMPLE = json.dumps(
    record(
        warnings_and_cautions="5 WARNINGS AND PRECAUTIONS Care ( 5.1 ) 5.1 Bleeding Fictol bleeds. 5.2 Rash • A • B.",
        pregnancy="8.1 Pregnancy Risk Summary No data.",
        use_in_specific_populations="8 USE IN SPECIFIC POPULATIONS 8.1 Pregnancy Risk Summary No data.",
        use_in_specific_populations_table=["<table><tr><td>a</td><td>b</td></tr></table>"],
    )
).encode()


@given(st.data())
def test_damaged_records_raise_nothing_but_source_errors(draw):
    broken = bytearray(SAMPLE)
    for _ in range(draw.draw(st.integers(1, 3))):
        broken[draw.draw(st.integers(0, len(broken) - 1))] = draw.draw(st.integers(0, 255))
    for error in errors_of(READER, bytes(broken)):
        assert "\n" not in str(error)


WORDS = st.sampled_from(
    [
        "5",
        "5.1",
        "5.2",
        "5.10",
        "The",
        "Care",
        "(",
        "5.1",
        ")",
        "•",
        "[see",
        "]",
        "Pregnancy",
        "WARNING:",
        "of",
        "and",
        "a.",
        "Fictol",
        "2.5",
        "mg",
        "Renal",
        "Impairment",
        "8.1",
        "Data",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=40), st.lists(WORDS, min_size=1, max_size=40))
def test_any_text_gives_sections_that_tile_and_loses_no_letter(first, second):
    texts = [" ".join(first), " ".join([*first, *second]), " ".join(second)]
    keys = ("warnings_and_cautions", "pregnancy", "boxed_warning")
    row = record(**dict(zip(keys, texts, strict=True)))
    (found,) = readings(json.dumps(row).encode())
    if isinstance(found, SourceDocument):
        check_document(found)
        assert letters(found.text) == letters(*(piece.text for piece in sections_of(row, [])))


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    )
)
def test_values_of_any_type_raise_nothing_but_source_errors(value):
    keys = ("openfda", "version", "set_id", "effective_time", "warnings", "pregnancy_table")
    for key in keys:
        list(
            errors_of(READER, json.dumps(record(warnings="WARNINGS Care.") | {key: value}).encode())
        )


def letters(*texts: str) -> Counter[str]:
    return Counter(character for text in texts for character in text if character.isalnum())


@cache
def latest(folder: Path) -> tuple[tuple[dict[str, Any], SourceDocument], ...]:
    path = folder / "labels" / "openfda_labels_latest.jsonl.gz"
    with gzip.open(path) as lines:
        rows = [json.loads(line) for line in lines]
    with path.open("rb") as stream:
        found = list(read_each(unpack(path.name, stream)))
    assert all(isinstance(reading, SourceDocument) for reading in found)
    return tuple(zip(rows, found, strict=True))  # type: ignore[arg-type]


def test_all_real_labels_are_read(shared_data: Path):
    pairs = latest(shared_data)
    assert len(pairs) == 303
    for row, document in pairs:
        check_document(document)
        assert document.series == f"set_id:{row['set_id']}"
        assert document.version == row["version"]
    assert sum(any(s.kind is PassageKind.BOXED_WARNING for s in d.spans) for _, d in pairs) == 130


def test_real_labels_keep_every_letter_once(shared_data: Path):
    """Against openFDA's own entries: the outermost ones, which hold all the others."""
    for row, document in latest(shared_data):
        assert letters(document.text) == letters(*(p.text for p in sections_of(row, []))), (
            document.title
        )


def test_known_real_label_has_its_outline(shared_data: Path):
    (document,) = [
        d
        for _, d in latest(shared_data)
        if d.series.endswith("b172773b-3905-4a1c-ad95-bab4b6126563")
    ]
    assert document.title == "Rituxan (rituximab), prescribing information"
    assert document.effective_on == date(2023, 6, 6)
    texts = section_texts(document)
    assert texts[("4 CONTRAINDICATIONS",)] == "4 CONTRAINDICATIONS\n\nNone."
    top = "2 DOSAGE AND ADMINISTRATION"
    dosing = texts[top, "2.3 Recommended Dose for Chronic Lymphocytic Leukemia (CLL)"]
    assert "375 mg/m 2 the day prior" in dosing
    numbered = [
        s.path[1]
        for s in document.sections
        if s.path[0] == "5 WARNINGS AND PRECAUTIONS" and len(s.path) == 2
    ]
    assert [heading.split()[0] for heading in numbered] == [f"5.{n}" for n in range(1, 14)]


def test_numbered_headings_of_real_labels_are_nearly_all_found(shared_data: Path):
    """Sections 5 whose numbers found run from 1 on without a gap."""
    complete = total = 0
    for _, document in latest(shared_data):
        found = [
            int(section.path[1].split(" ")[0].split(".")[1])
            for section in document.sections
            if len(section.path) == 2 and re.match(r"5\.\d", section.path[1])
        ]
        if found:
            total += 1
            complete += found == list(range(1, len(found) + 1))
    assert total > 250
    assert complete / total > 0.97
