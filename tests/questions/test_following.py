"""A question that follows another: what is carried over, changed, added and dropped."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from asked import reader
from hypothesis import given, settings
from hypothesis import strategies as st

from loccit.questions import Follower, patient_from_option
from loccit.terms import Audience, Following, Question, QuestionKind, Turn, UsageError
from loccit.vocabulary import load_vocabulary


@cache
def follower() -> Follower:
    return Follower(load_vocabulary(), reader())


def turn(question: Question, name: str = "a1b2c3d4e5f6a7b8") -> Turn:
    return follower().kept(name, question)


def follow(first: str, *later: str) -> Question:
    """The last of several turns."""
    question = reader().read(first)
    for text in later:
        question = follower().follow(turn(question), text)
    return question


def drugs(question: Question) -> set[str]:
    return {c.name for c in question.concepts if str(c.kind) in ("drug", "drug_class")}


def conditions(question: Question) -> set[str]:
    return {c.name for c in question.concepts if str(c.kind) in ("condition", "finding")}


DOSE = "gabapentin dose for a 45-year-old woman with sciatica, eGFR 70"
PAIR = "Can a 60-year-old man on warfarin take ibuprofen for gout?"

# --- facts of the patient


@pytest.mark.parametrize(
    ("said", "fact", "value"),
    [
        ("he's 82", "age", 82),
        ("she is actually 82", "age", 82),
        ("what if she were 82", "age", 82),
        ("make her 82", "age", 82),
        ("her age is 82", "age", 82),
        ("same but 82", "age", 82),
        ("same but 82 and eGFR 25", "age", 82),
        ("same but 82 and eGFR 25", "egfr", 25),
        ("82, typo", "age", 82),
        ("no sorry, I meant 82", "age", 82),
        ("I meant 54 not 45", "age", 54),
        ("aged 3 months", "age", 0.25),
        ("and at 6 months?", "age", 0.5),
        ("woman of 70", "age", 70),
        ("male, 70", "age", 70),
        ("70-male", "age", 70),
        ("70, 55 kg", "age", 70),
        ("70 and on warfarin", "age", 70),
        ("CrCl 15", "creatinine_clearance", 15),
        ("now on dialysis", "renal", "dialysis"),
        ("weight 48 kg", "weight_kg", 48),
        ("and in pregnancy?", "pregnancy", "any"),
        ("she is pregnant, 30 weeks", "pregnancy", "third_trimester"),
        ("no, male", "sex", "male"),
        ("not she, he", "sex", "male"),
        ("Child-Pugh C", "hepatic", "severe"),
        ("she takes sertraline", "drugs", ("sertraline",)),
        ("allergic to aspirin", "allergies", ("aspirin",)),
        ("she has diabetes", "conditions", ("sciatica", "diabetes mellitus")),
    ],
)  # fmt: skip
def test_a_fact_newly_said_holds_and_the_drug_stays(said, fact, value):
    question = follow(DOSE, said)
    assert getattr(question.patient, fact) == value
    assert "gabapentin" in drugs(question)
    assert not question.following.new_topic


@pytest.mark.parametrize(
    "said",
    [
        "how long?",
        "40 mg, then 80 mg?",
        "40, then 80?",
        "5 mg twice a day?",
        "3 tablets?",
        "for 14 days",
        "10 %?",
        "2 weeks",
    ],
)
def test_a_number_that_is_no_age_changes_no_age(said):
    assert follow(DOSE, said).patient.age == 45


def test_a_bare_number_is_an_age_only_where_one_was_said():
    assert follow("gabapentin dose", "I meant 54").patient.age is None


def test_a_number_put_right_goes_where_it_was_wrong():
    patient = follow("gabapentin for a 45-year-old of 84 kg", "sorry, 48 not 84").patient
    assert (patient.age, patient.weight_kg) == (45, 48)


def test_a_measured_clearance_takes_the_place_of_the_other_and_dialysis_of_both():
    patient = follow(DOSE, "CrCl 15").patient
    assert (patient.egfr, patient.creatinine_clearance) == (None, 15)
    patient = follow(DOSE, "CrCl 15", "now on haemodialysis").patient
    assert (patient.egfr, patient.creatinine_clearance, patient.renal) == (None, None, "dialysis")


def test_kidney_disease_of_no_degree_does_not_blur_what_was_measured():
    patient = follow(DOSE, "she has kidney disease").patient
    assert patient.egfr == 70


def test_breastfeeding_ends_a_pregnancy():
    patient = follow("ibuprofen at 20 weeks pregnant", "now she is breastfeeding").patient
    assert (patient.pregnancy, patient.lactation) == ("", True)


def test_weeks_and_trimesters_are_read_where_a_pregnancy_was_spoken_of():
    assert (
        follow("ibuprofen at 20 weeks pregnant", "and at 32 weeks?").patient.pregnancy
        == "third_trimester"
    )
    assert (
        follow("ibuprofen in the third trimester", "second, I mean").patient.pregnancy
        == "second_trimester"
    )
    assert follow("ibuprofen dose", "and after 32 weeks?").patient.pregnancy == ""


@pytest.mark.parametrize(
    ("first", "said", "fact"),
    [
        ("ibuprofen in pregnancy", "she is not pregnant", "pregnancy"),
        ("ibuprofen while breastfeeding", "no longer breastfeeding", "lactation"),
        ("tizanidine in cirrhosis", "no cirrhosis", "hepatic"),
        ("naproxen for a man who takes warfarin", "he stopped the warfarin", "drugs"),
        ("naproxen for a man who takes warfarin", "he is off warfarin now", "drugs"),
        ("can he have celecoxib, allergic to aspirin", "not allergic to aspirin", "allergies"),
    ],
)
def test_what_is_denied_no_longer_holds(first, said, fact):
    question = follow(first, said)
    assert not getattr(question.patient, fact)
    assert fact in {point.name for point in question.following.dropped}


def test_what_was_not_said_cannot_be_taken_back():
    assert follow(DOSE, "is it not safe?").patient == follow(DOSE, "is it safe?").patient


def test_a_group_newly_said_drops_an_age_outside_it():
    assert follow(DOSE, "and in children?").patient.age is None
    assert "age:child" in follow(DOSE, "and in children?").population
    assert follow(DOSE, "in adults").patient.age == 45


def test_another_person_has_none_of_the_facts():
    question = follow(DOSE, "her son of 5 needs it, 18 kg")
    patient = question.patient
    assert (patient.age, patient.weight_kg, patient.sex, patient.egfr) == (5, 18, "male", None)
    assert drugs(question) == {"gabapentin"}
    assert follow(DOSE, "same patient, now 50").patient.egfr == 70
    assert follow(DOSE, "what about my son, 5").patient.egfr is None


def test_the_patient_spoken_of_by_kinship_is_still_the_patient():
    patient = follow(
        "my mother is 83 years old, diazepam for her back", "my mother also takes oxycodone"
    ).patient
    assert (patient.age, patient.drugs) == (83, ("oxycodone",))


def test_the_child_of_a_nursing_mother_is_no_other_patient():
    assert follow("ibuprofen while breastfeeding", "is it safe for her baby?").patient.lactation


def test_facts_of_the_form_are_added_to_what_is_carried_over():
    question = follower().follow(
        turn(reader().read(DOSE)),
        "how long?",
        given=lambda f: patient_from_option("hepatic=mild", f),
    )
    assert (question.patient.age, question.patient.hepatic) == (45, "mild")


# --- the subject


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("what about naproxen instead", {"naproxen", "warfarin"}),
        ("naproxen?", {"naproxen", "warfarin"}),
        ("or naproxen", {"naproxen", "warfarin"}),
        ("swap it for naproxen", {"naproxen", "warfarin"}),
        ("naproxen rather than ibuprofen", {"naproxen", "warfarin"}),
        ("sorry it's naproxen not ibuprofen", {"naproxen", "warfarin"}),
        ("would acetaminophen be safer", {"acetaminophen", "warfarin"}),
        ("and if I swap ibuprofen for naproxen?", {"naproxen", "warfarin"}),
        ("can I add omeprazole", {"ibuprofen", "warfarin", "omeprazole"}),
        ("he's on aspirin too", {"ibuprofen", "warfarin", "aspirin"}),
        ("can he drink wine with it", {"ibuprofen", "warfarin", "ethanol"}),
        ("he stopped warfarin", {"ibuprofen"}),
        ("he takes apixaban, not warfarin", {"ibuprofen", "apixaban"}),
        ("what if he were on apixaban instead", {"ibuprofen", "apixaban"}),
        ("how long?", {"ibuprofen", "warfarin"}),
        ("and with omeprazole?", {"ibuprofen", "warfarin", "omeprazole"}),
        ("potassium 5.6", {"ibuprofen", "warfarin"}),
        ("how often check potassium", {"ibuprofen", "warfarin"}),
        ("ibuprofen versus naproxen", {"ibuprofen", "naproxen", "warfarin"}),
        ("from ibuprofen to naproxen, how?", {"ibuprofen", "naproxen", "warfarin"}),
        ("the latter", {"ibuprofen"}),
        ("dose of the former", {"warfarin"}),
    ],
)
def test_drugs_are_exchanged_added_or_left_out(said, expected):
    assert drugs(follow(PAIR, said)) == expected


def test_a_drug_comes_in_the_place_of_one_of_its_class():
    assert drugs(follow("allopurinol with azathioprine", "febuxostat any better?")) == {
        "febuxostat",
        "azathioprine",
    }


def test_of_two_drugs_asked_about_together_with_exchanges_the_second():
    assert drugs(follow("tizanidine and ciprofloxacin", "and with warfarin?")) == {
        "tizanidine",
        "warfarin",
    }


def test_a_child_that_is_wished_for_is_no_patient():
    question = follow(DOSE, "she plans a baby")
    assert "age:infant" not in question.population
    assert str(question.kind) == "safety"


def test_a_drink_does_not_outlast_the_next_drug():
    assert drugs(follow("carisoprodol and driving", "with wine?", "he also takes oxycodone")) == {
        "carisoprodol",
        "oxycodone",
    }


def test_a_class_gives_way_to_its_member():
    assert drugs(follow("Which NSAID for gout?", "naproxen dose then")) == {"naproxen"}


@pytest.mark.parametrize(
    ("first", "said", "expected"),
    [
        ("rivaroxaban in atrial fibrillation", "and for a DVT?", {"deep vein thrombosis"}),
        ("metoprolol for hypertension", "she has asthma", {"hypertension", "asthma"}),
        ("metoprolol for hypertension", "with asthma?", {"hypertension", "asthma"}),
        ("What is gout?", "how is it treated", {"gout"}),
        ("Best drug for sciatica?", "for gout?", {"gout"}),
        ("treatment of back pain", "low back pain I mean", {"low back pain"}),
    ],
)
def test_conditions_stay_are_joined_or_exchanged(first, said, expected):
    assert conditions(follow(first, said)) == expected


def test_a_past_condition_is_not_told_as_present():
    question = follow(DOSE, "she had a stroke in 2019")
    assert "stroke" in conditions(question)
    assert question.patient.conditions == ("sciatica",)
    assert question.patient.history == ("stroke",)


def test_a_value_measured_anew_stands_for_the_one_before():
    first = follow("spironolactone with potassium of 5.8 mmol/L?", "and potassium of 4.1 mmol/L?")
    values = [(each.name, each.value) for each in first.patient.labs]
    assert values == [("potassium", "4.1")]


def test_a_procedure_that_was_the_subject_gives_way():
    question = follow("Does traction help in sciatica?", "and acupuncture")
    assert {c.name for c in question.concepts} == {"acupuncture", "sciatica"}


# --- topics


@pytest.mark.parametrize(
    "said",
    [
        "new question: What is the dose of tizanidine?",
        "Something else: tizanidine dose",
        "Let's talk about tizanidine",
        "What is the treatment of tuberculosis?",
        "Which dose of quinine for malaria?",
        "Different patient: 4 year old with seizures, diazepam dose?",
        "Thanks. Which dose of quinine for malaria?",
    ],
)
def test_a_new_topic_uses_nothing_that_was_said(said):
    question, fresh = follow(DOSE, said), reader().read(said)
    assert question.following.new_topic
    assert question.following.dropped
    assert not question.following.carried
    assert alone(question) == fresh


def alone(question: Question) -> Question:
    """The question without what says that it follows another."""
    return replace(question, follows="", following=Following())


@pytest.mark.parametrize(
    "said",
    [
        "and pregabalin?", "what about tizanidine", "pregabalin dose?", "is pregabalin better?",
        "dialysis?", "and with heart failure?", "by the way she is pregnant", "thanks. and in pregnancy?",
        "is this still true in sciatica", "start tizanidine?", "tizanidine instead", "start dose",
        "which signs should I watch for?",
    ],
)  # fmt: skip
def test_what_is_tied_to_the_turn_before_is_no_new_topic(said):
    assert not follow(DOSE, said).following.new_topic


# --- kinds


@pytest.mark.parametrize(
    ("first", "said", "kind"),
    [
        ("max dose of tizanidine", "and if she has cirrhosis?", "dosing_organ"),
        ("max dose of tizanidine", "in a 6-year-old?", "dosing_child"),
        ("max dose of tizanidine", "and in pregnancy?", "safety"),
        ("max dose of tizanidine", "he also takes ciprofloxacin", "interaction"),
        ("max dose of tizanidine", "and baclofen?", "dosing"),
        ("max dose of tizanidine", "how do I taper it?", "switching"),
        ("max dose of tizanidine", "what should I monitor?", "test_choice"),
        ("max dose of tizanidine", "side effects?", "safety"),
        ("max dose of tizanidine", "what could be used instead?", "treatment"),
        ("max dose of tizanidine", "with food?", "dosing"),
        ("max dose of tizanidine", "he took 10 tablets", "emergency"),
        ("max dose of tizanidine", "can I stop it suddenly?", "switching"),
        ("max dose of tizanidine", "versus baclofen", "treatment"),
        ("max dose of tizanidine", "what causes sciatica?", "what_is"),
        ("Is tizanidine safe in pregnancy?", "how long then?", "dosing"),
        ("What is sciatica?", "how is it treated?", "treatment"),
        ("What is sciatica?", "what is the prognosis?", "prognosis"),
        ("What is sciatica?", "which scan?", "test_choice"),
        (
            "tizanidine with ciprofloxacin",
            "what if I swap ciprofloxacin for azithromycin?",
            "interaction",
        ),
    ],
)
def test_the_kind_follows_from_the_words_then_from_what_is_new(first, said, kind):
    assert str(follow(first, said).kind) == kind


# --- what is shown


def test_carried_changed_new_and_dropped_are_told_point_by_point():
    following = follow(DOSE, "no, he is 71 and takes warfarin, not eGFR 70").following
    told = {
        name: {point.name for point in getattr(following, name)}
        for name in ("carried", "changed", "new", "dropped")
    }
    assert told["carried"] >= {"drug", "condition"}
    assert told["changed"] >= {"age", "sex"}
    assert "drugs" in told["new"]
    assert "egfr" in told["dropped"]
    age = next(point for point in following.changed if point.name == "age")
    assert (age.before, age.value) == (45, 71)


def test_a_first_question_follows_nothing():
    question = reader().read(DOSE)
    assert (question.follows, question.following) == ("", Following())


def test_five_turns_later_what_still_holds_is_carried():
    question = follow(
        "max dose of tizanidine", "she has cirrhosis", "she is 71", "what about baclofen instead",
        "and eGFR 25", "how long then?", "and if she takes sertraline?",
    )  # fmt: skip
    patient = question.patient
    assert drugs(question) == {"baclofen", "sertraline"}
    assert (patient.age, patient.egfr, patient.sex) == (71, 25, "female")
    assert (patient.hepatic, patient.drugs) == ("any", ("sertraline",))
    assert str(question.kind) == "interaction"


def test_the_words_to_search_for_name_what_is_carried():
    question = follow("maximum daily dose of tizanidine", "and if she has cirrhosis?")
    assert {"tizanidine", "maximum", "daily", "cirrhosis"} <= set(question.terms.casefold().split())


def test_a_denied_name_that_is_said_after_all_is_no_longer_denied():
    question = follow("back pain without sciatica, treatment", "she has sciatica after all")
    assert "sciatica" not in question.negated


# --- circumstances, what is taken, and what is only imagined


@pytest.mark.parametrize(
    ("first", "later", "fact", "value"),
    [
        ("clozapine dose", ["he smokes 30 a day", "and if he stops?"], "smoking", "former"),
        ("back pain treatment", ["3 months"], "duration", "3 months"),
        ("gabapentin dose", ["3 months"], "duration", ""),
        ("ibuprofen dose for a child", ["18 months, 11 kg"], "age", 1.5),
        ("ibuprofen dose for a child", ["and at 2?"], "age", 2),
        ("metformin, eGFR 28", ["it's 58 actually"], "egfr", 58),
        ("amoxicillin for a 6-week-old", ["mother is breast feeding"], "lactation", False),
        ("ibuprofen while breastfeeding", ["my baby is 3 weeks old"], "age", None),
        ("celecoxib dose", ["had a stroke", "and for gout?"], "history", ("stroke",)),
        ("apixaban in her eighties", ["she is 84"], "age_range", ""),
        ("apixaban in a woman of 84", ["in her nineties rather"], "age", None),
        ("carbamazepine dose", ["she wants a baby", "valproate?"], "planned", ("pregnancy",)),
    ],
)
def test_circumstances_are_carried_and_changed(first, later, fact, value):
    assert getattr(follow(first, *later).patient, fact) == value


@pytest.mark.parametrize(
    ("first", "later", "named"),
    [
        ("lithium dose", ["he takes hydrochlorothiazide", "what if it were amlodipine instead"],
         {"lithium", "amlodipine"}),
        ("My dad takes amitriptyline, safe?", ["would pregabalin be better instead"],
         {"pregabalin"}),
        ("tramadol and sertraline", ["and codeine?"], {"codeine", "sertraline"}),
        ("warfarin and cranberry juice", ["and grapefruit?"], {"warfarin", "grapefruit"}),
        ("allopurinol with azathioprine", ["start dose"], {"allopurinol"}),
        ("domperidone dose", ["with fluconazole", "ondansetron in place of domperidone"],
         {"ondansetron", "fluconazole"}),
        ("naltrexone, he takes oxycodone", ["last oxycodone dose was 10 days ago"],
         {"naltrexone", "oxycodone"}),
        ("tramadol 50 mg", ["the warfarin was stopped"], {"tramadol"}),
        ("simvastatin dose", ["amlodipine 10 on board"], {"simvastatin", "amlodipine"}),
        ("drug for hypertension", ["amlodipine max dose"], {"amlodipine"}),
        ("How does digoxin work?", ["signs of toxicity"], {"digoxin"}),
    ],
)  # fmt: skip
def test_drugs_come_go_and_stay(first, later, named):
    assert drugs(follow(first, *later)) == named


@pytest.mark.parametrize(
    ("first", "said", "kind"),
    [
        ("fentanyl patch 25", "how should it be stopped", "switching"),
        ("amiodarone loading dose", "what should be monitored", "test_choice"),
        ("max dose of losartan", "potassium 5.7", "safety"),
        ("naproxen with lisinopril", "and if GFR is 25", "dosing_organ"),
        ("tadalafil with nitrates", "how long between them", "interaction"),
        ("rivaroxaban dose", "took two by accident", "emergency"),
        ("max dose of valproate", "she wants a baby", "safety"),
    ],
)
def test_the_kind_turns_with_what_is_asked_or_told(first, said, kind):
    assert str(follow(first, said).kind) == kind


# --- what is kept


def test_nothing_of_the_words_is_kept_that_could_name_a_person():
    text = "Mrs Zyxwvut, 0161 496 0000, dose of tizanidine 2 mg? allergic to Quuxol"
    kept = turn(reader().read(text))
    written = repr(kept)
    for word in ("Zyxwvut", "zyxwvut", "0161", "496", "Quuxol", "quuxol", "Mrs"):
        assert not re.search(rf"(?<![\w.]){word}(?!\w)", written)  # likelihoods have digits too
    assert drugs(kept.question) == {"tizanidine"}


def test_names_given_as_facts_are_kept_only_where_they_are_known():
    question = reader().read(
        "tizanidine dose", given=lambda f: patient_from_option("drug=sertraline,drug=john smith", f)
    )
    assert turn(question).question.patient.drugs == ("sertraline",)


def test_the_reader_can_be_changed():
    question = follower().follow(turn(reader().read(DOSE)), "how long?", audience=Audience.PATIENT)
    assert question.audience is Audience.PATIENT


# --- any words at all


WORDS = st.lists(
    st.sampled_from(
        [
            "and",
            "or",
            "what",
            "about",
            "not",
            "no",
            "she",
            "he",
            "is",
            "has",
            "80",
            "45",
            "17",
            "kg",
            "eGFR",
            "25",
            "pregnant",
            "weeks",
            "naproxen",
            "warfarin",
            "gout",
            "cirrhosis",
            "instead",
            "stopped",
            "allergic",
            "to",
            "penicillin",
            "her",
            "son",
            "the",
            "latter",
            "dose",
            "how",
            "long",
            "?",
            ",",
            ".",
            "same",
            "but",
            "with",
            "for",
            "new",
            "question",
            "which",
        ]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS)
def test_joining_is_deterministic_and_never_fails_on_words(first, said):
    try:
        before = turn(reader().read(first))
        one = follower().follow(before, said)
    except UsageError:
        return
    assert one == follower().follow(before, said)
    assert one.follows == before.id
    assert isinstance(one.kind, QuestionKind)
    if one.following.new_topic:
        assert alone(one) == reader().read(said)
    names = {c.name for c in one.concepts}
    spoken = {c.name for c in before.question.concepts} | {
        c.name for c in reader().read(said).concepts
    }
    assert names <= spoken


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_follow(said):
    before = turn(reader().read(DOSE))
    try:
        question = follower().follow(before, said)
    except UsageError:
        return
    assert re.search(r"\S", question.text)


@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_every_point_that_was_read_is_told_once(said):
    question = follow(DOSE, said)
    following = question.following
    names = [p.name for p in (*following.changed, *following.new)]
    scalars = [
        name
        for name in names
        if name
        not in ("drug", "condition", "procedure", "population", "drugs", "conditions", "allergies")
    ]
    assert len(scalars) == len(set(scalars))
