"""An article's JSON (``loccit/article/1``) read back: its statements with what they cite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import Struct

from loccit.publication.as_json import SCHEMA
from loccit.terms import (
    Citation,
    CitationRole,
    Claim,
    DocumentId,
    Locator,
    PassageId,
    UnknownFormat,
    Unreadable,
)

__all__ = ["Draft", "read_back", "schema_of"]

BREAK = "\n\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """The words of an article: ``text`` is its statements, which ``claims`` place in it."""

    title: str
    text: str
    claims: tuple[Claim, ...]


class _Locator(Struct):
    document: str
    sha256: str
    start: int
    end: int
    section_path: tuple[str, ...] = ()
    page: int | None = None


class _Citation(Struct):
    passage: str
    quote: str
    locator: _Locator
    reference: int = 0
    role: CitationRole = CitationRole.SUPPORTS


class _Statement(Struct):
    text: str
    citations: tuple[_Citation, ...] = ()
    subject: str = ""


class _Section(Struct):
    heading: str = ""
    statements: tuple[_Statement, ...] = ()


class _Drug(Struct):
    drug: str = ""
    statements: tuple[_Statement, ...] = ()


class _Panel(Struct):
    point: str = ""
    sides: tuple[_Statement, ...] = ()


class _Recommendation(Struct):
    text: str
    citation: _Citation


class _Article(Struct):
    title: str = ""
    bottom_line: _Statement | None = None
    bottom_line_more: tuple[_Statement, ...] = ()
    sections: tuple[_Section, ...] = ()
    safety: tuple[_Drug, ...] = ()
    conflicts: tuple[_Panel, ...] = ()
    recommendations: tuple[_Recommendation, ...] = ()


def schema_of(data: bytes) -> str:
    """The schema that JSON says it has; nothing for any other content."""
    loaded = _loaded(data)
    schema = loaded.get("schema") if isinstance(loaded, dict) else None
    return schema if isinstance(schema, str) else ""


def read_back(data: bytes) -> Draft:
    """The statements of an article, each once, in the order of its page.

    Raises ``UnknownFormat`` for another schema, and ``Unreadable`` naming the field that is not as
    ``docs/json.md`` says.
    """
    found = schema_of(data)
    if found != SCHEMA:
        raise UnknownFormat(f"is JSON of schema {found!r}, not {SCHEMA!r}")
    try:
        article = msgspec.convert(_loaded(data), type=_Article)
    except msgspec.ValidationError as error:
        raise Unreadable(
            f"is no article as docs/json.md describes it: {error}", cure="write it anew"
        ) from None
    return _draft(article)


def _loaded(data: bytes) -> Any:
    """What the JSON holds; nothing for any other content."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _draft(article: _Article) -> Draft:
    claims: list[Claim] = []
    at = 0
    for heading, statement in _once(article):
        end = at + len(statement.text)
        claims.append(_claim(statement, heading, at, end))
        at = end + len(BREAK)
    text = BREAK.join(claim.text for claim in claims)
    return Draft(title=article.title, text=text, claims=tuple(claims))


def _once(article: _Article) -> Iterator[tuple[str, _Statement]]:
    """The statements with their headings; a page says some again, with no more behind them."""
    seen: dict[str, set[str]] = {}
    for heading, statement in _statements(article):
        cited = {each.passage for each in statement.citations}
        if statement.text.strip() and not (
            statement.text in seen and cited <= seen[statement.text]
        ):
            yield heading, statement
            seen.setdefault(statement.text, set()).update(cited)


def _statements(article: _Article) -> Iterator[tuple[str, _Statement]]:
    lines = (article.bottom_line,) if article.bottom_line else ()
    yield from (("", each) for each in (*lines, *article.bottom_line_more))
    for drug in article.safety:
        yield from ((drug.drug, each) for each in drug.statements)
    for panel in article.conflicts:
        yield from ((panel.point, each) for each in panel.sides)
    for section in article.sections:
        yield from ((section.heading, each) for each in section.statements)
    for each in article.recommendations:
        yield "", _Statement(text=each.text, citations=(each.citation,))


def _claim(statement: _Statement, heading: str, start: int, end: int) -> Claim:
    return Claim(
        text=statement.text,
        start=start,
        end=end,
        drugs=(statement.subject,) if statement.subject else (),
        heading=heading,
        cites=tuple(_citation(each) for each in statement.citations),
    )


def _citation(cited: _Citation) -> Citation:
    place = cited.locator
    return Citation(
        passage=PassageId(cited.passage),
        locator=Locator(
            document=DocumentId(place.document),
            sha256=place.sha256,
            start=place.start,
            end=place.end,
            section=place.section_path,
            page=place.page,
        ),
        quote=cited.quote,
        reference=cited.reference,
        role=cited.role,
    )
