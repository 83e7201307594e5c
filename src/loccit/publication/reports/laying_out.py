"""From a report to its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loccit.publication.reports.marking import (
    differing_in_claim,
    differing_in_part,
    differing_in_source,
    stretches,
)
from loccit.publication.reports.page import Count, Fault, Part, ReportPage, Said, Sentence
from loccit.publication.showing import is_web_address, section_name, short_id, unmasked
from loccit.publication.words import Words, load_words
from loccit.terms import (
    Checked,
    CheckedPart,
    DocumentCard,
    Finding,
    Report,
    SourceKind,
    Standing,
    Verdict,
    Witness,
)

__all__ = ["NOTHING", "lay_out"]

NOTHING = "nothing"
"""Key of the sentences that claim nothing."""
DIGEST = 12
"""Characters of a digest that are printed."""
_ORDER = (Verdict.CONTRADICTED, Verdict.PARTLY, Verdict.NOT_FOUND, Verdict.SUPPORTED)
"""As counted: what needs a look stands first."""


def lay_out(report: Report) -> ReportPage:
    """The page of a report; sentences that claim nothing are only counted."""
    words = load_words()
    shown = [each for each in report.sentences if each.verdict or each.remarks]
    notes = (*report.notes, *(() if shown else (words.of("report_label", "none"),)))
    return ReportPage(
        title=f"{words.of('report_label', 'title')} {_name(report, words)}",
        sentences=tuple(_sentence(number, each, words) for number, each in enumerate(shown, 1)),
        counts=tuple(_counts(report, words)),
        notes=tuple(_line(note) for note in (*notes, words.of("report_label", "note"))),
        colophon=tuple(_colophon(report, words)),
    )


def _name(report: Report, words: Words) -> str:
    return _line(report.name) or words.of("report_label", "untitled")


def _sentence(number: int, checked: Checked, words: Words) -> Sentence:
    claim = checked.claim
    differing = [place for part in checked.parts for place in differing_in_claim(part, claim)]
    differing += [each.span for each in checked.remarks if each.span]
    verdict = str(checked.verdict) if checked.verdict else NOTHING
    return Sentence(
        number=number,
        heading=_line(claim.heading),
        verdict=verdict,
        name=_verdict_name(verdict, words),
        words=stretches(claim.text, sorted(differing)),
        parts=tuple(_part(part, words, alone=len(checked.parts) == 1) for part in checked.parts),
        faults=tuple(_fault(each) for each in checked.remarks),
    )


def _verdict_name(verdict: str, words: Words) -> str:
    if verdict == NOTHING:
        return words.of("report_label", "nothing")
    return words.of("report_verdict", verdict)


def _part(part: CheckedPart, words: Words, *, alone: bool) -> Part:
    shown, also = _telling(part.witnesses)
    return Part(
        verdict=str(part.verdict),
        name=_verdict_name(str(part.verdict), words),
        words=() if alone else stretches(part.claim.text, differing_in_part(part)),
        said=tuple(
            _said(witness, _role(number, part), words) for number, witness in enumerate(shown)
        ),
        also=tuple(short_id(witness.citation.passage) for witness in also),
    )


def _telling(witnesses: tuple[Witness, ...]) -> tuple[list[Witness], list[Witness]]:
    """The first passage and those that say something else than it; the others."""
    shown = [each for n, each in enumerate(witnesses) if not n or _differs(each, witnesses[0])]
    return shown, [each for each in witnesses if each not in shown]


def _differs(witness: Witness, first: Witness) -> bool:
    opposed = {Verdict.SUPPORTED, Verdict.CONTRADICTED}
    return witness.verdict != first.verdict and {witness.verdict, first.verdict} == opposed


def _role(number: int, part: CheckedPart) -> str:
    if number:
        return "other"
    return "nearest" if part.verdict is Verdict.NOT_FOUND else "source"


def _said(witness: Witness, role: str, words: Words) -> Said:
    cited, card = witness.citation, witness.card
    is_current = card.standing is Standing.CURRENT
    return Said(
        heading=words.of("report_heading", role),
        verdict=str(witness.verdict),
        words=stretches(cited.quote, differing_in_source(witness)),
        faults=tuple(
            _fault(each) for each in witness.findings if each.verdict is not Verdict.SUPPORTED
        ),
        source=_source(card, words),
        standing="" if is_current else words.of("standing", card.standing),
        section=_section(witness, words),
        code=short_id(cited.passage),
        link=card.url if is_web_address(card.url) else "",
    )


def _source(card: DocumentCard, words: Words) -> str:
    """Title. Publisher, year. Kind; a summary names the work's kind and itself."""
    kind = words.of("source_kind", card.evidence_kind)
    if card.kind is SourceKind.SUMMARY:
        kind = f"{kind}, {words.label('pack_summary')}"
    issued = ", ".join(part for part in (_line(card.publisher), _year(card)) if part)
    parts = (_line(card.title), issued, kind[:1].upper() + kind[1:])
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _year(card: DocumentCard) -> str:
    year = card.year or (card.effective_on.year if card.effective_on else None)
    return str(year) if year else ""


def _section(witness: Witness, words: Words) -> str:
    place = witness.citation.locator
    page = f"{words.label('page')} {place.page}" if place.page is not None else ""
    return ", ".join(filter(None, (unmasked(section_name(place.section)), page)))


def _fault(finding: Finding) -> Fault:
    check = _line(finding.check).partition("/")[0]
    return Fault(message=_line(finding.message), check=check, verdict=str(finding.verdict))


def _counts(report: Report, words: Words) -> Iterator[Count]:
    verdicts = [each.verdict for each in report.sentences]
    for verdict in _ORDER:
        yield Count(
            verdict=str(verdict),
            name=words.of("report_verdict", verdict),
            number=verdicts.count(verdict),
            meaning=words.of("report_meaning", verdict),
        )
    yield Count(
        verdict=NOTHING,
        name=words.of("report_label", "nothing"),
        number=verdicts.count(None),
        meaning=words.of("report_label", "nothing_meaning"),
    )


def _colophon(report: Report, words: Words) -> Iterable[str]:
    if report.base_digest:
        yield f"{words.label('evidence')}: {_line(report.base_digest[:DIGEST])}"
    yield f"{words.label('fixed_words')}: {words.owner}, {words.dated.isoformat()}"


def _line(text: str) -> str:
    return " ".join(unmasked(text).split())
