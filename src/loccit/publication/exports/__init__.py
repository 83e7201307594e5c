"""Articles for other programs: their references, and what search engines and feeds read."""

from loccit.publication.exports.bibliography import as_bibliography
from loccit.publication.exports.citations import as_bibtex, as_csl_json, as_ris
from loccit.publication.exports.fhir import ApprovedEdition, as_fhir
from loccit.publication.exports.json_ld import json_ld
from loccit.publication.exports.pdf import as_pdf

__all__ = [
    "ApprovedEdition",
    "as_bibliography",
    "as_bibtex",
    "as_csl_json",
    "as_fhir",
    "as_pdf",
    "as_ris",
    "json_ld",
]
