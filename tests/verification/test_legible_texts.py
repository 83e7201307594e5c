"""A text as it reads: hidden characters and look-alikes change nothing, real letters stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import judged, verifier

from loccit.terms import DocumentId, Locator, Verdict
from loccit.verification import Ground, legible
from loccit.verification.legible import MOST_MARKS, look_alikes

SOURCE = "Probenecid 250 mg is not recommended in acute gout."
CLAIM = "Probenecid 250 mg is recommended in acute gout."
HIDDEN = [
    "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u2069", "\u061c",
    "\x00", "\x07", "\x1b", "\ud800", "\u034f", "\u3164", "\ufe0f", "\U000e0041", "\U000e0101",
]  # fmt: skip
DISGUISES = {
    "cyrillic": str.maketrans("aceopxyi", "асеорхуі"),
    "greek": str.maketrans("o", "ο"),
    "fullwidth": {each: each + 0xFEE0 for each in range(0x21, 0x7F)},
    "mathematical bold": {
        **{ord("a") + at: 0x1D41A + at for at in range(26)},
        **{ord("A") + at: 0x1D400 + at for at in range(26)},
        **{ord("0") + at: 0x1D7CE + at for at in range(10)},
    },
    "circled": {ord("a") + at: 0x24D0 + at for at in range(26)},
    "small capitals": str.maketrans("aeinot", "ᴀᴇɪɴᴏᴛ"),
}


@pytest.mark.parametrize("char", HIDDEN, ids=ascii)
def test_characters_that_show_nothing_are_not_read(char):
    assert legible(char.join(CLAIM)).text == CLAIM
    assert legible(char * 9).text == ""


@pytest.mark.parametrize("disguise", DISGUISES)
def test_letters_and_figures_in_disguise_are_read_as_what_they_look_like(disguise):
    written = CLAIM.translate(DISGUISES[disguise])
    assert written != CLAIM
    assert legible(written).text.casefold() == CLAIM.casefold()


KEPT = [
    "TNFα and IFNγ fell; IL-1β, TGF-β and κ chains did not.",
    "α-blockers, β-blockers, 5 μg, 5 µg, 10² m², ½ tablet, 37.5 °C, ≥ 65, p ≤ 0.05, ±2",
    "Нет данных.",
    "και ασθενής",
    "Sjögren, Guillain-Barré, Ménière, Kjær, Łódź",
    "患者は薬を飲む。",
    "“quoted” – dashed — it’s • item",
]


@pytest.mark.parametrize("text", KEPT)
def test_real_letters_and_signs_stay(text):
    assert legible(text).text == text


@pytest.mark.parametrize(
    ("written", "reads"),
    [
        ("nоt", "not"),  # one Cyrillic letter
        ("nαproxen", "naproxen"),
        ("αspirin", "aspirin"),
        ("e\u0301", "é"),
        ("n\u0336o\u0336t\u0336", "not"),
        ("ﬁve", "five"),
        ("5 ㎎", "5 mg"),
        ("5\u00a0mg\u2009daily", "5 mg daily"),
        ("5   mg\tdaily", "5 mg daily"),
        ("one\r\n\r\ntwo", "one\ntwo"),
        ("5\u201110 mg", "5-10 mg"),
        ("don\u02bct", "don't"),
        ("５０％", "50%"),
        ("①note", "①note"),
        ("", ""),
    ],
)
def test_a_text_is_read_as_it_looks(written, reads):
    assert legible(written).text == reads


def test_accents_heaped_on_a_letter_are_dropped():
    assert legible("n" + "\u0300\u0323" * 500 + "ot").text in ("ǹot", "ṇ̀ot", "ṇot")
    heap = legible("ж" + "\u0300" * 500).text
    assert len(heap) <= MOST_MARKS + 1


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_denial_in_disguise_still_denies(disguise):
    claim = CLAIM.replace("is ", "is NOT ".lower().translate(DISGUISES[disguise]))
    source = SOURCE.replace("not ", "")
    assert judged(claim, source).verdict is Verdict.CONTRADICTED
    assert judged(source, claim).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize("disguise", DISGUISES)
def test_another_figure_in_disguise_is_still_another(disguise):
    claim = SOURCE.replace("250", "500").translate(DISGUISES[disguise])
    assert judged(claim, SOURCE).verdict is Verdict.CONTRADICTED
    assert judged(SOURCE.translate(DISGUISES[disguise]), SOURCE).verdict is Verdict.SUPPORTED


def test_a_finding_points_into_the_claim_and_the_source_as_written():
    claim = "\u200b".join("Probenecid 500 mg is not recommended in acute gout.")
    source = "First line.\n" + "\u00ad".join(SOURCE)
    place = Locator(document=DocumentId("a"), sha256="0" * 64, start=100, end=100 + len(source))
    judgement = verifier().judge(claim, Ground(text=source, locator=place))
    (finding,) = [each for each in judgement.findings if each.check == "quantity/1"]
    assert claim[slice(*finding.span)].replace("\u200b", "") == "500 mg"
    there = source[finding.locator.start - 100 : finding.locator.end - 100]
    assert there.replace("\u00ad", "") == "250 mg"


def test_every_row_of_the_table_is_one_character_read_as_one_latin_one():
    for char, alike in look_alikes().items():
        assert len(char) == len(alike.reads_as) == 1
        assert not char.isascii()
        if alike.where == "always":
            assert alike.reads_as in "-–'"
        else:
            assert alike.reads_as.isascii()
            assert alike.reads_as.isalpha()
            assert unicodedata.category(char).startswith("L")


characters = st.one_of(
    st.characters(), st.sampled_from([*"aо5 \n", *HIDDEN, "\u0301", "ﬁ", "㎎", "ｍ"])
)


@settings(max_examples=300, deadline=None)
@given(st.text(characters, max_size=120))
def test_places_lead_back_into_any_text(text):
    seen = legible(text)
    assert legible(seen.text).text == seen.text
    at = 0
    for index in range(len(seen.text)):
        start, end = seen.original(index, index + 1)
        assert at <= start < end <= len(text)
        at = start
    assert seen.original(0, len(seen.text))[1] in (len(text), 0)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=120))
def test_plain_text_is_left_as_it_is_but_for_its_spaces(text):
    assert legible(text).text.split() == text.split()
