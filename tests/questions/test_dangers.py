"""A danger that a question states is raised; one that is denied, past or general is not."""

from __future__ import annotations

import time
from datetime import date

import pytest
from asked import given, read, reader
from hypothesis import example, settings
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from loccit.dangers import ANY, load_dangers
from loccit.dangers.forms import RaisingFile
from loccit.questions.dangers import DangerSigns, dangers_in, raised, signs_of
from loccit.questions.rules import load_reading_rules
from loccit.terms import PatientFacts
from loccit.vocabulary import load_vocabulary

RAISED = [(d.key, text) for d in load_dangers().ordered for text, raises in d.examples if raises]
QUIET = [(d.key, text) for d in load_dangers().ordered for text, raises in d.examples if not raises]


RAISING = RaisingFile(
    schema="loccit/danger-raising/1",
    owner="test",
    dated=date(2026, 11, 27),
    any=0.0,
    ruled=-0.5,
    own=-0.5,
    near=0.3,
    beside=0.6,
    most=2,
    fallback="urgent_signs",
)


def flags(text: str) -> tuple[str, ...]:
    return read(text).red_flags


def features(text: str, *, age: float | None = None) -> set[str]:
    lexicon, rules, facts = load_vocabulary().lexicon, load_reading_rules(), PatientFacts(age=age)
    signs = signs_of(
        text, lexicon.find(text), facts, load_dangers(), rules, kinds=lambda name: (name,)
    )
    return set(signs.features)


def in_order(
    scores: dict[str, float], *ruled: str, standing: tuple[str, ...] = ()
) -> tuple[str, ...]:
    return raised(DangerSigns(ruled=ruled, standing=standing, features={}), scores, RAISING)


def told(scores: dict[str, float], *ruled: str) -> frozenset[str]:
    return frozenset(in_order(scores, *ruled))


@pytest.mark.parametrize(("key", "text"), RAISED)
def test_each_danger_is_raised_by_its_own_examples(key, text):
    assert key in flags(text)


@pytest.mark.parametrize(("key", "text"), QUIET)
def test_near_misses_raise_nothing(key, text):
    assert flags(text) == ()


@pytest.mark.parametrize(
    ("stated", "denied"),
    [
        ("vomiting blood since this morning", "no vomiting of blood, no black stools"),
        ("fever, neck stiffness and confusion today", "no fever, neck stiffness or confusion"),
        ("she has suicidal thoughts", "she denies suicidal thoughts"),
        ("drooling with stridor now, 4 years old", "without drooling or stridor, 4 years old"),
    ],
)
def test_what_is_denied_is_not_raised(stated, denied):
    assert flags(stated)
    assert flags(denied) == ()


@pytest.mark.parametrize(
    "text",
    [
        "melaena in 2015, now needs an NSAID",
        "my grandfather died of a ruptured aneurysm",
        "What are the warning signs of a stroke?",
        "Does the label of rituximab warn of anaphylaxis?",
    ],
)
def test_the_past_the_family_and_the_general_raise_nothing(text):
    assert flags(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Allergic to aspirin (bronchospasm). Ibuprofen for back pain?",
        "He is allergic to aspirin (bronchospasm). Which painkiller?",
        "Allergies: penicillin (anaphylaxis 1998). Sore throat, which macrolide?",
    ],
)
def test_a_known_allergy_is_no_reaction_now(text):
    assert flags(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "took 30 paracetamol yesterday, no symptoms at all, do I still need to go",
        "after an overdose of paracetamol last night she feels fine, can she have ibuprofen",
        "Overdose this morning of 40 citalopram tablets, asymptomatic. Restart when?",
        "Paracetamol overdose, what now?",
    ],
)
def test_after_an_overdose_the_message_stands(text):
    assert "overdose_poisoning" in flags(text)


def test_fever_and_back_pain_in_one_who_injects_is_a_spinal_infection():
    assert "spinal_infection" in flags("IVDU, back pain for a week, T 38.9, legs feel heavy")


def test_weight_alone_raises_the_likeliest_and_those_near_it():
    assert told({ANY: 0.1, "stroke": 0.2, "sepsis": 0.0, "aortic": -0.3}) == {"stroke", "sepsis"}


def test_a_rule_that_stands_is_told_whatever_the_weights_say():
    scores = {ANY: -0.9, "stroke": -0.9}
    assert in_order(scores, "sepsis", "stroke", standing=("sepsis",)) == ("sepsis",)


def test_the_likeliest_is_told_first():
    scores = {ANY: 0.3, "stroke": 0.1, "aortic": 0.2, "sepsis": -0.3}
    assert in_order(scores, "sepsis") == ("aortic", "stroke", "sepsis")
    assert in_order({ANY: 0.3, "stroke": -0.7}) == ("stroke", "urgent_signs")


def test_no_more_are_told_by_weight_than_allowed():
    scores = {ANY: 0.1, "stroke": 0.2, "sepsis": 0.1, "aortic": 0.0}
    assert told(scores) == {"stroke", "sepsis"}


def test_what_weighs_too_little_is_not_raised():
    assert told({ANY: -0.1, "stroke": 0.2}) == frozenset()


def test_a_rule_needs_less_weight():
    assert told({ANY: -0.1, "stroke": 0.2}) == frozenset()
    assert told({ANY: -0.1, "stroke": 0.2}, "stroke") == {"stroke"}


def test_a_rule_keeps_its_message_unless_another_danger_weighs_far_more():
    assert told({ANY: 0.1, "stroke": 0.2, "sepsis": -0.3}, "sepsis") == {"stroke", "sepsis"}
    assert told({ANY: 0.1, "stroke": 0.2, "sepsis": -0.5}, "sepsis") == {"stroke"}


