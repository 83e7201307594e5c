"""The report in Markdown (CommonMark), the words that differ in bold.

Words of the text and of sources are escaped: they can neither set links, images or HTML nor break
out of their line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from loccit.publication.as_markdown import KEPT, escaped
from loccit.publication.reports.laying_out import lay_out
from loccit.publication.reports.page import (
    Count,
    Fault,
    Part,
    ReportPage,
    Said,
    Sentence,
    Words,
)
from loccit.publication.words import load_words
from loccit.terms import Report

__all__ = ["as_markdown"]


def as_markdown(report: Report) -> str:
    """The report; each sentence quotes what decides it, with the passage's id."""
    return "\n".join(_lines(lay_out(report))).strip("\n") + "\n"


def _lines(page: ReportPage) -> Iterator[str]:
    words = load_words()
    yield f"# {escaped(page.title)}"
    yield from _summary(page.counts)
    if page.sentences:
        yield from ("", f"## {words.of('report_heading', 'sentences')}")
    for sentence in page.sentences:
        yield from _sentence(sentence)
    yield from ("", f"## {words.of('report_heading', 'notes')}", "")
    yield from (f"- {escaped(note)}" for note in page.notes)
    yield from ("", "---", "")
    yield from (f"{escaped(line)}  " for line in (words.label("show"), *page.colophon))


def _summary(counts: Iterable[Count]) -> Iterator[str]:
    heading = load_words().tables["report_heading"]
    yield ""
    yield f"| {heading['verdict']} | {heading['count']} | {heading['meaning']} |"
    yield "|---|---:|---|"
    yield from (
        f"| {escaped(count.name)} | {count.number:,} | {escaped(count.meaning)} |"
        for count in counts
    )


def _sentence(sentence: Sentence) -> Iterator[str]:
    yield from ("", f"### {sentence.number}. {escaped(sentence.name)}", "")
    yield _marked(sentence.words)
    if sentence.faults:
        yield from ("", f"{load_words().of('report_label', 'itself')}:", "")
        yield from _faults(sentence.faults)
    for part in sentence.parts:
        yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    words = load_words()
    if part.words:
        name = f"{words.of('report_heading', 'part')}: {part.name}"
        yield from ("", f"#### {escaped(name)}", "", _marked(part.words))
    for said in part.said:
        yield from _said(said)
    if part.also:
        codes = ", ".join(f"`{code}`" for code in part.also)
        yield from ("", f"{words.of('report_label', 'also')}: {codes}")


def _said(said: Said) -> Iterator[str]:
    yield from ("", f"{escaped(said.heading)}:", "", f"> {_marked(said.words)}")
    if said.faults:
        yield ""
    yield from _faults(said.faults)
    source = escaped(said.source)
    if said.link:
        source = f"[{source}](<{quote(said.link, safe=KEPT)}>)"
    standing = f" **{escaped(said.standing.upper())}**" if said.standing else ""
    yield from ("", f"{source}{standing} `{said.code or '-'}`")


def _faults(faults: Iterable[Fault]) -> Iterator[str]:
    yield from (f"- {escaped(each.message)} *({escaped(each.check)})*" for each in faults)


def _marked(words: Words) -> str:
    """The words on one line, those that differ in bold; the spaces around them stay outside."""
    return "".join(_stretch(part.words, differs=part.differs) for part in words).strip() or "-"


def _stretch(words: str, *, differs: bool) -> str:
    said = escaped(words)
    before = " " if words[:1].isspace() else ""
    after = " " if words[-1:].isspace() and said else ""
    return f"{before}{f'**{said}**' if differs and said else said}{after}"
