"""The article in Markdown (CommonMark), for notes and pull requests.

A citation is a reference link to its source. Words of sources are escaped: they can neither set
links, images or HTML nor break out of their sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from loccit.publication.laying_out import lay_out
from loccit.publication.page import Conflict, LeftOut, Page, Sentence, Source
from loccit.publication.showing import short_id
from loccit.publication.words import Words, load_words
from loccit.terms import Abstention, Article, Reviewed

__all__ = ["KEPT", "as_markdown", "escaped"]

_MARKUP = re.compile(r"[\\`*_\[\]<>&~|$^#]|^[-+=]")
_ORDERED = re.compile(r"^(\d{1,9})([.)])")
KEPT = "/:?=&%#+,;@!*'$~-._"
"""What an address keeps unescaped between ``<`` and ``>``."""


def as_markdown(answer: Article | Abstention, reviewed: Reviewed | None = None) -> str:
    """The answer with numbered reference links; each sentence ends with its passage's id."""
    page = lay_out(answer, reviewed)
    return "\n".join(_lines(page, load_words())).strip("\n") + "\n"


def _lines(page: Page, words: Words) -> Iterator[str]:
    linked = {source.number for source in page.sources if source.link}
    yield from _alerts(page, words)
    yield from _head(page, words)
    if page.reason:
        yield from _part(words.heading("reason"), page.reason)
    yield from _sentences(words.heading("nearest"), page.nearest, linked)
    yield from _list(words.heading("widen"), page.widen)
    yield from _gate(page, words, linked)
    yield from _sentences(words.heading("bottom_line"), page.bottom_line, linked, strong=True)
    for line in page.sums:
        yield from ("", f"*{escaped(line)}*")
    if page.confidence:
        yield from _part(words.heading("confidence"), page.confidence)
    yield from _list(words.heading("notes"), page.notes)
    for drug in page.safety:
        name = f"{words.heading('safety')}: {drug.heading}"
        yield from _sentences(name, drug.sentences, linked)
    yield from _conflicts(page.conflicts, words, linked)
    for section in page.sections:
        yield from _sentences(section.heading, section.sentences, linked)
    yield from _sentences(words.heading("background"), page.background, linked)
    yield from _left_out(words.heading("withheld"), page.withheld)
    yield from _left_out(words.heading("unshown"), page.unshown)
    yield from _list(words.heading("coverage"), page.coverage)
    yield from _sources(page.sources, words)
    yield from _part(words.heading("disclaimer"), page.disclaimer)
    yield from _list(words.heading("follow_ups"), page.follow_ups)
    yield from _foot(page, words)


def _alerts(page: Page, words: Words) -> Iterator[str]:
    if page.alerts:
        yield f"## {escaped(words.heading('urgent'))}"
    for alert in page.alerts:
        yield from ("", f"**{escaped(alert.title)}. {escaped(alert.message)}**")
        yield from ("", f"*{escaped(alert.provenance)}*", "")


def _head(page: Page, words: Words) -> Iterator[str]:
    status = page.status
    yield f"# {escaped(page.title)}"
    stands = f"{status.name}: {status.note}. {words.label('audience')} {page.audience}."
    yield from ("", f"*{escaped(stands)}*")
    yield from (f"\n**{escaped(line)}**" for line in status.in_full)
    if page.question != page.title:
        yield from ("", f"> {escaped(page.question)}")
    rows = [
        f"{row.label}: {value}"
        for row in page.reading
        for value in (row.values if row.check else ("; ".join(row.values),))
    ]
    yield from _list(words.heading("reading"), rows)
    if page.urgent:
        yield from ("", f"## {escaped(words.heading('urgent'))}")
        yield from (f"\n**{escaped(message)}**" for message in page.urgent)
        yield ""
        yield from (f"- {escaped(flag)}" for flag in page.red_flags)


def _gate(page: Page, words: Words, linked: set[int]) -> Iterator[str]:
    """Each drug and fact with what is said of them, and the marks of the words that say so."""
    if page.gate:
        yield from ("", f"## {escaped(words.heading('gate'))}", "")
    for line in page.gate:
        verdict = words.label("gate_blocks" if line.blocks else "gate_cautions")
        said = "; ".join(filter(None, (line.fact, line.why, line.doubt)))
        marks = dict.fromkeys(_mark(mark.number, mark.role, linked) for mark in line.marks)
        name = f"**{escaped(verdict.upper())}: {escaped(line.drug)}.**"
        yield f"- {' '.join((name, escaped(f'{said}.'), *marks))}"


