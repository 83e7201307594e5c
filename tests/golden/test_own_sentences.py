"""What the pack says is supported when it comes back as a text to check, however it is built."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import loccit.packs
from loccit.terms import Verdict
from loccit.testing import small_document
from loccit.wiring import make_engine, open_base

EACH = 9
"""One of so many sentences is checked, across all sources."""


def sentences() -> Iterator[str]:
    for path in sorted(Path(loccit.packs.__file__).parent.rglob("sources/*.toml")):
        source = tomllib.loads(path.read_text(encoding="utf-8"))
        if source["original"]["standing"] == "current":
            yield from (each["text"] for each in source["statement"])


def test_a_copy_of_a_sentence_is_supported_also_where_it_has_several_parts(tmp_path):
    engine = make_engine(open_base(tmp_path))
    several = [text for text in sentences() if ";" in text][::3]
    for text in (*list(sentences())[::EACH], *several):
        report = engine.check(small_document("note", text, heading="Note"))
        verdicts = {each.verdict for each in report.sentences} - {None}
        assert verdicts == {Verdict.SUPPORTED}, text
