import pytest
from articles import article, question

from loccit.publication import as_text
from loccit.publication.showing import is_web_address, section_name, short_id, visible
from loccit.terms import PatientFacts


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5\u202e01", "5[U+202E]01"),
        ("\x1b[2J", "[U+001B][2J"),
        ("a\x0cb\x85c", "a b c"),
        ("tab\there\nline", "tab\there\nline"),
        ("\U000e0041", "[U+E0041]"),
        ("½ × µg – naïve עברית", "½ × µg – naïve עברית"),
    ],
)
def test_hidden_characters_are_named_and_others_kept(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1#c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://", False),
        ("https://[", False),
        ("https://example.org/a b", False),
        ("\x01https://example.org", False),
        ("", False),
    ],
)
def test_only_plain_web_addresses_are_linked(url, linked):
    assert is_web_address(url) is linked


def test_a_numbered_section_gets_its_sign():
    assert section_name(("2 Dosage", "2.1 Adults")) == "§ 2 Dosage \u203a 2.1 Adults"
    assert section_name(("Recommendation 1",)) == "Recommendation 1"
    assert section_name(()) == ""


def test_an_id_is_short_and_safe_to_type():
    assert short_id("a1b2c3d4e5f6") == "a1b2c3d4"
    assert short_id("a`; rm") == "arm"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (PatientFacts(age=0.0), "age 0 days"),
        (PatientFacts(age=0.008), "age 3 days"),
        (PatientFacts(age=0.25), "age 3 months"),
        (PatientFacts(age=71.0), "age 71 years"),
        (PatientFacts(weight_kg=80.5, lactation=True), "weight 80.5 kg; breastfeeding"),
        (PatientFacts(egfr=0.0), "eGFR 0 mL/min"),
        (PatientFacts(allergies=("a", "b")), "allergic to a, b"),
    ],
)
def test_facts_are_echoed_in_the_units_they_are_spoken_of(facts, said):
    text = as_text(article(question=question(patient=facts)))
    assert f"Facts of the case: {said}" in text
