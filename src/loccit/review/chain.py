"""The chain: each decision is sealed over all of itself and over the seal of the one before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace

from loccit.terms import Decision, Ledger

__all__ = ["broken_link", "sealed"]


def sealed(decision: Decision, ledger: Ledger) -> Decision:
    """The decision as the next line of the ledger: numbered, linked and sealed."""
    linked = replace(decision, number=len(ledger.decisions) + 1, previous=ledger.head, seal="")
    return replace(linked, seal=_seal(linked))


def broken_link(ledger: Ledger) -> Decision | None:
    """The first decision that is not as it was sealed, or not in its place; nothing if all are."""
    previous = ""
    for number, each in enumerate(ledger.decisions, 1):
        in_place = each.number == number and each.article == ledger.article
        if not in_place or each.previous != previous or each.seal != _seal(each):
            return each
        previous = each.seal
    return None


def _seal(decision: Decision) -> str:
    """SHA-256 of every field but the seal, each under its name, as JSON with sorted names."""
    said = {f.name: _plain(getattr(decision, f.name)) for f in fields(decision) if f.name != "seal"}
    written = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: object) -> object:
    """Days and times in ISO 8601; names and numbers as they are; nothing as null."""
    return value if value is None or isinstance(value, int | str) else value.isoformat()  # type: ignore[attr-defined]
