"""What happened to the library and to approved articles, as feeds; a guide for language models."""

from __future__ import annotations

from collections.abc import Sequence

from loccit.publication.as_markdown import escaped
from loccit.publication.exports.atom import Entry, feed
from loccit.publication.showing import visible
from loccit.publication.words import load_site_words
from loccit.terms import ArticleCard, Happening, LibraryChange

__all__ = ["atom_feed", "llms_txt", "review_feed"]


def atom_feed(changes: Sequence[LibraryChange], *, root: str) -> str:
    """The library's feed, the latest first; ``root`` is the site's address without a slash."""
    return feed(
        [_change(each, root) for each in changes],
        name="loccit:changes",
        title=load_site_words().of("feed", "title"),
        own=f"{root}/changes.atom",
        page=f"{root}/browse",
    )


def _change(change: LibraryChange, root: str) -> Entry:
    words = load_site_words()
    part = "editions" if change.what == "approved" else "v"
    return Entry(
        name=f"{change.article}/{change.version}/{change.what}",
        title=change.title or words.of("feed", "untitled"),
        address=f"{root}/articles/{change.article}/{part}/{change.version}",
        at=change.at,
        summary=words.of("feed", change.what),
    )


def review_feed(happenings: Sequence[Happening], *, root: str) -> str:
    """What became of approved articles, the latest first: titles, and not a word of a text.

    Each entry leads to the edition that was approved last.
    """
    return feed(
        [_happened(each, root) for each in happenings],
        name="loccit:reviews",
        title=load_site_words().of("review_feed", "title"),
        own=f"{root}/reviews.atom",
        page=f"{root}/evidence",
    )


def _happened(each: Happening, root: str) -> Entry:
    said = load_site_words().of("review_feed", each.what).format(edition=each.edition)
    return Entry(
        name=f"{each.article}/{each.number}",
        title=each.title,
        address=f"{root}/articles/{each.article}/editions/{each.edition}",
        at=each.at,
        summary=f"{said} {each.why}".strip(),
    )


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
    ("/reviews.atom", "Approved articles: approved, opened again, withdrawn, superseded"),
)


def _linked(card: ArticleCard) -> str:
    part = "editions" if card.is_edition else "v"
    address = f"/articles/{card.place.article}/{part}/{card.place.version}.md"
    day = (card.place.listed_at or card.place.kept_at).date().isoformat()
    return f"- [{escaped(visible(card.title))}]({address}): {card.kind}, {card.audience}, {day}"
