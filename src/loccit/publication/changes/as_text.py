"""A comparison of editions for a terminal: the gravest first, words gone and come marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from loccit.publication.filling import Paint, Piece, coloured, fill, uncoloured
from loccit.publication.words import Words, load_words
from loccit.terms import Change, ChangeKind, Comparison, SourceDocument

__all__ = ["as_text"]

NARROWEST = 40
SIGNS = {ChangeKind.ADDED: "+ ", ChangeKind.REMOVED: "- ", ChangeKind.CHANGED: "~ "}
STYLES = {ChangeKind.ADDED: "supported", ChangeKind.REMOVED: "contradicted"}
KEPT_WORDS = 12
"""Words that stay, shown on either side of those that changed."""


def as_text(comparison: Comparison, *, width: int = 80, colour: bool = False) -> str:
    """The comparison in lines of ``width`` cells."""
    words, paint = load_words(), coloured if colour else uncoloured
    width = max(width, NARROWEST)
    lines = [*_top(comparison, words, width, paint)]
    for name, changes in groupby(comparison.changes, key=lambda change: change.group):
        whole = comparison.groups.get(name)
        told = words.of("change", f"group_{whole}" if whole else "group_changed")
        lines += ["", paint(f"{words.of('change_group', name).upper()} ({told})", "heading")]
        for change in changes:
            lines += _change(change, width, paint)
    return "\n".join(lines) + "\n"


def _top(comparison: Comparison, words: Words, width: int, paint: Paint) -> Iterator[str]:
    yield from fill([(comparison.after.title, "title")], width=width, paint=paint)
    for key, document in (("before", comparison.before), ("after", comparison.after)):
        yield f"{words.of('change', key)}: {_edition(document)}"
    counts = Counter(change.kind for change in comparison.changes)
    if not counts:
        yield words.of("change", "none")
        return
    yield ", ".join(f"{counts[kind]} {words.of('change', str(kind))}" for kind in ChangeKind)


def _edition(document: SourceDocument) -> str:
    said = (document.id, str(document.effective_on or document.year or ""), str(document.standing))
    return ", ".join(filter(None, said))


def _change(change: Change, width: int, paint: Paint) -> Iterator[str]:
    passage = change.at.passage
    place = " / ".join(passage.locator.section[-2:])
    pieces: list[Piece] = [(SIGNS[change.kind].strip(), STYLES.get(change.kind, "partly"))]
    if place:
        pieces.append((f"[{place}]", "quiet"))
    pieces += _words(change)
    yield ""
    yield from fill(pieces, width=width, rest="  ", paint=paint)
    yield paint(f"  {passage.id}", "quiet")


def _words(change: Change) -> Iterator[Piece]:
    if change.kind is not ChangeKind.CHANGED:
        yield change.at.text, STYLES[change.kind]
        return
    for run in change.words:
        if run.kind is ChangeKind.REMOVED:
            yield f"[-{run.text}-]", STYLES[run.kind]
        elif run.kind is ChangeKind.ADDED:
            yield f"{{+{run.text}+}}", STYLES[run.kind]
        else:
            yield _shortened(run.text), ""


def _shortened(text: str) -> str:
    """A long run of words that stay, its middle left out."""
    kept = text.split()
    if len(kept) <= 2 * KEPT_WORDS:
        return text
    return " ".join([*kept[:KEPT_WORDS], "[…]", *kept[-KEPT_WORDS:]])
