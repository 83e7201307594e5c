"""An approved edition as FHIR: validated by a library, with every citation, and marked."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from any_answer import MANY, articles
from fhir.resources.bundle import Bundle
from hypothesis import given
from lxml import etree

from loccit.delivery.exporting import approved_edition
from loccit.editorial import Asked, Editorial
from loccit.publication.exports.fhir import ApprovedEdition, as_fhir
from loccit.publication.exports.fhir.bundle import document
from loccit.publication.showing import is_web_address
from loccit.review import load_review_rules
from loccit.terms import (
    Action,
    Approval,
    Decision,
    Duty,
    LoccitError,
    NoSuchArticle,
    Person,
    Review,
    Standing,
    State,
    UsageError,
)
from loccit.testing import InMemoryLedgers, small_article

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
RUT = Person(
    id="rut",
    name="Rut <Ek>",
    duties=frozenset({Duty.REVIEWER}),
    credentials="PharmD & MSc",
    interests="shares in Example Works",
    declared_on=date(2026, 1, 2),
)
ADA = Person(id="ada", name="Ada", duties=frozenset({Duty.AUTHOR}))


@pytest.fixture(scope="module")
def editorial(starter_engine, seed_article):
    """The product's own article, submitted by Ada and approved by Rut."""
    hours = iter(range(1000))
    made = Editorial(
        InMemoryLedgers(),
        starter_engine,
        load_review_rules(),
        now=lambda: NOON + timedelta(hours=next(hours)),
    )
    made.submit("a1", seed_article, ADA, Duty.AUTHOR)
    with pytest.raises(NoSuchArticle):
        approved_edition(made, (), "a1")
    for action in (Action.BEGIN, Action.APPROVE):
        made.decide("a1", Asked(action=action, person=RUT, duty=Duty.REVIEWER))
    return made


@pytest.fixture(scope="module")
def edition(editorial):
    return approved_edition(editorial, (ADA, RUT), "a1")


@pytest.fixture(scope="module")
def bundle(edition):
    return json.loads(as_fhir(edition))


def _edition(text, **changes):
    """An edition of any text, approved by Rut, submitted by somebody who is not entered."""
    review = Review(
        state=State.APPROVED,
        submitted_by="eve",
        changed_by=frozenset({"eve", "rut"}),
        approvals=(Approval(who="rut", duty=Duty.REVIEWER, at=NOON),),
        edition=1,
        published_at=NOON,
        review_by=date(2027, 3, 1),
    )
    line = Decision(
        number=3,
        article="a1",
        action=Action.APPROVE,
        who="rut",
        duty=Duty.REVIEWER,
        at=NOON,
        content="c" * 64,
        evidence="e" * 64,
        seal="s" * 64,
    )
    whole = {"name": "a1", "completed": line, "review": review, "now": review, "people": (RUT,)}
    return ApprovedEdition(text=text, **{**whole, **changes})


def _resources(bundle, kind):
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind]


