"""What a question says of a drug in passing is held against what the sources on it say."""

import pytest

from loccit.questions.borne import Borne, has_class
from loccit.questions.presumed import presumed_in
from loccit.terms import Concept
from loccit.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def doubted(engine, text):
    return [p.text for p in engine.ask(text).question.premises if p.verdict == "not confirmed"]


@pytest.mark.parametrize(
    "text",
    [
        "Why does cyclobenzaprine rupture tendons?",
        "Since cyclobenzaprine is a benzodiazepine, can it be stopped at once?",
        "As an opioid, can cyclobenzaprine cause constipation?",
        "Cyclobenzaprine, which is an anticoagulant, before surgery?",
        "How does cyclobenzaprine inhibit PCSK9?",
    ],
)
def test_what_no_source_on_the_drug_says_is_told(starter_engine, text):
    assert doubted(starter_engine, text)


@pytest.mark.parametrize(
    "text",
    [
        "Why does cyclobenzaprine cause drowsiness?",
        "Since diazepam is a benzodiazepine, what happens with opioids?",
        "As an opioid, can oxycodone cause constipation?",
        "Tramadol, which is an opioid, in the elderly?",
        "As a single dose, can naproxen be taken with food?",
    ],
)
def test_what_a_source_says_is_passed_over(starter_engine, text):
    assert doubted(starter_engine, text) == []


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Why does X cause pain?", "X cause pain"),
        ("X, which is a statin, in liver disease?", "X, which is a statin"),
        ("X is a statin; which dose?", "X is a statin"),
        ("How does X work in children?", ""),
        ("Which dose of X is usual?", ""),
    ],
)
def test_a_claim_is_found_by_how_it_opens(text, claim):
    assert presumed_in(text) == claim


def named(*names):
    return [Concept(text=n, name=n, kind=VOCABULARY.lexicon.get(n).kind) for n in names]


def test_a_class_is_known_by_itself_by_a_wider_one_or_not_at_all():
    assert has_class("venlafaxine", named("antidepressant"), VOCABULARY)
    assert has_class("venlafaxine", named("opioid"), VOCABULARY) is False
    assert has_class("venlafaxine", named("pain"), VOCABULARY) is None


def test_all_that_is_claimed_must_stand_in_one_sentence(starter_base):
    borne = Borne("cyclobenzaprine", starter_base, VOCABULARY)
    assert borne.is_known()
    assert borne.is_said("cyclobenzaprine may cause drowsiness")
    assert not borne.is_said("cyclobenzaprine may cause drowsiness and gallstones")
    assert borne.is_said("cyclobenzaprine"), "nothing is claimed"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("weekly cyclobenzaprine dose in adults?", True),
        ("cyclobenzaprine 5 mg monthly, dose in adults?", True),
        ("three times a day cyclobenzaprine dose in adults?", False),
        ("cyclobenzaprine dose in adults seen weekly?", False),
    ],
)
def test_a_rate_beside_the_drug_that_no_dose_has_is_told(starter_engine, text, told):
    assert bool(doubted(starter_engine, text)) is told
