"""Many who try at the same time, over a real database: no more get a try than one after another."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from people import ADA, NEW, House

from loccit.backends.archive.opening import beside
from loccit.backends.archive.sql_accounts import SqlAccounts
from loccit.backends.archive.sql_ledgers import SqlLedgers
from loccit.terms import NotAdmitted, UsageError
from loccit.testing import PlainPasswords


@pytest.fixture
def house(tmp_path):
    accounts, ledgers = SqlAccounts(beside(tmp_path)), SqlLedgers(beside(tmp_path))
    yield House(accounts, ledgers, PlainPasswords())
    accounts.close()
    ledgers.close()


def at_once(work):
    """What twenty threads get; an error counts as nothing."""

    def one(number):
        try:
            return work(number)
        except (NotAdmitted, UsageError):
            return None

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(20)))


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_no_more_passwords_are_tried_at_once_than_one_after_another(house, name):
    house.founded()
    house.passwords.tried.clear()
    assert at_once(lambda number: house.admission.sign_in(name, f"wrong {number}")) == [None] * 20
    assert 1 <= len(house.passwords.tried) <= 5


def test_one_is_the_first_administrator(house):
    tokens = at_once(lambda number: house.admission.found(f"p{number}", "Somebody", ADA))
    (token,) = filter(None, tokens)
    (person,) = house.ledgers.people()
    assert house.admission.person(token) == person


def test_a_code_gives_one_password(house):
    house.founded()
    code = house.members.invite("ada")
    tokens = at_once(lambda number: house.admission.accept(code, f"{NEW} {number}"))
    (token,) = filter(None, tokens)
    assert house.admission.person(token).id == "ada"
    works = at_once(lambda number: house.admission.sign_in("ada", f"{NEW} {number}"))
    assert len([*filter(None, works)]) <= 1
