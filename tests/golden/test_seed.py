"""The seed question over the starter pack: what is true and needed is said, what is wrong is not."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from loccit.terms import Article, Citation, SourceKind, Statement, StatementKind, Verdict

TABLE = tomllib.loads((Path(__file__).parent / "seed.toml").read_text(encoding="utf-8"))
MUST, NEVER = TABLE["must"], TABLE["never"]


def statements(article: Article) -> list[Statement]:
    """All statements: bottom line, sections, safety, conflicts."""
    sections = [each for section in article.sections for each in section.statements]
    safety = [each for panel in article.safety for each in panel.statements]
    conflicts = [each for panel in article.conflicts for each in panel.sides]
    return [*article.bottom_line, *sections, *safety, *conflicts]


def shown(statement: Statement) -> str:
    """The words of a statement with its issuer's strength and certainty, as every format shows it."""
    return f"{statement.text} {statement.strength} {statement.certainty}"


def named(row: dict[str, str]) -> str:
    return f"{row['claim']}: {row['fact']}"


@pytest.fixture(scope="module")
def pack_says(starter_base) -> dict[str, str]:
    """Every sentence of the pack and where it stands: file#place."""
    return {
        starter_base.document(card.id).text[
            note.start : note.end
        ]: f"{card.series}#{note.reference}"
        for card in starter_base.cards()
        for note in starter_base.document(card.id).annotations
    }


@pytest.mark.parametrize("row", MUST, ids=named)
def test_what_is_true_and_needed_is_said(seed_article, pack_says, row):
    pattern = re.compile(row["pattern"], re.IGNORECASE | re.DOTALL)
    if any(pattern.search(shown(statement)) for statement in statements(seed_article)):
        return
    known = [f"{place} {text}" for text, place in pack_says.items() if pattern.search(text)]
    where = "\n  ".join(known) or "nowhere"
    pytest.fail(f"{named(row)} is not in the article; in the pack:\n  {where}")


@pytest.mark.parametrize("row", NEVER, ids=named)
def test_what_is_wrong_is_not_said(seed_article, row):
    pattern = re.compile(row["pattern"], re.IGNORECASE | re.DOTALL)
    said = [each.text for each in statements(seed_article) if pattern.search(each.text)]
    assert said == []


REFERENCE = [
    ("1", "Radiological findings confirm muscle spasm."),
    ("2", "Initiate conservative management with a short course of cyclobenzaprine."),
    ("3", "NSAIDs for pain control should be administered concurrently."),
    ("4", "Cyclobenzaprine 5-10 mg three times daily is approved."),
    ("7", "Cyclobenzaprine is superior to diazepam in acute spasm."),
    ("9", "It has a particularly rapid onset."),
    ("11", "Muscle relaxants are specifically indicated for spasm."),
    ("12", "Short-term opioids may be used for severe pain."),
    ("14", "Physical therapy as an adjunct to drugs."),
    ("15", "Heat or cold as needed."),
    ("19", "Improvement comes within 3 months to 1 year."),
    ("24", "Severe pain needs immediate imaging."),
    ("26", "A specialist no later than 3 months."),
    ("28", "Imaging abnormalities are present in 29-43%."),
    ("29", "Findings frequently do not correlate with symptoms."),
    ("30", "Most disc herniations are reabsorbed by 8 weeks."),
    ("32", "Dry mouth is the most common side effect."),
]


@pytest.mark.parametrize(("claim", "wrong"), REFERENCE)
def test_the_patterns_of_wrong_wordings_find_them(claim, wrong):
    rows = [row for row in NEVER if row["claim"] == claim]
    assert rows
    assert any(re.search(row["pattern"], wrong, re.IGNORECASE) for row in rows)


def test_the_table_is_complete():
    """Every claim that holds or is corrected has its row; those not found (9, 24, 26) have none."""
    claims = {row["claim"] for row in (*MUST, *NEVER) if row["claim"].isdigit()}
    assert {int(claim) for claim in claims} == {
        *range(1, 8), 9, *range(10, 21), *range(21, 37)
    } - {8}  # fmt: skip
    assert {row["claim"].partition(" ")[2] for row in MUST if row["claim"].startswith("M")} == {
        "contraindications",
        "warnings",
        "NSAID",
        "red flags",
        "else",
    }


# --- by structure


def test_the_bottom_line_is_short_and_every_line_is_cited(seed_article):
    assert 3 <= len(seed_article.bottom_line) <= 7
    assert all(line.verdict is Verdict.SUPPORTED for line in seed_article.bottom_line)


def test_the_bottom_line_starts_with_a_guideline_and_its_grade(seed_article):
    first = seed_article.bottom_line[0]
    cards = {reference.number: reference.card for reference in seed_article.references}
    assert first.kind is StatementKind.RECOMMENDATION_FOR
    assert cards[first.citations[0].reference].evidence_kind is SourceKind.GUIDELINE
    assert first.strength
    assert first.certainty
    assert first.scale


def test_recommendations_carry_issuer_year_strength_and_scale(seed_article):
    graded = [each for each in seed_article.recommendations if each.strength]
    assert len(graded) >= 8
    assert all(each.issuer and each.year and each.scale for each in graded)
    assert {each.direction for each in graded} == {"for", "against"}


def test_the_sections_of_a_treatment_article_are_there(seed_article):
    kinds = [section.kind for section in seed_article.sections]
    needed = {"finding", "without-drugs", "drugs", "labelled", "evidence", "avoid", "course",
              "escalate", "imaging", "populations", "warnings", "adverse"}  # fmt: skip
    assert needed <= set(kinds)


def test_the_premise_is_questioned(seed_article):
    verdicts = {premise.verdict for premise in seed_article.question.premises}
    assert {"not established", "assumed"} <= verdicts


def test_the_combination_is_shown_as_a_conflict(seed_article):
    points = {panel.point: panel for panel in seed_article.conflicts}
    sides = points["cyclobenzaprine and naproxen"].sides
    text = " ".join(side.text for side in sides)
    assert "Borenstein" in text
    assert "Friedman" in text


def test_no_source_carries_most_of_the_article(seed_article):
    """In the reference article one source carried 17 of 28 claims."""
    said = statements(seed_article)
    firsts = [citation(each).reference for each in said]
    assert len(seed_article.references) >= 15
    assert max(firsts.count(number) for number in set(firsts)) <= len(firsts) / 2


def citation(statement: Statement) -> Citation:
    return statement.citations[0]


def test_a_drug_that_is_recommended_is_labelled_and_has_its_safety(seed_article):
    drugs = [panel.drug for panel in seed_article.safety]
    assert drugs[0] == "cyclobenzaprine"
    assert {"naproxen", "ibuprofen"} & set(drugs)
    assert all(panel.statements for panel in seed_article.safety)


def test_the_article_is_about_acute_pain(seed_article, starter_base):
    for statement in seed_article.bottom_line:
        record = starter_base.passage(citation(statement).passage)
        assert "course:chronic" not in record.description.population
