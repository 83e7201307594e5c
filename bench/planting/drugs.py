"""Faults in drug names, and the harmless exchange of a brand and its generic name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from claim_rows import digest
from loccit.terms import Concept
from loccit.vocabulary import load_vocabulary
from loccit.vocabulary.loading import read_table
from planting.rules import Change, Words

__all__ = ["DRUG_FAULTS", "drug_faults", "names_exchanged"]

DRUG_FAULTS = ("lookalike", "same_class", "brand_of_another")
_OPEN_LIST = re.compile(r"(?:such as|e\.g\.,?|including|for example,?|like)\s[^.;)]*$")
_MOST_DRUGS = 2
"""A sentence that names more is a list, and another drug may stand in it as well."""
_SIMILAR = 40
"""A class with more members holds drugs too unlike to be confused."""


@cache
def brands() -> dict[str, tuple[str, ...]]:
    """Brand names by generic name."""
    rows = read_table("drugs.tsv")
    return {row["name"]: tuple(filter(None, row["brands"].split("|"))) for row in rows}


def drug_faults(text: str, evidence: str, words: Words) -> Iterator[Change]:
    """The sentence with one drug exchanged throughout for one that the evidence does not name."""
    named = [each for each in load_vocabulary().lexicon.find(text) if each.kind == "drug"]
    names = sorted({each.name for each in named})
    if not 1 <= len(names) <= _MOST_DRUGS:
        return
    said = {each.name for each in load_vocabulary().lexicon.find(evidence)}
    for name in names:
        places = [each for each in named if each.name == name]
        is_listed = _OPEN_LIST.search(text[: places[0].start])
        is_apart = " and " in name or name in words.left_alone
        if is_listed or is_apart or not _is_plain(name, places):
            continue
        for fault, other in _others(name, text, words):
            if other.casefold() not in evidence.casefold() and not _kin(other, said):
                yield Change(fault, _exchanged(text, places, other))


def _is_plain(name: str, places: Sequence[Concept]) -> bool:
    """Whether the text names the drug by its generic or brand name, not by a short form."""
    known = {name.casefold(), *(each.casefold() for each in brands().get(name, ()))}
    return all(each.text.casefold() in known for each in places)


def _kin(other: str, said: set[str]) -> bool:
    """Whether the other drug is named, alone or in a combination, or is a part of one named."""
    found = load_vocabulary().lexicon.get(other)
    name = found.name if found else other
    return any(name in each or each in name for each in said)


def _others(name: str, text: str, words: Words) -> Iterator[tuple[str, str]]:
    for other in words.lookalikes.get(name, ()):
        yield "lookalike", other
    near = [other for other in _same_class(name) if other not in words.lookalikes.get(name, ())]
    if near:
        chosen = _pick(near, name, text)
        yield "same_class", chosen
        named = [other for other in near if brands().get(other)]
        if named:
            other = _pick(named, text, name)
            yield "brand_of_another", brands()[other][0]


def _same_class(name: str) -> list[str]:
    """Single drugs of the smallest class in which this one stands with others."""
    vocabulary = load_vocabulary()
    members = [set(vocabulary.members.get(each, ())) for each in vocabulary.classes.get(name, ())]
    sizes = [each - {name} for each in members if 1 < len(each) <= _SIMILAR]
    nearest = min(sizes, key=lambda each: (len(each), sorted(each)), default=set())
    return sorted(each for each in nearest if " and " not in each and "," not in each)


def _pick(names: Sequence[str], *by: str) -> str:
    return names[int(digest(*by), 16) % len(names)]


def _exchanged(text: str, places: Sequence[Concept], other: str) -> str:
    for place in reversed(places):
        is_capital = place.text[0].isupper()
        new = other.upper() if place.text.isupper() and len(place.text) > 3 else other
        new = new[0].upper() + new[1:] if is_capital else new
        text = text[: place.start] + new + text[place.end :]
    return text


def names_exchanged(text: str, subject: str) -> Iterator[Change]:
    """Brand for generic or the other way, where the label's own name gives both."""
    lexicon = load_vocabulary().lexicon
    both = {each.strip(): lexicon.get(each.strip()) for each in subject.split(";")}
    for place in (each for each in lexicon.find(text) if each.kind == "drug"):
        for other, entry in both.items():
            is_other = other.casefold() != place.text.casefold()
            if entry and entry.name == place.name and is_other and " " not in other:
                new = other if other.casefold() != place.name else other.casefold()
                claim = text[: place.start] + new + text[place.end :]
                yield Change("brand_or_generic", claim[:1].upper() + claim[1:])
