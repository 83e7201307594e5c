"""When a try counts, and how long a session holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loccit.accounts import (
    after_failure,
    checked_id,
    folded,
    holds,
    is_to_be_noted,
    load_account_rules,
    verdict_on,
)
from loccit.terms import Account, Attempts, Duty, Person, Session, UsageError

RULES = load_account_rules()
FAILURES, SESSIONS = RULES.failures, RULES.sessions
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SPANS = st.timedeltas(timedelta(0), timedelta(days=2))


def failed(number, at=NOON):
    return Attempts(name="n", failures=number, last=at if number else None)


# --- waits


def test_slips_cost_nothing_and_then_waits_double_up_to_a_bound():
    waits = [verdict_on(failed(n), NOON, FAILURES).seconds for n in range(12)]
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]


def test_after_a_hundred_failures_only_a_person_opens():
    years = NOON + timedelta(days=3650)
    assert verdict_on(failed(99), years, FAILURES).is_free
    for number in (100, 101, 10**6):
        verdict = verdict_on(failed(number), years, FAILURES)
        assert verdict.closed
        assert not verdict.is_free


@given(st.integers(0, 10**9), MOMENTS, SPANS)
def test_a_wait_never_grows_while_one_waits_and_is_over_at_its_end(number, last, passed):
    attempts = failed(number, last)
    before = verdict_on(attempts, last, FAILURES)
    after = verdict_on(attempts, last + passed, FAILURES)
    assert after.seconds <= before.seconds <= FAILURES.longest_wait
    assert before.closed == after.closed == (number >= FAILURES.most)
    end = verdict_on(attempts, last + timedelta(seconds=before.seconds), FAILURES)
    assert end.is_free or end.closed


@given(st.integers(0, 99), MOMENTS, SPANS)
def test_one_more_failure_never_shortens_the_wait(number, last, passed):
    now = last + passed
    more = after_failure(failed(number, last), now)
    assert more.failures == number + 1
    assert more.last == now
    one, other = (verdict_on(each, now, FAILURES) for each in (failed(number, now), more))
    assert other.closed or other.seconds >= one.seconds


@given(st.integers(5, 99), MOMENTS, SPANS)
def test_a_clock_that_is_set_back_makes_nobody_wait_longer(number, last, back):
    set_back = verdict_on(failed(number, last), last - back, FAILURES)
    assert set_back.seconds <= FAILURES.longest_wait


@given(st.lists(st.integers(0, 3600), max_size=60))
def test_in_a_day_no_more_passwords_can_be_tried_than_the_rules_allow(pauses):
    """Whoever tries whenever they may gets no further than the waits let them."""
    attempts, now, tried = Attempts(name="n"), NOON, 0
    for pause in pauses:
        now += timedelta(seconds=pause)
        if verdict_on(attempts, now, FAILURES).is_free:
            attempts, tried = after_failure(attempts, now), tried + 1
    spent = (now - NOON).total_seconds()
    waits = [30, 60, 120, 240, 480]
    most, left = FAILURES.free + 1, spent
    while left >= (wait := waits[0] if waits else FAILURES.longest_wait):
        most, left, waits = most + 1, left - wait, waits[1:]
    assert tried <= most


# --- sessions

ADA = Person(id="ada", name="Ada", duties=frozenset({Duty.AUTHOR}))
ACCOUNT = Account(person="ada", password="x", changed_at=NOON - timedelta(days=1))


def session(began=NOON, seen=None, duties=ADA.duties):
    return Session(digest="d", person="ada", duties=duties, began_at=began, seen_at=seen or began)


def still(now, of=None, person=ADA, account=ACCOUNT):
    return holds(of or session(), person, account, now, SESSIONS)


def test_a_session_holds_while_it_is_used_and_no_longer_than_its_life():
    assert still(NOON)
    assert still(NOON + timedelta(minutes=59))
    assert not still(NOON + timedelta(minutes=60))
    used = session(seen=NOON + timedelta(hours=11, minutes=30))
    assert still(NOON + timedelta(hours=11, minutes=59), used)
    assert not still(NOON + timedelta(hours=12), used)


@pytest.mark.parametrize(
    "of",
    [
        session(NOON + timedelta(seconds=1)),
        session(seen=NOON - timedelta(seconds=1)),
    ],
)
def test_one_from_the_future_or_turned_round_is_none(of):
    assert not still(NOON, of)


def test_other_roles_a_lock_or_another_password_end_it():
    now = NOON + timedelta(minutes=1)
    for duties in ({Duty.AUTHOR, Duty.ADMIN}, set()):
        assert not still(now, person=replace(ADA, duties=frozenset(duties)))
    assert not still(now, account=replace(ACCOUNT, locked=True))
    assert not still(now, account=replace(ACCOUNT, changed_at=now))
    assert still(now, account=replace(ACCOUNT, changed_at=NOON))
    assert still(now, account=replace(ACCOUNT, changed_at=None))


@given(MOMENTS, SPANS, SPANS)
def test_a_session_that_is_over_never_holds_again(began, used, passed):
    of = session(began, began + used)
    now = began + passed
    if not still(now, of, account=replace(ACCOUNT, changed_at=None)) and now >= began:
        later = now + timedelta(seconds=1)
        assert not still(later, of, account=replace(ACCOUNT, changed_at=None))


@given(MOMENTS, SPANS, SPANS)
def test_no_session_outlives_its_bounds(began, used, passed):
    of, now = session(began, began + used), began + passed
    if still(now, of, account=replace(ACCOUNT, changed_at=None)):
        assert now - began < SESSIONS.life
        assert now - of.seen_at < SESSIONS.idle


def test_its_use_is_noted_once_a_minute():
    assert not is_to_be_noted(session(), NOON + timedelta(seconds=59), SESSIONS)
    assert is_to_be_noted(session(), NOON + timedelta(seconds=60), SESSIONS)


# --- names


@pytest.mark.parametrize("said", ["rut", " Rut ", "RUT", "\uff32\uff55\uff54"])
def test_a_name_is_one_however_it_is_typed(said):
    assert folded(said) == checked_id(said) == "rut"


@pytest.mark.parametrize(
    "said", ["", " ", "a b", "-a", "a-", "é", "a" * 65, "a/b", "a\0b", "a@b.c"]
)
def test_a_name_that_cannot_be_given_is_refused(said):
    with pytest.raises(UsageError, match="small letters"):
        checked_id(said)


def test_names_take_what_names_have():
    for name in ("a", "rut.example", "rut-2", "r_e", "0"):
        assert checked_id(name) == name


def test_the_shipped_rules_are_those_of_their_source():
    """NIST SP 800-63B-4: 15 characters, at least 64 taken, 100 failures, a day and an hour."""
    assert RULES.passwords.shortest >= 15
    assert RULES.passwords.longest >= 64
    assert FAILURES.most <= 100
    assert SESSIONS.life <= timedelta(hours=24)
    assert SESSIONS.idle <= timedelta(hours=1)
