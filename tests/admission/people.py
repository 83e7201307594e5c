"""Admission over fakes, with a clock that a test moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from loccit.accounts import load_account_rules
from loccit.admission import Admission
from loccit.testing import InMemoryAccounts, InMemoryLedgers, PlainPasswords

ADA = "seven quiet herons"
RUT = "nine brown kettles"
NEW = "four slow barges sing"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class House:
    """All that admission stands on; ada is its first administrator once it is founded."""

    def __init__(self, accounts=None, ledgers=None, passwords=None):
        self.now = NOON
        self.accounts = accounts or InMemoryAccounts()
        self.ledgers = ledgers or InMemoryLedgers()
        self.passwords = passwords or PlainPasswords()
        rules = load_account_rules()
        parts = (self.accounts, self.ledgers, self.passwords, rules)
        self.admission = Admission(*parts, now=lambda: self.now)
        self.members = self.admission.members

    def pass_time(self, **span):
        self.now += timedelta(**span)

    def founded(self):
        self.admission.found("ada", "Ada Example", ADA)
        return self

    def with_rut(self, *duties):
        self.members.add("rut", "Rut Example", frozenset(duties))
        self.members.set_password("rut", RUT)
        return self
