"""Superscripts, formulas and tables read so that no number changes its meaning."""

from __future__ import annotations

import pytest
from lxml import etree

from loccit.sources.inline import inline_text, raised
from loccit.sources.mathml import math_text
from loccit.sources.tables import Cell, Row, rows_as_text


@pytest.mark.parametrize(
    ("before", "content", "read"),
    [
        ("10", "9", "^9"),
        ("10", "−3", "^−3"),
        ("kg/m", "2", "2"),
        ("mL min", "−1", "−1"),
        ("Ca", "2+", "2+"),
        ("CD4", "+", "+"),
        ("45.2", "a", "^a"),
        ("the 45", "th", "th"),
        ("placebo", "3", "^3"),
        ("pain.", "12", "^12"),
        ("", "125", "125"),
        ("30 mg", "†", "†"),
    ],
)
def test_a_superscript_never_joins_the_number_before_it(before, content, read):
    assert raised(before, content) == read


def test_sub_and_superscripts_in_running_text():
    element = etree.fromstring("<p>CO<sub>2</sub> of 5×10<sup>9</sup>/L, 1.7 m<sup>2</sup></p>")
    assert inline_text(element, {}) == "CO2 of 5×10^9/L, 1.7 m2"


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        ("<mfrac><mi>a</mi><mn>2</mn></mfrac>", "a/2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
        ("<msup><mn>10</mn><mn>9</mn></msup>", "10^9"),
        ("<msqrt><mi>n</mi></msqrt>", "√(n)"),
        ("<mi>p</mi><mo>&lt;</mo><mn>0.05</mn>", "p < 0.05"),
    ],
)
def test_formulas_keep_their_structure_in_a_line(formula, read):
    assert math_text(etree.fromstring(f"<math>{formula}</math>")).strip() == read


def _rows(*rows):
    return [(row.text, row.context) for row in rows_as_text(rows, "Table 1")]


def test_a_row_carries_caption_and_headings_and_a_spanning_cell():
    assert _rows(
        Row(cells=[Cell(text="Drug"), Cell(text="Week 4", columns=2)], head=True),
        Row(cells=[Cell(text=""), Cell(text="Mean"), Cell(text="SD")], head=True),
        Row(cells=[Cell(text="A", rows=2), Cell(text="5"), Cell(text="1")]),
        Row(cells=[Cell(text="6"), Cell(text="2")]),
    ) == [
        ("Drug | Week 4", "Table 1"),
        ("| Mean | SD", "Table 1"),
        ("A | 5 | 1", "Table 1 | Drug | Week 4 Mean | Week 4 SD"),
        ("6 | 2", "Table 1 | Drug | Week 4 Mean | Week 4 SD | A"),
    ]


def test_a_group_heading_goes_with_the_rows_indented_below_it():
    read = _rows(
        Row(cells=[Cell(text="Item"), Cell(text="n")], head=True),
        Row(cells=[Cell(text="Sex"), Cell(text="")]),
        Row(cells=[Cell(text="\u2003Male"), Cell(text="5")]),
        Row(cells=[Cell(text="Age"), Cell(text="44")]),
    )
    assert read[2] == ("Male | 5", "Table 1 | Item | n | Sex")
    assert read[3] == ("Age | 44", "Table 1 | Item | n")


def test_a_row_across_all_columns_heads_the_rows_after_it():
    read = _rows(
        Row(cells=[Cell(text="Item"), Cell(text="n")], head=True),
        Row(cells=[Cell(text="Adults", columns=2)]),
        Row(cells=[Cell(text="Pain"), Cell(text="5")]),
    )
    assert read[2] == ("Pain | 5", "Table 1 | Item | n | Adults")


def test_empty_rows_are_dropped():
    assert _rows(Row(cells=[Cell(text=" "), Cell(text="")])) == []
