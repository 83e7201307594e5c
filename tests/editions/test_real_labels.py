"""Over the label editions of the shared data: boxed warnings that came or went are told so."""

from __future__ import annotations

import io
import json
import lzma
from itertools import pairwise

import pytest

from given import SHARED_DATA
from loccit.editions import compare
from loccit.filling import DocumentDescriber
from loccit.ports import RawSource
from loccit.sources.openfda import READER
from loccit.terms import ChangeKind
from loccit.vocabulary import load_vocabulary

BOXED = {
    "1a0c3bea-c87b-4d25-bb44-5f0174da6b34": ChangeKind.REMOVED,
    "b5631d3e-4604-4363-8f20-11dfc5a4a8ed": ChangeKind.ADDED,
    "2265ef30-253e-11df-8a39-0800200c9a66": ChangeKind.REMOVED,
    "ac196ff5-9215-402b-bc57-69aa87f8bade": ChangeKind.REMOVED,
    "4c970164-cafb-421f-9eb5-c226ef0a3417": ChangeKind.ADDED,
}


@pytest.fixture(scope="module")
def editions() -> dict[str, list[bytes]]:
    """The lines of each set id that gains or loses a boxed warning, oldest first."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"no shared data at {SHARED_DATA}")
    found: dict[str, list[bytes]] = {set_id: [] for set_id in BOXED}
    with lzma.open(SHARED_DATA / "labels" / "openfda_label_versions.jsonl.xz") as lines:
        for line in lines:
            set_id = next((each for each in BOXED if each.encode() in line), None)
            if set_id:
                found[set_id].append(line)
    for lines in found.values():
        lines.sort(key=lambda line: int(json.loads(line)["version"]))
    return found


@pytest.mark.parametrize("set_id", BOXED)
def test_a_boxed_warning_that_comes_or_goes_is_told(set_id, editions):
    describe = DocumentDescriber(load_vocabulary()).described
    lines = editions[set_id]
    had = ["boxed_warning" in json.loads(line) for line in lines]
    place = next(at for at, (one, other) in enumerate(pairwise(had)) if one != other)
    both = b"".join(lines[place : place + 2])
    source = RawSource(name="two", head=both[:64_000], stream=io.BytesIO(both))
    before, after = map(describe, READER.read(source))
    comparison = compare(before, after)
    assert comparison.groups["boxed_warning"] is BOXED[set_id]
    assert comparison.changes[0].group == "boxed_warning"
    boxed = {str(each.kind) for each in comparison.changes if each.group == "boxed_warning"}
    assert boxed == {str(BOXED[set_id])}
    for change in comparison.changes:
        for excerpt, edition in ((change.before, before), (change.after, after)):
            if excerpt:
                assert edition.document.text[excerpt.start : excerpt.end] == excerpt.text
