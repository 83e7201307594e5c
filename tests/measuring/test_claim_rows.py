"""Rows of a claim set: what is read, and what is refused by name."""

from __future__ import annotations

import io
import json

import pytest

from loccit.measuring import ClaimRow, Label, label_of, read_rows
from loccit.measuring.claims import MOST_BYTES
from loccit.terms import SourceError, Verdict

GOOD = b'{"claim": "A", "evidence": "B", "label": "NEI"}'


def read(*lines: bytes):
    return list(read_rows(io.BytesIO(b"\n".join(lines)), "set.jsonl"))


def test_a_row_is_read_with_and_without_what_may_be_left_out():
    given = {"claim": "A", "evidence": "B", "label": "SUPPORT", "kind": "number", "subject": None,
             "context": "Dosage", "split": "dev", "fault": "tenth", "more": [1]}  # fmt: skip
    full, least = read(json.dumps(given).encode(), GOOD)
    assert full == ClaimRow(claim="A", evidence="B", label=Label.SUPPORT, kind="number",
                            context="Dosage", split="dev", fault="tenth")  # fmt: skip
    assert least == ClaimRow(claim="A", evidence="B", label=Label.NEI)


def test_empty_lines_and_a_byte_order_mark_are_passed_over():
    first, second = read(b"\xef\xbb\xbf" + GOOD, b"", b"  \r", GOOD, b"")
    assert first == second == ClaimRow(claim="A", evidence="B", label=Label.NEI)


@pytest.mark.parametrize(
    "bad",
    [
        b"not json",
        b"[]",
        b"null",
        b"{}",
        b'{"claim": "A", "evidence": "B"}',
        b'{"claim": "A", "evidence": "B", "label": "support"}',
        b'{"claim": "A", "evidence": "B", "label": "MAYBE \\u001b[31m\\n"}',
        b'{"claim": 5, "evidence": "B", "label": "NEI"}',
        b'{"claim": " ", "evidence": "B", "label": "NEI"}',
        b'{"claim": "A", "evidence": "B", "label": "NEI", "kind": 7}',
        b'{"claim": "\xff", "evidence": "B", "label": "NEI"}',
        b'{"claim": "\\ud800", "evidence": "B", "label": "NEI"}',
        b'{"claim": "A", "more": ' + b"[" * 100_000,
        GOOD[:-1],
        GOOD + GOOD,
    ],
    ids=lambda bad: bad[:40].decode("latin-1"),
)
def test_a_bad_row_is_named_and_the_others_go_on(bad):
    before, refused, after = read(GOOD, bad, GOOD)
    assert isinstance(refused, SourceError)
    assert str(refused).startswith("set.jsonl, row 2: ")
    assert str(refused).isprintable()
    assert isinstance(before, ClaimRow)
    assert isinstance(after, ClaimRow)


def test_a_row_that_is_too_long_is_refused_and_the_next_one_is_read():
    long = b'{"claim": "' + b"a" * (2 * MOST_BYTES + 7) + b'", "evidence": "B", "label": "NEI"}'
    refused, after = read(long, GOOD)
    assert "longer than 4 MiB" in str(refused)
    assert isinstance(after, ClaimRow)


def test_rows_come_before_the_file_is_read_to_its_end():
    stream = io.BytesIO(GOOD + b"\n" + GOOD * 1000)
    next(read_rows(stream, "set.jsonl"))
    assert stream.tell() == len(GOOD) + 1


def test_every_verdict_has_its_label():
    assert {verdict: str(label_of(verdict)) for verdict in Verdict} == {
        Verdict.SUPPORTED: "SUPPORT",
        Verdict.CONTRADICTED: "CONTRADICT",
        Verdict.PARTLY: "NEI",
        Verdict.NOT_FOUND: "NEI",
    }
