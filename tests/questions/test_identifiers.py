"""What points to a person is taken out before anything else, and told by its kind alone."""

from __future__ import annotations

import pytest
from asked import read
from hypothesis import given, settings
from hypothesis import strategies as st

from loccit.publication import as_html, as_json, as_markdown, as_text
from loccit.questions import patient_from_option, without_identifiers
from loccit.questions.identifiers import PLACE, load_identifier_rules
from loccit.terms import PatientFacts
from loccit.vocabulary import load_vocabulary

TAKEN_OUT = [
    ("Mr Carter, 71, on warfarin", "Carter", "name"),
    ("seen by Dr. Patel for gout", "Patel", "name"),
    ("mrs jones has gout", "jones", "name"),
    ("my name is deshawn and i have gout", "deshawn", "name"),
    ("Patient name: Oluwaseun Adeyemi. Gout, naproxen?", "Oluwaseun Adeyemi", "name"),
    ("pt: Maria Gonzalez, gout", "Maria Gonzalez", "name"),
    ("William Harrison, 67M, gout", "William Harrison", "name"),
    ("my father Rajesh Kumar has gout", "Rajesh Kumar", "name"),
    ("naproxen for gout? Thanks, Luis", "Luis", "name"),
    ("naproxen for gout? Best regards Thandeka Mbeki", "Thandeka Mbeki", "name"),
    ("gout after surgery. Saoirse Kilbane did it", "Kilbane", "name"),
    ("naproxen for gout in Yevheniya Bondar?", "Yevheniya", "name"),
    ("gout runs through our Mbeki line", "Mbeki", "name"),
    ("Please help Zdenka. She has gout", "Zdenka", "name"),
    ("gout. E-Mail address: Thandeka Mbeki", "Mbeki", "name"),
    ("I'M Yevheniya Bondar & HAVE GOUT", "Bondar", "name"),
    ("naproxen for gout? Regards, 07700 900812 Zdenka", "Zdenka", "name"),
    ("J.S., 58M, gout", "J.S.", "initials"),
    ("pt initials KT, 31F, gout", "KT", "initials"),
    ("DOB 04/11/1952, gout", "04/11/1952", "date of birth"),
    ("born 3 March 1948, gout", "3 March 1948", "date of birth"),
    ("date of birth: 1948-03-03, gout", "1948-03-03", "date of birth"),
    ("seen on 12/06/2023 with gout", "12/06/2023", "date"),
    ("MRN 00482915, gout", "00482915", "record number"),
    ("NHS number 943 476 5919, gout", "943 476 5919", "record number"),
    ("Hospital no. H1234567: gout", "H1234567", "record number"),
    ("SSN 123-45-6789, gout", "123-45-6789", "record number"),
    ("patient ID 7781234 with gout", "7781234", "record number"),
    ("call (617) 555-0142 about gout", "555-0142", "phone number"),
    ("my phone is +44 20 7946 0321, gout", "7946", "phone number"),
    ("gout, 07700 900812", "900812", "phone number"),
    ("write to o.kilbane77@mailbox.example on gout", "o.kilbane77@mailbox.example", "e-mail address"),
    ("lives at 14 Maple Street, Springfield. gout", "14 Maple Street", "address"),
    ("PO Box 442, Tulsa OK 74101, gout", "74101", "address"),
    ("my address is 9 Elm Close Leeds LS1 4DY. gout", "LS1 4DY", "address"),
    ("see www.example.org/john on gout", "example.org", "account"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "secret", "kind"), TAKEN_OUT)
def test_an_identifier_is_taken_out_and_its_kind_is_told(text, secret, kind):
    question = read(text)
    assert kind in question.removed
    assert secret.casefold() not in repr(question).casefold()
    assert PLACE in question.text


