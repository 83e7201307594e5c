"""The reference article, checked: each of its claims against the list that people made of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from loccit.backends.local_files import local_files
from loccit.sources import read_each, unpack
from loccit.terms import CheckedPart, Report, SourceDocument
from loccit.wiring import make_engine, open_base

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT.parent / "shared" / "reference" / "seed-article.txt"
CLAIMS = tomllib.loads((Path(__file__).parent / "seed_claims.toml").read_text(encoding="utf-8"))[
    "claims"
]
LEAST = 34
"""Claims of the 36 that reach the verdict of the list; raise it when more do."""

pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason=f"no reference article at {ARTICLE}")


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Report:
    engine = make_engine(open_base(tmp_path_factory.mktemp("base")))
    (document,) = read_each(local_files([ARTICLE], unpack=unpack))
    assert isinstance(document, SourceDocument)
    return engine.check(document)


def part_of(report: Report, words: str) -> CheckedPart:
    (found,) = [
        part for each in report.sentences for part in each.parts if words in part.claim.text
    ]
    return found


@pytest.mark.parametrize("claim", [each for each in CLAIMS if not each.get("known")], ids=str)
def test_a_claim_of_the_reference_article_gets_its_verdict(report, claim):
    assert str(part_of(report, claim["part"]).verdict) == claim["verdict"]


def test_as_many_claims_as_is_said_get_their_verdict(report):
    right = [
        each["number"]
        for each in CLAIMS
        if str(part_of(report, each["part"]).verdict) == each["verdict"]
    ]
    assert len(right) >= LEAST, right


def test_no_claim_that_is_contradicted_or_unfounded_is_called_supported(report):
    wrong = [each for each in CLAIMS if each["verdict"] in ("contradicted", "not_found")]
    called = {each["number"]: str(part_of(report, each["part"]).verdict) for each in wrong}
    assert "supported" not in called.values(), called
