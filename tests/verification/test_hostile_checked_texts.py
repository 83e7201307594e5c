"""Texts made to stall the checks: the work grows with their length, not with its square."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from judging import judged, verifier

from loccit.passages import cut
from loccit.quantities import measures
from loccit.sentences import sentences
from loccit.terms import Verdict
from loccit.testing import small_document
from loccit.verification import legible
from loccit.verification.arithmetic import arithmetic
from loccit.verification.claims import ClaimFinder

SENTENCE = "Naproxen 5 mg is given for pain; a dose of 11 was given before."
UNITS: dict[str, str] = {
    "one letter": "x",
    "one figure": "1",
    "commas": ",",
    "groups of figures": "111,",
    "stops": ".",
    "question marks": "?",
    "open brackets": "(",
    "open square brackets": "[",
    "spaces": " ",
    "words": "pain ",
    "short pieces": "a; ",
    "pieces": "pain dose drug; ",
    "and": "naproxen and is ",
    "references": "1 ",
    "bracketed references": "[1] ",
    "units": "/a",
    "a formula's units": "= (a/b) ",
    "ranges": "1-",
    "doses": "5 mg ",
    "rates": "5 mg/",
    "percentages": "5 % reduction ",
    "from": "5 % reduction from 1 to 1",
    "intervals": "95% CI ",
    "denials": "not naproxen ",
    "doubts": "may some increase ",
    "superlatives": "best pain than ",
    "authors": "Smith et al ",
    "groups": "acute pain in renal impairment ",
    "accents": "\u0301\u0323",
    "hidden": "\u200b",
    "look-alikes": "о",
    "lines": "naproxen\n",
    "initials": "A. ",
}
STEMS = [("", ""), ("a ", "x"), ("(a", ",11")]


def _claims(text: str) -> None:
    document = small_document("note", text)
    list(ClaimFinder(verifier().reader).find(list(cut(document))))


READERS: dict[str, Callable[[str], object]] = {
    "legible": legible.__wrapped__,
    "sentences": lambda text: list(sentences(text)),
    "measures": measures,
    "arithmetic": lambda text: list(arithmetic(text)),
    "as claim": lambda text: judged(text, SENTENCE),
    "as source": lambda text: judged(SENTENCE, text),
    "on both sides": lambda text: judged(text + " y", " ".join(reversed(text.split(" "))) + " z"),
    "claims": _claims,
}
SMALL, TIMES, MOST, TELLING = 2000, 8, 3, 0.004
"""Lengths compared, how much more than in proportion the longer may take (a square would be
``TIMES`` times more), and CPU seconds below which a figure tells nothing."""


def _cost(read: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    read(text)
    return max(time.process_time() - started, TELLING)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("unit", UNITS)
def test_eight_times_the_text_takes_no_more_than_in_proportion(unit, reader):
    read = READERS[reader]
    for attempt, (first, last) in enumerate(STEMS):
        texts = [
            f"{first}{UNITS[unit] * (length // len(UNITS[unit]))}{last}"
            for length in (SMALL + attempt, TIMES * SMALL + attempt)
        ]
        costs = [_cost(read, text) for text in texts]
        if costs[1] > MOST * TIMES * costs[0]:  # once more: the machine may have been busy
            costs = [_cost(read, f"{text} {again}") for again, text in enumerate(texts)]
        assert costs[1] <= MOST * TIMES * costs[0], (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "naproxen" * 25_000,
        "," * 1_000_000,
        "(" * 100_000 + ")" * 100_000,
        "((a) " * 40_000,
        "1" * 200_000,
    ],
    ids=[
        "one word of 200 kB",
        "a million commas",
        "brackets in brackets",
        "open brackets",
        "one figure",
    ],
)
def test_a_huge_text_supports_nothing_and_is_supported_by_nothing(text):
    assert judged(text, SENTENCE).verdict is not Verdict.SUPPORTED
    assert judged(SENTENCE, text).verdict is not Verdict.SUPPORTED
    assert list(arithmetic(text)) == []
    _claims(text)


def test_only_a_copy_of_what_is_longer_than_a_sentence_is_found():
    text = "Naproxen eases pain in gout and " * 200 + "is taken with food."
    assert judged(text, text).verdict is Verdict.SUPPORTED
    judgement = judged(text.replace("with", "without"), text)
    assert judgement.verdict is Verdict.NOT_FOUND
    assert "longer than a sentence" in judgement.findings[0].message


def test_a_sentence_is_found_in_a_source_that_has_no_stops():
    source = "wash the hands before meals and " * 300 + "naproxen 250 mg eases gout"
    assert judged("Naproxen 250 mg eases gout.", source).verdict is Verdict.SUPPORTED
    assert judged("Naproxen 500 mg eases gout.", source).verdict is Verdict.CONTRADICTED
