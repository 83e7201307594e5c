"""Names are found as people write them: longest first, in the plural, hyphened or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loccit.terms import ConceptKind
from loccit.vocabulary import Lexicon, Vocabulary, load_vocabulary
from loccit.vocabulary.lexicon import Entry, folded_words, key_of, words_of

CONDITION = ConceptKind.CONDITION


def lexicon(*phrases: str) -> Lexicon:
    made = Lexicon()
    for phrase in phrases:
        made.add(phrase, Entry(phrase, CONDITION))
    return made


PAINS = lexicon("pain", "back pain", "low back pain", "muscle spasm", "biopsy", "crisis", "abscess", "rash",
                "virus", "MS", "Crohn's disease", "type 2 diabetes", "non-specific low-back pain")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("low back pain", ["low back pain"]),
        ("Low Back Pain, back pain and pain", ["low back pain", "back pain", "pain"]),
        ("low-back pain", ["low back pain"]),
        ("LOW\u00a0BACK\nPAIN", ["low back pain"]),
        ("low back pains", ["low back pain"]),
        ("muscle spasms", ["muscle spasm"]),
        (
            "biopsies, crises, abscesses, rashes and viruses",
            ["biopsy", "crisis", "abscess", "rash", "virus"],
        ),
        ("MS but not MSs", ["MS"]),
        ("Crohn's disease", ["Crohn's disease"]),
        ("Crohn’s disease", ["Crohn's disease"]),
        ("type-2 diabetes", ["type 2 diabetes"]),
        ("nonspecific low back pain", ["low back pain"]),
        ("non-specific low back pain", ["non-specific low-back pain"]),
        ("painful, paint, spain", []),
        ("low back", []),
        ("low back low back pain", ["low back pain"]),
        ("", []),
    ],
)
def test_what_is_found(text, names):
    found = PAINS.find(text)
    assert [each.name for each in found] == names
    assert all(text[each.start : each.end] == each.text for each in found)


def test_the_first_to_claim_a_phrase_keeps_it():
    made = Lexicon()
    made.add("relief", Entry("first", CONDITION))
    made.add("relief", Entry("second", CONDITION))
    entry = made.get("Relief")
    assert entry is not None
    assert entry.name == "first"


def test_phrases_without_words_or_with_too_many_are_left_out():
    assert [*lexicon("", "—", "word " * 21).keys()] == []


@given(st.text(max_size=60))
def test_any_text_is_searched_and_nothing_overlaps(text):
    last = 0
    for each in PAINS.find(text):
        assert text[each.start : each.end] == each.text
        assert last <= each.start < each.end
        last = each.end


@given(
    st.lists(st.sampled_from([*PAINS.keys(), "and", "low", "-", "’s", "."]), max_size=12).map(
        " ".join
    )
)
def test_entries_are_find_without_places(text):
    found = [(each.name, each.kind) for each in PAINS.find(text)]
    assert [tuple(entry) for entry in PAINS.entries(folded_words(text))] == found
    assert [word.folded for word in words_of(text)] == folded_words(text)


@given(st.text(alphabet="abc DE-'’ ", max_size=20))
def test_a_phrase_is_looked_up_by_one_key(text):
    assert key_of(key_of(text)) == key_of(text)
    assert key_of(text.upper()) == key_of(text)


# --- relations


def _vocabulary(parents: dict[str, tuple[str, ...]]) -> Vocabulary:
    return Vocabulary(
        lexicon=Lexicon(), populations=Lexicon(), classes={}, members={}, parents=parents,
        aliases={}, abbreviations={}, misspellings={},
    )  # fmt: skip


def test_steps_up_are_the_fewest_over_several_parents():
    vocabulary = _vocabulary(
        {"a": ("b", "c"), "b": ("d",), "c": ("e",), "d": ("top",), "e": ("d", "top")}
    )
    assert vocabulary.steps_up("a") == {"a": 0, "b": 1, "c": 1, "d": 2, "e": 2, "top": 3}
    assert vocabulary.lineage("a")[0] == "a"
    assert vocabulary.steps_up("unknown") == {"unknown": 0}


def test_a_cycle_ends():
    vocabulary = _vocabulary({"a": ("b",), "b": ("c",), "c": ("a", "c")})
    assert vocabulary.steps_up("a") == {"a": 0, "b": 1, "c": 2}


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("Tylenol", "acetaminophen", ConceptKind.DRUG),
        ("paracetamol", "acetaminophen", ConceptKind.DRUG),
        ("FLEXERIL", "cyclobenzaprine", ConceptKind.DRUG),
        ("cyclobenzaprine hydrochloride", "cyclobenzaprine", ConceptKind.DRUG),
        ("Advil", "ibuprofen", ConceptKind.DRUG),
        ("NSAIDs", "nonsteroidal anti-inflammatory drug", ConceptKind.DRUG_CLASS),
        ("slipped disc", None, None),
        ("magnetic resonance imaging", None, ConceptKind.PROCEDURE),
    ],
)
def test_brands_salts_and_synonyms_lead_to_one_name(written, name, kind):
    entry = load_vocabulary().lexicon.get(written)
    assert entry is not None
    assert name in (None, entry.name)
    assert kind in (None, entry.kind)


def test_a_class_holds_the_drugs_of_its_narrower_classes():
    vocabulary = load_vocabulary()
    for drug, classes in vocabulary.classes.items():
        for name in classes:
            for wider in vocabulary.steps_up(name):
                assert drug in vocabulary.members[wider]


def test_populations_are_found_in_words():
    found = load_vocabulary().populations.find(
        "Adults aged 65 and older with severe hepatic impairment"
    )
    assert {"age:older_adult", "hepatic:severe"} <= {each.name for each in found}


def test_the_vocabulary_is_loaded_once():
    assert load_vocabulary() is load_vocabulary()
