"""Admit: which passwords are taken, when a try counts, how long a session holds. Values only."""

from loccit.accounts.locking import Verdict, after_failure, verdict_on
from loccit.accounts.names import checked_id, folded, named
from loccit.accounts.passwords import check_password, normal
from loccit.accounts.rules import AccountRules, load_account_rules
from loccit.accounts.sessions import holds, is_to_be_noted

__all__ = [
    "AccountRules",
    "Verdict",
    "after_failure",
    "check_password",
    "checked_id",
    "folded",
    "holds",
    "is_to_be_noted",
    "load_account_rules",
    "named",
    "normal",
    "verdict_on",
]
