"""Which passwords are taken: by length and by what is tried first, not by a mixture of signs."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loccit.accounts import check_password, load_account_rules, normal
from loccit.terms import Refused

RULES = load_account_rules()
RUT = ("rut", "Rut Example")


def broken(password, context=RUT):
    """The rule that refuses it; nothing where it is taken."""
    try:
        check_password(password, RULES, context)
    except Refused as refused:
        return refused.rule
    return ""


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "seven quiet herons",
        "nurkse kolm vanat paati",
        "sieben große Füchse",
        "тихая река за домом",
        "木漏れ日の中を歩く静かな午後の散歩道",
        "q9w8-v7u6-t5s4-r3",
        "all small letters",
    ],
)
def test_long_passwords_are_taken_whatever_they_are_made_of(password):
    assert broken(password) == ""


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("", "short"),
        ("fourteen chars", "short"),
        ("x" * 257, "long"),
        ("tab\tin the middle", "unseen"),
        ("nothing\0in the middle", "unseen"),
        ("lone \ud800 surrogate", "unseen"),
        ("qwertyuiop123456", "common"),
        ("Password12345678", "common"),
        ("!!!football2026!!!", "common"),
        ("passwordpassword", "common"),
        ("123456789987654321", "common"),
        ("aaaaaaaaaaaaaaaa", "pattern"),
        ("xyzxyzxyzxyzxyzx", "pattern"),
        ("abcdefghijklmnop", "pattern"),
        ("ponmlkjihgfedcba", "pattern"),
        ("qwertyuiopasdfgh", "pattern"),
        ("1234567890123456", "pattern"),
        ("RutExample2026!!", "context"),
        ("Example-Rut-Rut1", "context"),
        ("loccit.loccit.rut", "context"),
    ],
)
def test_a_password_that_is_refused_says_by_which_rule(password, rule):
    assert broken(password) == rule


def test_each_refusal_has_words_that_say_what_to_do():
    for rule, words in RULES.refusals.items():
        assert len(words.format(shortest=1, longest=2)) > 20, rule
    with pytest.raises(Refused, match="15 characters"):
        check_password("short", RULES)


def test_a_name_in_it_does_no_harm_where_enough_is_left():
    assert broken("Rut keeps seven herons") == ""


def test_names_of_two_letters_are_not_looked_for():
    assert broken("so quiet is the sea", ("so", "So Is")) == ""


def test_a_password_is_one_in_each_form_of_its_characters():
    composed, apart = "caf\u00e9 au lait at noon", "cafe\u0301 au lait at noon"
    assert check_password(composed, RULES) == check_password(apart, RULES) == normal(apart)


def test_length_counts_after_normalisation():
    assert len("ﬃ calm herons") == 13
    assert broken("ﬃ calm herons") == ""
    assert broken("e\u0301" * 7 + "abcdef") == "short"


def test_the_list_holds_what_is_tried_first_and_nothing_else():
    common = RULES.passwords.common
    assert 10_000 <= len(common) <= 11_000
    assert {"password", "qwertyuiop", "123456", "letmein"} <= common
    assert all(each == each.casefold() for each in common)


@given(st.text(max_size=300))
def test_what_is_taken_is_long_enough_normal_and_stays_so(password):
    rule = broken(password, ())
    assert rule == "" or rule in RULES.refusals
    if not rule:
        taken = check_password(password, RULES)
        assert taken == normal(password)
        assert 15 <= len(taken) <= 256
        assert check_password(taken, RULES) == taken


WORDS = sorted(each for each in RULES.passwords.common if each.isalpha())


@example("boomboom", "0")
@given(st.sampled_from(WORDS), st.text("0123456789!?-. ", max_size=20))
def test_no_common_password_becomes_good_by_digits_and_signs(word, added):
    for password in (word + added, added + word, word.upper() + added, word + word + added):
        assert broken(password) != ""
