"""Small made-up answers about a drug that does not exist. None of it is medicine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from loccit.terms import (
    Abstention,
    Article,
    ArticleSection,
    Audience,
    Axis,
    Block,
    Calculation,
    Citation,
    CitationRole,
    Concept,
    ConceptKind,
    ConflictPanel,
    Coverage,
    Description,
    DocumentCard,
    DocumentId,
    DrugSafety,
    Explained,
    Fact,
    Finding,
    Gate,
    Locator,
    Nearest,
    Passage,
    PassageId,
    PassageKind,
    PatientFacts,
    Premise,
    Question,
    QuestionKind,
    Recommendation,
    Record,
    Reference,
    Role,
    Section,
    Severity,
    SourceDocument,
    SourceKind,
    Standing,
    Statement,
    StatementKind,
    Unshown,
    Verdict,
    Wording,
)

LABEL_TEXT = (
    "2 Dosage and administration\n\nTake 5 mg of examplamine once a day. "
    "Swallow the tablet whole.\n\n4 Contraindications\n\nDo not use in examplitis."
)


def card(name: str = "label", **changes) -> DocumentCard:
    plain = DocumentCard(
        id=DocumentId(name),
        series=f"set_id:{name}",
        kind=SourceKind.LABEL,
        title="Examplamine tablets, prescribing information",
        publisher="Example Works",
        jurisdiction="US",
        version="revised 4/2023",
        year=2023,
        effective_on=date(2023, 4, 1),
        url="https://example.org/label",
        standing=Standing.CURRENT,
        licence="public domain",
        sha256="0" * 64,
        parser="made-up/1",
        identifiers={"set_id": "abc"},
    )
    return replace(plain, **changes)


def guideline_card() -> DocumentCard:
    return card(
        "guideline",
        kind=SourceKind.SUMMARY,
        original_kind=SourceKind.GUIDELINE,
        title="Care of example spasm",
        publisher="Example Society",
        version="",
        year=2017,
        effective_on=None,
        url="https://example.org/guideline",
    )


def citation(
    quote: str, reference: int = 1, *, role: CitationRole = CitationRole.SUPPORTS, **place
) -> Citation:
    start = place.pop("start", 0)
    locator = Locator(
        document=DocumentId("label"),
        sha256="0" * 64,
        start=start,
        end=start + len(quote),
        prefix=place.pop("prefix", "before "),
        suffix=place.pop("suffix", " after"),
        section=place.pop("section", ("2 Dosage and administration",)),
        page=place.pop("page", None),
    )
    return Citation(
        passage=PassageId(place.pop("passage", "a1b2c3d4e5f60718")),
        locator=locator,
        quote=quote,
        reference=reference,
        role=role,
    )


def statement(text: str, reference: int = 1, **changes) -> Statement:
    cites = changes.pop("citations", (citation(text, reference),))
    plain = Statement(
        id="s-1", text=text, role=Role.ANSWER, kind=StatementKind.DOSE, citations=cites
    )
    return replace(plain, **changes)


def question(**changes) -> Question:
    plain = Question(
        text="How much examplamin for spasms at 71?",
        kind=QuestionKind.DOSING,
        concepts=(
            Concept(text="examplamine", name="examplamine", kind=ConceptKind.DRUG),
            Concept(text="spasms", name="example spasm", kind=ConceptKind.CONDITION),
        ),
        patient=PatientFacts(age=71.0, hepatic="moderate", drugs=("samplozole",)),
        population=("age:older_adult",),
        negated=("examplitis",),
        corrections=(("examplamin", "examplamine"),),
        premises=(Premise(text="spasm on a film", verdict="unsupported", why="Films show none."),),
    )
    return replace(plain, **changes)


def coverage() -> Coverage:
    return Coverage(
        documents=2,
        passages=1,
        by_kind={"summary": 1, "label": 1},
        oldest="2017",
        newest="2023-04-01",
        not_searched=("trials in animals",),
    )


def bottom_line() -> Statement:
    return statement(
        "Take 5 mg once a day.",
        subject="examplamine",
        lead="Dose by age",
        plain="Take one small tablet (5 mg) each day.",
    )


def grounds() -> ArticleSection:
    """A graded recommendation with two sources, and a sentence that the check doubts."""
    words = "The panel suggests examplamine for example spasm."
    second = citation(
        words, 2, role=CitationRole.QUALIFIES, section=("Recommendation 1",), passage="ffee0011aa"
    )
    graded = statement(
        words,
        citations=(citation(words), second),
        strength="strong recommendation",
        certainty="moderate-quality evidence",
        scale="ES (2017)",
    )
    doubted = statement(
        "It works within an hour.",
        verdict=Verdict.PARTLY,
        findings=(Finding(check="time", verdict=Verdict.PARTLY, message="no hour in the source"),),
    )
    return ArticleSection(kind="reasons", heading="Why this dose", statements=(graded, doubted))


def conflict() -> ConflictPanel:
    return ConflictPanel(
        point="Use beyond three weeks",
        sides=(statement("Use it up to three weeks."), statement("Use it up to six weeks.", 2)),
    )


def gate() -> Gate:
    """A block that is met, a caution that may be, and what the answer leaves out."""
    line = bottom_line()
    return Gate(
        facts=(Fact(axis=Axis.AGE, value="71"), Fact(axis=Axis.DRUG, value="samplozole")),
        blocks=(
            Block(
                drug="examplamine",
                fact=Fact(axis=Axis.AGE, value="71"),
                severity=Severity.NOT_RECOMMENDED,
                statements=(line.id,),
            ),
        ),
        cautions=(
            Block(
                drug="examplamine",
                fact=Fact(axis=Axis.DRUG, value="samplozole"),
                severity=Severity.INTERACTION,
                sure=False,
                statements=(line.id,),
            ),
        ),
        calculations=(Calculation(statement=line.id, steps=("5 mg/kg × 7 kg = 35 mg",)),),
        no_dose=("otheramine",),
        withheld=(unshown(StatementKind.DOSE, "2 Dosage and administration"),),
        unshown=(unshown(StatementKind.WARNING, "5.1 Warnings"),),
    )


def unshown(kind: StatementKind, section: str) -> Unshown:
    passages = (PassageId("0123456789abcdef"), PassageId("fedcba9876543210"))
    return Unshown(drug="examplamine", section=section, kind=kind, passages=passages, card=card())


def article(**changes) -> Article:
    plain = Article(
        id="art-1",
        question=question(),
        title="Dose of examplamine",
        audience=Audience.CLINICIAN,
        bottom_line=(bottom_line(), statement("Swallow the tablet whole.")),
        sections=(grounds(),),
        references=(
            Reference(number=1, card=card()),
            Reference(number=2, card=guideline_card()),
        ),
        recommendations=(recommendation(),),
        conflicts=(conflict(),),
        safety=(
            DrugSafety(drug="examplamine", statements=(statement("Do not use in examplitis."),)),
        ),
        gate=gate(),
        coverage=coverage(),
        notes=("One draft was left out: it is withdrawn.",),
        follow_ups=("What if a dose of examplamine is missed?",),
        evidence_digest="d" * 64,
        composed_by="select-and-copy 0.1.0",
    )
    made = replace(plain, **changes)
    return made.with_statements(_for_a_patient) if made.audience is Audience.PATIENT else made


def _for_a_patient(statements):
    """Plain twins where there are some, and quotes with a frame and a term explained."""
    for each in statements:
        if each.plain:
            yield replace(each, wording=Wording(words=each.plain, is_plain=True))
        else:
            term = Explained(
                term="tablet", meaning="a pill", start=0, end=len(each.text.split()[0])
            )
            wording = Wording(words=each.text, frame="What the label says", explained=(term,))
            yield replace(each, wording=wording)


def recommendation() -> Recommendation:
    words = "The panel suggests examplamine for example spasm."
    return Recommendation(
        text=words,
        direction="for",
        strength="strong recommendation",
        certainty="",
        scale="ES (2017)",
        issuer="Example Society",
        year=2017,
        citation=citation(words, 2),
    )


def abstention(**changes) -> Abstention:
    plain = Abstention(
        question=question(),
        reason="Nothing here speaks of examplamine in children.",
        nearest=(
            Nearest(citation=citation("Swallow the tablet whole.", 0), card=card()),
            Nearest(citation=citation("Care is shared.", 0), card=guideline_card()),
            Nearest(citation=citation("Do not use in examplitis.", 0), card=card()),
        ),
        how_to_widen=("Ask about adults.",),
        coverage=coverage(),
        evidence_digest="d" * 64,
    )
    return replace(plain, **changes)


def document(text: str = LABEL_TEXT) -> SourceDocument:
    return SourceDocument(
        id=DocumentId("label"),
        series="set_id:label",
        kind=SourceKind.LABEL,
        title="Examplamine tablets, prescribing information",
        text=text,
        sections=(Section(path=("2 Dosage and administration",), start=0, end=len(text)),),
        parser="made-up/1",
        publisher="Example Works",
        version="revised 4/2023",
        effective_on=date(2023, 4, 1),
        url="https://example.org/label",
    )


def record(words: str = "Swallow the tablet whole.", text: str = LABEL_TEXT) -> Record:
    source = document(text)
    start = text.index(words)
    locator = Locator(
        document=source.id,
        sha256=source.sha256,
        start=start,
        end=start + len(words),
        section=("2 Dosage and administration",),
    )
    passage = Passage(
        id=PassageId("a1b2c3d4e5f60718"), locator=locator, text=words, kind=PassageKind.PROSE
    )
    return Record(
        passage=passage, description=Description(kinds=(StatementKind.DOSE,)), card=card()
    )