def test_weights_that_speak_against_it_quiet_a_rule():
    assert told({ANY: -0.6, "stroke": -0.9}, "sepsis") == frozenset()


def test_much_for_a_danger_but_little_for_any_one_tells_the_general_message_too():
    assert told({ANY: 0.3, "stroke": -0.7, "sepsis": -0.9}) == {"stroke", "urgent_signs"}


def test_nothing_is_raised_without_words():
    assert told({}) == frozenset()


def test_what_is_set_aside_counts_as_another_feature():
    assert {"=fever", "fever"} <= features("she has a fever today")
    assert {"no:=fever", "no:fever"} <= features("no fever, she is 80 years old")
    assert "=fever" not in features("no fever, she is 80 years old")
    assert "old:stroke" in features("72F, stroke in 2015, now gout")
    assert "any:stroke" in features("What are the warning signs of a stroke?")


def test_groups_pair_within_a_sentence():
    assert "=limb+weak" in features("since noon my arm is weak")
    assert "=limb+weak" not in features("My arm. It is weak since noon.")


def test_values_and_amounts_count_by_their_size():
    assert "spo2:low" in features("SpO2 81, dyspnoea")
    assert "spo2:usual" in features("SpO2 98, dyspnoea")
    assert "=many+swallow" in features("he took 30 tablets")
    assert "=few+swallow" in features("he took 2 tablets")
    assert "#fever" in features("baby is 38.6 today")
    assert "#warm" in features("baby is 36.8 today")
    assert "#fever" in features("baby is 38,6 today")
    assert "=n140+pulse" in features("pulse is 150")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("34 weeks and no kicks", "week#high"),
        ("reduced movements at 34/40", "week#high"),
        ("bleeding for 3 weeks", "week#low"),
        ("he took 30 tablets", "tablets#high"),
        ("she swallowed 16 g of it", "g#high"),
        ("baby has 101 fever", "fever#high"),
    ],
)
def test_an_amount_counts_by_the_word_after_it(text, amount):
    assert amount in features(text)


def test_how_much_of_the_words_is_set_aside_counts():
    assert "aside:0" in features("fever and vomiting today")
    assert "aside:2" in features("no fever, no vomiting")


@pytest.mark.parametrize(
    ("age", "band"),
    [(0.1, "newborn"), (1, "infant"), (40, "younger"), (80, "old"), (None, "unstated")],
)
def test_an_age_counts_by_its_band(age, band):
    assert f"age:{band}" in features("temp 38.6", age=age)


def test_a_denial_ends_where_its_clause_ends():
    assert "anaphylaxis" in flags("no rash, but my throat is closing up after the bee sting")


def test_a_gap_passes_over_no_normal_finding():
    assert flags("my chest is clear, belt too tight, 30 years old") == ()


def test_a_stated_age_counts_also_when_it_is_given_as_an_option():
    facts = given("age=0.1")
    asked = reader().read("temp 38.6, paracetamol dose?", given=lambda _: facts)
    assert "neonatal_fever" in asked.red_flags
    assert "neonatal_fever" not in flags("temp 38.6, paracetamol dose?")


def test_numbers_decide_by_their_range():
    assert "hyperkalaemia" in flags("potassium 7.1 on ramipril")
    assert flags("potassium 4.1 on ramipril") == ()


def test_two_numbers_with_a_slash_are_a_blood_pressure():
    assert "pre_eclampsia" in flags("34 weeks pregnant, headache and flashing lights, 168/112")


def test_several_dangers_are_all_told():
    both = flags("hung over, vomiting blood and black stools; also says he wants to kill himself")
    assert {"gi_bleed", "suicide_self_harm"} <= set(both)


@settings(max_examples=200, deadline=None)
@hypothesis_given(st.text(max_size=300))
@example("bp")
@example("1/1 999/998 60/30")
@example("T ٣٨.٥ no no no")
@example("² ½ K ²")
@example("... ,,, ;;; - - -")
def test_any_text_is_read(text):
    found = dangers_in(
        text, (), PatientFacts(), load_dangers(), load_reading_rules(), kinds=lambda name: (name,)
    )
    assert set(found) <= {each.key for each in load_dangers().ordered}


def test_dangers_take_a_small_share_of_reading_a_question():
    """A ratio, so that a loaded machine measures the same."""
    texts = [text for _, text in (*RAISED, *QUIET)]
    lexicon, rules, dangers = load_vocabulary().lexicon, load_reading_rules(), load_dangers()
    whole, part = 0.0, 0.0
    for text in texts:
        start = time.process_time()
        read(text)
        whole += time.process_time() - start
        concepts = lexicon.find(text)
        start = time.process_time()
        dangers_in(text, concepts, PatientFacts(), dangers, rules, kinds=lambda name: (name,))
        part += time.process_time() - start
    assert part < 0.6 * whole


@pytest.mark.parametrize("word", ["leg ", "pain ", "no ", "bp ", "38 ", "blood .. ", "a, "])
def test_a_long_text_is_read_in_time_that_grows_with_its_length(word):
    def seconds(text: str) -> float:
        start = time.process_time()
        dangers_in(
            text, (), PatientFacts(), load_dangers(), load_reading_rules(), kinds=lambda n: (n,)
        )
        return time.process_time() - start

    short = min(seconds(word * 250) for _ in range(3))
    long = min(seconds(word * 1000) for _ in range(3))
    assert long < 12 * short + 0.05
