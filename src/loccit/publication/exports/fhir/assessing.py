"""What was found of an edition: each sentence's verdict with its citations, and its approval."""

from __future__ import annotations

from loccit.publication.exports.fhir.approved import ApprovedEdition
from loccit.publication.exports.fhir.composing import review_lines
from loccit.publication.exports.fhir.elements import (
    SYSTEM,
    Resource,
    concept,
    full,
    identified,
    listed,
    paragraph,
    resource,
    said,
    timed,
    urn,
)
from loccit.publication.exports.fhir.people import PROGRAM, People
from loccit.publication.exports.fhir.sources import cited, source_name
from loccit.publication.showing import on_one_line
from loccit.publication.words import load_words
from loccit.terms import Approval, Person, Statement

__all__ = ["approval", "evidence", "provenance"]

PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"


def evidence(edition: ApprovedEdition) -> Resource:
    """Each sentence with its verdict and every citation, in the exact words of the sources."""
    return resource(
        "ArtifactAssessment",
        paragraph(said("evidence")),
        title=said("evidence"),
        artifactReference={"reference": urn(edition, "composition")},
        date=timed(edition),
        workflowStatus="published",
        content=[_judged(edition, each) for each in edition.text.statements()],
    )


def _judged(edition: ApprovedEdition, statement: Statement) -> Resource:
    words = load_words().of("verdict", statement.verdict)
    return full(
        {
            "informationType": "classifier",
            "summary": statement.text if statement.text.strip() else "",
            "type": concept(said("verdict")),
            "classifier": [concept(words, system=f"{SYSTEM}:verdict", code=str(statement.verdict))],
            "path": [f"{urn(edition, 'composition')}#{statement.id}"]
            if statement.id.isascii() and statement.id.isprintable() and " " not in statement.id
            else [],
            "relatedArtifact": [cited(edition, each) for each in statement.citations],
        }
    )


def approval(edition: ApprovedEdition) -> Resource:
    """Who approved it, as what, when and with which interests."""
    approvals = edition.review.approvals
    people = People(edition, (each.who for each in approvals))
    day = edition.published_at.date().isoformat()
    return resource(
        "ArtifactAssessment",
        listed(review_lines(edition)),
        contained=people.contained(),
        title=said("approval"),
        artifactReference={"reference": urn(edition, "composition")},
        date=timed(edition),
        approvalDate=day,
        lastReviewDate=day,
        workflowStatus="published",
        content=[_approved(people, each, edition.person(each.who)) for each in approvals],
    )


def _approved(people: People, signed: Approval, person: Person) -> Resource:
    interests = on_one_line(person.interests).strip()
    author = people.reference(signed.who)
    declared = {
        "informationType": "comment",
        "type": concept(said("declared")),
        "summary": interests,
        "author": author,
    }
    return full(
        {
            "informationType": "comment",
            "type": concept(said("approved_as").format(duty=signed.duty)),
            "summary": said("approved").format(
                who=on_one_line(person.name), duty=signed.duty, day=signed.at.date()
            ),
            "author": author,
            "component": [declared] if interests else [],
        }
    )


def provenance(edition: ApprovedEdition) -> Resource:
    """Who took which part in it, and from which texts its words are."""
    review = edition.review
    writers = dict.fromkeys((review.submitted_by, *sorted(review.changed_by)))
    signers = dict.fromkeys(each.who for each in review.approvals)
    people = People(edition, (*writers, *signers))
    program = {"reference": f"#{PROGRAM}", "display": said("program")}
    return resource(
        "Provenance",
        listed(review_lines(edition)),
        contained=people.contained(program=True),
        target=[{"reference": urn(edition, "composition")}],
        occurredDateTime=timed(edition),
        recorded=timed(edition),
        activity=concept(said("activity")),
        agent=[
            {"type": _taking_part("assembler"), "who": program},
            *(_agent("author", people.reference(each)) for each in writers if each),
            *(_agent("verifier", people.reference(each)) for each in signers),
        ],
        entity=[
            *_sealed(edition),
            *(
                {"role": "quotation", "what": {"reference": source_name(edition, each.number)}}
                for each in edition.text.references
            ),
        ],
    )


def _agent(part: str, who: Resource) -> Resource:
    return {"type": _taking_part(part), "who": who}


def _taking_part(code: str) -> Resource:
    return {"coding": [{"system": PARTICIPANT, "code": code}]}


def _sealed(edition: ApprovedEdition) -> list[Resource]:
    """The line of the ledger that completed it, and the exact text and evidence that it names."""
    line = edition.completed
    named = {
        "ledger-seal": line.seal,
        "content-sha256": line.content,
        "evidence-sha256": line.evidence,
    }
    return [
        {"role": "source", "what": {"identifier": identified(f"{SYSTEM}:{name}", value)}}
        for name, value in named.items()
        if value
    ]
