"""The text of an edition as a FHIR Composition: a section for each part and for each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loccit.publication.exports.fhir.approved import ApprovedEdition
from loccit.publication.exports.fhir.elements import (
    SYSTEM,
    Resource,
    concept,
    full,
    identified,
    instant,
    listed,
    narrative,
    paragraph,
    resource,
    said,
    timed,
)
from loccit.publication.exports.fhir.people import PROGRAM, People
from loccit.publication.exports.fhir.sources import source_name
from loccit.publication.gate_lines import told_fact
from loccit.publication.showing import joined, on_one_line
from loccit.publication.words import load_words
from loccit.terms import Article, Statement

__all__ = ["composition", "review_lines"]

PERIOD = "http://hl7.org/fhir/StructureDefinition/artifact-effectivePeriod"
ATTESTED = "http://hl7.org/fhir/composition-attestation-mode"


def composition(edition: ApprovedEdition) -> Resource:
    """The Composition that a document begins with."""
    review = edition.review
    people = People(edition, (review.submitted_by, *(each.who for each in review.approvals)))
    title = on_one_line(edition.text.title).strip() or edition.name
    return resource(
        "Composition",
        paragraph(title),
        listed(review_lines(edition)),
        listed(on_one_line(note) for note in edition.text.notes),
        extension=[{"url": PERIOD, "valuePeriod": _period(edition)}],
        contained=people.contained(program=True),
        identifier=[identified(f"{SYSTEM}:article", edition.name)],
        version=str(edition.number),
        status="deprecated" if edition.is_past else "final",
        type=concept(said("type")),
        date=timed(edition),
        author=[
            {"reference": f"#{PROGRAM}", "display": said("program")},
            *([people.reference(review.submitted_by)] if review.submitted_by else []),
        ],
        title=title,
        note=[{"text": line} for line in (said("note"), *_standing(edition))],
        attester=[
            {
                "mode": concept(
                    said("approved_as").format(duty=each.duty), system=ATTESTED, code="professional"
                ),
                "time": instant(each.at),
                "party": people.reference(each.who),
            }
            for each in review.approvals
        ],
        section=list(_sections(edition)),
    )


def _period(edition: ApprovedEdition) -> Resource:
    end = edition.review_by.isoformat() if edition.review_by else ""
    return full({"start": timed(edition), "end": end})


def review_lines(edition: ApprovedEdition) -> Iterator[str]:
    """Who approved which edition when, and where it stands now, a line for each."""
    yield said("edition").format(number=edition.number, day=edition.published_at.date())
    for each in edition.review.approvals:
        person = edition.person(each.who)
        who = joined(", ", person.name, person.credentials)
        told = said("interests").format(interests=person.interests) if person.interests else ""
        yield joined(
            "; ", said("approved").format(who=who, duty=each.duty, day=each.at.date()), told
        )
    if edition.review_by:
        yield said("review_by").format(day=edition.review_by)
    yield from _standing(edition)


def _standing(edition: ApprovedEdition) -> Iterator[str]:
    """What a reader must know who has an edition that is no longer the article."""
    state = edition.now.state.replace("_", " ")
    if edition.is_past:
        yield joined(": ", said("past").format(state=state), edition.now.reason)
    elif edition.is_open_again:
        yield joined(": ", said("open").format(state=state), edition.now.reason)


def _sections(edition: ApprovedEdition) -> Iterator[Resource]:
    for title, statements in _parts(edition.text):
        lines = [_line(edition, each) for each in statements]
        if lines:
            yield full({"title": on_one_line(title).strip(), "section": lines})
    if gate := list(_gate(edition.text)):
        words = load_words().heading("gate")
        yield {"title": words, "text": narrative(listed(gate))}


def _parts(article: Article) -> Iterator[tuple[str, Iterable[Statement]]]:
    """Headings with what stands under them, what endangers first, as on the page."""
    words = load_words()
    yield words.heading("bottom_line"), article.bottom_line
    for safety in article.safety:
        yield joined(": ", words.heading("safety"), safety.drug), safety.statements
    for conflict in article.conflicts:
        yield joined(": ", words.heading("conflicts"), conflict.point), conflict.sides
    for section in article.sections:
        yield section.heading, section.statements
    yield words.heading("background"), article.background


def _line(edition: ApprovedEdition, statement: Statement) -> Resource:
    """A sentence with the sources that it stands on."""
    numbers = dict.fromkeys(each.reference for each in statement.citations)
    known = {each.number for each in edition.text.references}
    grade = joined(", ", statement.strength, statement.certainty, statement.scale)
    before = joined(": ", statement.subject, statement.lead)
    words = joined(" ", f"[{before}]" if before else "", statement.text)
    marks = "".join(f"[{number}]" for number in numbers)
    return full(
        {
            "id": statement.id if statement.id.strip() else "",
            "text": narrative(
                paragraph(joined(" ", words, marks)), paragraph(grade) if grade else ""
            ),
            "entry": [{"reference": source_name(edition, n)} for n in numbers if n in known],
        }
    )


def _gate(article: Article) -> Iterator[str]:
    """What the safety gate blocks and warns of, for which fact."""
    words = load_words()
    for block in (*article.gate.blocks, *article.gate.cautions):
        why = words.of("severity", block.severity)
        yield joined("; ", block.drug, told_fact(block.fact, words), why)
