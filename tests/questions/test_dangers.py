"""A danger that a question states is raised; one that is denied, past or general is not."""

from __future__ import annotations

import time

import pytest
from asked import given, read, reader
from hypothesis import example, settings
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from loccit.dangers import load_dangers
from loccit.questions.dangers import dangers_in
from loccit.questions.rules import load_reading_rules
from loccit.terms import PatientFacts
from loccit.vocabulary import load_vocabulary

RAISED = [(d.key, text) for d in load_dangers().ordered for text, raises in d.examples if raises]
QUIET = [(d.key, text) for d in load_dangers().ordered for text, raises in d.examples if not raises]


def flags(text: str) -> tuple[str, ...]:
    return read(text).red_flags


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
