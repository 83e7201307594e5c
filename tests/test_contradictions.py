"""Articles that say what cannot both hold are found, and others are left alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from living_house import ADA
from loccit.comparing import conflicts_among, said_in
from loccit.composition import renumbered
from loccit.editorial import Asked, Editorial
from loccit.engine import Engine
from loccit.filling import Loader
from loccit.review import Said, contradictions, load_review_rules
from loccit.stances import Spoken, StanceReader
from loccit.terms import (
    Action,
    Article,
    Audience,
    Duty,
    Person,
    Question,
    QuestionKind,
    SourceKind,
)
from loccit.testing import InMemoryBase, InMemoryLedgers, small_document
from loccit.vocabulary import load_vocabulary

BO = Person(id="bo", name="Bo", duties=frozenset({Duty.BOARD}))
VOCABULARY = load_vocabulary()


def guideline(name, text, **facts):
    told = {"kind": SourceKind.GUIDELINE, "title": f"Guideline {name}", "identifiers": {}}
    return small_document(name, text, heading="Recommendations", **{**told, **facts})


class Library:
    """Articles in review, each of one or more sources of one sentence."""

    def __init__(self, *articles):
        self.base = InMemoryBase()
        self.engine = Engine(self.base, VOCABULARY)
        times = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(99))
        self.editorial = Editorial(
            InMemoryLedgers(), self.engine, load_review_rules(), now=lambda: next(times)
        )
        for number, documents in enumerate(articles, 1):
            self._submit(f"a{number}", documents)

    def _submit(self, name, documents):
        said = []
        for number, document in enumerate(documents, 1):
            list(Loader(self.base, VOCABULARY).load([document]))
            self.base.settle()
            (passage,) = self.engine.passages(document.id)
            said.append(self.engine.quoted(passage.id, f"s{number}"))
        asked = Question(text=f"{name}?", kind=QuestionKind.TREATMENT, negated=(name,))
        bare = Article(
            id=name,
            question=asked,
            title=asked.text,
            audience=Audience.CLINICIAN,
            bottom_line=tuple(statement for statement, _ in said),
            sections=(),
            references=(),
        )
        text = renumbered(bare, [record.card for _, record in said])
        self.editorial.submit(name, text, ADA, Duty.AUTHOR)

    def found(self):
        return [
            (each.by, each.act, *({p for s in side for p in s.places} for side in (each.one, each.other)))
            for each in conflicts_among(self.editorial, self.engine)
        ]  # fmt: skip


FOR = "We recommend cyclobenzaprine for acute low back pain in adults."
AGAINST = "We recommend against cyclobenzaprine for acute low back pain in adults."


def pair(one, other, **facts):
    return Library([guideline("one", one)], [guideline("other", other, **facts)])


def test_two_articles_that_advise_and_forbid_the_same_are_told_with_their_sentences():
    library = pair(FOR, AGAINST)
    assert library.found() == [("direction", ("cyclobenzaprine",), {("a1", "s1")}, {("a2", "s1")})]
    (found,) = conflicts_among(library.editorial, library.engine)
    assert (found.one[0].statement.text, found.other[0].statement.text) == (FOR, AGAINST)
    assert found.other[0].card.title == "Guideline other"
    assert found.other[0].citation.quote == AGAINST


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        (
            "In acute low back pain offer naproxen.",
            "In acute low back pain NSAIDs should not be used.",
            "direction",
        ),
        (
            "Duloxetine may be combined with cyclobenzaprine for low back pain.",
            "Avoid combining cyclobenzaprine with duloxetine.",
            "direction",
        ),
        (
            "For children 6 years and older with acute otitis media, give amoxicillin for 5 to 7 days.",
            "Acute otitis media in a child of 6 years or older calls for a 10-day course of amoxicillin.",
            "duration",
        ),
        (
            "Adults with heart failure should limit dietary sodium to less than 1500 mg per day.",
            "In heart failure, sodium intake should be kept below 2300 mg a day.",
            "limit",
        ),
    ],
)
def test_what_cannot_both_hold_is_found(one, other, by):
    assert [found[0] for found in pair(one, other).found()] == [by]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FOR, "We recommend against cyclobenzaprine for low back pain in pregnancy."),
        (FOR, "We recommend against cyclobenzaprine for chronic low back pain in adults."),
        (FOR, "In adults over 65 cyclobenzaprine should be avoided for acute low back pain."),
        (FOR, "We recommend against tizanidine for acute low back pain in adults."),
        (FOR, "We recommend against cyclobenzaprine for fibromyalgia in adults."),
        (
            "Topical diclofenac is recommended for knee osteoarthritis.",
            "Oral diclofenac is not recommended for knee osteoarthritis.",
        ),
        (
            "Aspirin is recommended for secondary prevention of stroke.",
            "Aspirin is not recommended for primary prevention of stroke.",
        ),
        (
            "Imaging is recommended for low back pain with red flags.",
            "Imaging is not recommended for low back pain without red flags.",
        ),
        (
            "For low back pain offer an NSAID.",
            "NSAIDs are contraindicated in the setting of CABG surgery.",
        ),
        (
            "Consider an opioid for acute low back pain only if nothing else helps.",
            "It can be challenging to discontinue opioids after acute low back pain.",
        ),
        (
            "Consider an opioid for acute low back pain.",
            "Compared with no early opioid use for acute low back pain, the odds were 2.08.",
        ),
        ("Give tizanidine for 2 to 3 weeks.", "Tizanidine is given for 3 weeks at most."),
        (FOR, FOR),
    ],
)
def test_what_differs_in_whom_in_what_form_or_for_what_is_left_alone(one, other):
    assert pair(one, other).found() == []


def test_a_label_that_warns_of_its_drug_with_others_of_its_class_forbids_neither():
    label = guideline(
        "label",
        "Avoid the use of pitolisant in combination with other drugs known to prolong the QT interval.",
        kind=SourceKind.LABEL,
        subjects=("pitolisant",),
    )
    quinidine = guideline(
        "quinidine",
        "The recommended dose of quinidine is 300 mg every 8 hours.",
        kind=SourceKind.LABEL,
        subjects=("quinidine",),
    )
    assert Library([label], [quinidine]).found() == []


def test_two_articles_that_both_show_both_sides_contradict_nobody():
    both = [guideline("one", FOR), guideline("other", AGAINST)]
    assert Library(both, both).found() == []
    assert len(Library(both, both, both[:1]).found()) == 1


def test_nothing_is_told_of_one_edition_of_one_source():
    text = f"{FOR} {AGAINST}"
    assert Library([guideline("one", text)], [guideline("one", text)]).found() == []


def test_an_edition_that_says_otherwise_than_the_one_before_is_told():
    newer = guideline("one", AGAINST, id="one@2", effective_on=date(2026, 1, 1))
    assert len(Library([guideline("one", FOR)], [newer]).found()) == 1


def test_an_article_that_ended_contradicts_nobody():
    library = pair(FOR, AGAINST)
    asked = Asked(action=Action.REJECT, person=BO, duty=Duty.BOARD, reason="wrong")
    library.editorial.decide("a2", asked)
    assert library.found() == []


def test_statements_on_one_point_are_told_together():
    library = Library(
        [guideline("one", FOR)],
        [guideline("other", AGAINST)],
        [guideline("third", "For acute low back pain in adults do not offer cyclobenzaprine.")],
    )
    (found,) = conflicts_among(library.editorial, library.engine)
    assert (len(found.one), len(found.other)) == (1, 2)


def test_a_source_that_is_gone_takes_no_side():
    library = pair(FOR, AGAINST)
    library.base.remove("other@1")
    assert library.found() == []


def test_only_statements_on_the_same_act_are_held_together(monkeypatch):
    """A thousand articles on other things cost no comparison."""
    from loccit.review import contradicting

    drugs = [name for name, classes in VOCABULARY.classes.items() if not classes][:200]
    library = pair(FOR, AGAINST)
    reader = StanceReader(VOCABULARY)
    said = list(said_in(library.editorial, library.engine))
    said += [
        Said(
            statement=said[0].statement,
            card=said[0].card,
            stances=reader.read(Spoken(text=f"We recommend {name} for cough in adults.")),
            places=frozenset({(name, "s1")}),
        )
        for name in drugs
    ]
    held = []
    monkeypatch.setattr(
        contradicting,
        "oppositions",
        lambda one, other, _: held.append((one, other)) or (),
    )
    contradictions(said, VOCABULARY)
    assert len(held) == 1


def test_the_terminal_lists_either_side_with_its_places_and_passages(monkeypatch):
    from click.testing import CliRunner

    from loccit.delivery import review_lines
    from loccit.delivery.cli import main

    library = pair(FOR, AGAINST)
    monkeypatch.setattr(
        review_lines,
        "conflicts_among",
        lambda *_: conflicts_among(library.editorial, library.engine),
    )
    lines = CliRunner().invoke(main, ["review", "conflicts"]).output.splitlines()
    (found,) = conflicts_among(library.editorial, library.engine)
    assert lines == [
        "direction: cyclobenzaprine",
        f"  one side: {FOR}",
        f"    a1 s1: Guideline one, passage {found.one[0].citation.passage}",
        f"  the other: {AGAINST}",
        f"    a2 s1: Guideline other, passage {found.other[0].citation.passage}",
    ]
