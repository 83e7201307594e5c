"""Thirty questions over the starter pack, and walks over an article's statements."""

from __future__ import annotations

from collections.abc import Iterator

from loccit.terms import Article, Citation, Statement

QUESTIONS = [
    "Treatment of acute low back pain?",
    "Treatment of chronic low back pain?",
    "Is cyclobenzaprine safe in a 71 year old with cirrhosis on sertraline?",
    "What is the recommended dose of cyclobenzaprine?",
    "cyclobenzaprine dose in mild hepatic impairment",
    "What are the contraindications of cyclobenzaprine?",
    "Can duloxetine be combined with cyclobenzaprine?",
    "Does tizanidine interact with ciprofloxacin?",
    "Is naproxen safe in the third trimester?",
    "Can I take ibuprofen while breastfeeding?",
    "ibuprofen dose for a child",
    "Maximum daily dose of acetaminophen",
    "Tylenol overdose, what now?",
    "gabapentin dose with CrCl 25",
    "How do I taper diazepam?",
    "Can baclofen be stopped abruptly?",
    "Does massage help chronic low back pain?",
    "When is an MRI needed in low back pain?",
    "red flags in low back pain",
    "prognosis of acute low back pain",
    "What is cauda equina syndrome?",
    "What is the mechanism of action of cyclobenzaprine?",
    "Are opioids effective in acute low back pain?",
    "boxed warning of ketorolac",
    "side effects of carisoprodol",
    "NSAID in heart failure",
    "tramadol with sertraline",
    "Which muscle relaxant for acute back spasm in the elderly?",
    "Does disc degeneration on MRI mean pain?",
    "naproxen plus cyclobenzaprine for acute low back pain",
]


def statements(article: Article) -> Iterator[Statement]:
    """Bottom line and sections, in order."""
    yield from article.bottom_line
    for section in article.sections:
        yield from section.statements


def all_statements(article: Article) -> Iterator[Statement]:
    """As they are read: bottom line, safety, conflicts, sections."""
    yield from article.bottom_line
    for safety in article.safety:
        yield from safety.statements
    for conflict in article.conflicts:
        yield from conflict.sides
    for section in article.sections:
        yield from section.statements


def citations(article: Article) -> Iterator[Citation]:
    """Every citation, in reading order."""
    for each in all_statements(article):
        yield from each.citations
