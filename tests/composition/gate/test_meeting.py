"""Which lines of a source forbid a drug, and of whom they speak."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loccit.composition.gate.facts import overdosed, stated_facts
from loccit.composition.gate.judging import Judge
from loccit.composition.gate.lines import lines_of
from loccit.composition.gate.rules import Span, load_gate_rules
from loccit.composition.gate.spans import age_spans, organ_words, weeks_spans
from loccit.quantities import quantities
from loccit.questions import QuestionReader
from loccit.terms import Axis, SearchRequest, Severity, StatementKind
from loccit.testing import InMemoryBase, described, small_document
from loccit.vocabulary import load_vocabulary

VOCABULARY, RULES = load_vocabulary(), load_gate_rules()
READER = QuestionReader(VOCABULARY, is_known=lambda _: False)


def record(text: str, kind: StatementKind = StatementKind.WARNING, drug: str = "naproxen", **says):
    base = InMemoryBase()
    words = VOCABULARY.lexicon.find(text)
    named = {
        "drugs": tuple(c.name for c in words if "drug" in c.kind),
        "conditions": tuple(c.name for c in words if c.kind in ("condition", "finding")),
        "procedures": tuple(c.name for c in words if c.kind == "procedure"),
        "quantities": quantities(text),
        "population": tuple(c.name for c in VOCABULARY.populations.find(text)),
    }
    facts = {"subjects": (drug,), "kinds": (kind,), **named, **says}
    document = small_document("label", text)
    base.add(described(document, **facts))
    base.settle()
    return base.search(SearchRequest(words=drug, drugs=(drug,), limit=1))[0].record


def judged(question: str, text: str, kind: StatementKind = StatementKind.WARNING, **says):
    read = READER.read(question)
    drug = read.asked_drugs[0]
    found = {drug: [record(text, kind, drug, **says)]}
    return Judge(VOCABULARY).judge(read, read.asked_drugs, found)


@pytest.mark.parametrize(
    ("text", "kind", "severity"),
    [
        ("Naproxen is contraindicated in asthma.", "warning", Severity.CONTRAINDICATED),
        ("Avoid naproxen in severe heart failure.", "warning", Severity.NOT_RECOMMENDED),
        ("Avoid naproxen in severe heart failure.", "boxed_warning", Severity.BOXED_WARNING),
        ("With hepatic impairment", "contraindication", Severity.CONTRAINDICATED),
        ("Dosage adjustment is not recommended in renal impairment.", "warning", None),
        ("Avoid doses above 10 mg in renal impairment.", "warning", None),
        ("Avoid driving until the effect is known.", "warning", None),
        ("Raise the dose slowly to avoid ataxia.", "warning", None),
        ("There are no known contraindications in asthma.", "warning", None),
        ("Reactions have included angioedema.", "contraindication", None),
        ("Use in those for whom methotrexate is contraindicated.", "warning", None),
        ("If it cannot be avoided, monitor closely.", "warning", None),
        (
            "Safety and effectiveness in children have not been established.",
            "specific_population",
            Severity.NOT_ESTABLISHED,
        ),
    ],
)
def test_what_forbids_a_drug(text, kind, severity):
    found = lines_of(record(text, StatementKind(kind)))
    assert [line.severity for line in found] == [severity]


BLOCKS = [
    ("naproxen in a patient with asthma", "Naproxen is contraindicated in asthma."),
    ("naproxen in cirrhosis", "Avoid naproxen in patients with liver disease."),
    ("naproxen in Child-Pugh B cirrhosis", "Naproxen is not recommended in moderate hepatic impairment."),
    ("naproxen at eGFR 20", "Naproxen is not recommended in severe renal impairment."),
    ("naproxen with CrCl 20 mL/min", "Avoid naproxen with a creatinine clearance below 30 mL/min."),
    ("naproxen for a man allergic to ibuprofen", "Naproxen is contraindicated after a reaction to aspirin or other NSAIDs."),
    ("naproxen in a patient taking sertraline", "Avoid naproxen with SSRIs."),
    ("naproxen in a patient taking clarithromycin", "Do not use naproxen with strong CYP3A4 inhibitors."),
    ("naproxen at 33 weeks pregnant", "Avoid naproxen at about 30 weeks of gestation and later."),
    ("naproxen for a 9 year old", "Naproxen is contraindicated in children younger than 12 years."),
    ("naproxen for an 80 year old", "Naproxen is generally not recommended in patients 75 years and older."),
    ("naproxen, history of peptic ulcer", "Naproxen is contraindicated in active or past peptic ulcer disease."),
    ("naproxen while breastfeeding", "Naproxen should not be used by nursing mothers."),
]  # fmt: skip
SPARED = [
    ("naproxen in a patient with gout", "Naproxen is contraindicated in asthma."),
    ("naproxen in mild hepatic impairment", "Naproxen is not recommended in severe hepatic impairment."),
    ("naproxen with CrCl 62 mL/min", "Avoid naproxen with a creatinine clearance below 30 mL/min."),
    ("naproxen at eGFR 20", "Avoid naproxen with a creatinine clearance below 15 mL/min."),
    ("naproxen for a man allergic to penicillin", "Naproxen is contraindicated after a reaction to aspirin or other NSAIDs."),
    ("naproxen in a patient with asthma", "Naproxen is contraindicated after asthma, urticaria or allergic-type reactions to aspirin."),
    ("naproxen in a patient taking aspirin", "Naproxen is contraindicated after asthma, urticaria or allergic-type reactions to aspirin."),
    ("naproxen in a patient taking amlodipine", "Avoid naproxen with SSRIs."),
    ("naproxen at 16 weeks pregnant", "Avoid naproxen at about 30 weeks of gestation and later."),
    ("naproxen for a 14 year old", "Naproxen is contraindicated in children younger than 12 years."),
    ("naproxen for a 9 year old", "Naproxen should not be used in children with known heart defects."),
    ("naproxen, history of peptic ulcer", "Naproxen is contraindicated in active peptic ulcer disease."),
    ("naproxen in a patient with hyponatremia", "Avoid naproxen in cirrhosis because of an increased risk of hyponatremia."),
    ("naproxen in stable heart failure", "Naproxen is contraindicated in decompensated heart failure."),
    ("naproxen in a patient with renal impairment", "Do not use naproxen together with rivaroxaban in patients with renal impairment."),
    ("naproxen in a patient with asthma", "Do not use naproxen without a spacer, except in asthma."),
]  # fmt: skip


@pytest.mark.parametrize(("question", "text"), BLOCKS)
def test_a_fact_that_is_met_blocks(question, text):
    found = judged(question, text)
    assert found.drugs == ("naproxen",), (question, found)


@pytest.mark.parametrize(("question", "text"), SPARED)
def test_a_near_miss_does_not_block(question, text):
    assert judged(question, text).drugs == ()


def test_a_warning_met_by_a_drug_is_a_caution_only():
    found = judged("naproxen in a patient taking sertraline", "SSRIs raise the risk of bleeding.")
    assert not found.blocks
    assert [met.fact.value for met in found.cautions] == ["sertraline"]


def test_a_degree_that_was_not_stated_leaves_it_unsure():
    text = "Naproxen is not recommended in moderate or severe hepatic impairment."
    found = judged("naproxen in cirrhosis", text)
    assert [met.fit.name for met in found.blocks] == ["LIKELY"]


def test_an_allergy_to_the_very_drug_blocks_without_a_statement():
    found = judged("naproxen, he is allergic to naproxen", "Take with food.")
    allergies = [met for met in found.blocks if met.fact.axis is Axis.ALLERGY]
    assert [(met.severity, met.record) for met in allergies] == [(Severity.ALLERGY, None)]


def test_what_is_said_of_a_class_is_doubted_where_the_very_drug_is_let_off():
    read = READER.read("naproxen in a patient taking clarithromycin")
    said = [
        record("Do not use naproxen with strong CYP3A4 inhibitors."),
        record("No dose adjustment is needed with clarithromycin."),
    ]
    found = Judge(VOCABULARY).judge(read, ("naproxen",), {"naproxen": said})
    assert not found.blocks


def test_the_antidote_is_not_what_was_taken():
    read = READER.read("Took 30 tablets of acetaminophen, what dose of acetylcysteine now?")
    assert overdosed(read, ("acetaminophen", "acetylcysteine"), RULES) == ("acetaminophen",)


def test_drugs_that_are_compared_are_not_combined():
    read = READER.read("naproxen or ibuprofen for back pain?")
    facts = stated_facts(read, VOCABULARY, RULES)
    assert not [each for each in facts if each.fact.axis is Axis.DRUG]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("under 12 years of age", [Span(0, 12)]),
        ("children 6 months to 2 years", [Span(0.5, 3)]),
        ("patients 65 years and older", [Span(65, 130)]),
        ("in neonates", [Span(0, 0.0767)]),
        ("for less than 14 days", []),
        ("CLcr <30 mL/min", []),
    ],
)
def test_ages_are_read_where_they_are_ages(text, spans):
    found = age_spans(text, VOCABULARY, RULES)
    assert list(found) == [pytest.approx(span) for span in spans]


def test_weeks_of_pregnancy():
    assert weeks_spans("at about 30 weeks of gestation and later", RULES) == (Span(30, 43),)
    assert weeks_spans("at term (38-42 weeks gestation)", RULES) == (Span(38, 42),)
    assert weeks_spans("in pregnancy", RULES) == ()


def test_degrees_belong_to_their_organ():
    text = "in mild renal impairment and severe hepatic impairment"
    renal, hepatic = (organ_words(text, organ, RULES) for organ in ("renal", "hepatic"))
    assert renal is not None
    assert hepatic is not None
    assert renal.degrees == {"mild"}
    assert hepatic.degrees == {"severe"}


@given(st.floats(0, 130), st.floats(0, 130), st.floats(0, 130), st.floats(0, 130))
def test_a_share_lies_between_nothing_and_all(a, b, c, d):
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    assert 0 <= one.shared(other) <= 1
    if one.low < one.high:
        assert one.shared(one) == 1


PARTNERS = "Contraindicated in men whose female partners are pregnant."
WOMEN = "Contraindicated in pregnant women."


@pytest.mark.parametrize(
    ("question", "line", "blocks"),
    [
        ("my wife is pregnant, can I take naproxen?", PARTNERS, True),
        ("my wife is pregnant, can I take naproxen?", WOMEN, False),
        ("I am pregnant, can I take naproxen?", WOMEN, True),
    ],
)
def test_a_partners_pregnancy_counts_where_a_line_speaks_of_partners(question, line, blocks):
    found = judged(question, line, StatementKind.CONTRAINDICATION)
    assert bool(found.blocks) is blocks


@pytest.mark.parametrize(
    ("question", "blocks"),
    [
        ("valproic acid for epilepsy in pregnancy?", False),
        ("valproic acid for migraine in pregnancy?", True),
        ("valproic acid in pregnancy?", True),
    ],
)
def test_a_ban_on_one_use_does_not_bar_another(question, blocks):
    line = "Not recommended for the treatment of migraine in pregnant women."
    assert bool(judged(question, line).blocks) is blocks
