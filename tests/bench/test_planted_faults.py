"""The planted-fault suite, on sentences written for these tests: the drugs do not exist, mostly."""

import re

import pytest

import planted_faults
from claim_rows import digest, split_of, write_rows
from planting.citing import Shelf, credited_elsewhere
from planting.drugs import drug_faults, names_exchanged
from planting.guards import is_still_said, may_be_true
from planting.numbers import number_faults, unit_faults
from planting.rules import load_words, variants
from planting.true_sentences import TrueSentence, fit

WORDS = load_words()
RULES = {rule.fault: rule for rule in WORDS.rules}


def sentence(text, *, passage="", neighbour="", section=("Dosing",), document="d1"):
    passage = passage or text
    return TrueSentence(
        id=digest(document, text),
        text=text,
        passage=passage,
        window=f"{passage}\n\n{neighbour}" if neighbour else passage,
        neighbour=neighbour,
        document=document,
        section=section,
        subject="Brandol; brandoline",
        issuer="Makers of Brandol",
        source="label",
        key=document,
    )


def changed(fault, text):
    return [change.claim for change in variants(RULES[fault], text)]


def numbers(text, evidence=None, neighbour=""):
    return {(c.fault, c.claim) for c in number_faults(text, evidence or text, neighbour)}


@pytest.mark.parametrize(
    ("fault", "before", "after"),
    [
        (
            "contraindicated_indicated",
            "Drug A is contraindicated in gout.",
            "Drug A is indicated in gout.",
        ),
        ("no_difference_difference", "Pain did not differ.", "Pain differed."),
        ("should_should_not", "You should stop it.", "You should not stop it."),
        ("avoid_use", "Drug A should be avoided in gout.", "Drug A should be used in gout."),
        ("increase_decrease", "Drug A reduced the dose.", "Drug A increased the dose."),
        ("higher_lower", "Scores were higher with A.", "Scores were lower with A."),
        ("acute_chronic", "It eases acute pain.", "It eases chronic pain."),
        ("renal_hepatic", "Halve it in renal impairment.", "Halve it in hepatic impairment."),
        (
            "history_recent",
            "It harms patients with a history of stroke.",
            "It harms patients with recent stroke.",
        ),
        ("may_will", "Drug A may cause sleep.", "Drug A will cause sleep."),
        ("some_all", "Most patients slept.", "All patients slept."),
        ("adjunct_turned", "Give A as an adjunct to rest.", "Give A with rest as its adjunct."),
        ("comparator_flipped", "Stop it below 30 mL/min.", "Stop it above 30 mL/min."),
        ("frequency_changed", "Take it once daily.", "Take it twice daily."),
    ],
)
def test_a_rule_plants_its_fault(fault, before, after):
    assert after in changed(fault, before)


@pytest.mark.parametrize(
    ("fault", "before", "after"),
    [
        ("unit_spelled_out", "Give 5 mg at night.", "Give 5 milligrams at night."),
        ("number_word_digit", "Stop after two weeks.", "Stop after 2 weeks."),
        ("comparator_sign", "It fell by more than 5 points.", "It fell by > 5 points."),
        ("organ_in_plain_words", "Use less in renal impairment.", "Use less in kidney impairment."),
        ("must_not_be_used", "A is contraindicated in gout.", "A must not be used in gout."),
        (
            "clause_order",
            "If sleep is poor, give the dose at night.",
            "Give the dose at night if sleep is poor.",
        ),
        ("voice_turned", "Do not use drug A in gout.", "Drug A should not be used in gout."),
        ("leading_phrase_dropped", "However, most slept.", "Most slept."),
        ("british_spelling", "It causes edema.", "It causes oedema."),
    ],
)
def test_a_harmless_rule_says_the_same_otherwise(fault, before, after):
    assert after in changed(fault, before)


