"""Accounts in an SQL database, hashes of passwords, and the step of the tables."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from argon2.low_level import Type

from loccit.backends.archive.sql_accounts import SqlAccounts
from loccit.backends.argon2_passwords import Argon2Passwords
from loccit.terms import Account, Attempts, Invitation
from loccit.testing import ACCOUNT_CHECKS, InMemoryAccounts, check_accounts

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def accounts(database):
    opened = SqlAccounts(database)
    yield opened
    opened.close()


@pytest.mark.parametrize("check", ACCOUNT_CHECKS, ids=lambda check: check.__name__)
def test_sql_accounts_pass(accounts, check):
    check(accounts)


def test_the_fake_passes():
    check_accounts(InMemoryAccounts)


def test_what_is_kept_is_there_for_another_process(database, accounts):
    accounts.keep(Account(person="ada", password="$hash"))
    again = SqlAccounts(database)
    assert again.accounts() == accounts.accounts()
    again.close()


def test_two_people_cannot_be_one_subject(accounts):
    from sqlalchemy.exc import IntegrityError

    accounts.keep(Account(person="ada", issuer="https://i.example", subject="s"))
    with pytest.raises(IntegrityError):
        accounts.keep(Account(person="eve", issuer="https://i.example", subject="s"))
    assert accounts.account_of("https://i.example", "s").person == "ada"


def many(database, work):
    """What eight connections get that do the same at once."""

    def one(number):
        opened = SqlAccounts(database)
        try:
            return work(opened, number)
        finally:
            opened.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(16)))


def test_of_many_first_accounts_one_is_entered(database, accounts):
    won = many(database, lambda opened, n: opened.keep_first(Account(person=f"p{n}")))
    assert sum(won) == 1
    assert len(accounts.accounts()) == 1


def test_of_many_counts_at_once_one_is_written(database, accounts):
    first = Attempts(name="n", failures=1, last=NOON)
    assert sum(many(database, lambda o, _: o.note(Attempts(name="n"), first))) == 1
    second = Attempts(name="n", failures=2, last=NOON)
    assert sum(many(database, lambda o, _: o.note(first, second))) == 1
    assert accounts.attempts("n") == second


def test_of_many_takers_one_gets_the_invitation(database, accounts):
    accounts.invite(Invitation(digest="i", person="ada", until=NOON))
    assert sum(each is not None for each in many(database, lambda o, _: o.take("i"))) == 1


# --- hashes


def cheap(memory=8):
    return Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=memory, parallelism=1))


def test_a_hash_is_argon2id_with_a_salt_of_its_own():
    passwords = cheap()
    one, other = passwords.hashed("a long password"), passwords.hashed("a long password")
    assert one.startswith("$argon2id$")
    assert one != other
    assert passwords.agrees(one, "a long password")
    assert not passwords.agrees(one, "a long passwore")


def test_no_hash_and_a_broken_one_agree_with_nothing():
    passwords = cheap()
    for stored in ("", "x", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA", "1$abc"):
        assert not passwords.agrees(stored, "")
        assert not passwords.agrees(stored, "a long password")


def test_for_nobody_as_much_is_worked_as_for_somebody(monkeypatch):
    passwords, worked = cheap(), []
    verify = passwords._hasher.verify

    class Counted:
        def verify(self, stored, password):
            worked.append(stored.rsplit("$", 2)[0])
            return verify(stored, password)

    stored = passwords.hashed("a long password")
    monkeypatch.setattr(passwords, "_hasher", Counted())
    passwords.agrees(stored, "another password")
    passwords.agrees("", "another password")
    assert len(worked) == 2
    assert worked[0] == worked[1]  # the same parameters


def test_a_hash_of_other_parameters_is_outdated_and_still_agrees():
    stored = cheap(8).hashed("a long password")
    assert not cheap(8).is_outdated(stored)
    assert cheap(16).is_outdated(stored)
    assert cheap(16).agrees(stored, "a long password")


def test_what_is_shipped_is_the_second_choice_of_the_standard():
    from argon2 import extract_parameters

    stored = Argon2Passwords().hashed("a long password")
    found = extract_parameters(stored)
    assert (found.type, found.memory_cost, found.time_cost, found.parallelism) == (
        Type.ID, 65_536, 3, 4
    )  # fmt: skip
