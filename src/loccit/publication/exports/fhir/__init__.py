"""An approved edition as a FHIR R5 document, marked experimental."""

from loccit.publication.exports.fhir.approved import ApprovedEdition
from loccit.publication.exports.fhir.bundle import as_fhir

__all__ = ["ApprovedEdition", "as_fhir"]
