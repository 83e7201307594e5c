"""Weights, word groups and thresholds of dangers keep their form and mean what they say."""

from __future__ import annotations

from importlib.resources import files

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loccit.dangers import (
    ANY,
    DangerWeights,
    load_alike_words,
    load_danger_weights,
    load_dangers,
    load_raising,
)
from loccit.dangers.forms import RangeRow
from loccit.dangers.weighing import parsed_weights
from loccit.terms import DataFileError

KEYS = {each.key for each in load_dangers().ordered}
LARGEST = 304_000
"""Bytes of the weights: they are shipped and loaded with every start."""


def test_weights_speak_of_dangers_that_there_are():
    named = {key for row in load_danger_weights().rows.values() for key, _ in row}
    assert ANY in named
    assert named - {ANY} <= KEYS


def test_weights_are_small():
    path = files("loccit.dangers") / "data" / "weights.tsv"
    assert len(path.read_bytes()) < LARGEST


def test_features_that_were_never_seen_say_nothing():
    assert not load_danger_weights().scores({"zzz never seen": 1.0})


def test_scores_add_up():
    weights = DangerWeights(rows={"a": ((ANY, 0.5), ("stroke", -1.0)), "b": ((ANY, 0.25),)})
    assert weights.scores({"a": 1.0, "b": 2.0}) == {ANY: 1.0, "stroke": -1.0}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "feature\tstroke\n",
        "feature\tany\nword\t0:x\n",
        "feature\tany\nword\n",
        "feature\tany\nword\t7:12\n",
        "feature\tany\nword\t12\n",
        "word\tany\n",
    ],
)
def test_weights_that_break_their_form_are_refused(text):
    with pytest.raises(DataFileError, match=r"weights\.tsv"):
        dict(parsed_weights(text).rows)


@given(
    st.dictionaries(
        st.text("abc:=+ ", min_size=1),
        st.dictionaries(
            st.sampled_from(("stroke", "sepsis", ANY)), st.integers(-400, 400), min_size=1
        ),
    )
)
def test_what_is_written_is_read(rows):
    names = ("stroke", "sepsis", ANY)
    lines = ["\t".join(("feature", *names))]
    for feature, row in rows.items():
        lines.append("\t".join((feature, *(f"{names.index(k)}:{w}" for k, w in row.items()))))
    read = parsed_weights("\n".join(lines) + "\n").rows
    assert dict(read) == {f: tuple((k, w / 100) for k, w in row.items()) for f, row in rows.items()}


def test_words_alike_are_known_by_group():
    groups = load_alike_words().groups
    assert set(groups["wee"]) == set(groups["urine"]) == {"urine", "l_pee"}
    assert all(word == word.casefold() for word in groups)


@pytest.mark.parametrize(
    ("value", "level"), [(1, "low"), (5, "usual"), (9, "high"), (3, None), (7, None)]
)
def test_a_value_is_low_usual_or_high(value, level):
    assert RangeRow(names=("x",), low=2, usual_from=4, to=6, high=8).level(value) == level


def test_a_bound_left_out_is_never_passed():
    row = RangeRow(names=("x",), high=8)
    assert row.level(-1000) is None
    assert row.level(8) == "high"


def test_a_bound_is_called_from_in_the_file():
    row = msgspec.convert({"names": ["x"], "from": 1.0, "to": 2.0}, RangeRow)
    assert row.level(1.5) == "usual"


def test_the_fallback_is_a_danger():
    assert load_raising().fallback in KEYS
