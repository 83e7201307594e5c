"""Where a text stands with its reviewers, in words and as data: what the ledger says, no more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loccit.publication.laying_out import new_status
from loccit.publication.page import Status
from loccit.publication.showing import on_one_line
from loccit.publication.words import Words, load_words
from loccit.terms import Audience, Reviewed, Signature, State

__all__ = ["disclaimer_for", "holds", "signed_by", "status_data", "status_of"]

_TOLD = frozenset({State.WITHDRAWN, State.REJECTED})


def holds(reviewed: Reviewed | None) -> bool:
    """Whether named people stand behind this very text now."""
    return reviewed is not None and reviewed.state is State.APPROVED


def disclaimer_for(audience: Audience, reviewed: Reviewed | None) -> str:
    """The fixed words at the end of a page, which say whether people approved it."""
    table = "disclaimer_approved" if holds(reviewed) else "disclaimer"
    return load_words().of(table, audience)


def status_of(reviewed: Reviewed | None) -> Status:
    """The status as pages show it; without a ledger the fixed words of a new text."""
    if reviewed is None:
        return new_status()
    words = load_words()
    steps = tuple(words.tables["step"].values())
    name = words.of("state", reviewed.state)
    banner, (leads_to, link) = _banner(reviewed, words), _instead(reviewed, words)
    return Status(
        state=reviewed.state,
        name=name,
        note=_note(reviewed, words),
        steps=steps if name in steps else (*steps, name),
        signed=tuple(signed_by(each) for each in reviewed.signed),
        signed_label=words.of("signed", "approved_by" if reviewed.edition else "signed_so_far"),
        facts=tuple(_facts(reviewed, words)),
        banner=banner,
        why=on_one_line(reviewed.reason) if banner and not reviewed.is_other_text else "",
        leads_to=leads_to,
        link=link,
        editions=f"/articles/{reviewed.article}/editions" if reviewed.newest else "",
    )


def signed_by(signature: Signature) -> str:
    """Who signed, with what makes the name count, and what may stand against it."""
    words = load_words()
    if signature.interests:
        declared = words.of("signed", "interests").format(interests=signature.interests)
    else:
        declared = words.of("signed", "undeclared")
    form = words.of("signed", "who" if signature.credentials else "who_alone")
    return on_one_line(
        form.format(
            name=signature.name,
            credentials=signature.credentials,
            role=words.of("role", signature.duty),
            declared=declared,
        )
    )


def _note(reviewed: Reviewed, words: Words) -> str:
    names = ", ".join(each.name for each in reviewed.signed)
    return on_one_line(words.of("state_note", reviewed.state).format(names=names))


def _facts(reviewed: Reviewed, words: Words) -> Iterator[tuple[str, str]]:
    if reviewed.edition:
        yield words.of("signed", "edition"), str(reviewed.edition)
    if reviewed.published_at:
        yield words.of("signed", "approved_on"), reviewed.published_at.date().isoformat()
    if reviewed.review_by:
        yield words.of("signed", "review_by"), reviewed.review_by.isoformat()
    if reviewed.open:
        yield words.of("signed", "open"), str(len(reviewed.open))


def _banner(reviewed: Reviewed, words: Words) -> str:
    if reviewed.state in _TOLD:
        return words.of("banner", reviewed.state)
    if reviewed.state is State.SUPERSEDED:
        older = reviewed.edition and not reviewed.successor
        return words.of("banner", "older" if older else "superseded")
    if reviewed.open:
        which = "open_one" if len(reviewed.open) == 1 else "open_many"
        return words.of("banner", which).format(count=len(reviewed.open))
    if reviewed.is_other_text:
        return words.of("banner", "other")
    return words.of("banner", "again") if reviewed.edition and not holds(reviewed) else ""


def _instead(reviewed: Reviewed, words: Words) -> tuple[str, str]:
    """Where to read on, and what the link says: only where another text is the one to read."""
    own = f"/articles/{reviewed.article}"
    if reviewed.successor:
        return f"/articles/{reviewed.successor}", words.of("signed", "in_its_place")
    if reviewed.newest and reviewed.edition != reviewed.newest:
        return f"{own}/editions/{reviewed.newest}", words.of("signed", "newest")
    return "", ""


def status_data(reviewed: Reviewed | None) -> dict[str, Any]:
    """``status`` in the JSON of an article."""
    shown = status_of(reviewed)
    return {
        "state": shown.state,
        "by": [_signature(each) for each in reviewed.signed] if reviewed else [],
        "at": _at(reviewed),
        "note": shown.note,
        "edition": reviewed.edition or None if reviewed else None,
        "newest_edition": reviewed.newest or None if reviewed else None,
        "review_by": reviewed.review_by.isoformat() if reviewed and reviewed.review_by else None,
        "open": list(reviewed.open) if reviewed else [],
        "banner": shown.banner,
        "reason": shown.why,
        "superseded_by": (reviewed.successor or None) if reviewed else None,
    }


def _signature(signature: Signature) -> dict[str, str]:
    return {
        "name": signature.name,
        "credentials": signature.credentials,
        "interests": signature.interests,
        "role": str(signature.duty),
        "at": signature.at.isoformat(),
    }


def _at(reviewed: Reviewed | None) -> str:
    """When it came into its state: of an edition that holds, when it was approved."""
    at = (reviewed.published_at if holds(reviewed) else reviewed.since) if reviewed else None
    return at.isoformat() if at else ""
