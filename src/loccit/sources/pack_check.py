"""Checks a pack's files against their form and the rules of docs/packs.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from loccit.sources.pack_format import PackManifest, PackSource, PackStatement, decode
from loccit.terms import SourceError, StatementKind

__all__ = ["check_pack", "numbers"]

TWO_PAGES = frozenset(
    {StatementKind.DOSE, StatementKind.DOSE_ADJUSTMENT, StatementKind.CONTRAINDICATION}
)
"""Kinds of statement whose facts are read at two pages."""
_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {
    **{word: str(number) for number, word in enumerate(_UNITS) if number != 1},
    **{word: str(10 * number) for number, word in enumerate(_TENS, start=2)},
    "twice": "2",
}
"""Numbers in words. "One" and "once" are left out: they are articles and pronouns too."""
_NUMBER = re.compile(r"(?<![A-Za-z\d.])(?<![A-Za-z]-)\d+(?:,\d{3})*(?:\.\d+)?(?![A-Za-z]*\d)")
_WORD = re.compile(r"[A-Za-z]+")
_YEAR = re.compile(r"(?:19|20)\d\d")


def check_pack(folder: Path) -> list[str]:
    """All faults of the pack in ``folder``, each naming file and path; none when it is sound."""
    return list(_faults(folder))


def _faults(folder: Path) -> Iterator[str]:
    manifest = folder / "pack.toml"
    if not manifest.is_file():
        yield f"{manifest.name}: there is none; write it as docs/packs.md shows"
    else:
        yield from _faults_of_form(manifest, PackManifest)
    files = sorted((folder / "sources").glob("*.toml"))
    if not files:
        yield "sources: holds no source file"
    seen: dict[str, str] = {}
    for file in files:
        if faults := _faults_of_form(file, PackSource):
            yield from faults
            continue
        source = decode(file.read_bytes(), PackSource)
        yield from (f"{file.name}: {fault}" for fault in _source_faults(source, file.stem))
        yield from _repeated(source, file.name, seen)


def _faults_of_form(file: Path, form: type[PackSource | PackManifest]) -> list[str]:
    try:
        decode(file.read_bytes(), form)
    except SourceError as error:
        return [f"{file.name}: {error.place or 'file'}: {error.cause}"]
    except OSError as error:
        return [f"{file.name}: cannot be opened ({error.strerror})"]
    return []


def _source_faults(source: PackSource, stem: str) -> Iterator[str]:
    if source.id != stem:
        yield f"id: {source.id!r} is not the file's name {stem!r}"
    counts = Counter(statement.id for statement in source.statement)
    for place, statement in enumerate(source.statement):
        at = f"statement[{place}]"
        if counts[statement.id] > 1:
            yield f"{at}.id: {statement.id!r} is not unique in the file"
        yield from (f"{at}.{fault}" for fault in _statement_faults(statement, source))


def _statement_faults(statement: PackStatement, source: PackSource) -> Iterator[str]:
    pages = {page.url for page in statement.checked}
    if statement.kind in TWO_PAGES and len(pages) == 1:
        yield f"checked: {statement.kind.value} is read at two different pages, not one"
    for name, words in (("text", statement.text), ("plain", statement.plain)):
        if not words.rstrip("\"\u201d\u2019')]").endswith((".", "?", "!")):
            yield f"{name}: does not end as a sentence"
        if words != " ".join(words.split()):
            yield f"{name}: has white space at its ends or doubled inside"
    yield from _number_faults(statement, source)


def _number_faults(statement: PackStatement, source: PackSource) -> Iterator[str]:
    """The plain twin has the same numbers; those by which a source is named may go."""
    text, plain = numbers(statement.text), numbers(statement.plain)
    named = numbers(f"{source.original.title} {source.original.year} {source.original.version}")
    missing, added = text - plain, plain - text
    missing = Counter(
        {n: count for n, count in missing.items() if n not in named and not _YEAR.fullmatch(n)}
    )
    if missing:
        yield f"plain: lacks {_listed(missing)}, which text has"
    if added:
        yield f"plain: has {_listed(added)}, which text has not"


def numbers(sentence: str) -> Counter[str]:
    """The quantities of a sentence, digits and words alike, each as often as it is said.

    Digits that belong to a name (COX-2, B12) are no quantities.
    """
    digits = (_plain_number(match) for match in _NUMBER.findall(sentence))
    words = (WORDS.get(word.lower(), "") for word in _WORD.findall(sentence))
    return Counter(number for number in (*digits, *words) if number)


def _plain_number(number: str) -> str:
    bare = number.replace(",", "")
    if "." in bare:
        bare = bare.rstrip("0").rstrip(".")
    return bare.lstrip("0") or "0"


def _listed(found: Counter[str]) -> str:
    return ", ".join(sorted(found.elements()))


def _repeated(source: PackSource, file: str, seen: dict[str, str]) -> Iterator[str]:
    """A sentence stands once in the whole pack."""
    for place, statement in enumerate(source.statement):
        here = f"{file}: statement[{place}].text"
        words = " ".join(_WORD.findall(statement.text.casefold())) + repr(
            sorted(numbers(statement.text).items())
        )
        if words in seen:
            yield f"{here}: says the same as {seen[words]}"
        seen.setdefault(words, here)
