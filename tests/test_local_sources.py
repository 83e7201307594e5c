"""Sources of the own house and of a jurisdiction rank first on like evidence, and it is said."""

from __future__ import annotations

import pytest

from loccit.publication import as_json, as_markdown, as_text
from loccit.questions import jurisdiction_from
from loccit.terms import LOCAL, Article, UsageError
from loccit.wiring import load_paths, make_engine, open_base

QUESTION = "duloxetine for chronic low back pain"
PROTOCOL = """# Back pain protocol of this hospital

## Chronic low back pain

For chronic low back pain we recommend against duloxetine.
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    base = open_base(folder / "base")
    file = folder / "protocol.md"
    file.write_text(PROTOCOL, encoding="utf-8")
    assert [each.refused for each in load_paths(base, [file], local=True)] == [None]
    return make_engine(base)


def asked(engine, jurisdiction: str = "") -> Article:
    answer = engine.ask(QUESTION, jurisdiction=jurisdiction)
    assert isinstance(answer, Article)
    return answer


def place(article: Article, text: str) -> int:
    said = [s.text for group in (article.bottom_line, *(x.statements for x in article.sections))
            for s in group]  # fmt: skip
    return next(n for n, each in enumerate(said) if text in each)


def test_local_sources_come_first_and_are_named(engine):
    article = asked(engine)
    (local,) = [p for p in article.coverage.preferred if p.jurisdiction == LOCAL]
    assert local.documents
    panel = next(p for p in article.conflicts if p.point == "duloxetine")
    assert panel.order == LOCAL
    assert "we recommend against duloxetine" in panel.sides[0].text
    assert any("we recommend against duloxetine" in s.text for s in article.bottom_line)
    for written in (as_text(article), as_markdown(article)):
        assert "Local sources first: Back pain protocol of this hospital" in " ".join(
            written.split()
        )
        assert "The local source stands first." in " ".join(written.split())


def test_a_jurisdiction_ranks_first_and_its_absence_is_told(engine):
    british = asked(engine, "GB")
    names = {p.jurisdiction: p.documents for p in british.coverage.preferred}
    assert names["GB"]
    assert "Sources of GB first: " in " ".join(as_text(british).split())
    elsewhere = asked(engine, "JP")
    assert {p.jurisdiction: p.documents for p in elsewhere.coverage.preferred}["JP"] == ()
    assert "No source of JP in this base answers." in " ".join(as_text(elsewhere).split())
    assert place(british, "NICE NG59") <= place(elsewhere, "NICE NG59")
    assert british.id != elsewhere.id


def test_it_is_data(engine):
    written = as_json(asked(engine, "GB"))
    assert '"jurisdiction": "GB"' in written
    assert '"preferred": [' in written
    assert '"order": "LOCAL"' in written


@pytest.mark.parametrize(("said", "code"), [("gb", "GB"), (" UK ", "GB"), ("int", "INT"), ("", "")])
def test_a_country_is_named_by_its_code(said, code):
    assert jurisdiction_from(said) == code


def test_what_names_no_country_is_refused():
    with pytest.raises(UsageError, match="England"):
        jurisdiction_from("England")
