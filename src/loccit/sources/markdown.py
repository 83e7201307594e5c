"""Markdown (CommonMark with tables): rendered to a page without its raw HTML, and read as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from loccit.ports import RawSource, Reading
from loccit.sources.encodings import decoded, is_text
from loccit.sources.html import read_page
from loccit.sources.xml_safety import depth_guarded, read_whole
from loccit.terms import SourceError

__all__ = ["READER", "MarkdownReader"]

MAX_BYTES = 2 * 1024 * 1024

_SIGNS = re.compile(
    rb"^#{1,6} +\S|\]\((?:https?://|\.|/|#|\w)|^\|?[ :]*-{3,}[ :]*\||^```|^[-*+] +\*\*"
    rb"|\*\*\S[^*\n]*\*\*",
    re.MULTILINE,
)
_FRONT = re.compile(r"\A---\s*\n(.*?\n)---\s*\n", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_]+)\s*:\s*(.+?)\s*$", re.MULTILINE)
FIELDS = {
    "title": "title",
    "date": "date",
    "version": "version",
    "publisher": "publisher",
    "issuer": "publisher",
    "license": "licence",
    "licence": "licence",
    "url": "url",
    "doi": "doi",
    "keywords": "keywords",
}
"""Front-matter fields, and what they say."""


class MarkdownReader:
    """Reads one Markdown file as one document."""

    name = "markdown/1"

    def recognises(self, head: bytes) -> bool:
        """Whether the text has a heading, link, table or emphasis in Markdown. Never raises."""
        return is_text(head) and _SIGNS.search(head) is not None

    def read(self, source: RawSource) -> Iterator[Reading]:
        """The document. Raises ``SourceError`` when it cannot be decoded or holds no text."""
        try:
            text = decoded(read_whole(source.stream, limit=MAX_BYTES))
            said, body = _front_matter(text)
            with depth_guarded():
                document = read_page(_rendered(body), name=source.name, parser=self.name, said=said)
        except SourceError as error:
            raise error.at(source.name) from None
        yield document


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Simple fields between two lines of dashes at the top, and the text after them."""
    match = _FRONT.match(text)
    if not match:
        return {}, text
    fields = ((key.lower(), value.strip("\"'")) for key, value in _FIELD.findall(match.group(1)))
    return {FIELDS[key]: value for key, value in fields if key in FIELDS}, text[match.end() :]


def _rendered(text: str) -> str:
    """The page, raw HTML dropped: it could hide text, and Markdown needs none."""
    parser = MarkdownIt("commonmark").enable("table")

    def shown(tokens: Sequence[Token]) -> list[Token]:
        kept = [token for token in tokens if token.type not in ("html_block", "html_inline")]
        for token in kept:
            token.children = shown(token.children) if token.children else token.children
        return kept

    body = parser.renderer.render(shown(parser.parse(text)), parser.options, {})
    return f"<html><body>{body}</body></html>"


READER = MarkdownReader()
