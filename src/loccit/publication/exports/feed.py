"""What happened to the library, as an Atom feed (RFC 4287), and the guide for language models."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from loccit.publication.as_markdown import escaped
from loccit.publication.showing import visible
from loccit.publication.words import load_site_words
from loccit.terms import ArticleCard, LibraryChange

__all__ = ["atom_feed", "llms_txt"]

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed that holds nothing was changed last."""
_FEED = uuid.uuid5(uuid.NAMESPACE_URL, "loccit:changes")


def atom_feed(changes: Sequence[LibraryChange], *, root: str) -> str:
    """The feed, the latest first; ``root`` is the site's address without a slash at its end."""
    return "\n".join(_feed(changes, root)) + "\n"


def _feed(changes: Sequence[LibraryChange], root: str) -> Iterator[str]:
    words = load_site_words()
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom">'
    yield f"<title>{escape(words.of('feed', 'title'))}</title>"
    yield f"<id>urn:uuid:{_FEED}</id>"
    yield f'<link rel="self" href={quoteattr(f"{root}/changes.atom")}/>'
    yield f"<link href={quoteattr(f'{root}/browse')}/>"
    yield f"<updated>{_moment(changes[0].at if changes else BEGINNING)}</updated>"
    yield f"<author><name>{escape(words.of('feed', 'author'))}</name></author>"
    for change in changes:
        yield from _entry(change, root)
    yield "</feed>"


def _entry(change: LibraryChange, root: str) -> Iterator[str]:
    words = load_site_words()
    name = uuid.uuid5(_FEED, f"{change.article}/{change.version}/{change.what}")
    part = "editions" if change.what == "approved" else "v"
    address = f"{root}/articles/{change.article}/{part}/{change.version}"
    yield "<entry>"
    title = change.title or words.of("feed", "untitled")
    yield f"<title>{escape(_clean(title))}</title>"
    yield f"<id>urn:uuid:{name}</id>"
    yield f"<link href={quoteattr(address)}/>"
    yield f"<updated>{_moment(change.at)}</updated>"
    yield f"<summary>{escape(words.of('feed', change.what))}</summary>"
    yield "</entry>"


def _clean(text: str) -> str:
    """On one line, with nothing that XML forbids."""
    return " ".join(visible(text).split())


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def llms_txt(articles: Sequence[ArticleCard]) -> str:
    """What the site is and where its texts are (llmstxt.org), with the articles of the library."""
    words = load_site_words()
    lines = [
        f"# {words.of('llms', 'title')}",
        "",
        f"> {words.of('llms', 'summary')}",
        "",
        words.of("llms", "how"),
        "",
        f"## {words.of('llms', 'pages')}",
        "",
        *(f"- [{name}]({address})" for address, name in _PAGES),
        "",
        f"## {words.heading('articles')}",
        "",
        *(_linked(card) for card in articles),
    ]
    return "\n".join(lines).rstrip() + "\n"


_PAGES = (
    ("/policy.md", "Editorial policy"),
    ("/evidence.json", "About the evidence"),
    ("/api/v1/openapi.json", "HTTP API"),
    ("/changes.atom", "Changes of the library"),
)


def _linked(card: ArticleCard) -> str:
    part = "editions" if card.is_edition else "v"
    address = f"/articles/{card.place.article}/{part}/{card.place.version}.md"
    day = (card.place.listed_at or card.place.kept_at).date().isoformat()
    return f"- [{escaped(visible(card.title))}]({address}): {card.kind}, {card.audience}, {day}"
