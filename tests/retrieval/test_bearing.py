"""The doubt whether what was found answers is one number made of named parts."""

from hypothesis import given
from hypothesis import strategies as st

from loccit.composition import load_shapes
from loccit.retrieval import Gatherer
from loccit.retrieval.bearing import Bearing, doubt_of, load_bearing_weights
from loccit.vocabulary import load_vocabulary

NAMES = sorted(load_bearing_weights())


@given(st.dictionaries(st.sampled_from(NAMES), st.floats(-5, 5)))
def test_a_doubt_is_a_likelihood_and_the_order_of_its_parts_does_not_matter(features):
    doubt = doubt_of(features)
    assert 0 <= doubt <= 1
    assert doubt == doubt_of(dict(reversed(features.items())))


def test_words_that_no_source_on_the_drug_has_raise_the_doubt_and_a_better_passage_lowers_it():
    start = {"drug: all": 1.0, "drug: words unheard": 0.0, "drug: score": 0.5}
    assert doubt_of({**start, "drug: words unheard": 2.0}) > doubt_of(start)
    assert doubt_of({**start, "drug: score": 1.5}) < doubt_of(start)


def test_what_no_passage_speaks_of_is_doubted_more(starter_engine):
    def doubt(text):
        evidence = evidence_for(starter_engine, text)
        return doubt_of(bearing_of(evidence, starter_engine.base).features())

    told = doubt("cyclobenzaprine dose in adults")
    assert doubt("cyclobenzaprine and hot air ballooning") > told


def bearing_of(evidence, base):
    return Bearing(evidence.question, evidence.records, load_vocabulary(), base)


def evidence_for(engine, text):
    question = engine.read(text)
    gatherer = Gatherer(load_vocabulary())
    return gatherer.gather(question, load_shapes()[question.kind], engine.base)


def test_unsaid_words_are_those_no_passage_on_the_drug_has(starter_engine):
    evidence = evidence_for(starter_engine, "cyclobenzaprine and hot air ballooning")
    unsaid = bearing_of(evidence, starter_engine.base).unsaid()
    assert "ballooning" in unsaid
    assert "cyclobenzaprine" not in unsaid