KEPT = [
    "Guillain Barre after a vaccine",
    "Ehlers Danlos and Advil",
    "Stevens Johnson after Bactrim",
    "Von Hippel Lindau",
    "Henoch Schonlein in a child",
    "Saw Palmetto for the prostate",
    "told Tylenol is safe",
    "treated by Humira for Crohn",
    "a patient of Han Chinese ancestry",
    "neck pain in Boston Massachusetts",
    "a disease called Pallido Ponto Nigral Degeneration",
    "Sepsis: 62M, CK 15000, gout",
    "Long case: 62M, gout",
    "Graves disease in pregnancy, methimazole",
    "Addison disease and Cushing syndrome",
    "Crohn disease after infliximab",
    "Child-Pugh B cirrhosis and tizanidine",
    "Hodgkin lymphoma, bleomycin",
    "Stevens-Johnson syndrome from lamotrigine",
    "St John's wort with sertraline",
    "Does the Wells score apply to PE?",
    "Ranson criteria in pancreatitis",
    "MS relapse in a 29F, RA in her mother",
    "amlodipine/valsartan/HCTZ 10/160/25 mg",
    "NSTEMI 2019, stroke in March 2021",
    "BP 120/80, platelets 150,000, viral load 1200000 copies/mL",
    "trial NCT01234567 and PMID 28192789",
    "vancomycin 1 g i.v. b.i.d.",
    "What Is The Maximum Dose Of Rivaroxaban?",
    "Xarelto. Eliquis. Which one?",
    "I am African American with hypertension",
    "my mother has gout, my Doctor gave her allopurinol",
    "paliperidone: initial and maximum dose?",
    "ankle sprain, x-ray needed? Ottawa",
    "born at 32 weeks, now 5 months old",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_names_a_disease_a_drug_or_a_value_stays(text):
    question = read(text)
    assert question.text == text
    assert not question.removed


def test_a_name_found_once_is_taken_out_wherever_it_stands_again():
    question = read("Mrs Whitby takes apixaban. Can Whitby have naproxen for gout?")
    assert "Whitby" not in question.text


def test_a_place_left_behind_is_no_word_to_search_for():
    assert "…" not in read("Mr Carter has gout").terms
    assert read("Mr Carter has gout").unknown == ()


def test_words_given_as_facts_are_cleared_too():
    facts = patient_from_option("condition=Mr Carter's gout,drug=apixaban", PatientFacts())
    assert facts.drugs == ("apixaban",)
    assert "carter" not in repr(facts)


def test_every_given_name_is_one_lower_case_word_and_no_medical_one():
    lexicon = load_vocabulary().lexicon
    for name in load_identifier_rules().given_names:
        assert name.isalpha()
        assert name == name.casefold()
        assert lexicon.get(name) is None, name


LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=9).map(lambda s: "Qz" + s)
DIGITS = st.text("0123456789", min_size=4, max_size=4)
PLANTED = st.one_of(
    LETTERS.map(lambda name: (f"Mr {name}, 61M.", name)),
    LETTERS.map(lambda name: (f"My name is {name}.", name)),
    LETTERS.map(lambda name: (f"Patient name: {name} {name}.", name)),
    LETTERS.map(lambda name: (f"Write to {name}@mailbox.example.", name)),
    DIGITS.map(lambda digits: (f"MRN H-77{digits}33.", f"h-77{digits}")),
    DIGITS.map(lambda digits: (f"Call 617-555-{digits}.", f"555-{digits}")),
    DIGITS.map(lambda digits: (f"SSN 123-45-{digits}.", f"45-{digits}")),
    DIGITS.map(lambda digits: (f"Lives at 9{digits} Maple Street.", f"9{digits} maple")),
)
QUESTIONS = st.sampled_from(
    [
        "Naproxen for low back pain?",
        "Cyclobenzaprine dose in a 71 yo with cirrhosis",
        "Is baclofen safe in pregnancy, CrCl 25 mL/min?",
        "muscle spasm without fracture, on sertraline",
    ]
)


@settings(max_examples=30, deadline=None)
@given(question=QUESTIONS, planted=PLANTED, first=st.booleans())
def test_a_planted_identifier_is_in_no_form_of_the_answer(starter_engine, question, planted, first):
    words, secret = planted
    text = f"{words} {question}" if first else f"{question} {words}"
    answer = starter_engine.ask(text)
    for form in (as_json, as_text, as_markdown, as_html, repr):
        assert secret.casefold() not in form(answer).casefold()


@settings(max_examples=10, deadline=None)
@given(question=QUESTIONS, names=st.tuples(LETTERS, LETTERS))
def test_two_people_with_one_question_get_the_same_article(starter_engine, question, names):
    first, second = (as_json(starter_engine.ask(f"Mr {name}. {question}")) for name in names)
    assert first == second


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_clearing_a_cleared_text_changes_nothing_more(text):
    once = without_identifiers(text, load_vocabulary()).text
    twice = without_identifiers(once, load_vocabulary()).text
    assert twice == once or len(twice) < len(once)
