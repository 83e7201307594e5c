"""What a passage states, told from its words, its section and its source."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loccit.index import Describer
from loccit.index.rules import load_form_cues, load_kind_rules
from loccit.terms import (
    Annotation,
    DataFileError,
    Form,
    Passage,
    PassageKind,
    SourceKind,
    StatementKind,
)
from loccit.testing import described, small_document
from loccit.vocabulary import load_vocabulary

# source | section code or heading | sentence (our own) | first kind
TABLE = """
label | 34066-1 | Deaths have followed rapid infusion of this drug. | boxed_warning
label | 34067-9 | These tablets are indicated for the relief of muscle spasm. | indication
label | 34067-9 | They are an adjunct to rest and physical therapy. | indication
label | 34068-7 | The usual dose is one 5 mg tablet three times daily. | dose
label | 34068-7 | Swallow the capsule whole and do not chew it. | dose
label | 43678-2 | Tablets of 5 mg are round and yellow. | dose
label | 34070-3 | Do not use within 14 days of a monoamine oxidase inhibitor. | contraindication
label | 34070-3 | Hyperthyroidism. | contraindication
label | 43685-7 | Serotonin syndrome may occur with other serotonergic drugs. | warning
label | 34071-1 | Drowsiness may impair the ability to drive. | warning
label | 42232-9 | Use caution in patients with urinary retention. | warning
label | 34084-4 | Dry mouth was the commonest complaint, in a fifth of patients. | adverse_effect
label | 90374-0 | Dizziness occurred in 3 % of those treated. | adverse_effect
label | 34073-7 | Alcohol adds to the sedation. | interaction
label | 34074-5 | Urine tests for opiates may turn positive. | interaction
label | 34075-2 | Measure liver enzymes before the first dose. | monitoring
label | 42228-7 | No adequate studies exist in pregnant women. | specific_population
label | 34080-2 | It is not known whether the drug passes into milk. | specific_population
label | 34081-0 | Safety below 15 years of age was not established. | specific_population
label | 34082-8 | Plasma levels are higher in the elderly. | specific_population
label | 88829-7 | Start at 5 mg in mild disease of the liver. | specific_population
label | 2.3 Dosage in Renal Impairment | Halve the dose when creatinine clearance is below 30 mL/min. | dose_adjustment
label | 2.4 Dose Modifications for Toxicity | Stop for grade 4 neutropenia. | dose_adjustment
label | 2.5 Discontinuing Treatment | Lower the dose over two weeks. | discontinuation
label | 34088-5 | Activated charcoal may help within an hour. | overdose
label | 34090-1 | It acts mainly within the brain stem. | mechanism
label | 43679-0 | It blocks the reuptake of serotonin. | mechanism
label | 34092-7 | Pain fell more with the drug than with placebo. | efficacy
label | 34089-3 | It is a white powder that dissolves in water. | definition
label | 34076-0 | Tell patients not to drink alcohol. | patient_instruction
label | 42227-9 | Physical dependence was seen after long use. | discontinuation
label | 50570-1 | Do not use if you ever had an allergic reaction to it. | contraindication
label | 55105-1 | For the short relief of minor aches. | indication
label | 34083-6 | Tumours were no commoner in treated rats. | other
label | 34069-5 | Bottles of 100 tablets. | other
guideline | Recommendations | The panel recommends heat for acute low back pain. | recommendation_for
guideline | Recommendations | Clinicians should offer exercise first. | recommendation_for
guideline | Recommendations | Do not offer paracetamol alone for low back pain. | recommendation_against
guideline | Recommendations | Imaging should not be routinely performed in the first six weeks. | recommendation_against
guideline | Imaging | We suggest against routine radiographs. | recommendation_against
guideline | Red flags | New loss of bladder control needs urgent referral. | red_flag
guideline | Assessment | Saddle anesthesia suggests a cauda equina syndrome. | red_flag
guideline | Monitoring and follow-up | See the patient again after two weeks. | monitoring
guideline | Harms | Drowsiness was common. | adverse_effect
guideline | Diagnosis | Tenderness alone does not identify the cause. | diagnosis
guideline | Epidemiology | Most adults have back pain at some time. | epidemiology
guideline | Definition | Acute means less than four weeks. | definition
guideline | Contraindications | Active ulcer. | contraindication
abstract | RESULTS | Pain scores fell by 20 points in both groups. | efficacy
abstract | CONCLUSIONS | The drug beat placebo for a week. | efficacy
abstract | METHODS | We assigned 200 adults to heat or a sham wrap. | other
abstract | BACKGROUND | Muscle spasm is often treated with drugs. | other
abstract | | There was no difference between the groups (p = 0.4). | efficacy
abstract | | The prevalence was 12 per 100,000. | epidemiology
trial | Results | The odds ratio for relief was 2.1. | efficacy
trial | Adverse events | Sleepiness led nine people to stop. | adverse_effect
trial | Statistical analysis | Groups were compared by intention to treat. | other
systematic_review | Effects on pain | Relaxants were more effective than placebo. | efficacy
article | Prognosis | Most patients recover within six weeks. | prognosis
article | | Mortality was 4 % after one year. | prognosis
article | | The syndrome is characterized by pain at rest. | diagnosis
article | Mechanism of action | It inhibits cyclooxygenase. | mechanism
protocol | Treatment | Give 15 mL/kg of saline. | recommendation_for
"""
ROWS = [re.split(r"\s*\|\s*", row) for row in TABLE.strip().splitlines()]


@pytest.fixture(scope="module")
def describer() -> Describer:
    return Describer(load_vocabulary())


def _passage(text: str, *, source: str, place: str, **facts):
    heading = "" if place in load_kind_rules().codes else place
    document = small_document(
        "made-up", text, heading=heading or "Section", kind=SourceKind(source)
    )
    (passage, _), *_ = described(document).passages
    code = place if place in load_kind_rules().codes else ""
    locator = replace(passage.locator, section=(heading,) if heading else ())
    return document, replace(passage, code=code, locator=locator, **facts)


def _describe(describer: Describer, document, passage: Passage):
    return describer.describe(document, passage, describer.subjects(document))


@pytest.mark.parametrize(
    ("source", "place", "text", "kind"), ROWS, ids=[row[2][:50] for row in ROWS]
)
def test_first_kind(describer, source, place, text, kind):
    document, passage = _passage(text, source=source, place=place)
    found = _describe(describer, document, passage)
    assert found.kinds[0] == kind, found.kinds
    assert len(found.kinds) == len(set(found.kinds)) <= 5


def test_the_table_is_long_enough():
    assert len(ROWS) >= 60


def test_words_of_a_box_come_first_whatever_they_say(describer):
    document, passage = _passage(
        "The usual dose is 5 mg.", source="label", place="34068-7", kind=PassageKind.BOXED_WARNING
    )
    assert _describe(describer, document, passage).kinds[:2] == ("boxed_warning", "dose")


def test_the_innermost_telling_heading_decides(describer):
    document, passage = _passage("Take it at night.", source="label", place="")
    locator = replace(passage.locator, section=("2 Dosage", "2.1 Renal Impairment", "General"))
    found = _describe(describer, document, replace(passage, locator=locator))
    assert found.kinds[0] is StatementKind.DOSE_ADJUSTMENT


def test_what_a_person_noted_outweighs_what_the_words_show(describer):
    note = Annotation(
        start=0,
        end=1,
        kind=StatementKind.PROGNOSIS,
        drugs=("ibuprofen",),
        conditions=("gout",),
        interventions=("acupuncture",),
        population=("age:adult",),
    )
    document, passage = _passage(
        "Naproxen 5 mg for children with sciatica.",
        source="label",
        place="34068-7",
        annotation=note,
    )
    found = _describe(describer, document, passage)
    assert found.kinds == (StatementKind.PROGNOSIS,)
    assert found.drugs[:2] == ("ibuprofen", "naproxen")
    assert found.conditions[:2] == ("gout", "sciatica")
    assert found.procedures == ("acupuncture",)
    assert found.population == ("age:adult",)


def test_names_come_from_the_words_the_headings_and_the_context(describer):
    document, passage = _passage(
        "Give Advil 200 mg with heparin to older adults.",
        source="guideline",
        place="Treatment of sciatica",
        context="Table 2. Migraine",
    )
    found = _describe(describer, document, passage)
    assert found.drugs == ("ibuprofen", "heparin")
    assert {"sciatica", "migraine"} <= set(found.conditions)
    assert "age:older_adult" in found.population
    assert [(each.low, each.unit) for each in found.quantities] == [(200.0, "mg")]


def test_a_label_is_about_its_drug_and_a_summary_about_its_originals(describer):
    label = small_document("x", subjects=("Advil", "IBUPROFEN"))
    assert describer.subjects(label) == ("ibuprofen",)
    assert describer.subjects(small_document("x", subjects=("Newdrugamine",))) == ("newdrugamine",)
    assert describer.subjects(small_document("Motrin")) == ("ibuprofen",)
    trial = small_document("x", kind=SourceKind.TRIAL, title="Naproxen with diazepam for back pain")
    assert describer.subjects(trial) == ("naproxen", "diazepam")


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(max_size=200),
    heading=st.text(max_size=30),
    code=st.sampled_from(["", "34068-7", "nonsense"]),
    kind=st.sampled_from(PassageKind),
    source=st.sampled_from(SourceKind),
    context=st.text(max_size=30),
)
def test_any_text_can_be_described(text, heading, code, kind, source, context):
    describer = Describer(load_vocabulary())
    document = small_document("x", "words", kind=source, title=heading)
    (passage, _), *_ = described(document).passages
    locator = replace(passage.locator, section=(heading, heading))
    passage = replace(passage, text=text, code=code, kind=kind, context=context, locator=locator)
    found = _describe(describer, document, passage)
    assert found.kinds
    assert found == _describe(describer, document, passage)


# --- the rules themselves


def test_rules_are_valid_and_name_what_exists():
    rules = load_kind_rules()
    assert len(rules.codes) > 40
    assert all(kinds for kinds in rules.codes.values())
    assert all(kinds for _, kinds in rules.headings)
    assert {cue.kind for cue in rules.cues} <= set(StatementKind)
    assert {cue.form for cue in load_form_cues()} <= set(Form)


@pytest.mark.parametrize("file", ["section_kinds.toml", "cues.toml", "form_cues.toml"])
def test_rule_files_say_whose_they_are(file):
    head = (files("loccit.index") / file).read_text(encoding="utf-8").split("schema")[0]
    assert "Owner:" in head
    assert "Licence:" in head
    assert re.search(r"Source\b", head)


def test_no_pattern_matches_nothing_at_all():
    rules = load_kind_rules()
    patterns = [cue.pattern for cue in rules.cues] + [pattern for pattern, _ in rules.headings]
    assert [each.pattern for each in patterns if each.search("")] == []


def test_a_broken_rule_file_is_named(monkeypatch):
    from loccit.index import rules

    monkeypatch.setattr(
        rules, "_load", lambda file: {"codes": {"1": ["nonsense"]}, "headings": [], "cues": []}
    )
    load_kind_rules.cache_clear()
    with pytest.raises(DataFileError, match="nonsense"):
        load_kind_rules()
    load_kind_rules.cache_clear()


@pytest.mark.parametrize(
    "text",
    [
        "Patients received 5 mg three times daily for 14 days.",
        "The recommended dose was examined in 80 adults.",
        "Dosage was reduced in renal impairment.",
    ],
)
@pytest.mark.parametrize("place", ["34092-7", "14 Clinical Studies"])
def test_what_a_label_tells_of_its_trials_is_no_dose(describer, text, place):
    document, passage = _passage(text, source="label", place=place)
    kinds = _describe(describer, document, passage).kinds
    assert kinds[0] is StatementKind.EFFICACY
    assert not {StatementKind.DOSE, StatementKind.DOSE_ADJUSTMENT} & set(kinds)


def test_adverse_reactions_seen_in_trials_are_not_bound(describer):
    document, passage = _passage(
        "Dizziness led 5 % to stop.", source="label", place="6.1 Clinical Trials Experience"
    )
    assert StatementKind.EFFICACY not in _describe(describer, document, passage).kinds
