"""Faults of attribution: the sentence is true, but these are not the words it stands on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from claim_rows import digest
from planting.guards import content_words
from planting.rules import Change, Words
from planting.true_sentences import TrueSentence

__all__ = ["Shelf", "credited_elsewhere"]

_TRIED = 400
_MOST_SHARED = 0.3
"""Share of a claim's words that a passage may hold and still not say it."""
_FEWEST_WORDS = 6
_REFERENCES = re.compile(r"\s*\[[\d,;\u2013\s-]+\](?:\s?[,\u2013-]\s?\[[\d,;\u2013\s-]+\])*")
"""Numbers of references, which would give the true author away."""


class Shelf:
    """Passages to cite wrongly, by document and by subject."""

    FAULTS = ("other_section", "other_document")

    def __init__(self, all_sentences: Iterable[TrueSentence]) -> None:
        self._by_document: dict[str, dict[str, TrueSentence]] = defaultdict(dict)
        self._by_source: dict[tuple[str, str], list[TrueSentence]] = defaultdict(list)
        for each in all_sentences:
            self._by_document[each.document].setdefault(each.passage, each)
            self._by_source[each.source, each.split].append(each)

    def wrong(self, fault: str, sentence: TrueSentence) -> Iterator[TrueSentence]:
        """The nearest passage that does not say the sentence, of this document or of others."""
        if fault == "other_section":
            inside = self._by_document[sentence.document].values()
            candidates = [each for each in inside if each.section != sentence.section]
        else:
            others = self._by_source[sentence.source, sentence.split]
            start = int(sentence.id, 16) % len(others)
            candidates = (others + others)[start : start + _TRIED]
            candidates = [each for each in candidates if each.key != sentence.key]
        yield from _nearest(sentence, candidates)


def _nearest(sentence: TrueSentence, candidates: Sequence[TrueSentence]) -> list[TrueSentence]:
    """The candidate that shares most words with the claim, of those that share few enough."""
    claim = content_words(sentence.text)
    if len(claim) < _FEWEST_WORDS:
        return []
    shares = [(len(claim & content_words(each.passage)) / len(claim), each) for each in candidates]
    silent = [pair for pair in shares if pair[0] <= _MOST_SHARED]
    return [max(silent, key=lambda pair: (pair[0], pair[1].id))[1]] if silent else []


def credited_elsewhere(text: str, words: Words) -> Iterator[Change]:
    """What the sentence reports of another study, credited to this one or to a named other."""
    for pattern in words.others:
        if found := pattern.match(text):
            chosen = int(digest("credit", text), 16)
            finding = _REFERENCES.sub("", found[1])
            for fault, forms in (("this_trial", words.credits), ("named_other", words.named)):
                form = forms[chosen % len(forms)]
                yield Change(fault, form.replace("\\1", finding))
            return
