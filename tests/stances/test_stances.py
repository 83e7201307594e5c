"""Which side a sentence takes, of what act, and when two sentences cannot both hold."""

from __future__ import annotations

import pytest

from loccit.stances import Spoken, StanceReader, oppositions
from loccit.stances.stance import AGAINST, FOR, NEITHER
from loccit.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
READER = StanceReader(VOCABULARY)


def by(one: str, other: str, **around) -> list[str]:
    read = (READER.read(Spoken(text=text, **around)) for text in (one, other))
    return [why.by for why in oppositions(*read, VOCABULARY)]


def side_of(text: str, act: str) -> int | None:
    sides = [s.side for s in READER.read(Spoken(text=text)) if frozenset({act}) in s.acts]
    return sides[0] if sides else None


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("We recommend tramadol for back pain.", FOR),
        ("Tramadol is recommended for back pain.", FOR),
        ("Tramadol is not recommended for back pain.", AGAINST),
        ("We recommend against tramadol for back pain.", AGAINST),
        ("The panel advises not to use tramadol for back pain.", AGAINST),
        ("Avoid tramadol in back pain.", AGAINST),
        ("Tramadol should be avoided in back pain.", AGAINST),
        ("To avoid falls, tramadol may be given at half the dose in back pain.", FOR),
        ("Tramadol can be used in back pain.", FOR),
        ("No dose adjustment of tramadol is needed in back pain.", FOR),
        ("Give ibuprofen rather than tramadol for back pain.", None),
        ("After tramadol failed, give ibuprofen for back pain.", None),
        ("There is insufficient evidence to recommend tramadol for back pain.", None),
        ("Tramadol acts on opioid receptors.", NEITHER),
    ],
)
def test_the_side_that_words_take(text, side):
    found = side_of(text, "tramadol")
    assert found == side or (side is NEITHER and not found)


PRODUCT = [
    (
        "Duloxetine and cyclobenzaprine can be used together with monitoring.",
        "Duloxetine should not be combined with cyclobenzaprine.",
        "direction",
    ),
    (
        "Cyclobenzaprine may be used in adults over 65 with muscle spasm.",
        "Avoid cyclobenzaprine for muscle spasm in older adults.",
        "direction",
    ),
    (
        "Treat acute otitis media in children aged 6 years or older with amoxicillin for 5 days.",
        "In acute otitis media amoxicillin is given for 10 days to children 6 years and older.",
        "duration",
    ),
    (
        "In patients on dialysis apixaban is recommended at 5 mg twice daily.",
        "Apixaban should be avoided in patients on dialysis.",
        "direction",
    ),
    (
        "In hypertension, limit sodium intake to less than 1500 mg per day.",
        "In hypertension, sodium intake should not exceed 2300 mg per day.",
        "limit",
    ),
    (
        "Bed rest is recommended in acute low back pain.",
        "In acute low back pain, stay active: no bed rest.",
        "direction",
    ),
    (
        "In low back pain, imaging is recommended although the spine was imaged already.",
        "In low back pain, do not perform imaging.",
        "direction",
    ),
    (
        "Severe low back pain needs care: order imaging immediately.",
        "Imaging is not recommended in the first 6 weeks of severe low back pain.",
        "direction",
    ),
    (
        "Prescribe a short-term opioid for severe acute low back pain.",
        "In acute low back pain opioids should not be prescribed.",
        "direction",
    ),
]


@pytest.mark.parametrize(("one", "other", "differs"), PRODUCT)
def test_what_two_pages_say_otherwise_is_found(one, other, differs):
    assert by(one, other) == [differs]
    assert by(other, one) == [differs]
    assert by(one, one) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Avoid apixaban in patients on dialysis.", "Apixaban can be used in atrial fibrillation."),
        ("Avoid tramadol in chronic back pain.", "Consider tramadol in acute back pain."),
        ("Avoid tramadol in children.", "Consider tramadol in adults with back pain."),
        ("Topical diclofenac can be used in osteoarthritis.", "Avoid diclofenac in osteoarthritis."),
        ("Give cephalexin for 5 to 10 days in cellulitis.", "Give cephalexin for 7 days in cellulitis."),
        ("Give cephalexin for 5 days in cellulitis.", "Give amoxicillin for 10 days in cellulitis."),
        ("Do not offer acetaminophen alone for back pain.", "Offer acetaminophen for back pain."),
        ("Avoid opioids in back pain.", "Opioids should not be used in back pain."),
        ("Cyclobenzaprine should not be used for longer than 3 weeks in muscle spasm.",
         "Cyclobenzaprine can be used for 2 weeks in muscle spasm."),
    ],
)  # fmt: skip
def test_what_only_looks_otherwise_is_not(one, other):
    assert by(one, other) == []
    assert by(other, one) == []


def test_a_ban_on_a_class_bans_its_members_and_not_the_other_way():
    banned = "Avoid opioids in back pain."
    assert by(banned, "Consider tramadol in back pain.") == ["direction"]
    assert by("Avoid tramadol in back pain.", "Consider an opioid in back pain.") == []


def test_findings_disagree_on_one_comparison_and_outcome():
    none = "Magnesium was no better than placebo for pain in migraine."
    some = "Magnesium was superior to placebo for pain in migraine."
    assert by(none, some, finds=True) == ["finding"]
    assert by(none, some.replace("placebo", "ibuprofen"), finds=True) == []
    assert by(none, some.replace("pain", "survival"), finds=True) == []


def test_a_dose_is_what_it_makes_a_day():
    one = "The usual dose of metoprolol in hypertension is 50 mg twice daily."
    assert by(one, "In hypertension the usual dose of metoprolol is 100 mg per day.") == []
    assert by(one, "In hypertension the usual dose of metoprolol is 25 mg per day.") == ["dose"]