def _left_out(heading: str, found: tuple[LeftOut, ...]) -> Iterator[str]:
    if found:
        yield from ("", f"## {escaped(heading)}", "")
    for each in found:
        number = rf" \[{each.number}\]" if each.number else ""
        codes = " ".join(f"`{short_id(passage) or '-'}`" for passage in each.passages)
        yield f"- {escaped(f'{each.drug}, {each.section}: {each.counted}')}{number} {codes}"


def _sentences(
    heading: str, sentences: Iterable[Sentence], linked: set[int], *, strong: bool = False
) -> Iterator[str]:
    lines = [f"- {_sentence(sentence, linked, strong=strong)}" for sentence in sentences]
    if lines:
        yield from ("", f"## {escaped(heading)}", "", *lines)


def _sentence(sentence: Sentence, linked: set[int], *, strong: bool = False) -> str:
    """The words and after them: grade, doubt, numbers of sources, ids of passages."""
    frame = sentence.frame and f"{sentence.frame}:"
    around = (sentence.subject, sentence.lead, frame)
    brackets = [rf"\[{escaped(text)}\]" for text in around if text]
    said = escaped(sentence.glossed)
    parts = [*brackets, f"**{said}**" if strong and said else said]
    if sentence.grade:
        parts.append(f"({escaped(sentence.grade)})")
    if sentence.doubt:
        parts.append(f"**({escaped('; '.join((sentence.doubt, *sentence.findings)))})**")
    marks = dict.fromkeys(_mark(mark.number, mark.role, linked) for mark in sentence.marks)
    ids = dict.fromkeys(f"`{short_id(mark.passage) or '-'}`" for mark in sentence.marks)
    return " ".join((*parts, *marks, *ids))


def _mark(number: int, role: str, linked: set[int]) -> str:
    shown = rf"\[{number}\]"
    link = f"[{shown}][{number}]" if number in linked else shown
    return f"{link} ({escaped(role)})" if role else link


def _conflicts(conflicts: Iterable[Conflict], words: Words, linked: set[int]) -> Iterator[str]:
    for first, conflict in enumerate(conflicts):
        if first == 0:
            yield from ("", f"## {escaped(words.heading('conflicts'))}")
        yield from ("", f"### {escaped(f'{conflict.point}: {conflict.differ}')}", "")
        yield from (f"*{escaped(conflict.order)}*", "")
        for side in conflict.sides:
            who = ", ".join(filter(None, (side.issuer, side.jurisdiction))) or "?"
            yield f"- **{escaped(who)}:** {_sentence(side.sentence, linked)}"


def _sources(sources: Iterable[Source], words: Words) -> Iterator[str]:
    sources = tuple(sources)
    if sources:
        yield from ("", f"## {escaped(words.heading('references'))}", "")
    for source in sources:
        yield f"- \\[{source.number}\\] {_source(source, words)}"
    yield ""
    for source in sources:
        if source.link:
            yield f"[{source.number}]: <{quote(source.link, safe=KEPT)}>"


def _source(source: Source, words: Words) -> str:
    """Publisher. Title. Edition. Kind. Address. Standing. Sections."""
    sections = source.cited_sections
    title = f"*{escaped(source.title)}*" if source.title else ""
    if source.is_summary:
        of = f"{escaped(sections)} {words.label('of')} " if sections else ""
        title = f"{words.label('summary_of')} {of}{title}"
    summary = words.label("pack_summary") if source.is_summary else ""
    kind = ", ".join(filter(None, (source.kind.capitalize(), summary, source.jurisdiction)))
    around = (source.edition, kind, source.identifiers)
    parts = [escaped(source.publisher), title, *map(escaped, around)]
    if source.link:
        parts.append(f"<{quote(source.link, safe=KEPT)}>")
    if source.standing:
        parts.append(f"**{escaped(source.standing.upper())}**")
    if sections and not source.is_summary:
        parts.append(f"{words.label('cited')}: {escaped(sections)}")
    return ". ".join(part for part in parts if part)


def _foot(page: Page, words: Words) -> Iterator[str]:
    yield from ("", "---", "")
    yield from (f"{escaped(line)}  " for line in (words.label("show"), *page.colophon))


def _list(heading: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"- {escaped(item)}" for item in items]
    if lines:
        yield from ("", f"## {escaped(heading)}", "", *lines)


def _part(heading: str, paragraph: str) -> Iterator[str]:
    yield from ("", f"## {escaped(heading)}", "", escaped(paragraph))


def escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would read as markup."""
    line = _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
    return _ORDERED.sub(r"\1\\\2", line)
