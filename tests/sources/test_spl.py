from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from document_checks import check_document, errors_of, only, readings, section_texts
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from loccit.sources.spl import READER
from loccit.terms import NothingToRead, PassageKind, SourceDocument, SourceKind, Unreadable

PRODUCT = """
<section><code code="48780-1"/><subject><manufacturedProduct><manufacturedProduct>
  <name>Fictol<suffix> XR</suffix></name>
  <asEntityWithGeneric><genericMedicine><name>fictamine</name></genericMedicine></asEntityWithGeneric>
  <ingredient classCode="ACTIB"><ingredientSubstance><name>FICTAMINE HYDROCHLORIDE</name></ingredientSubstance></ingredient>
  <ingredient classCode="IACT"><ingredientSubstance><name>STARCH</name></ingredientSubstance></ingredient>
</manufacturedProduct></manufacturedProduct></subject></section>
"""


def label(
    *sections: str, code: str = "34391-3", when: str = "20240131", product: str = PRODUCT
) -> bytes:
    body = "".join(f"<component>{section}</component>" for section in (product, *sections))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="spl.xsl" type="text/xsl"?>
<document xmlns="urn:hl7-org:v3">
  <id root="AAAA-1"/><code code="{code}"/><title>FICTOL</title>
  <effectiveTime value="{when}"/><setId root="SET-1"/><versionNumber value="7"/>
  <author><assignedEntity><representedOrganization><name>Fiction Labs</name></representedOrganization></assignedEntity></author>
  <component><structuredBody>{body}</structuredBody></component>
