"""Who belongs, as administrators keep them."""

import pytest
from people import NEW, RUT, House

from loccit.terms import Account, Duty, Identity, NotAdmitted, Person, Refused, UsageError


@pytest.fixture
def house():
    return House().founded().with_rut(Duty.REVIEWER)


def test_everybody_is_listed_with_the_account_they_have(house):
    house.ledgers.keep_person(Person(id="bob", name="Bob"))
    listed = {each.person.id: each.account for each in house.members.listed()}
    assert set(listed) == {"ada", "bob", "rut"}
    assert listed["bob"] is None
    assert listed["rut"].person == "rut"


def test_a_person_without_an_account_is_given_one(house):
    known = Person(id="bob", name="Bob", duties=frozenset({Duty.BOARD}), interests="none")
    house.ledgers.keep_person(known)
    assert house.members.add("bob", "", frozenset()) == known
    house.members.set_password("bob", NEW)
    assert house.admission.person(house.admission.sign_in("bob", NEW)) == known


@pytest.mark.parametrize(
    ("name", "called"),
    [("rut", "Rut"), ("a b", "A"), ("", "A"), ("eve", ""), ("eve", " \n"), ("eve", "x" * 201)],
)
def test_nobody_is_entered_twice_or_without_a_name(house, name, called):
    before = house.members.listed()
    with pytest.raises(UsageError):
        house.members.add(name, called, frozenset())
    assert house.members.listed() == before


def test_an_account_that_a_crash_left_without_a_person_gives_way(house):
    house.accounts.keep(Account(person="bob", password="x$y"))
    with pytest.raises(NotAdmitted):
        house.admission.sign_in("bob", NEW)
    house.members.add("bob", "Bob", frozenset())
    assert house.members.member("bob").account.password == ""
    house.members.set_password("bob", NEW)
    assert house.admission.sign_in("bob", NEW)


def test_the_program_is_no_person(house):
    with pytest.raises(UsageError, match="program"):
        house.members.add("bot", "Bot", frozenset({Duty.PROGRAM}))
    with pytest.raises(UsageError, match="program"):
        house.members.change("rut", "", frozenset({Duty.PROGRAM}))


def test_a_name_is_one_line_that_can_be_seen(house):
    assert house.members.add("eve", "Eve\n\u202eExample\0", frozenset()).name == "Eve Example"


def test_the_last_administrator_stays(house):
    for call in (
        lambda: house.members.lock("ada"),
        lambda: house.members.change("ada", "", frozenset({Duty.BOARD})),
    ):
        with pytest.raises(Refused) as caught:
            call()
        assert caught.value.rule == "last_admin"
    house.members.change("rut", "", frozenset({Duty.ADMIN}))
    house.members.lock("ada")
    with pytest.raises(Refused):
        house.members.change("rut", "", frozenset())


def test_anybody_else_can_be_locked(house):
    house.members.lock("rut")
    assert house.members.member("rut").account.locked


def test_a_password_set_ends_sessions_and_waits(house):
    token = house.admission.sign_in("rut", RUT)
    house.pass_time(seconds=1)
    house.members.set_password("rut", NEW)
    assert house.admission.person(token) is None
    assert house.admission.sign_in("rut", NEW)
    with pytest.raises(Refused, match="15"):
        house.members.set_password("rut", "short")


@pytest.mark.parametrize("call", ["lock", "unlock", "invite"])
def test_who_has_no_account_has_nothing_to_lock(house, call):
    house.ledgers.keep_person(Person(id="bob", name="Bob"))
    for name in ("bob", "nobody"):
        with pytest.raises(UsageError):
            getattr(house.members, call)(name)


def test_a_declaration_has_its_day_and_nothing_is_none(house):
    said = house.members.declare("rut", " PharmD ", "Lectures paid by a maker of exemplone")
    assert (said.credentials, said.declared_on) == ("PharmD", house.now.date())
    house.pass_time(days=3)
    assert house.members.declare("rut", "PharmD", "none").declared_on == house.now.date()
    assert house.members.declare("rut", "PharmD", " ").declared_on is None
    for credentials, interests in (("x" * 201, ""), ("", "x" * 4001)):
        with pytest.raises(UsageError, match="characters"):
            house.members.declare("rut", credentials, interests)


def test_a_code_has_eighty_bits_in_groups(house):
    codes = {house.members.invite("rut") for _ in range(20)}
    assert len(codes) == 20
    assert all(len(each) == 19 and each.count("-") == 3 for each in codes)
    assert not set("".join(codes)) & set("0189")


def test_a_code_that_is_misread_is_the_same_code(house):
    code = house.members.invite("rut")
    misread = code.translate(str.maketrans("OIB-", "018 ")).lower()
    assert house.admission.accept(misread, NEW)


def test_who_signs_in_at_an_institution_is_given_no_password_here(house):
    house.members.welcome(Identity(issuer="https://i.example", subject="s", name="Ina"))
    (ina,) = (each.person.id for each in house.members.listed() if each.person.name == "Ina")
    for call in (lambda: house.members.invite(ina), lambda: house.members.set_password(ina, NEW)):
        with pytest.raises(UsageError, match="institution"):
            call()
    assert house.members.member(ina).account.password == ""


def test_a_person_whose_id_has_capitals_is_found_and_not_doubled(house):
    house.ledgers.keep_person(Person(id="Bob.B", name="Bob"))
    assert house.members.add("bob.b", "", frozenset()).id == "Bob.B"
    house.members.set_password("BOB.B", NEW)
    assert house.admission.person(house.admission.sign_in("bob.b", NEW)).id == "Bob.B"
    assert len([each for each in house.ledgers.people() if each.name == "Bob"]) == 1
    with pytest.raises(NotAdmitted):
        house.admission.sign_in("Bob.B", "wrong")
    house.members.unlock("bob.b")


def test_whom_an_institution_names_without_a_name_has_one_all_the_same(house):
    house.members.welcome(Identity(issuer="https://i.example", subject="s", name=" "))
    assert "Name not told" in {each.person.name for each in house.members.listed()}