def _all(value, name):
    """Every value under a name, wherever it stands."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key == name:
                yield each
            yield from _all(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from _all(each, name)


# --- what it is


def test_it_is_a_document_that_the_library_reads_and_writes_back_alike(bundle):
    read = Bundle.model_validate(bundle)
    assert read.type == "document"
    assert json.loads(read.model_dump_json()) == bundle
    kinds = [each.resource.__resource_type__ for each in read.entry]
    sources = len(kinds) - 4
    assert kinds == [
        "Composition",
        *["Citation"] * sources,
        "ArtifactAssessment",
        "ArtifactAssessment",
        "Provenance",
    ]
    assert {"system", "value"} == set(bundle["identifier"])
    assert bundle["timestamp"] == "2026-03-01T14:00:00Z"


def test_the_library_refuses_what_is_none():
    """So that its consent means something."""
    made = document(_edition(small_article()))
    for change in (
        lambda each: each.pop("status"),
        lambda each: each.update(unknown="x"),
        lambda each: each.update(title=""),
        lambda each: each.update(date="soon"),
    ):
        broken = json.loads(json.dumps(made))
        change(broken["entry"][0]["resource"])
        with pytest.raises(ValueError):
            Bundle.model_validate(broken)


def test_equal_editions_give_equal_bytes(edition):
    assert as_fhir(edition) == as_fhir(replace(edition))


def test_every_name_in_it_leads_somewhere(bundle):
    names = [each["fullUrl"] for each in bundle["entry"]]
    assert len(set(names)) == len(names)
    for each in bundle["entry"]:
        inside = {f"#{one['id']}" for one in each["resource"].get("contained", ())}
        pointed = set(
            _all({k: v for k, v in each["resource"].items() if k != "contained"}, "reference")
        )
        assert pointed <= {*names, *inside}
        assert inside <= pointed  # dom-3: nothing is contained that nobody refers to


def test_every_part_says_that_it_is_an_experiment(bundle):
    for each in [bundle, *(each["resource"] for each in bundle["entry"])]:
        assert [tag["code"] for tag in each["meta"]["tag"]] == ["experimental"]
    for each in (each["resource"] for each in bundle["entry"]):
        flags = [
            e.get("valueBoolean") for e in each.get("extension", ()) if "experimental" in e["url"]
        ]
        assert flags == [True] or each["experimental"] is True
        assert "Experimental export" in each["text"]["div"]


# --- what it carries


def test_every_source_is_there_with_its_identifiers_address_and_licence(edition, bundle):
    found = _resources(bundle, "Citation")
    assert len(found) == len(edition.text.references)
    for reference, made in zip(edition.text.references, found, strict=True):
        card, artifact = reference.card, made["citedArtifact"]
        assert made["identifier"][0]["value"] == card.id
        assert artifact["title"][0]["text"]
        values = {each["value"] for each in artifact.get("identifier", ())}
        assert values == set({**card.original_identifiers, **card.identifiers}.values())
        if is_web_address(card.url):
            assert artifact["webLocation"] == [{"url": card.url}]
        if card.licence:
            assert artifact["publicationForm"][0]["copyright"] == card.licence


def test_every_citation_of_every_sentence_is_there_with_its_words_and_place(edition, bundle):
    judged = _resources(bundle, "ArtifactAssessment")[0]["content"]
    names = {
        each["resource"]["identifier"][0]["value"]: each["fullUrl"]
        for each in bundle["entry"]
        if each["resource"]["resourceType"] == "Citation"
    }
    cards = {each.number: each.card for each in edition.text.references}
    statements = list(edition.text.statements())
    assert len(judged) == len(statements) > 10
    for statement, made in zip(statements, judged, strict=True):
        assert made["summary"] == statement.text
        assert made["path"][0].endswith(f"#{statement.id}")
        assert made["classifier"][0]["coding"][0]["code"] == statement.verdict
        assert len(made["relatedArtifact"]) == len(statement.citations)
        for citation, related in zip(statement.citations, made["relatedArtifact"], strict=True):
            card, place = cards[citation.reference], citation.locator
            assert related["citation"] == citation.quote
            assert related["resourceReference"]["reference"] == names[card.id]
            assert related["label"] == f"[{citation.reference}]"
            assert related["document"].get("url", "") == (
                card.url if is_web_address(card.url) else ""
            )
            told = {
                each["url"]: each.get("valueString", each.get("valueInteger"))
                for each in related["extension"][0]["extension"]
            }
            assert (told["document"], told["sha256"]) == (place.document, place.sha256)
            assert (told["start"], told["end"]) == (place.start, place.end)
            assert told["passage"] == citation.passage


def test_every_sentence_stands_in_the_composition_with_the_sources_it_names(edition, bundle):
    (made,) = _resources(bundle, "Composition")
    lines = [line for part in made["section"] for line in part.get("section", ())]
    statements = list(edition.text.statements())
    assert [line["id"] for line in lines] == [each.id for each in statements]
    for statement, line in zip(statements, lines, strict=True):
        text = "".join(etree.fromstring(line["text"]["div"]).itertext())
        assert " ".join(statement.text.split()) in text
        assert len(line["entry"]) == len({each.reference for each in statement.citations})


def test_who_approved_is_named_with_credentials_and_interests(bundle):
    (made,) = _resources(bundle, "Composition")
    (signed,) = made["attester"]
    people = {each["id"]: each for each in made["contained"]}
    rut = people[signed["party"]["reference"].removeprefix("#")]
    assert rut["name"] == [{"text": RUT.name}]
    assert rut["qualification"] == [{"code": {"text": RUT.credentials}}]
    assert list(_all(rut, "valueString")) == [RUT.interests]
    assert list(_all(rut, "valueDate")) == ["2026-01-02"]
    assert signed["time"] == "2026-03-01T14:00:00Z"
    approval = _resources(bundle, "ArtifactAssessment")[1]
    assert approval["approvalDate"] == "2026-03-01"
    assert approval["content"][0]["component"][0]["summary"] == RUT.interests
    (provenance,) = _resources(bundle, "Provenance")
    parts = [each["type"]["coding"][0]["code"] for each in provenance["agent"]]
    assert parts == ["assembler", "author", "verifier"]


def test_the_line_of_the_ledger_is_named_with_what_was_decided_on(edition, bundle):
    (made,) = _resources(bundle, "Provenance")
    named = {each["system"]: each["value"] for each in _all(made["entity"], "identifier")}
    assert named == {
        "urn:loccit:fhir:ledger-seal": edition.completed.seal,
        "urn:loccit:fhir:content-sha256": edition.completed.content,
        "urn:loccit:fhir:evidence-sha256": edition.completed.evidence,
    }
    quoted = [each for each in made["entity"] if each["role"] == "quotation"]
    assert len(quoted) == len(edition.text.references)


def test_no_part_says_that_nobody_has_reviewed_it(bundle):
    assert "no person has reviewed" not in json.dumps(bundle)


def test_each_edition_is_had_by_its_number_with_the_words_it_had(editorial):
    """The article is taken up again, a sentence struck, and approved by somebody else."""
    first = approved_edition(editorial, (ADA, RUT), "a1", 1)
    bo = Person(id="bo", name="Bo", duties=frozenset({Duty.BOARD}), credentials="MD", interests="none", declared_on=date(2026, 1, 1))  # fmt: skip
    struck = list(first.text.statements())[-1].id
    for action, person in ((Action.BEGIN, RUT), (Action.STRIKE, RUT), (Action.APPROVE, bo)):
        if action is Action.APPROVE:
            assert approved_edition(editorial, (), "a1").is_open_again
        duty = min(person.duties)
        editorial.decide(
            "a1", Asked(action=action, person=person, duty=duty, target=struck, reason="aside")
        )
    second = approved_edition(editorial, (RUT, bo), "a1")
    again = approved_edition(editorial, (ADA, RUT), "a1", 1)
    assert (again.number, second.number) == (1, 2)
    assert again.text == first.text != second.text
    assert again.is_past
    assert not second.is_past
    assert struck not in {each.id for each in second.text.statements()}
    assert as_fhir(again) != as_fhir(second)
    with pytest.raises(NoSuchArticle):
        approved_edition(editorial, (), "a1", 3)


# --- where it stands now


@pytest.mark.parametrize(
    ("now", "status", "told"),
    [
        ({}, "final", ""),
        ({"state": State.UNDER_REVIEW, "reason": "a source changed"}, "final", "under review again: a source changed"),
        ({"state": State.WITHDRAWN, "reason": "wrong"}, "deprecated", "the article is withdrawn: wrong"),
        ({"edition": 2}, "deprecated", "no longer stands"),
    ],
)  # fmt: skip
def test_an_edition_says_where_its_article_stands_since(now, status, told):
    made = _edition(small_article())
    bundle = json.loads(as_fhir(replace(made, now=replace(made.now, **now))))
    (composition,) = _resources(bundle, "Composition")
    assert composition["status"] == status
    assert told in " ".join(each["text"] for each in composition["note"])
    assert told in composition["text"]["div"]


@pytest.mark.parametrize("state", [each for each in State if each is not State.APPROVED])
def test_what_nobody_approved_is_never_written(state):
    made = _edition(small_article())
    with pytest.raises(UsageError, match="only an approved edition"):
        _edition(small_article(), review=replace(made.review, state=state))
    with pytest.raises(UsageError, match="only an approved edition"):
        _edition(small_article(), review=replace(made.review, approvals=()))


def test_a_retracted_source_says_so():
    article = small_article()
    card = replace(article.references[0].card, standing=Standing.RETRACTED)
    text = replace(article, references=(replace(article.references[0], card=card),))
    (made,) = _resources(json.loads(as_fhir(_edition(text))), "Citation")
    assert "retracted" in made["citedArtifact"]["currentState"][0]["text"].casefold()


@MANY
@given(articles())
def test_any_article_is_a_document_whose_every_word_is_text(article):
    bundle = json.loads(as_fhir(_edition(article)))
    statements = list(article.statements())
    judged = _resources(bundle, "ArtifactAssessment")[0].get("content", [])
    assert [len(each["relatedArtifact"]) for each in judged] == [
        len(each.citations) for each in statements
    ]
    for div in _all(bundle, "div"):
        tags = {each.tag.rpartition("}")[2] for each in etree.fromstring(div).iter()}
        assert tags <= {"div", "p", "ul", "li"}


def test_a_missing_library_is_named_with_its_extra(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "fhir.resources.bundle", None)
    with pytest.raises(LoccitError, match=r"loccit\[fhir\]"):
        as_fhir(_edition(small_article()))
