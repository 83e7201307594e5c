"""An article as schema.org has it, for search engines: what is true of it and nothing else."""

from __future__ import annotations

from typing import Any

from loccit.publication.json_parts import dumped
from loccit.publication.review_marks import holds, status_of
from loccit.publication.showing import is_web_address
from loccit.terms import (
    Abstention,
    Article,
    Audience,
    DocumentCard,
    KeptAnswer,
    Reviewed,
    SourceKind,
    Statement,
)

__all__ = ["json_ld"]

CONTEXT = "https://schema.org"
_READERS = {
    Audience.CLINICIAN: {"@type": "MedicalAudience", "audienceType": f"{CONTEXT}/Clinician"},
    Audience.PHARMACIST: {"@type": "MedicalAudience", "audienceType": "pharmacist"},
    Audience.STUDENT: {"@type": "EducationalAudience", "educationalRole": "student"},
    Audience.PATIENT: {"@type": "Patient"},
}
_TYPES = {
    SourceKind.GUIDELINE: "MedicalGuideline",
    SourceKind.SYSTEMATIC_REVIEW: "MedicalScholarlyArticle",
    SourceKind.TRIAL: "MedicalScholarlyArticle",
    SourceKind.ABSTRACT: "MedicalScholarlyArticle",
    SourceKind.ARTICLE: "MedicalScholarlyArticle",
}
_WORK = "CreativeWork"


def json_ld(kept: KeptAnswer, reviewed: Reviewed | None = None) -> str:
    """The data block. ``reviewedBy`` names whoever approved this very text, and nobody else."""
    answer, place = kept.answer, kept.place
    title = answer.title if isinstance(answer, Article) else answer.question.text
    references = answer.references if isinstance(answer, Article) else ()
    return dumped(
        {
            "@context": CONTEXT,
            "@type": "MedicalWebPage",
            "name": title,
            "inLanguage": "en",
            "version": str(place.version),
            "dateModified": place.kept_at.date().isoformat(),
            "creativeWorkStatus": status_of(reviewed).name,
            **_reviewers(reviewed),
            "audience": _READERS[answer.question.audience],
            "mainContentOfPage": {"@type": "WebPageElement", "text": _main(answer)},
            "citation": [_cited(reference.card) for reference in references],
        }
    )


def _reviewers(reviewed: Reviewed | None) -> dict[str, Any]:
    """Nothing unless the approval holds now."""
    if reviewed is None or not holds(reviewed) or not reviewed.published_at:
        return {}
    return {
        "lastReviewed": reviewed.published_at.date().isoformat(),
        "reviewedBy": [
            {"@type": "Person", "name": each.name, "honorificSuffix": each.credentials}
            for each in reviewed.signed
        ],
    }


def _main(answer: Article | Abstention) -> str:
    lines: tuple[Statement, ...] = answer.bottom_line if isinstance(answer, Article) else ()
    return " ".join(" ".join(line.text.split()) for line in lines)


def _cited(card: DocumentCard) -> dict[str, Any]:
    known = {**card.original_identifiers, **card.identifiers}
    values: dict[str, Any] = {
        "@type": _TYPES.get(card.evidence_kind, _WORK),
        "name": card.title,
        "publisher": {"@type": "Organization", "name": card.publisher} if card.publisher else "",
        "datePublished": card.effective_on.isoformat()
        if card.effective_on
        else str(card.year or ""),
        "version": card.version,
        "url": card.url if is_web_address(card.url) else "",
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": known[name]}
            for name in sorted(known)
        ],
    }
    return {name: value for name, value in values.items() if value}
