"""Reads the vocabulary's data files into a lexicon and its relations.

Each file is tab-separated: comment lines with title, owner, licence and source, a header row, then
one row a name; lists inside a cell are separated by ``|``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from loccit.terms import ConceptKind, DataFileError
from loccit.vocabulary.lexicon import Entry, Lexicon, key_of

__all__ = ["Abbreviation", "Vocabulary", "load_vocabulary", "read_table", "vocabulary_digest"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Abbreviation:
    """A short form: its meanings, commonest first, and the words that choose each."""

    short: str
    meanings: tuple[str, ...]
    cues: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """All names, and how they relate.

    ``lexicon`` finds drugs, classes, conditions and procedures; ``populations`` finds phrases that
    stand for ``axis:value``. ``classes`` gives a drug's classes, ``members`` a class's drugs,
    ``parents`` a condition's or class's wider name, ``aliases`` every other name of a name;
    ``brands`` holds those names, as ``key_of`` folds them, that are a product's and no substance's.
    """

    lexicon: Lexicon
    populations: Lexicon
    classes: dict[str, tuple[str, ...]]
    members: dict[str, tuple[str, ...]]
    parents: dict[str, tuple[str, ...]]
    aliases: dict[str, tuple[str, ...]]
    abbreviations: dict[str, Abbreviation]
    misspellings: dict[str, str]
    brands: frozenset[str] = frozenset()

    def lineage(self, name: str) -> tuple[str, ...]:
        """The name and its wider names, nearest first."""
        return tuple(self.steps_up(name))

    def steps_up(self, name: str) -> dict[str, int]:
        """How many steps wider each wider name is; the name itself is 0 steps away."""
        return _upwards(name, self.parents)

    def narrower(self, name: str) -> int:
        """How many names are one step narrower."""
        return sum(name in wider for wider in self.parents.values())


def _upwards(name: str, parents: dict[str, tuple[str, ...]]) -> dict[str, int]:
    steps = {name: 0}
    queue = [name]
    while queue:
        nearer = queue.pop(0)
        for wider in parents.get(nearer, ()):
            if wider not in steps:
                steps[wider] = steps[nearer] + 1
                queue.append(wider)
    return steps


def _text(file: str) -> str:
    return (files("loccit.vocabulary") / "data" / file).read_text(encoding="utf-8")


def _tag_only(file: str) -> frozenset[str]:
    """Names whose bare word is not looked for in texts, as a comment of the file lists them."""
    comments = (line for line in _text(file).splitlines() if line.startswith("# tag only"))
    return frozenset(
        name.strip() for line in comments for name in line.rpartition(":")[2].split(",")
    )


@cache
def vocabulary_digest() -> str:
    """Digest of the shipped tables: it changes whenever a name does."""
    summed = hashlib.sha256()
    for path in sorted((Path(str(files("loccit.vocabulary"))) / "data").glob("*.tsv")):
        summed.update(path.read_bytes())
    return summed.hexdigest()[:16]


def read_table(file: str) -> Iterator[dict[str, str]]:
    """The rows of one data file as dictionaries by column name.

    Raises ``DataFileError`` naming the line when a row has another number of cells than the header.
    """
    header: list[str] = []
    for number, line in enumerate(_text(file).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            header = cells
            continue
        if len(cells) != len(header):
            raise DataFileError(
                f"vocabulary/{file}, line {number}: {len(cells)} cells under {len(header)} columns"
            )
        yield dict(zip(header, cells, strict=True))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@cache
def load_vocabulary() -> Vocabulary:
    """The shipped vocabulary, loaded once a process."""
    lexicon = Lexicon()
    aliases: dict[str, tuple[str, ...]] = {}
    parents: dict[str, tuple[str, ...]] = {}
    classes: dict[str, tuple[str, ...]] = {}
    brands: set[str] = set()
    for row in read_table("drugs.tsv"):
        brands.update(map(key_of, _several(row["brands"])))
        names = (*_several(row["brands"]), *_several(row["synonyms"]), *_several(row["salts"]))
        _enter(lexicon, aliases, row["name"], names, ConceptKind.DRUG)
        classes[row["name"]] = _several(row["classes"])
    for row in read_table("classes.tsv"):
        _enter(lexicon, aliases, row["name"], _several(row["synonyms"]), ConceptKind.DRUG_CLASS)
        parents[row["name"]] = _several(row["parent"])
    for row in read_table("conditions.tsv"):
        kind = ConceptKind.FINDING if row["kind"] == "finding" else ConceptKind.CONDITION
        _enter(lexicon, aliases, row["name"], _several(row["synonyms"]), kind)
        parents[row["name"]] = _several(row["parent"])
    tags = _tag_only("interventions.tsv")
    for row in read_table("interventions.tsv"):
        name, others = row["name"], _several(row["synonyms"])
        _enter(lexicon, aliases, name, others, ConceptKind.PROCEDURE, tags)
    return Vocabulary(
        lexicon=lexicon,
        populations=_populations(),
        classes=classes,
        members=_members(classes, parents),
        parents={name: parent for name, parent in parents.items() if parent},
        aliases=aliases,
        abbreviations=_abbreviations(),
        misspellings={key_of(row["wrong"]): row["right"] for row in read_table("misspellings.tsv")},
        brands=frozenset(brands),
    )


def _enter(
    lexicon: Lexicon,
    aliases: dict[str, tuple[str, ...]],
    name: str,
    others: tuple[str, ...],
    kind: ConceptKind,
    tags: frozenset[str] = frozenset(),
) -> None:
    if name in tags:
        lexicon.tag(name, Entry(name, kind))
    for phrase in (name, *others):
        if phrase not in tags:
            lexicon.add(phrase, Entry(name, kind))
    aliases[name] = others


def _populations() -> Lexicon:
    lexicon = Lexicon()
    for row in read_table("populations.tsv"):
        for phrase in _several(row["synonyms"]):
            lexicon.add(phrase, Entry(row["name"], ConceptKind.POPULATION))
    return lexicon


def _members(
    classes: dict[str, tuple[str, ...]], parents: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Drugs of each class; a class also holds the drugs of its narrower classes."""
    found: dict[str, list[str]] = {}
    for drug, names in classes.items():
        for name in names:
            for wider in _upwards(name, parents):
                if drug not in (group := found.setdefault(wider, [])):
                    group.append(drug)
    return {name: tuple(drugs) for name, drugs in found.items()}


def _abbreviations() -> dict[str, Abbreviation]:
    return {
        row["short"]: Abbreviation(
            short=row["short"],
            meanings=_several(row["meanings"]),
            cues=tuple(
                tuple(cue.strip() for cue in group.split(",") if cue.strip())
                for group in row["cues"].split(";")
            ),
        )
        for row in read_table("abbreviations.tsv")
    }
