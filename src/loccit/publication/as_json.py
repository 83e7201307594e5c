"""The article as data: ``loccit/article/1``. ``docs/json.md`` names every field."""

from __future__ import annotations

from typing import Any

from loccit.publication.alerts import alerts_data
from loccit.publication.gate_data import gate_data, no_gate
from loccit.publication.json_parts import card_data, citation_data, dumped, finding_data
from loccit.publication.nearest import nearest_citations, nearest_references
from loccit.publication.question_rows import stated_facts
from loccit.publication.words import load_words
from loccit.terms import (
    Abstention,
    Article,
    Audience,
    Confidence,
    ConflictPanel,
    Coverage,
    Following,
    Measured,
    PatientFacts,
    Question,
    Recommendation,
    Reference,
    Reviewed,
    Statement,
    Value,
    Wording,
)

__all__ = ["SCHEMA", "as_data", "as_json"]

SCHEMA = "loccit/article/1"


def as_json(answer: Article | Abstention, reviewed: Reviewed | None = None) -> str:
    """The answer as indented JSON; equal answers give equal bytes."""
    return dumped(as_data(answer, reviewed))


def as_data(answer: Article | Abstention, reviewed: Reviewed | None = None) -> dict[str, Any]:
    """The answer as the values of its JSON; ``reviewed`` is where its text stands."""
    return _article(answer, reviewed) if isinstance(answer, Article) else _abstention(answer)


def _article(article: Article, reviewed: Reviewed | None) -> dict[str, Any]:
    lines = [_statement(statement) for statement in article.bottom_line]
    return {
        **_head(article.id, article.title, article.question, article.audience),
        "status": _status(reviewed),
        "bottom_line": lines[0] if lines else None,
        "bottom_line_more": lines[1:],
        "sections": [
            {"kind": s.kind, "heading": s.heading, "statements": _statements(s.statements)}
            for s in article.sections
        ],
        "safety": [
            {"drug": s.drug, "statements": _statements(s.statements)} for s in article.safety
        ],
        "gate": gate_data(article),
        "conflicts": [_panel(panel, article.references) for panel in article.conflicts],
        "recommendations": [_recommendation(each) for each in article.recommendations],
        "coverage": _coverage(article.coverage),
        "confidence": _confidence(article.confidence),
        "background": _statements(article.background),
        "notes": list(article.notes),
        "follow_ups": list(article.follow_ups),
        "references": [_reference(reference) for reference in article.references],
        "evidence": _evidence(article.evidence_digest, article.coverage),
        "abstention": None,
        "disclaimer": _disclaimer(article.audience, reviewed),
        "composed_by": _composer(article.composed_by),
    }


def _abstention(abstention: Abstention) -> dict[str, Any]:
    question = abstention.question
    return {
        **_head(abstention.id, question.text, question, question.audience),
        "status": _status(None),
        "bottom_line": None,
        "bottom_line_more": [],
        "sections": [],
        "safety": [],
        "gate": no_gate(),
        "conflicts": [],
        "recommendations": [],
        "coverage": _coverage(abstention.coverage),
        "confidence": None,
        "background": [],
        "notes": [],
        "follow_ups": [],
        "references": [_reference(each) for each in nearest_references(abstention)],
        "evidence": _evidence(abstention.evidence_digest, abstention.coverage),
        "abstention": {
            "reason": abstention.reason,
            "nearest": [citation_data(citation) for citation in nearest_citations(abstention)],
            "how_to_widen": list(abstention.how_to_widen),
        },
        "disclaimer": _disclaimer(question.audience, None),
        "composed_by": _composer(""),
    }


def _head(name: str, title: str, question: Question, audience: Audience) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "alerts": alerts_data(question, audience),
        "id": name,
        "title": title,
        "audience": str(audience),
        "question": _question(question),
    }


def _status(reviewed: Reviewed | None) -> dict[str, Any]:
    from loccit.publication.review_marks import status_data  # noqa: PLC0415 - only JSON tells it

    return status_data(reviewed)


def _disclaimer(audience: Audience, reviewed: Reviewed | None) -> str:
    from loccit.publication.review_marks import disclaimer_for  # noqa: PLC0415 - as above

    return disclaimer_for(audience, reviewed)


def _question(question: Question) -> dict[str, Any]:
    return {
        "text": question.text,
        "kind": str(question.kind),
        "concepts": [
            {"text": c.text, "name": c.name, "kind": str(c.kind), "start": c.start, "end": c.end}
            for c in question.concepts
        ],
        "patient": _patient(question.patient),
        "negated": list(question.negated),
        "red_flags": list(question.red_flags),
        "premises": [
            {"text": p.text, "verdict": p.verdict, "why": p.why} for p in question.premises
        ],
        "population": list(question.population),
        "corrections": [
            {"written": wrong, "read_as": right} for wrong, right in question.corrections
        ],
        "jurisdiction": question.jurisdiction,
        "follows": question.follows,
        "following": _following(question.following),
        "removed": list(question.removed),
        "also_asked": list(question.also_asked),
        "pico": {part: list(question.pico[part]) for part in sorted(question.pico)},
    }