</document>""".encode()


def section(code: str, title: str, text: str, *inner: str, highlight: str = "") -> str:
    excerpt = (
        f"<excerpt><highlight><text>{highlight}</text></highlight></excerpt>" if highlight else ""
    )
    nested = "".join(f"<component>{part}</component>" for part in inner)
    heading = f"<title>{title}</title>" if title else ""
    return f'<section><code code="{code}"/>{heading}<text>{text}</text>{excerpt}{nested}</section>'


def test_identity_and_names_come_from_the_label():
    document = only(
        label(section("34067-9", "1 INDICATIONS", "<paragraph>For fiction.</paragraph>"))
    )
    assert document.id == "set_id:set-1@7"
    assert document.kind is SourceKind.LABEL
    assert document.title == "Fictol XR (fictamine), prescribing information"
    assert document.publisher == "Fiction Labs"
    assert document.subjects == ("fictamine", "FICTAMINE HYDROCHLORIDE", "Fictol XR")
    assert document.effective_on == date(2024, 1, 31)
    assert document.url.endswith("setid=set-1")
    assert document.jurisdiction == "US"


def test_date_that_is_none_stays_unread_and_is_noted():
    document = only(
        label(section("34067-9", "1 USES", "<paragraph>A.</paragraph>"), when="20241345")
    )
    assert document.effective_on is None
    assert document.year is None
    assert "20241345" in document.findings[0]


def test_sections_nest_with_their_codes():
    inner = section("42229-5", "2.1 Adults", "<paragraph>Take 5 mg.</paragraph>")
    document = only(label(section("34068-7", "2 DOSAGE", "", inner)))
    assert [(s.path, s.code) for s in document.sections] == [
        (("2 DOSAGE",), "34068-7"),
        (("2 DOSAGE", "2.1 Adults"), "42229-5"),
    ]


def test_untitled_section_takes_its_usual_heading_which_is_not_printed():
    document = only(label(section("34070-3", "", "<paragraph>Allergy.</paragraph>")))
    assert document.sections[0].path == ("Contraindications",)
    assert document.text == "Allergy."


def test_untitled_part_is_named_by_the_emphasised_words_that_open_it():
    text = (
        '<paragraph><content styleCode="italics">Renal Impairment:</content> No change.</paragraph>'
    )
    document = only(label(section("43682-4", "12.3 PK", "", section("42229-5", "", text))))
    assert document.sections[-1].path == ("12.3 PK", "Renal Impairment")
    assert document.text.endswith("Renal Impairment: No change.")


def test_boxed_warning_is_marked_over_paragraphs_lists_and_tables():
    text = (
        "<paragraph>WARNING</paragraph><list><item>Bleeding</item></list>"
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    )
    document = only(label(section("34066-1", "", text)))
    assert {span.kind for span in document.spans} == {PassageKind.BOXED_WARNING}
    assert len(document.spans) == 3


def test_dosing_in_a_box_is_no_boxed_warning():
    boxed = section("34066-1", "", "<paragraph>Moderate: 1 mg twice daily</paragraph>")
    document = only(label(section("34068-7", "DOSAGE", "", boxed)))
    assert document.spans == ()
    assert "dosing" in document.findings[0]


def test_highlights_stand_after_the_full_text_under_their_own_code():
    document = only(
        label(
            section(
                "34070-3",
                "4 CONTRAINDICATIONS",
                "<paragraph>Full words.</paragraph>",
                highlight="<paragraph>Short (4).</paragraph>",
            ),
            section("34068-7", "2 DOSAGE", "<paragraph>Take it.</paragraph>"),
        )
    )
    last = document.sections[-1]
    assert last.path == ("Highlights", "4 CONTRAINDICATIONS")
    assert last.code == "highlights"
    assert document.text[last.start : last.end] == "Short (4)."


def test_table_rows_carry_caption_heads_and_group():
    text = """<table><caption>Table 1</caption>
      <thead><tr><th rowspan="2">Event</th><th colspan="2">Fictol</th></tr><tr><th>5 mg</th><th>10 mg</th></tr></thead>
      <tfoot><tr><td colspan="3">Foot words</td></tr></tfoot>
      <tbody><tr><td colspan="3">Nervous system</td></tr>
      <tr><td>Headache<footnote>Any grade</footnote></td><td>3</td><td>4.5</td></tr>
      <tr><td rowspan="2">Nausea</td><td>1</td><td>2</td></tr><tr><td>8</td><td>9</td></tr></tbody></table>"""
    document = only(label(section("34084-4", "6 ADVERSE", text)))
    rows = [(document.text[s.start : s.end], s.context) for s in document.spans]
    heads = "Table 1 — Event | Fictol 5 mg | Fictol 10 mg — Nervous system"
    assert rows == [
        ("Headache * | 3 | 4.5", heads),
        ("Nausea | 1 | 2", heads),
        ("8 | 9", f"{heads} — Nausea"),
    ]
    assert document.text.endswith("Foot words\n\n* Any grade")


def test_table_that_only_frames_text_gives_that_text():
    text = "<table><tbody><tr><td><paragraph>Read this:</paragraph><list><item>One</item></list></td></tr></tbody></table>"
    document = only(label(section("42231-1", "Guide", text)))
    assert [s.kind for s in document.spans] == [PassageKind.LIST_ITEM]
    assert document.spans[0].context == "Read this:"


def test_lists_keep_their_lead_and_inner_lists_their_item():
    text = "<paragraph>Stop if:</paragraph><list><item>Rash</item><item>Pain in:<list><item>the chest</item></list></item></list>"
    document = only(label(section("50566-9", "Stop use", text)))
    assert [(document.text[s.start : s.end], s.context) for s in document.spans] == [
        ("Rash", "Stop if:"),
        ("Pain in:", "Stop if:"),
        ("the chest", "Stop if: Pain in:"),
    ]


def test_superscripts_stay_readable():
    text = "<paragraph>10<sup>9</sup>/L, 30 mL/min/1.73 m<sup>2</sup>, T<sub>max</sub></paragraph>"
    assert "10^9/L, 30 mL/min/1.73 m2, Tmax" in only(label(section("34090-1", "12", text))).text


def test_package_print_and_product_data_are_left_out():
    document = only(
        label(
            section("51945-4", "PANEL", "<paragraph>NDC 1</paragraph>"),
            section("34067-9", "1 USES", "<paragraph>A.</paragraph>"),
        )
    )
    assert "NDC" not in document.text
    assert "STARCH" not in document.text


def test_over_the_counter_label_is_called_drug_facts():
    document = only(
        label(section("55105-1", "Purpose", "<paragraph>Antifictive</paragraph>"), code="34390-5")
    )
    assert document.title == "Fictol XR (fictamine), Drug Facts label"


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (label(code="60685-5"), NothingToRead, "pharmacologic classes"),
        (label(section("34067-9", "", "")), NothingToRead, "no label text"),
        (
            label(section("34067-9", "1", "<paragraph>A</paragraph>")).replace(b"SET-1", b""),
            Unreadable,
            "set id",
        ),
        (label(section("34067-9", "1", "<paragraph>A</paragraph>"))[:-40], Unreadable, "line"),
    ],
)
def test_what_cannot_be_read_is_one_line_that_names_the_file(data, kind, words):
    (error,) = readings(data, "bad.xml")
    assert isinstance(error, kind)
    assert "bad.xml" in str(error)
    assert words in str(error)
    assert "\n" not in str(error)


def test_entities_and_internal_subsets_are_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE document [<!ENTITY a "aaaa">]><document xmlns="urn:hl7-org:v3">&a;</document>'
    (error,) = readings(bomb, "bomb.xml")
    assert isinstance(error, Unreadable)
    assert "DOCTYPE" in str(error)


def test_deeply_nested_elements_are_read_or_refused_in_one_line():
    deep = "<content>" * 180 + "x" + "</content>" * 180
    lists = "<list><item>" * 60 + "y" + "</item></list>" * 60
    for text in (deep, lists):
        (found,) = readings(label(section("34067-9", "1", f"<paragraph>{text}</paragraph>")))
        assert isinstance(found, SourceDocument | Unreadable)


SAMPLE = label(
    section(
        "34084-4",
        "6 ADVERSE",
        "<paragraph>Ra<sup>2</sup>sh</paragraph><list><item>a</item></list>"
        "<table><tbody><tr><td colspan='2'>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>",
    )
)


@given(st.data())
def test_damaged_labels_raise_nothing_but_source_errors(draw):
    broken = bytearray(SAMPLE)
    for _ in range(draw.draw(st.integers(1, 3))):
        broken[draw.draw(st.integers(0, len(broken) - 1))] = draw.draw(st.integers(0, 255))
    end = draw.draw(st.integers(1, len(broken)))
    for error in errors_of(READER, bytes(broken[:end])):
        assert "\n" not in str(error)


FACTS = {
    "lipitor-orig.xml": ("c6e131fe-e7df-4876-83f7-9156fc4e8228", "11", date(2014, 1, 13), 99),
    "lipitor-repack.xml": ("17a163ef-b349-4e32-bc8c-b02bac7f65d6", "8", date(2012, 2, 29), 99),
    "cough.xml": ("00f66f25-3469-4c16-9baf-fba21e9628bd", "1", date(2011, 4, 26), 17),
    "no-title.xml": ("0027b8a3-73bf-4005-a7e3-b035f451a861", "1", date(2010, 7, 28), 42),
    "renese.xml": ("abd6ecf0-dc8e-41de-89f2-1e36ed9d6535", "1", date(2005, 12, 14), 20),
    "a4e3211d-f25b-4e3e-b39d-028de892f165.xml": (
        "05c1ce43-131d-4663-b0b7-9dbac20bfea4",
        "1",
        date(2010, 3, 27),
        12,
    ),
}


@pytest.mark.parametrize("name", FACTS)
def test_real_label_is_read_as_known(shared_data: Path, name: str):
    document = only((shared_data / "labels" / "spl" / name).read_bytes(), name)
    set_id, version, day, sections = FACTS[name]
    assert document.series == f"set_id:{set_id}"
    assert (document.version, document.effective_on) == (version, day)
    assert len(document.sections) == sections


@pytest.mark.parametrize("name", FACTS)
def test_real_label_keeps_every_word_once(shared_data: Path, name: str):
    """Against an independent walk over all text of the body, letters only."""
    data = (shared_data / "labels" / "spl" / name).read_bytes()
    wanted: Counter[str] = Counter()
    for element in etree.fromstring(data).iter("{*}title", "{*}text"):
        above = [ancestor.find("{*}code") for ancestor in element.iterancestors("{*}section")]
        codes = {code.get("code") for code in above if code is not None}
        parent = element.getparent()
        holder = parent.tag.rpartition("}")[2] if parent is not None else ""
        if holder in ("section", "highlight") and not codes & {"48780-1", "51945-4"}:
            wanted.update(c for c in "".join(map(str, element.itertext())) if c.isalnum())
    got = Counter(c for c in only(data, name).text if c.isalnum())
    assert got == wanted


def test_indexing_file_holds_nothing_to_read(shared_data: Path):
    (error,) = readings(
        (shared_data / "labels" / "spl" / "METHOXSALEN.xml").read_bytes(), "METHOXSALEN.xml"
    )
    assert isinstance(error, NothingToRead)


def test_real_boxed_warning_is_found(shared_data: Path):
    document = only((shared_data / "labels" / "spl" / "no-title.xml").read_bytes())
    boxed = [
        document.text[s.start : s.end]
        for s in document.spans
        if s.kind is PassageKind.BOXED_WARNING
    ]
    assert boxed[0] == "WARNING"
    assert "Elderly patients with dementia-related psychosis" in boxed[2]
    assert len(boxed) == 3


def test_real_dose_stands_in_its_section(shared_data: Path):
    document = only((shared_data / "labels" / "spl" / "lipitor-orig.xml").read_bytes())
    path = ("2 DOSAGE AND ADMINISTRATION", "2.3 Homozygous Familial Hypercholesterolemia")
    assert (
        "The dosage of LIPITOR in patients with homozygous FH is 10 to 80 mg daily."
        in section_texts(document)[path]
    )
    check_document(document)
