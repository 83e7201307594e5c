"""The report as data: ``loccit/report/1``. ``docs/json.md`` names every field."""

from __future__ import annotations

from typing import Any

from loccit import __version__
from loccit.publication.json_parts import (
    card_data,
    citation_data,
    dumped,
    finding_data,
    locator_data,
)
from loccit.publication.reports.marking import (
    differing_in_claim,
    differing_in_part,
    differing_in_source,
)
from loccit.publication.words import load_words
from loccit.terms import Checked, CheckedPart, Report, Verdict, Witness

__all__ = ["SCHEMA", "as_json"]

SCHEMA = "loccit/report/1"


def as_json(report: Report) -> str:
    """The report as indented JSON; equal reports give equal bytes."""
    verdicts = [each.verdict for each in report.sentences]
    return dumped(
        {
            "schema": SCHEMA,
            "name": report.name,
            "text": report.text,
            "counts": {
                **{str(verdict): verdicts.count(verdict) for verdict in Verdict},
                "nothing_to_check": verdicts.count(None),
            },
            "sentences": [_sentence(each) for each in report.sentences],
            "notes": list(report.notes),
            "evidence": {"base_digest": report.base_digest},
            "disclaimer": load_words().of("report_label", "note"),
            "checked_by": {"program": "loccit", "version": __version__, "model": None},
        }
    )


def _sentence(checked: Checked) -> dict[str, Any]:
    claim = checked.claim
    marked = sorted(place for part in checked.parts for place in differing_in_claim(part, claim))
    return {
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "heading": claim.heading,
        "verdict": str(checked.verdict) if checked.verdict else None,
        "marked": [list(place) for place in marked],
        "citations": [citation_data(each) for each in claim.cites],
        "parts": [_part(each) for each in checked.parts],
        "remarks": [finding_data(each) for each in checked.remarks],
    }


def _part(part: CheckedPart) -> dict[str, Any]:
    return {
        "text": part.claim.text,
        "start": part.claim.start,
        "end": part.claim.end,
        "drugs": list(part.claim.drugs),
        "verdict": str(part.verdict),
        "marked": [list(place) for place in differing_in_part(part)],
        "witnesses": [_witness(each) for each in part.witnesses],
    }


def _witness(witness: Witness) -> dict[str, Any]:
    cited = witness.citation
    return {
        "verdict": str(witness.verdict),
        "role": str(cited.role),
        "passage": cited.passage,
        "quote": cited.quote,
        "marked": [list(place) for place in differing_in_source(witness)],
        "locator": locator_data(cited.locator),
        "source": card_data(witness.card),
        "findings": [finding_data(each) for each in witness.findings],
    }
