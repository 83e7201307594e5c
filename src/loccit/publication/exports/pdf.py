"""An answer as a PDF that a ward can pin up: tagged for screen readers (PDF/UA), self-contained."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from loccit.publication.laying_out import lay_out
from loccit.publication.page import Conflict, GateLine, Page, Sentence, Source
from loccit.publication.showing import joined
from loccit.publication.words import Words, load_words
from loccit.terms import Abstention, Article, Reviewed

__all__ = ["as_pdf"]


def as_pdf(
    answer: Article | Abstention, reviewed: Reviewed | None = None, *, address: str = ""
) -> bytes:
    """The answer as PDF; ``address`` stands in the foot of each page, to find it again.

    The words go to the typesetter as data, so that nothing a source says can act as its code.
    Equal answers give equal bytes.
    """
    import typst  # noqa: PLC0415 - comes with the web extra, and only PDF needs it

    data = json.dumps(_data(lay_out(answer, reviewed), address), ensure_ascii=False)
    template = (files("loccit.publication.exports") / "ward.typ").read_bytes()
    made: bytes = typst.compile(
        template,
        sys_inputs={"page": data},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return made


def _data(page: Page, address: str) -> dict[str, Any]:
    words = load_words()
    status = page.status
    return {
        "title": page.title,
        "status": f"{status.name}: {status.note}. {words.label('audience')} {page.audience}.",
        "review": list(status.in_full),
        "footer": joined(" · ", address, status.name),
        "reading": [f"{row.label}: {'; '.join(row.values)}" for row in page.reading],
        "alerts": [
            *({"title": each.title, "message": each.message} for each in page.alerts),
            *({"title": words.heading("urgent"), "message": each} for each in page.urgent),
        ],
        "gate_heading": words.heading("gate"),
        "gate": [_gate_line(line, words) for line in page.gate],
        "reason_heading": words.heading("reason"),
        "reason": page.reason,
        "groups": list(_groups(page, words)),
        "notes": list(_notes(page, words)),
        "sources_heading": words.heading("references"),
        "sources": [{"number": s.number, "said": _source(s, words)} for s in page.sources],
        "disclaimer_heading": words.heading("disclaimer"),
        "disclaimer": page.disclaimer,
    }


def _groups(page: Page, words: Words) -> Iterator[dict[str, Any]]:
    """The parts that hold sentences, in the order of the page; empty ones are left out."""
    safety = words.heading("safety")
    parts = [
        (words.heading("bottom_line"), page.bottom_line),
        (words.heading("nearest"), page.nearest),
        *((f"{safety}: {group.heading}", group.sentences) for group in page.safety),
        *((_conflict(each, words), [s.sentence for s in each.sides]) for each in page.conflicts),
        *((group.heading, group.sentences) for group in page.sections),
        (words.heading("background"), page.background),
    ]
    for heading, sentences in parts:
        if sentences:
            yield {"heading": heading, "sentences": [_sentence(each) for each in sentences]}


def _conflict(conflict: Conflict, words: Words) -> str:
    return f"{words.heading('conflicts')}: {conflict.point}: {conflict.differ}"


def _notes(page: Page, words: Words) -> Iterator[dict[str, Any]]:
    """What the program says for itself; sums stand right under the bottom line's words."""
    parts = (
        ("", page.sums),
        ("confidence", (page.confidence,) if page.confidence else ()),
        ("notes", page.notes),
        ("widen", page.widen),
        ("coverage", page.coverage),
    )
    for name, lines in parts:
        if lines:
            heading = words.heading(name) if name else words.label("calculated")
            yield {"heading": heading, "lines": list(lines)}


def _sentence(said: Sentence) -> dict[str, Any]:
    frame = f"{said.frame}:" if said.frame else ""
    return {
        "before": joined("; ", said.subject, said.lead, frame),
        "words": said.glossed,
        "grade": said.grade,
        "doubt": "; ".join(filter(None, (said.doubt, *said.findings))),
        "numbers": list(dict.fromkeys(mark.number for mark in said.marks)),
    }


def _gate_line(line: GateLine, words: Words) -> str:
    verdict = words.label("gate_blocks" if line.blocks else "gate_cautions")
    numbers = " ".join(dict.fromkeys(f"[{mark.number}]" for mark in line.marks))
    said = joined("; ", line.fact, line.why, line.doubt)
    return f"{verdict.capitalize()}: {line.drug}. {said}. {numbers}"


def _source(source: Source, words: Words) -> str:
    title = f"{words.label('summary_of')} {source.title}" if source.is_summary else source.title
    parts = (source.publisher, title, source.edition, source.kind, source.standing, source.url)
    return joined(". ", *parts)
