"""Closed sets of words. Each value is what files and JSON carry."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "Audience",
    "CitationRole",
    "ConceptKind",
    "Form",
    "PassageKind",
    "QuestionKind",
    "Role",
    "SourceKind",
    "Standing",
    "StatementKind",
    "Verdict",
]


class SourceKind(StrEnum):
    """What a source is; a pack summary also names the kind of its original."""

    LABEL = "label"
    GUIDELINE = "guideline"
    SYSTEMATIC_REVIEW = "systematic_review"
    TRIAL = "trial"
    ABSTRACT = "abstract"
    ARTICLE = "article"
    PROTOCOL = "protocol"
    SUMMARY = "summary"


class Standing(StrEnum):
    """Whether a source may still be relied on."""

    CURRENT = "current"
    DRAFT = "draft"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"
    EXPRESSION_OF_CONCERN = "expression_of_concern"


class PassageKind(StrEnum):
    """The form a passage has on the page."""

    PROSE = "prose"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    BOXED_WARNING = "boxed_warning"
    RECOMMENDATION = "recommendation"


class Form(StrEnum):
    """What a passage is, whatever it states: some forms are better quoted than others."""

    ABSTRACT = "abstract"
    """From the abstract, where an article says in short what it found."""
    ANIMAL = "animal"
    """A finding in animals or in the laboratory."""
    BACKGROUND = "background"
    """What an article tells of earlier work before its own."""
    DISCUSSION = "discussion"
    """Where an article compares itself with others: their results are not its own."""
    FRAGMENT = "fragment"
    """A caption, a column heading, a line that states nothing by itself."""
    METHODS = "methods"
    """How a study was done."""
    REFERENCES = "references"
    """An entry of a list of references."""
    SHORT_FORM = "short_form"
    """The digest at the head of a label, whose full text says it better."""
    SUPPLY = "supply"
    """How a product is packed, stored and described."""


class StatementKind(StrEnum):
    """What a passage states, clinically."""

    DOSE = "dose"
    DOSE_ADJUSTMENT = "dose_adjustment"
    DURATION = "duration"
    INDICATION = "indication"
    CONTRAINDICATION = "contraindication"
    BOXED_WARNING = "boxed_warning"
    WARNING = "warning"
    INTERACTION = "interaction"
    ADVERSE_EFFECT = "adverse_effect"
    SPECIFIC_POPULATION = "specific_population"
    RECOMMENDATION_FOR = "recommendation_for"
    RECOMMENDATION_AGAINST = "recommendation_against"
    EFFICACY = "efficacy"
    EVIDENCE_QUALITY = "evidence_quality"
    RED_FLAG = "red_flag"
    DIAGNOSIS = "diagnosis"
    REFERRAL = "referral"
    MONITORING = "monitoring"
    PROGNOSIS = "prognosis"
    DEFINITION = "definition"
    MECHANISM = "mechanism"
    EPIDEMIOLOGY = "epidemiology"
    PATIENT_INSTRUCTION = "patient_instruction"
    DISCONTINUATION = "discontinuation"
    OVERDOSE = "overdose"
    OTHER = "other"


class QuestionKind(StrEnum):
    """The twelve article shapes, one per kind of question."""

    TREATMENT = "treatment"
    DOSING = "dosing"
    DOSING_ORGAN = "dosing_organ"
    DOSING_CHILD = "dosing_child"
    INTERACTION = "interaction"
    SAFETY = "safety"
    DIAGNOSIS = "diagnosis"
    EMERGENCY = "emergency"
    PROGNOSIS = "prognosis"
    WHAT_IS = "what_is"
    SWITCHING = "switching"
    TEST_CHOICE = "test_choice"


class ConceptKind(StrEnum):
    """What sort of thing a recognised term names."""

    DRUG = "drug"
    DRUG_CLASS = "drug_class"
    CONDITION = "condition"
    FINDING = "finding"
    POPULATION = "population"
    PROCEDURE = "procedure"


class Audience(StrEnum):
    """Who reads the article."""

    CLINICIAN = "clinician"
    PHARMACIST = "pharmacist"
    STUDENT = "student"
    PATIENT = "patient"


class Role(StrEnum):
    """What a statement does in its article."""

    ANSWER = "answer"
    REASON = "reason"
    CAVEAT = "caveat"
    SAFETY = "safety"
    GAP = "gap"


class CitationRole(StrEnum):
    """How a citation bears on its statement."""

    SUPPORTS = "supports"
    QUALIFIES = "qualifies"
    CONTRADICTS = "contradicts"


class Verdict(StrEnum):
    """How far the cited words carry a statement."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"
