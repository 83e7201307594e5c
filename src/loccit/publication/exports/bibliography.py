"""The references of an article as a list in a journal's style, by citeproc and CSL."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from loccit.publication.exports.citations import csl_items
from loccit.terms import Abstention, Article

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle

__all__ = ["STYLES", "as_bibliography"]

STYLES = {"ama": "american-medical-association", "vancouver": "nlm-citation-sequence"}
"""Files of styles, by the name they are asked for."""
_UNKNOWN = frozenset({"PMID", "PMCID"})
"""Fields that the library does not know: their numbers stand in the addresses."""
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_MENDED = (
    (re.compile(rf"\b((?:1[89]|20)\d\d) ?({_MONTH}) ?(\d{{1,2}})\b"), r"\1 \2 \3"),
    (re.compile(rf"\b((?:1[89]|20)\d\d)({_MONTH})\b"), r"\1 \2"),
    (re.compile(r"^(\d+\.)(?=\S)"), r"\1 "),
    (re.compile(r"^(\d+\. )(.+?\.) \2 "), r"\1\2 "),
)
"""What the library gets wrong, and put right: blanks left out of dates and after the number; a work
without authors, whose title stands in their place, gets its title twice."""


def as_bibliography(answer: Article | Abstention, *, style: str) -> str:
    """The references in ``style`` (see ``STYLES``), each on a line of its own."""
    from citeproc import (  # noqa: PLC0415 - comes with the web extra
        Citation,
        CitationItem,
        CitationStylesBibliography,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    items = [_known(item) for item in csl_items(answer)]
    if not items:
        return ""
    source = CiteProcJSON(items)
    listed = CitationStylesBibliography(_style(STYLES[style]), source, formatter.plain)
    for item in items:
        listed.register(Citation([CitationItem(item["id"])]))
    lines = (_mended(str(entry)) for entry in listed.bibliography())
    return "".join(f"{line}\n" for line in lines)


def _known(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in _UNKNOWN}


@cache
def _style(name: str) -> CitationStylesStyle:
    from citeproc import CitationStylesStyle  # noqa: PLC0415

    place = files("loccit.publication.exports") / "styles" / f"{name}.csl"
    return CitationStylesStyle(str(place), validate=False)


def _mended(entry: str) -> str:
    line = " ".join(entry.split())
    for fault, cure in _MENDED:
        line = fault.sub(cure, line)
    return line
