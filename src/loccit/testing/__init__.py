"""For tests of Loccit and of what plugs into it: small documents, a fake base, its conformance.

Every ``EvidenceBase`` must pass ``check_evidence_base``; ``CHECKS`` gives its parts one by one, for
a test runner that names each. ``Articles`` have ``check_articles`` and ``ARTICLE_CHECKS``,
``Ledgers`` ``check_ledgers`` and ``LEDGER_CHECKS``,
``Accounts`` ``check_accounts`` and ``ACCOUNT_CHECKS``,
``Turns`` have ``check_turns`` and ``TURN_CHECKS``, a ``Connector``
``check_connector`` and ``CONNECTOR_CHECKS``; ``loccit.testing.embedding`` has the same for an
``Embedder``, apart because it needs numpy. Nothing here is medicine: the drugs do not exist.
"""

from loccit.testing.accounts import (
    ACCOUNT_CHECKS,
    InMemoryAccounts,
    PlainPasswords,
    check_accounts,
)
from loccit.testing.articles import (
    ARTICLE_CHECKS,
    InMemoryArticles,
    check_articles,
    small_article,
    small_stop,
)
from loccit.testing.builders import described, small_document
from loccit.testing.conformance import CHECKS, HOSTILE_WORDS, check_evidence_base
from loccit.testing.connectors import CONNECTOR_CHECKS, ShelfConnector, check_connector
from loccit.testing.ledgers import (
    LEDGER_CHECKS,
    InMemoryLedgers,
    check_ledgers,
    small_decision,
)
from loccit.testing.memory import InMemoryBase
from loccit.testing.turns import TURN_CHECKS, InMemoryTurns, check_turns, small_turn

__all__ = [
    "ACCOUNT_CHECKS",
    "ARTICLE_CHECKS",
    "CHECKS",
    "CONNECTOR_CHECKS",
    "HOSTILE_WORDS",
    "LEDGER_CHECKS",
    "TURN_CHECKS",
    "InMemoryAccounts",
    "InMemoryArticles",
    "InMemoryBase",
    "InMemoryLedgers",
    "InMemoryTurns",
    "PlainPasswords",
    "ShelfConnector",
    "check_accounts",
    "check_articles",
    "check_connector",
    "check_evidence_base",
    "check_ledgers",
    "check_turns",
    "described",
    "small_article",
    "small_decision",
    "small_document",
    "small_stop",
    "small_turn",
]
