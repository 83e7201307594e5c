"""Verifies: says of every sentence whether the words it stands on support it, and why not."""

from loccit.verification.articles import ArticleVerifier
from loccit.verification.grounds import Ground
from loccit.verification.legible import legible
from loccit.verification.locating import Opened, with_faults_of_citations
from loccit.verification.reporting import report_on, report_on_claims
from loccit.verification.sums import with_sums_checked
from loccit.verification.verdicts import CHECKS, Check
from loccit.verification.verifying import Judgement, Verifier

__all__ = [
    "CHECKS",
    "ArticleVerifier",
    "Check",
    "Ground",
    "Judgement",
    "Opened",
    "Verifier",
    "legible",
    "report_on",
    "report_on_claims",
    "with_faults_of_citations",
    "with_sums_checked",
]
