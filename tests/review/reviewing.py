"""An article of three statements, people of every duty, and decisions ready to be taken."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from loccit.review import content_digest, decide, evidence_digest, load_review_rules
from loccit.terms import (
    Action,
    Article,
    ArticleSection,
    Audience,
    Citation,
    Decision,
    DocumentCard,
    DocumentId,
    Duty,
    Ledger,
    Locator,
    PassageId,
    Person,
    Question,
    QuestionKind,
    Reference,
    Role,
    SourceKind,
    Standing,
    Statement,
    StatementKind,
)

RULES = load_review_rules()
NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
TEXT = "Examplamine is given as 5 mg. It is not given in examplitis. Pain eases in a week."


def person(name: str, *duties: Duty, **changes) -> Person:
    whole = Person(
        id=name.lower(),
        name=name,
        duties=frozenset(duties),
        credentials="MD",
        interests="none",
        declared_on=date(2026, 1, 1),
    )
    return replace(whole, **changes)


ADA = person("Ada", Duty.AUTHOR)
RUT = person("Rut", Duty.REVIEWER)
BO = person("Bo", Duty.BOARD, Duty.REVIEWER)
MAX = person("Max", Duty.ADMIN)
PROGRAM = Person(id="loccit", name="Loccit", duties=frozenset({Duty.PROGRAM}))


def statement(name: str, words: str, **changes) -> Statement:
    start = TEXT.index(words)
    locator = Locator(
        document=DocumentId("doc"), sha256="a" * 64, start=start, end=start + len(words)
    )
    cited = Citation(passage=PassageId(f"p{start}"), locator=locator, quote=words, reference=1)
    return Statement(
        id=name,
        text=words,
        role=Role.ANSWER,
        kind=StatementKind.DOSE,
        citations=(cited,),
        **changes,
    )


def article() -> Article:
    card = DocumentCard(
        id=DocumentId("doc"),
        series="doc",
        kind=SourceKind.LABEL,
        title="Examplamine label",
        publisher="Example",
        jurisdiction="US",
        version="1",
        year=2026,
        effective_on=None,
        url="https://example.org/label",
        licence="",
        parser="spl/1",
        standing=Standing.CURRENT,
        sha256="a" * 64,
        passages=3,
    )
    first, second, third = (f"{part.rstrip('.')}." for part in TEXT.split(". "))
    return Article(
        id="art",
        question=Question(text="How much examplamine?", kind=QuestionKind.DOSING),
        title="How much examplamine?",
        audience=Audience.CLINICIAN,
        bottom_line=(statement("s1", first),),
        sections=(
            ArticleSection(
                kind="x",
                heading="What else",
                statements=(statement("s2", second), statement("s3", third)),
            ),
        ),
        references=(Reference(number=1, card=card),),
    )


def decision(action: Action, who: Person, duty: Duty | None = None, **changes) -> Decision:
    """A decision on the article as it is, with all that its step needs."""
    whole = Decision(
        number=0,
        article="art",
        action=action,
        who=who.id,
        duty=duty or min(who.duties),
        at=NOON,
        content=content_digest(article()),
        evidence=evidence_digest(article()),
        reason="a reason",
        words="some words",
        target="s1",
    )
    return replace(whole, **changes)


class Desk:
    """Takes decisions one after the other, an hour apart, and keeps the ledger."""

    def __init__(self, rules=RULES) -> None:
        self.rules, self.ledger, self.article = rules, Ledger(article="art"), article()

    def take(self, action: Action, who: Person, duty: Duty | None = None, **changes):
        at = NOON + timedelta(hours=len(self.ledger.decisions))
        asked = decision(action, who, duty, **{"at": at, **changes})
        taken = decide(asked, who, self.article, self.ledger, self.rules)
        if isinstance(taken, Decision):
            self.ledger = replace(self.ledger, decisions=(*self.ledger.decisions, taken))
        return taken
