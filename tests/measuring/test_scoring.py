"""Precision, recall and F1, against values worked out by hand."""

import pytest

from loccit.measuring import Confusion

COUNTS = {
    ("SUPPORT", "SUPPORT"): 6,
    ("SUPPORT", "NEI"): 2,
    ("CONTRADICT", "CONTRADICT"): 3,
    ("CONTRADICT", "SUPPORT"): 1,
    ("NEI", "NEI"): 4,
    ("NEI", "SUPPORT"): 3,
    ("NEI", "CONTRADICT"): 1,
}


def confusion(counts):
    made = Confusion()
    for (label, answer), times in counts.items():
        made.add(label, answer, times)
    return made


@pytest.mark.parametrize(
    ("label", "precision", "recall", "f1"),
    [
        ("SUPPORT", 6 / 10, 6 / 8, 2 / 3),
        ("CONTRADICT", 3 / 4, 3 / 4, 3 / 4),
        ("NEI", 4 / 6, 4 / 8, 4 / 7),
    ],
)
def test_each_label_has_the_shares_worked_out_by_hand(label, precision, recall, f1):
    scored = confusion(COUNTS)
    assert scored.precision(label) == pytest.approx(precision)
    assert scored.recall(label) == pytest.approx(recall)
    assert scored.f1(label) == pytest.approx(f1)


def test_macro_f1_is_the_mean_over_labels_and_not_over_rows():
    scored = confusion(COUNTS)
    assert scored.macro_f1 == pytest.approx((2 / 3 + 3 / 4 + 4 / 7) / 3)
    assert (scored.n, scored.correct) == (20, 13)


def test_a_label_that_no_row_has_does_not_count_in_the_mean_but_costs_recall():
    scored = confusion({("SUPPORT", "SUPPORT"): 1, ("SUPPORT", "NEI"): 1})
    assert scored.labels == {"SUPPORT"}
    assert scored.macro_f1 == pytest.approx(2 / 3)


def test_a_label_that_is_never_answered_has_precision_nought():
    scored = confusion({("CONTRADICT", "NEI"): 5})
    assert (scored.precision("CONTRADICT"), scored.recall("CONTRADICT")) == (0, 0)
    assert scored.macro_f1 == 0


def test_of_nothing_every_share_is_nought():
    assert (Confusion().n, Confusion().macro_f1, Confusion().recall("NEI")) == (0, 0, 0)


def test_all_right_is_one():
    scored = confusion({(label, label): 2 for label in ("SUPPORT", "CONTRADICT", "NEI")})
    assert scored.macro_f1 == 1
