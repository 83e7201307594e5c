"""A source file of an evidence pack: summary sentences in our own words, each annotated."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from loccit.ports import RawSource, Reading
from loccit.sources.assembly import Assembled, Assembler
from loccit.sources.pack_format import SOURCE_SCHEMA, PackSource, PackStatement, decode
from loccit.terms import (
    Annotation,
    DocumentId,
    Licence,
    Original,
    PassageKind,
    SourceDocument,
    SourceKind,
    Span,
    Standing,
    StatementKind,
    Unreadable,
)

__all__ = ["READER", "PackReader"]

MAX_BYTES = 4 * 1024**2
"""People write these files; the longest hold 60 kB."""
_SCHEMA = re.compile(rb'^\s*schema\s*=\s*"' + re.escape(SOURCE_SCHEMA).encode(), re.MULTILINE)
_FORMS = {
    StatementKind.BOXED_WARNING: PassageKind.BOXED_WARNING,
    StatementKind.RECOMMENDATION_FOR: PassageKind.RECOMMENDATION,
    StatementKind.RECOMMENDATION_AGAINST: PassageKind.RECOMMENDATION,
}
_LICENCE_PAGES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
}


class PackReader:
    """Reads one pack source file."""

    name = "pack/1"

    def recognises(self, head: bytes) -> bool:
        """Whether the file names the schema of pack sources."""
        return bool(_SCHEMA.search(head))

    def read(self, source: RawSource) -> Iterator[Reading]:
        """The summary as one document, each statement a block with its annotation."""
        data = source.stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise Unreadable(f"is larger than {MAX_BYTES // 1024**2} MB", where=source.name)
        edition = hashlib.sha256(data).hexdigest()[:12]
        yield _document(decode(data, PackSource), edition, self.name)


def _document(pack: PackSource, edition: str, parser: str) -> SourceDocument:
    made = _text(pack)
    original = pack.original
    return SourceDocument(
        id=DocumentId(f"pack:{pack.id}@{edition}"),
        series=f"pack:{pack.id}",
        kind=SourceKind.SUMMARY,
        title=f"Summary of {original.title}",
        text=made.text,
        sections=made.sections,
        spans=made.spans,
        annotations=tuple(
            _annotation(statement, span)
            for statement, span in zip(pack.statement, made.spans, strict=True)
        ),
        parser=parser,
        publisher=original.issuer,
        jurisdiction=original.jurisdiction,
        version=original.version,
        effective_on=original.effective_on,
        year=original.year,
        url=original.url,
        identifiers=dict(original.identifiers),
        subjects=_subjects(pack),
        licence=_licence(pack.licence),
        standing=Standing(original.standing),
        summarises=Original(
            kind=SourceKind(original.kind),
            title=original.title,
            publisher=original.issuer,
            year=original.year,
            version=original.version,
            url=original.url,
            identifiers=dict(original.identifiers),
        ),
    )


def _text(pack: PackSource) -> Assembled:
    """Statements under the original's headings; a heading once for those that follow it."""
    assembler = Assembler()
    heading = ""
    for statement in pack.statement:
        if statement.section != heading:
            heading = statement.section
            assembler.section((heading,))
        assembler.block(statement.text, _FORMS.get(statement.kind, PassageKind.LIST_ITEM))
    return assembler.finish()


def _annotation(statement: PackStatement, span: Span) -> Annotation:
    return Annotation(
        start=span.start,
        end=span.end,
        kind=statement.kind,
        reference=statement.section,
        drugs=statement.drugs,
        conditions=statement.conditions,
        interventions=statement.interventions,
        population=statement.population,
        line=statement.line,
        strength=statement.strength,
        certainty=statement.certainty,
        scale=statement.scale,
        plain=statement.plain,
        checked=tuple((page.url, page.on) for page in statement.checked),
    )


def _subjects(pack: PackSource) -> tuple[str, ...]:
    """The drug that a label is on: the one that most of its statements name first."""
    first = Counter(s.drugs[0] for s in pack.statement if s.drugs)
    if pack.original.kind != "label" or not first:
        return ()
    drug, count = first.most_common(1)[0]
    return (drug,) if 2 * count >= len(pack.statement) else ()


def _licence(name: str) -> Licence:
    return Licence(
        name=name,
        url=_LICENCE_PAGES.get(name, ""),
        redistributable=name in _LICENCE_PAGES,
        attribution="Loccit evidence pack",
    )


READER = PackReader()