@pytest.mark.parametrize(
    ("fault", "left_alone"),
    [
        ("increase_decrease", "It may increase or decrease pressure."),
        ("increase_decrease", "There was no increase in pain."),
        ("higher_lower", "It eases lower back pain."),
        ("should_should_not", "It tells how you should take it."),
        ("mild_severe", "Use it in mild or severe pain."),
        ("not_inserted", "If it is used, watch the eyes."),
        ("may_will", "It is not known if it may cause harm."),
        ("number_word_digit", "The median was 2.3 months."),
        ("comparator_flipped", "Use the dose described above."),
    ],
)
def test_a_rule_leaves_alone_what_would_stay_true_or_make_nonsense(fault, left_alone):
    assert changed(fault, left_alone) == []


def test_three_times_daily_never_becomes_every_eight_hours():
    assert changed("times_a_day", "Take it three times daily.") == ["Take it t.i.d."]


def test_a_number_is_changed_in_every_way():
    found = numbers("Give 15 mg for 7 days.")
    expected = {
        ("times_ten", "Give 150 mg for 7 days."),
        ("tenth", "Give 1.5 mg for 7 days."),
        ("digits_exchanged", "Give 51 mg for 7 days."),
        ("one_step", "Give 16 mg for 7 days."),
        ("duration_changed", "Give 15 mg for 14 days."),
    }
    assert expected <= found


def test_a_number_the_evidence_also_gives_is_never_put_in():
    claims = {claim for _, claim in numbers("Give 15 mg.", "Give 15 mg. At most 150 mg.")}
    assert "Give 150 mg." not in claims


@pytest.mark.parametrize(
    "text",
    [
        "It was seen in Table 3 and Figure 12.",
        "It is inhibited by CYP 3 in 2019.",
        "The difference held [12].",
        "The share had a 95% confidence interval.",
        "Less than 5% of patients slept.",
    ],
)
def test_names_years_references_and_loose_bounds_are_no_quantities(text):
    assert numbers(text) == set()


def test_ends_of_a_range_are_changed():
    assert ("range_end_changed", "Give 5 to 15 mg.") in numbers("Give 5 to 10 mg.")


def test_two_values_in_one_unit_change_places_unless_joined_as_equals():
    assert ("values_exchanged", "Raise it from 20 mg in steps to 10 mg.") in numbers(
        "Raise it from 10 mg in steps to 20 mg."
    )
    assert not [c for f, c in numbers("Give 10 mg or 20 mg.") if f == "values_exchanged"]


def test_a_number_is_borrowed_from_the_passage_beside():
    evidence = "Give 10 mg at night.\n\nChildren take 4 mg."
    assert ("borrowed_from_beside", "Give 4 mg at night.") in numbers(
        "Give 10 mg at night.", evidence, "Children take 4 mg."
    )


def test_a_unit_is_changed_unless_the_evidence_gives_the_new_quantity():
    text = "Infuse 5 mg/kg at once."
    assert "Infuse 5 mg at once." in {c.claim for c in unit_faults(text, text, WORDS)}
    evidence = f"{text} Children get 5 mg."
    assert "Infuse 5 mg at once." not in {c.claim for c in unit_faults(text, evidence, WORDS)}


def test_pressure_keeps_its_unit():
    text = "Pressure fell by 12 mm Hg."
    assert list(unit_faults(text, text, WORDS)) == []


def test_a_drug_gives_way_to_one_the_evidence_does_not_name():
    text = "Hydroxyzine causes sleep."
    assert "Hydralazine causes sleep." in {c.claim for c in drug_faults(text, text, WORDS)}
    evidence = f"{text} Hydralazine does not."
    claims = {c.claim for c in drug_faults(text, evidence, WORDS)}
    assert not {each for each in claims if "ydralazine" in each}


def test_a_drug_in_an_open_list_stays():
    text = "Sedatives such as hydroxyzine cause sleep."
    assert list(drug_faults(text, text, WORDS)) == []


def test_a_brand_stands_for_its_generic_name_where_the_label_gives_both():
    found = names_exchanged("Warfarin thins the blood.", "warfarin; Coumadin")
    assert [change.claim for change in found] == ["Coumadin thins the blood."]


