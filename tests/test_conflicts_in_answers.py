"""Pairs of pages that gave opposite answers, as sources of one base: both sides must be shown.

The statements are made up to test the program; none of them is advice.
"""

from __future__ import annotations

import pytest

from loccit.composition.weighing import BARRED, BOTH
from loccit.terms import Article
from loccit.wiring import load_paths, make_engine, open_base

SOURCE = """schema = "loccit/pack-source/1"
id = "{name}"
[original]
kind = "guideline"
title = "Guidance {name}"
issuer = "Society {name}"
jurisdiction = "US"
year = {year}
version = ""
url = "https://example.org/{name}"
licence = "made up"
standing = "current"
[original.identifiers]
doi = "10.1/{name}"
[[statement]]
id = "one"
section = "1"
kind = "{kind}"
text = "{text}"
plain = "{text}"
drugs = {drugs}
conditions = {conditions}
interventions = {acts}
population = {people}
line = ""
strength = ""
certainty = ""
scale = ""
checked = [{{ url = "https://example.org/{name}", on = 2026-11-27 }}, {{ url = "https://example.org/{name}-2", on = 2026-11-27 }}]
"""

FOR, AGAINST, DOSE = "recommendation_for", "recommendation_against", "duration"
PAIRS = {
    "cyclobenzaprine and duloxetine": (
        "May duloxetine be combined with cyclobenzaprine?",
        (FOR, "Duloxetine and cyclobenzaprine can be used together in muscle spasm."),
        (AGAINST, "Duloxetine should not be combined with cyclobenzaprine in muscle spasm."),
        {"drugs": ["duloxetine", "cyclobenzaprine"], "conditions": ["muscle spasm"]},
    ),
    "apixaban": (
        "Is apixaban recommended on dialysis?",
        (FOR, "In patients on dialysis apixaban is recommended."),
        (AGAINST, "Apixaban should be avoided in patients on dialysis."),
        {"drugs": ["apixaban"], "people": ["renal:dialysis"]},
    ),
    "amoxicillin": (
        "How many days of amoxicillin for acute otitis media in a child of 7 years?",
        (DOSE, "In acute otitis media children 6 years and older take amoxicillin for 5 days."),
        (DOSE, "Acute otitis media at 6 years or older is treated with amoxicillin for 10 days."),
        {"drugs": ["amoxicillin"], "conditions": ["otitis media"], "people": ["age:child"]},
    ),
    "bed rest": (
        "Is bed rest recommended for acute low back pain?",
        (FOR, "Bed rest for two days is recommended in acute low back pain."),
        (AGAINST, "In acute low back pain bed rest is not recommended."),
        {"acts": ["bed rest"], "conditions": ["low back pain"], "people": ["course:acute"]},
    ),
    "imaging": (
        "Is imaging recommended in severe acute low back pain?",
        (FOR, "Severe acute low back pain should be examined, and imaging is recommended at once."),
        (AGAINST, "Imaging is not recommended in the first 6 weeks of severe acute low back pain."),
        {"acts": ["imaging"], "conditions": ["low back pain"], "people": ["course:acute"]},
    ),
    "low-sodium diet": (
        "What is the daily sodium restriction in hypertension?",
        (DOSE, "In hypertension, sodium intake is limited to less than 1500 mg per day."),
        (DOSE, "In hypertension, sodium intake should not exceed 2300 mg per day."),
        {"acts": ["low-sodium diet"], "conditions": ["hypertension"]},
    ),
}


def written(name: str, year: int, kind: str, text: str, about: dict[str, list[str]]) -> str:
    facts = {"drugs": [], "conditions": [], "acts": [], "people": []} | about
    lists = {key: str(value).replace("'", '"') for key, value in facts.items()}
    return SOURCE.format(name=name, year=year, kind=kind, text=text, **lists)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for number, (_, one, other, about) in enumerate(PAIRS.values()):
        for letter, year, (kind, text) in (("a", 2020, one), ("b", 2021, other)):
            name = f"page-{number}{letter}"
            (folder / f"{name}.toml").write_text(written(name, year, kind, text, about), "utf-8")
    base = open_base(folder / "base")
    files = sorted(folder.glob("*.toml"))
    assert not any(each.refused for each in load_paths(base, files))
    return make_engine(base)


@pytest.mark.parametrize("point", PAIRS)
def test_both_sides_are_shown_and_none_is_picked_silently(engine, point):
    question, one, other, _ = PAIRS[point]
    answer = engine.ask(question)
    assert isinstance(answer, Article)
    panel = next(p for p in answer.conflicts if p.point == point)
    assert {one[1], other[1]} <= {side.text for side in panel.sides}
    said = {statement.text for statement in answer.bottom_line}
    assert (panel.order in (BOTH, BARRED)) is bool({one[1], other[1]} & said)
    if panel.order == BARRED:
        assert one[0] == FOR
        assert one[1] not in said
    assert "conflict" in answer.confidence.reasons
