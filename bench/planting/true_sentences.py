"""True sentences: read from the real sources, each with the passage it stands in."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from claim_rows import digest, split_of
from loccit.backends.local_files import local_files
from loccit.passages import cut, sentences
from loccit.ports import RawSource
from loccit.sources import read_each, unpack
from loccit.terms import Passage, PassageKind, SourceDocument
from loccit.vocabulary import load_vocabulary

__all__ = ["TrueSentence", "true_sentences"]

SOURCES = (
    "labels/openfda_labels_latest.jsonl.gz",
    "labels/spl",
    "guidelines/va_kbs",
    "guidelines/cdc_opioid",
    "trials.tar.xz",
)
RECOMMENDATIONS = "guidelines/uspstf_recommendations.jsonl"
RECOMMENDATIONS_ISSUER = "US Preventive Services Task Force"
SOONER = 6
"""Guidelines are few beside labels and trials; their sentences come up so much sooner."""
SHORTEST, LONGEST = 45, 320
"""Shorter sentences say too little to be judged alone; longer ones are seldom one statement."""
_FORMS = frozenset(PassageKind) - {PassageKind.TABLE_ROW}
_NO_STATEMENT = re.compile(
    r"reference|bibliograph|acknowledg|funding|competing|conflict of interest|author|abbreviation|"
    r"supplement|package label|how supplied|table of contents|search strateg|additional file",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|should|may|can|must|will|do|does|did|could|"
    r"\w{3,}(?:ed|es)|avoid|use|give|take|start|monitor|reduce|increase|discontinue)\b",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"[•|_]|\.{3}|www\.|https?:|\b\d{3}-\d{3,4}\b|©|�| {2,}|\n\s*\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class TrueSentence:
    """A sentence of a source, and the words around it.

    ``passage`` is what the project's cutter made of the place; ``window`` joins it with a
    neighbour in the same section, as one slice of the source (equal to ``passage`` where there is
    no neighbour). ``key`` decides the split.
    """

    id: str
    text: str
    passage: str
    window: str
    neighbour: str
    document: str
    section: tuple[str, ...]
    subject: str
    issuer: str
    source: str
    key: str

    @property
    def split(self) -> str:
        """The half this sentence's document, or its drug, belongs to."""
        return split_of(self.key)


def true_sentences(data: Path) -> list[TrueSentence]:
    """All sentences fit for a claim, each wording once, in an order that depends on them alone."""
    found: dict[str, TrueSentence] = {}
    for document in _documents(data):
        for each in _of_document(document):
            name = " ".join(each.text.casefold().split())
            if name not in found or each.id < found[name].id:
                found[name] = each
    return sorted(found.values(), key=_turn)


def _turn(sentence: TrueSentence) -> tuple[int, str]:
    sooner = SOONER if sentence.source == "guideline" else 1
    return int(sentence.id, 16) // sooner, sentence.id


def _documents(data: Path) -> Iterator[SourceDocument]:
    for source in SOURCES:
        for reading in read_each(local_files([data / source], unpack=unpack)):
            if isinstance(reading, SourceDocument):
                yield reading
    yield from _recommendations(data / RECOMMENDATIONS)


def _recommendations(path: Path) -> Iterator[SourceDocument]:
    """Each graded recommendation, through the project's reader of HTML."""
    for line in path.read_bytes().splitlines():
        record = json.loads(line)
        title, body = html.escape(record["title"]), record["text"]
        page = f"<html><head><title>{title}</title></head><body><p>{body}</p></body></html>"
        name, content = f"uspstf-{record['id']}.html", page.encode()
        raw = RawSource(name=name, head=content, stream=io.BytesIO(content))
        readings = read_each([raw])
        yield from (each for each in readings if isinstance(each, SourceDocument))


def _of_document(document: SourceDocument) -> Iterator[TrueSentence]:
    passages = [each for each in cut(document) if each.kind in _FORMS]
    padded = [None, *passages, None]
    for (before, here), (_, after) in zip(pairwise(padded), pairwise(padded[1:]), strict=False):
        if here and not _NO_STATEMENT.search(" ".join(here.locator.section)):
            yield from _of_passage(document, before, here, after)


def _of_passage(
    document: SourceDocument, before: Passage | None, here: Passage, after: Passage | None
) -> Iterator[TrueSentence]:
    beside = [each for each in (before, after) if each and _same_section(each, here)]
    for start, end in sentences(here.text):
        text = here.text[start:end]
        if not fit(text):
            continue
        name = digest(document.id, str(here.locator.start + start))
        chosen = beside[int(name, 16) % len(beside)] if beside else None
        yield TrueSentence(
            id=name,
            text=text,
            passage=here.text,
            window=_joined(document, here, chosen),
            neighbour=chosen.text if chosen else "",
            document=document.id,
            section=here.locator.section,
            subject="; ".join(document.subjects[:3]) if _is_label(document) else document.title,
            issuer=document.publisher or RECOMMENDATIONS_ISSUER,
            source=_source(document),
            key=_key(document),
        )


def fit(text: str) -> bool:
    """Whether a sentence stands for itself: whole, neither heading nor fragment nor list."""
    return (
        SHORTEST <= len(text) <= LONGEST
        and text[0].isupper()
        and text.endswith(".")
        and not text.isupper()
        and bool(_VERB.search(text))
        and not _BROKEN.search(text)
        and text.count("(") == text.count(")")
        and sum(each.isalpha() for each in text) > 0.6 * len(text)
    )


def _same_section(one: Passage, other: Passage) -> bool:
    return one.locator.section == other.locator.section


def _joined(document: SourceDocument, here: Passage, beside: Passage | None) -> str:
    places = [each.locator for each in (here, beside) if each]
    return document.text[min(p.start for p in places) : max(p.end for p in places)]


def _is_label(document: SourceDocument) -> bool:
    return document.kind == "label"


def _source(document: SourceDocument) -> str:
    return "guideline" if document.parser.startswith("html") else str(document.kind)


def _key(document: SourceDocument) -> str:
    """Labels of one drug share much of their wording, and stay in one half."""
    if not _is_label(document):
        return document.series
    drugs = {concept.name for concept in load_vocabulary().lexicon.find(document.title)}
    return " ".join(sorted(drugs)) or document.title


def drug_names(texts: Iterable[str]) -> set[str]:
    """Canonical names of the drugs named in these texts."""
    lexicon = load_vocabulary().lexicon
    return {each.name for text in texts for each in lexicon.find(text) if each.kind == "drug"}