def test_what_the_evidence_says_as_well_is_no_fault():
    old, new = "Drug A raises pressure.", "Drug B raises pressure."
    assert is_still_said(old, new, f"{old} {new}")
    assert not is_still_said(old, new, old)
    assert is_still_said(old, "Drug A  raises pressure.", old)


def test_a_population_the_evidence_speaks_of_is_no_fault():
    text = "It eases acute pain."
    (change,) = variants(RULES["acute_chronic"], text)
    assert may_be_true(RULES["acute_chronic"], change, text, f"{text} It eases chronic pain.")
    assert not may_be_true(RULES["acute_chronic"], change, text, text)


def test_a_finding_of_others_is_credited_to_this_trial_or_to_a_made_up_one():
    text = "Smith et al. [3] reported that drug A eased pain in two of three people."
    found = {c.fault: c.claim for c in credited_elsewhere(text, WORDS)}
    assert set(found) == {"this_trial", "named_other"}
    assert all("Smith" not in claim for claim in found.values())
    assert all(re.search("drug A eased pain", claim) for claim in found.values())


def test_a_wrong_citation_is_a_passage_that_shares_few_words():
    claim = sentence("Adults with gout take brandoline tablets before supper every evening.")
    near = sentence(claim.text, passage=claim.text + " More.", section=("Use",))
    far = sentence("Store brandoline tablets in a dry place away from light.", section=("Storage",))
    assert list(Shelf([claim, near, far]).wrong("other_section", claim)) == [far]


@pytest.mark.parametrize(
    "text",
    [
        "Too short to say anything.",
        "a sentence that does not begin where a sentence ought to begin, is broken.",
        "A list of things without an end to it, which is used often in labels",
        "This sentence is given with a (bracket that is never closed in all of it.",
    ],
)
def test_fragments_are_no_true_sentences(text):
    assert not fit(text)


SENTENCES = [
    sentence("Adults should take 15 mg of warfarin once daily for at least 7 days."),
    sentence(
        "Warfarin is contraindicated in patients with severe renal impairment.", document="d2"
    ),
    sentence(
        "Warfarin may cause bleeding in patients with a history of stroke.",
        passage="Warfarin may cause bleeding in patients with a history of stroke. Stop it then.",
        neighbour="Children take 4 mg.",
        document="d3",
    ),
]


def test_the_same_sentences_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write_rows(tmp_path / name, planted_faults.suite(SENTENCES, WORDS))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_rows_carry_the_label_of_their_family_and_an_id_of_their_own():
    rows = list(planted_faults.suite(SENTENCES, WORDS))
    assert all(row.label == WORDS.labels[row.kind] for row in rows)
    assert len({row.id for row in rows}) == len(rows)
    assert {"number", "unit", "negation", "population", "strength"} <= {row.kind for row in rows}
    assert {row.split for row in rows if row.fault == "passage"} <= {"dev", "held_out"}


def test_every_sentence_with_a_fault_also_comes_untouched():
    rows = list(planted_faults.suite(SENTENCES, WORDS))
    untouched = {row.claim for row in rows if row.kind == "untouched"}
    assert untouched == {each.text for each in SENTENCES}
    assert all(row.claim in row.evidence for row in rows if row.kind == "untouched")


def test_no_fault_leaves_the_sentence_as_it_was():
    rows = planted_faults.suite(SENTENCES, WORDS)
    texts = {each.text for each in SENTENCES}
    assert not [
        row
        for row in rows
        if row.kind not in {"untouched", "wrong_citation"} and row.claim in texts
    ]


def test_an_operator_fills_no_more_than_its_share():
    rows = list(planted_faults.suite(SENTENCES, WORDS, most=1))
    faults = [row.fault for row in rows if row.kind != "untouched"]
    assert len(faults) == len(set(faults))


def test_a_document_is_in_one_half_only():
    assert split_of("set_id:a") == split_of("set_id:a")
    halves = [split_of(f"document {number}") for number in range(400)]
    assert 150 < halves.count("dev") < 250
