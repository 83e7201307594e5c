"""What SPL and openFDA labels have in common: section codes, titles, dates, addresses, licence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from loccit.sources.assembly import clean
from loccit.terms import DataFileError, Licence

__all__ = [
    "BOXED_WARNING",
    "DOSAGE",
    "HIGHLIGHTS",
    "LABEL_LICENCE",
    "LEFT_OUT_CODES",
    "LabelSection",
    "by_code",
    "by_key",
    "compact_date",
    "daily_med_url",
    "label_title",
    "unique",
]

LABEL_LICENCE = Licence(
    name="US federal label text, public domain",
    url="https://open.fda.gov/license/",
    redistributable=True,
)
HIGHLIGHTS = "Highlights"
"""Heading of the summary that opens a label; kept apart, since the full text says it again."""
LEFT_OUT_CODES = frozenset({"48780-1", "48779-3", "51945-4"})
"""Product data, indexing data and pictures of the package: lists of names, no prose."""
BOXED_WARNING = "34066-1"
DOSAGE = "34068-7"


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelSection:
    """A kind of label section: openFDA's key, LOINC code, and where a printed label has it."""

    key: str
    code: str
    number: str
    newer: int
    older: int
    otc: int
    heading: str
    """The usual heading, for a section printed without one."""
    printed: tuple[str, ...]
    """All headings it is usually printed under."""


@cache
def by_key() -> Mapping[str, LabelSection]:
    """All kinds of label section by openFDA's key, in the order of the newer layout."""
    table = files("loccit.sources").joinpath("label_sections.tsv").read_text(encoding="utf-8")
    lines = [line for line in table.splitlines() if line and not line.startswith("#")]
    rows = [line.split("\t") for line in lines[1:]]
    return {row[0]: _section(row, place) for place, row in enumerate(rows, start=1)}


@cache
def by_code() -> Mapping[str, LabelSection]:
    """All kinds of label section by LOINC code."""
    return {section.code: section for section in by_key().values()}


def _section(row: list[str], place: int) -> LabelSection:
    try:
        key, code, number, older, otc, heading = row
    except ValueError:
        raise DataFileError(f"label_sections.tsv: row {row[0]}: not 6 columns") from None
    return LabelSection(
        key=key,
        code=code,
        number=number,
        newer=place,
        older=int(older),
        otc=int(otc),
        heading=heading.split("; ")[0],
        printed=tuple(heading.split("; ")),
    )


def compact_date(value: str) -> date | None:
    """The day in ``YYYYMMDD`` (longer values begin with it), or nothing when it is none."""
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError:
        return None


def daily_med_url(set_id: str) -> str:
    """The public page of a label's newest edition."""
    return f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={set_id}"


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """The names in order, white space folded, each once whatever its capitals."""
    kept: dict[str, str] = {}
    for name in map(clean, names):
        if name:
            kept.setdefault(name.casefold(), name)
    return tuple(kept.values())


def label_title(
    *, brands: Iterable[str], generics: Iterable[str], over_the_counter: bool, fallback: str
) -> str:
    """A title from the product's names, e.g. ``Lipitor (atorvastatin), prescribing information``.

    A label's own title is often a sentence on its highlights, "Drug Facts" or nothing.
    """
    brand = next(iter(unique(brands)), "")
    generic = "; ".join(_without_shouting(name) for name in unique(generics)[:3])
    name = brand or generic or fallback
    if brand and generic and generic.casefold() not in brand.casefold():
        name = f"{brand} ({generic})"
    return f"{name}, {'Drug Facts label' if over_the_counter else 'prescribing information'}"


def _without_shouting(name: str) -> str:
    """A generic name in small letters where a register writes it in capitals."""
    return name.lower() if name.isupper() and not any(letter.isdigit() for letter in name) else name
