"""Whatever is typed: an answer or a ``UsageError``, soon, and no character that shows nothing."""

from __future__ import annotations

import time
import unicodedata

import pytest
from asked import read, reader
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loccit.questions import QuestionReader
from loccit.questions.reading import LONGEST
from loccit.terms import Question, UsageError
from loccit.vocabulary import load_vocabulary

PLAIN = (
    "on taking no denies without and , . ; ? 71 year old kg mg CrCl eGFR < 30 Child-Pugh B weeks "
    "pregnant MS PE PT ADD aspirin Flexeril ibuprophen overdose Tylenol spasm x-ray shows to from "
    "' - ( ) [ ] * \\ \" % { }"
)
ODD = [*"ßİﬁ½²٣漢é", "\u0301", "\u200b", "\u202e", "\x00", "\ud800", "\U0001f600"]
words = st.sampled_from([*PLAIN.split(), *ODD])
texts = st.one_of(
    st.text(max_size=400), st.lists(words, max_size=60).map(" ".join), st.lists(words).map("".join)
)


@settings(max_examples=300, deadline=None)
@given(texts)
@example("\x00")
@example("\ufeff")
@example("'")
@example("overdose")
@example("İ no İ fever")
def test_reading_any_text_gives_a_question_or_a_usage_error(text):
    try:
        question = read(text)
    except UsageError:
        return
    assert isinstance(question, Question)
    assert 0 < len(question.text) <= LONGEST
    question.text.encode("utf-8")
    for concept in (*question.concepts,):
        assert concept.start <= concept.end
    assert not {unicodedata.category(char) for char in question.text} & {"Cc", "Cf", "Cs"}


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u200b", "\u202e\u202c", "\x00\x01", "\u00ad"])
def test_a_question_without_visible_words_is_refused(text):
    with pytest.raises(UsageError, match="a question of 1 to"):
        read(text)


def test_the_longest_question_is_read_and_a_longer_one_refused():
    assert read("x" * LONGEST).text == "x" * LONGEST
    with pytest.raises(UsageError, match=str(LONGEST)):
        read("x" * (LONGEST + 1))


INVISIBLE = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u202e", "\u2066", "\u00ad", "\x00", "\x07", "\x1b", "\ud800"]  # fmt: skip


@pytest.mark.parametrize("char", INVISIBLE)
def test_characters_that_show_nothing_change_nothing(char):
    plain = "Is cyclobenzaprine safe in a 71 year old on sertraline?"
    hidden = "".join(letter + char for letter in plain)
    assert read(hidden) == read(plain)


def test_composed_and_decomposed_letters_are_the_same_question():
    plain = "Sjögren syndrome and naproxen"
    assert read(unicodedata.normalize("NFD", plain)) == read(plain)


@pytest.mark.parametrize("space", ["\n", "\t", "\u00a0", "\u3000", "\r\n", "\x0b"])
def test_every_white_space_is_a_space(space):
    plain = "naproxen dose in gout"
    assert read(plain.replace(" ", space)) == read(plain)


HEAVY = {
    "letters": "a" * 8000,
    "brackets": "(" * 8000,
    "digits": "7" * 8000,
    "numbers": "7 " * 4000,
    "decimals": "7.7" * 2600,
    "hyphens": "1" + "-" * 7990,
    "no": "no " * 2600,
    "no history of": "no history of " * 570,
    "drugs": "aspirin " * 1000,
    "on drugs": "on " + "aspirin and " * 660,
    "on on": "on " * 2000 + "aspirin",
    "and and": "on " + "and" * 2600 + " aspirin",
    "short forms": "ms " * 2600,
    "strong": "strong " * 1100 + "inhibitors",
    "from to": "from a " * 1100,
    "images": "x-ray " * 1300,
    "crcl": "crcl " * 1600,
    "unknown words": " ".join(f"c{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}qxzvwk" for n in range(800)),
    "ages": "1 - " * 2000,
    "values": "K was is of " * 650,
    "names": "Aa Bb " * 1300,
    "signed": "thanks Ab " * 800,
    "relatives": "my son is " * 800,
    "combining": "e" + "\u0301" * 7900,
}  # fmt: skip
GENEROUS = 3.0
"""Seconds; each takes well under half a second on a free machine."""


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_no_text_takes_long(text):
    started = time.perf_counter()
    read(text[:LONGEST])
    assert time.perf_counter() - started < GENEROUS


def test_few_words_are_looked_up_in_the_base_whatever_the_text():
    asked: list[str] = []
    counting = QuestionReader(load_vocabulary(), is_known=lambda word: bool(asked.append(word)))
    counting.read(HEAVY["unknown words"][:LONGEST])
    assert 0 < len(asked) <= 200


def test_reading_has_no_memory():
    """The same words are read in the same way, whatever was read before."""
    first = read("cyclobenzaprin dose for a 71 year old on sertraline")
    read("naproxen in pregnancy")
    assert reader().read("cyclobenzaprin dose for a 71 year old on sertraline") == first
