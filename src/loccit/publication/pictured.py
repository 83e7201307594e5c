"""What of an answer can be drawn: sources by year, doses by kidney function, sides that differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import inf

from loccit.publication.page import Page
from loccit.publication.pictures import (
    Band,
    Dot,
    EditionMark,
    Picture,
    SideMark,
    bands_picture,
    by_year_picture,
    editions_picture,
    sides_picture,
)
from loccit.publication.showing import on_one_line
from loccit.publication.words import Words, load_words
from loccit.quantities import quantities
from loccit.terms import (
    Abstention,
    Article,
    ConflictPanel,
    DocumentCard,
    Quantity,
    Reference,
    SourceKind,
    Standing,
    Statement,
    StatementKind,
    Verdict,
)

__all__ = ["conflict_drawn", "doses_drawn", "editions_drawn", "illustrated", "sources_drawn"]

CLEARANCE = frozenset({"mL/min", "mL/min/1.73 m2"})
DOSES = frozenset({StatementKind.DOSE, StatementKind.DOSE_ADJUSTMENT})
DATED = frozenset({"direction", "finding"})
"""What sides differ in when their years tell more than an amount."""


def illustrated(page: Page, answer: Article | Abstention) -> Page:
    """The page of an answer with what of it can be drawn."""
    if not isinstance(answer, Article):
        return page
    words, statements = load_words(), {each.id: each for each in answer.statements()}
    cards = {each.number: each.card for each in answer.references}
    shown = [(number, statements[name]) for number, name in page.numbers]
    drawn = (
        replace(told, picture=conflict_drawn(panel, cards, [s.issuer for s in told.sides], words))
        for told, panel in zip(page.conflicts, answer.conflicts, strict=True)
    )
    return replace(
        page,
        conflicts=tuple(drawn),
        doses=doses_drawn(shown, answer.references, words),
        by_year=sources_drawn(answer.references, words),
    )


def sources_drawn(references: Iterable[Reference], words: Words) -> Picture | None:
    """The sources that state their year, by kind."""
    dots = (
        Dot(
            number=reference.number,
            kind=words.of("source_kind", reference.card.evidence_kind),
            year=reference.card.year,
            is_current=reference.card.standing is Standing.CURRENT,
        )
        for reference in references
        if reference.card.year
    )
    return by_year_picture(
        dots,
        title=words.of("picture", "by_year"),
        columns=_columns(words, "number", "kind", "year"),
    )


def doses_drawn(
    shown: Iterable[tuple[int, Statement]], references: Iterable[Reference], words: Words
) -> Picture | None:
    """The bands of the label that states most; sentences that a check doubts are left out."""
    labels = {r.number for r in references if r.card.evidence_kind is SourceKind.LABEL}
    by_source: dict[tuple[int, str], list[Band]] = defaultdict(list)
    for number, statement in shown:
        source = statement.citations[0].reference
        holds = statement.verdict is Verdict.SUPPORTED and statement.kind in DOSES
        found = _clearance(statement.text) if holds and source in labels else None
        if found:
            by_source[source, found.unit].append(_band(number, statement, found))
    bands = max(by_source.values(), key=len, default=[])
    return bands_picture(
        bands,
        title=words.of("picture", "doses"),
        unit=words.of("picture", "clearance"),
        columns=_columns(words, "sentence", "clearance", "words"),
    )


def conflict_drawn(
    panel: ConflictPanel, cards: dict[int, DocumentCard], issuers: Sequence[str], words: Words
) -> Picture | None:
    """Its sides by the amounts that they name, or by their years."""
    years = [_year(side, cards) for side in panel.sides]
    found, unit = ([], "") if panel.by in DATED else _amounts(panel.sides)
    if panel.by in DATED and all(years):
        found = [(str(year), float(year), float(year)) for year in years]
    marks = [
        SideMark(issuer=issuer, said=said, low=low, high=high)
        for issuer, (said, low, high) in zip(issuers, found, strict=False)
    ]
    return sides_picture(
        marks,
        title=f"{words.of('picture', 'sides')}: {on_one_line(panel.point)}",
        unit=unit,
        columns=_columns(words, "issuer", "year" if panel.by in DATED else "amount"),
    )


def editions_drawn(cards: Iterable[DocumentCard], shown: str, words: Words) -> Picture | None:
    """The editions of a work whose day is known; the one with the id ``shown`` stands out."""
    marks = (
        EditionMark(
            day=card.effective_on,
            name=on_one_line(card.version) or on_one_line(card.title),
            standing=words.of("standing", card.standing),
            is_shown=card.id == shown,
            is_current=card.standing is Standing.CURRENT,
        )
        for card in cards
        if card.effective_on
    )
    return editions_picture(
        marks,
        title=words.of("picture", "editions"),
        columns=_columns(words, "in_force", "edition", "standing"),
    )


def _columns(words: Words, *names: str) -> tuple[str, ...]:
    return tuple(words.of("picture_column", name) for name in names)


def _clearance(text: str) -> Quantity | None:
    """The first clearance that a sentence names: the one that its dose is for."""
    return next((q for q in quantities(text) if q.unit in CLEARANCE), None)


def _band(number: int, statement: Statement, found: Quantity) -> Band:
    low, high = found.low, found.high
    if low == high and found.comparator in {"<", "<="}:
        low = 0.0
    if low == high and found.comparator in {">", ">="}:
        high = inf
    said = on_one_line(found.text)
    return Band(number=number, said=said, low=low, high=high, words=on_one_line(statement.text))


def _year(side: Statement, cards: dict[int, DocumentCard]) -> int:
    """Of the source that a side stands on; nought where it states none."""
    card = cards.get(side.citations[0].reference)
    return (card.year or 0) if card else 0


def _amounts(sides: Sequence[Statement]) -> tuple[list[tuple[str, float, float]], str]:
    """The first amount of each side in a unit that all of them use and differ in."""
    read = [quantities(side.text) for side in sides]
    for unit in dict.fromkeys(quantity.unit for found in read[:1] for quantity in found):
        firsts = [next((q for q in found if q.unit == unit), None) for found in read]
        if unit and all(firsts):
            ends = [_ends(q) for q in firsts if q]
            if len({(low, high) for _, low, high in ends}) > 1:
                return ends, unit
    return [], ""


def _ends(found: Quantity) -> tuple[str, float, float]:
    upper = found.low == found.high and found.comparator in {"<", "<="}
    return on_one_line(found.text), 0.0 if upper else found.low, found.high
