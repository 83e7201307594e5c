"""An approved article of two statements over one source, its review, and the base it stands on."""

from datetime import UTC, date, datetime, timedelta

from loccit.composition import renumbered
from loccit.editorial import Asked, Editorial
from loccit.engine import Engine
from loccit.filling import Loader
from loccit.living import Living
from loccit.review import load_review_rules
from loccit.terms import (
    Action,
    Article,
    Audience,
    Duty,
    Person,
    Question,
    QuestionKind,
)
from loccit.testing import InMemoryBase, InMemoryLedgers, small_document
from loccit.vocabulary import load_vocabulary

DOSE = "The dose of examplamine is 5 mg once a day."
WARNING = "Stop examplamine when the skin turns green."
TODAY = date(2026, 6, 1)
RUT = Person(
    id="rut",
    name="Rut",
    duties=frozenset({Duty.REVIEWER}),
    credentials="MD",
    interests="none",
    declared_on=TODAY,
)
ADA = Person(id="ada", name="Ada", duties=frozenset({Duty.AUTHOR}))


class House:
    """The article, approved, on the one source that is loaded first."""

    def __init__(self, first=None):
        self.base, self.told = InMemoryBase(), []
        self.put(first or small_document("examplamine", DOSE, WARNING))
        self.engine = Engine(self.base, load_vocabulary())
        times = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(99))
        self.editorial = Editorial(
            InMemoryLedgers(), self.engine, load_review_rules(), now=lambda: next(times)
        )
        self.living = Living(self.editorial, self.engine, warn=self.told.append)
        self.editorial.submit("a1", self._article(), ADA, Duty.AUTHOR)
        self.take(Action.BEGIN)
        self.take(Action.APPROVE)

    def put(self, document):
        assert all(
            not each.refused for each in Loader(self.base, load_vocabulary()).load([document])
        )
        self.base.settle()

    def _article(self):
        (card,) = self.base.cards()
        said = [
            self.engine.quoted(passage.id, f"s{number}")
            for number, passage in enumerate(self.engine.passages(card.id), 1)
        ]
        bare = Article(
            id="a1",
            question=Question(text="How much examplamine?", kind=QuestionKind.DOSING),
            title="How much examplamine?",
            audience=Audience.CLINICIAN,
            bottom_line=tuple(statement for statement, _ in said),
            sections=(),
            references=(),
        )
        return renumbered(bare, [record.card for _, record in said])

    def take(self, action, **more):
        self.editorial.decide("a1", Asked(action=action, person=RUT, duty=Duty.REVIEWER, **more))

    def newer(self, *blocks, **facts):
        """A newer edition of the label with these passages."""
        edition = {"id": "examplamine@2", "effective_on": date(2026, 5, 1), "version": "2"}
        self.put(small_document("examplamine", *blocks, **{**edition, **facts}))

    def refresh(self, today=TODAY):
        return list(self.living.refresh(today))

    @property
    def review(self):
        return self.editorial.review("a1")
