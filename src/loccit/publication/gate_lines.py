"""The safety gate as shown: what is blocked for which fact, and what the article leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from loccit.publication.facts import fact_value
from loccit.publication.page import GateLine, LeftOut, Sentence
from loccit.publication.showing import visible
from loccit.publication.words import Words
from loccit.terms import Article, Block, DocumentId, Fact, Unshown

__all__ = ["gate_lines", "left_out", "told_fact"]


def gate_lines(
    article: Article, sentences: dict[str, Sentence], words: Words
) -> tuple[GateLine, ...]:
    """A line for each drug and fact, what blocks first; it points to the sentences that say so."""
    gate = article.gate
    blocks = [_line(each, sentences, words, blocks=True) for each in gate.blocks]
    cautions = [_line(each, sentences, words, blocks=False) for each in gate.cautions]
    return (*blocks, *(line for line in cautions if line.marks))


def _line(block: Block, sentences: dict[str, Sentence], words: Words, *, blocks: bool) -> GateLine:
    said = [sentences[name] for name in block.statements if name in sentences]
    return GateLine(
        drug=visible(block.drug),
        fact=told_fact(block.fact, words),
        why=words.of("severity", block.severity),
        doubt="" if block.sure else words.label("gate_unsure"),
        blocks=blocks,
        sentences=tuple(sentence.number for sentence in said),
        marks=tuple(mark for sentence in said for mark in sentence.marks),
    )


def told_fact(fact: Fact, words: Words) -> str:
    """A stated fact in words."""
    return visible(words.of("gate_fact", fact.axis).replace("{}", fact_value(fact.value)))


def left_out(
    unshown: Iterable[Unshown], numbers: Mapping[DocumentId, int], words: Words
) -> Iterator[LeftOut]:
    """What is not shown, by drug and section, with its source's number where the list has it."""
    for each in unshown:
        one, many = words.of("count", "statement"), words.of("count", "statements")
        count = len(each.passages)
        yield LeftOut(
            drug=visible(each.drug),
            section=visible(each.section) or visible(each.card.title),
            counted=f"{count} {one if count == 1 else many}",
            number=numbers.get(each.card.id, 0),
            passages=each.passages,
        )
