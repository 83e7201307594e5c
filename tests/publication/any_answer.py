"""Any answer that the types allow, with strings as hostile as sources can be."""

from __future__ import annotations

import string

from articles import citation, statement
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from loccit.terms import (
    Abstention,
    Article,
    ArticleSection,
    Audience,
    Axis,
    Block,
    Calculation,
    CitationRole,
    Concept,
    ConceptKind,
    ConflictPanel,
    Coverage,
    DocumentCard,
    DocumentId,
    DrugSafety,
    Fact,
    Finding,
    Gate,
    Nearest,
    PatientFacts,
    Premise,
    Question,
    QuestionKind,
    Reference,
    Role,
    Severity,
    SourceKind,
    Standing,
    StatementKind,
    Unshown,
    Verdict,
)

MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For properties of whole answers, which are large to make."""
HOSTILE = (
    "<script>alert(1)</script>",
    "<zz9 onzz9=1>",
    '"><zz9 onzz9="1',
    "' onzz9=1 '",
    "{{ 7 * 7 }}{% zz9 %}",
    "5\u202e01 mg",
    "\x1b[31mred\x1b]0;title\x07",
    "![x](http://zz9.example/t.png)",
    "[5 mg](javascript:zz9)",
    "1. one\n\n# two\n- three",
    "a\u2028b\x85c\x0cd",
    "\ud800",
    "&lt;zz9&gt;",
    "</style><zz9>",
    "`code` *bold* _soft_ ~~gone~~ | a | b |",
)
TAME = st.text(string.ascii_letters + " ", min_size=1, max_size=30)


def words(tame: bool):
    if tame:
        return TAME
    return st.one_of(st.text(max_size=30), st.sampled_from(HOSTILE), TAME)


def cards(text):
    return st.builds(
        DocumentCard,
        id=st.text(string.ascii_lowercase, min_size=1, max_size=3).map(DocumentId),
        series=text,
        kind=st.sampled_from(SourceKind),
        title=text,
        publisher=text,
        jurisdiction=text,
        version=text,
        year=st.none() | st.integers(1900, 2100),
        effective_on=st.none() | st.dates(),
        url=st.sampled_from(("https://example.org/a?b=c&d", "javascript:zz9", "http://a b", "")),
        standing=st.sampled_from(Standing),
        licence=text,
        sha256=st.just("0" * 64),
        parser=text,
        identifiers=st.dictionaries(st.sampled_from(("pmid", "doi")), text, max_size=2),
        original_kind=st.none() | st.sampled_from(SourceKind),
    )


def citations(text, numbers):
    return st.builds(
        citation,
        text,
        st.sampled_from(numbers),
        role=st.sampled_from(CitationRole),
        section=st.lists(text, max_size=2).map(tuple),
        prefix=text,
        suffix=text,
        passage=st.text("0123456789abcdef", min_size=16, max_size=16),
        page=st.none() | st.integers(1, 99),
    )


def statements(text, numbers):
    findings = st.builds(
        Finding, check=text, verdict=st.sampled_from(Verdict), message=text, locator=st.none()
    )
    return st.builds(
        statement,
        text,
        citations=st.lists(citations(text, numbers), min_size=1, max_size=2).map(tuple),
        role=st.sampled_from(Role),
        kind=st.sampled_from(StatementKind),
        lead=text,
        subject=text,
        strength=text,
        certainty=text,
        scale=text,
        plain=text,
        findings=st.lists(findings, max_size=1).map(tuple),
        verdict=st.sampled_from(Verdict),
    )


def questions(text):
    some = st.lists(text, max_size=1).map(tuple)
    number = st.none() | st.floats(0, 200)
    facts = st.builds(
        PatientFacts, age=number, weight_kg=number, sex=text, lactation=st.booleans(), drugs=some
    )
    concepts = st.builds(Concept, text=text, name=text, kind=st.sampled_from(ConceptKind))
    return st.builds(
        Question,
        text=text,
        kind=st.sampled_from(QuestionKind),
        concepts=st.lists(concepts, max_size=2).map(tuple),
        patient=facts,
        population=some,
        negated=some,
        red_flags=some,
        premises=st.lists(st.builds(Premise, text=text, verdict=text, why=text), max_size=1).map(
            tuple
        ),
        audience=st.sampled_from(Audience),
        corrections=st.lists(st.tuples(text, text), max_size=1).map(tuple),
        pico=st.dictionaries(st.sampled_from("pico"), some, max_size=2),
    )


def gates(text, found):
    facts = st.builds(Fact, axis=st.sampled_from(Axis), value=text)
    some = st.lists(text, max_size=1).map(tuple)
    blocks = st.builds(
        Block,
        drug=text,
        fact=facts,
        severity=st.sampled_from(Severity),
        sure=st.booleans(),
        statements=some,
    )
    left = st.builds(
        Unshown,
        drug=text,
        section=text,
        kind=st.sampled_from(StatementKind),
        passages=st.lists(st.text("0123456789abcdef", min_size=16, max_size=16)).map(tuple),
        card=st.sampled_from(found),
    )
    return st.builds(
        Gate,
        facts=st.lists(facts, max_size=1).map(tuple),
        blocks=st.lists(blocks, max_size=2).map(tuple),
        cautions=st.lists(blocks, max_size=1).map(tuple),
        withheld=st.lists(left, max_size=1).map(tuple),
        unshown=st.lists(left, max_size=1).map(tuple),
        calculations=st.lists(st.builds(Calculation, statement=text, steps=some), max_size=1).map(
            tuple
        ),
        no_dose=some,
        closed=st.booleans(),
    )


def coverages(text):
    return st.builds(
        Coverage,
        documents=st.integers(0, 99),
        passages=st.integers(0, 99_999),
        by_kind=st.dictionaries(st.sampled_from([*SourceKind, "other"]), st.integers(1, 9)),
        newest=text,
        oldest=text,
        not_searched=st.lists(text, max_size=2).map(tuple),
    )


@st.composite
def articles(draw, *, tame: bool = False):
    """Articles whose citations all have their reference, as the composer makes them."""
    text = words(tame)
    found = draw(st.lists(cards(text), min_size=1, max_size=3))
    references = tuple(Reference(number=n, card=card) for n, card in enumerate(found, 1))
    said = st.lists(statements(text, [each.number for each in references]), max_size=2).map(tuple)
    sections = st.builds(ArticleSection, kind=text, heading=text, statements=said)
    return draw(
        st.builds(
            Article,
            id=text,
            question=questions(text),
            title=text,
            audience=st.sampled_from(Audience),
            bottom_line=said,
            gate=gates(text, found),
            sections=st.lists(sections, max_size=2).map(tuple),
            references=st.just(references),
            conflicts=st.lists(st.builds(ConflictPanel, point=text, sides=said), max_size=1).map(
                tuple
            ),
            safety=st.lists(st.builds(DrugSafety, drug=text, statements=said), max_size=1).map(
                tuple
            ),
            coverage=coverages(text),
            notes=st.lists(text, max_size=1).map(tuple),
            follow_ups=st.lists(text, max_size=1).map(tuple),
            evidence_digest=text,
            composed_by=text,
        )
    )


def abstentions(*, tame: bool = False):
    text = words(tame)
    near = st.builds(Nearest, citation=citations(text, [0]), card=cards(text))
    return st.builds(
        Abstention,
        question=questions(text),
        reason=text,
        nearest=st.lists(near, max_size=3).map(tuple),
        how_to_widen=st.lists(text, max_size=2).map(tuple),
        coverage=coverages(text),
        evidence_digest=text,
    )


def answers(*, tame: bool = False):
    return st.one_of(articles(tame=tame), abstentions(tame=tame))