def _following(following: Following) -> dict[str, Any]:
    return {
        **{
            name: [
                {"name": p.name, "value": _plain_value(p.value), "before": _plain_value(p.before)}
                for p in getattr(following, name)
            ]
            for name in ("carried", "changed", "new", "dropped")
        },
        "new_topic": following.new_topic,
    }


def _plain_value(value: Value) -> Any:
    """Numbers and words as they are, names as a list; null for nothing."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, float):
        return _plain_number(value)
    return value if value != "" else None


def _patient(patient: PatientFacts) -> dict[str, Any]:
    """Only what was stated."""
    return {name: _fact(value) for name, value in stated_facts(patient).items()}


def _fact(value: Any) -> Any:
    if isinstance(value, float):
        return _plain_number(value)
    if isinstance(value, Measured):
        return {"name": value.name, "value": value.value, "unit": value.unit}
    return [_fact(each) for each in value] if isinstance(value, tuple) else value


def _plain_number(value: float) -> float:
    """A whole number without its ``.0``: equal facts are written alike."""
    return int(value) if value.is_integer() else value


def _statements(statements: tuple[Statement, ...]) -> list[dict[str, Any]]:
    return [_statement(statement) for statement in statements]


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "text": statement.text,
        "role": str(statement.role),
        "kind": str(statement.kind),
        "verdict": str(statement.verdict),
        "findings": [finding_data(finding) for finding in statement.findings],
        "citations": [citation_data(citation) for citation in statement.citations],
        "subject": statement.subject,
        "lead": statement.lead,
        "plain": statement.plain,
        "strength": statement.strength,
        "certainty": statement.certainty,
        "scale": statement.scale,
        "wording": _wording(statement.wording) if statement.wording else None,
    }


def _wording(wording: Wording) -> dict[str, Any]:
    """What its reader is shown of a statement: of the words, and beside them."""
    return {
        "words": wording.words,
        "is_plain": wording.is_plain,
        "frame": wording.frame,
        "explained": [
            {"term": e.term, "meaning": e.meaning, "start": e.start, "end": e.end}
            for e in wording.explained
        ],
    }


def _confidence(confidence: Confidence) -> dict[str, Any] | None:
    """The level, and each reason by its name and in fixed words."""
    if not confidence.level:
        return None
    words = load_words()
    named = (
        {"reason": name, "text": words.of("confidence_reason", name)} for name in confidence.reasons
    )
    return {"level": confidence.level, "reasons": list(named)}


def _panel(panel: ConflictPanel, references: tuple[Reference, ...]) -> dict[str, Any]:
    """The sides with who says each, of which year, and where that holds."""
    cards = {reference.number: reference.card for reference in references}
    sides = []
    for side in panel.sides:
        card = cards.get(side.citations[0].reference)
        who = {
            "issuer": (card.publisher or card.title) if card else "",
            "year": card.year if card else None,
            "jurisdiction": card.jurisdiction if card else "",
        }
        sides.append({**_statement(side), **who})
    return {"point": panel.point, "differ": panel.by, "order": panel.order, "sides": sides}


def _recommendation(recommendation: Recommendation) -> dict[str, Any]:
    return {
        "text": recommendation.text,
        "direction": recommendation.direction,
        "strength": recommendation.strength,
        "certainty": recommendation.certainty,
        "scale": recommendation.scale,
        "issuer": recommendation.issuer,
        "year": recommendation.year,
        "citation": citation_data(recommendation.citation),
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "documents": coverage.documents,
        "passages": coverage.passages,
        "by_kind": {kind: coverage.by_kind[kind] for kind in sorted(coverage.by_kind)},
        "oldest": coverage.oldest,
        "newest": coverage.newest,
        "not_searched": list(coverage.not_searched),
        "preferred": [
            {"jurisdiction": each.jurisdiction, "documents": list(each.documents)}
            for each in coverage.preferred
        ],
        "by_meaning": coverage.by_meaning,
    }


def _evidence(digest: str, coverage: Coverage) -> dict[str, Any]:
    held = {"documents": coverage.documents, "passages": coverage.passages}
    return {"base_digest": digest, **held}


def _composer(composed_by: str) -> dict[str, Any]:
    """Name and version, taken apart from ``select-and-copy 0.1.0``."""
    name, _, version = composed_by.partition(" ")
    return {"composer": name, "version": version, "model": None}


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "number": reference.number,
        **card_data(reference.card),
        "design": reference.design,
    }
