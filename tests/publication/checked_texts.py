"""Small made-up reports about a drug that does not exist. None of it is medicine."""

from __future__ import annotations

from dataclasses import replace

from articles import card, guideline_card

from loccit.terms import (
    Checked,
    CheckedPart,
    Citation,
    CitationRole,
    Claim,
    DocumentCard,
    DocumentId,
    Finding,
    Locator,
    PassageId,
    Report,
    Verdict,
    Witness,
)

SENTENCE = "Take 50 mg of examplamine once a day."
PASSAGE = "Take 5 mg of examplamine once a day with water."
OPENING = "Thank you for reading."
FACT = "Swallow the tablet whole, and do not use it in examplitis."
TEXT = f"{OPENING} {SENTENCE} {FACT}"
AT = 1000
"""Where the passage begins in its document."""


def place(start: int = AT, end: int = AT + len(PASSAGE)) -> Locator:
    return Locator(
        document=DocumentId("label"), sha256="0" * 64, start=start, end=end, section=("2 Dosage",)
    )


def finding(**changes) -> Finding:
    """The sentence says 50 mg, the source 5 mg."""
    plain = Finding(
        check="quantity/1",
        verdict=Verdict.CONTRADICTED,
        message="the source says 5 mg here, not 50 mg",
        locator=place(AT + 5, AT + 9),
        span=(5, 10),
    )
    return replace(plain, **changes)


def witness(
    *findings: Finding,
    verdict: Verdict = Verdict.CONTRADICTED,
    quote: str = PASSAGE,
    passage: str = "a1b2c3d4e5f60718",
    of: DocumentCard | None = None,
) -> Witness:
    return Witness(
        citation=Citation(
            passage=PassageId(passage),
            locator=place(AT, AT + len(quote)),
            quote=quote,
            role=CitationRole.CONTRADICTS,
        ),
        card=of or card(),
        verdict=verdict,
        findings=findings,
    )


def claim(text: str = SENTENCE, **changes) -> Claim:
    start = max(TEXT.find(text), 0)
    return replace(Claim(text=text, start=start, end=start + len(text)), **changes)


def contradicted(**changes) -> Checked:
    part = CheckedPart(claim=claim(), verdict=Verdict.CONTRADICTED, witnesses=(witness(finding()),))
    return replace(Checked(claim=claim(), verdict=Verdict.CONTRADICTED, parts=(part,)), **changes)


def in_parts() -> Checked:
    """A sentence of two claims, of which one is supported and the other goes too far."""
    first, second = "Swallow the tablet whole", "do not use it in examplitis."
    carries = witness(
        verdict=Verdict.SUPPORTED, quote="Swallow the tablet whole.", of=guideline_card()
    )
    wider = Finding(
        check="population/1", verdict=Verdict.PARTLY, message="a wider group", span=(17, 28)
    )
    doubts = witness(wider, verdict=Verdict.PARTLY, quote="Use with care in old examplitis.")
    return Checked(
        claim=claim(FACT),
        verdict=Verdict.PARTLY,
        parts=(
            CheckedPart(claim=claim(first), verdict=Verdict.SUPPORTED, witnesses=(carries,)),
            CheckedPart(claim=claim(second), verdict=Verdict.PARTLY, witnesses=(doubts,)),
        ),
    )


def report(*sentences: Checked, **changes) -> Report:
    idle = Checked(claim=claim(OPENING, checkable=False), verdict=None)
    plain = Report(
        name="A made-up note",
        text=TEXT,
        sentences=sentences or (idle, contradicted(), in_parts()),
        base_digest="d" * 64,
    )
    return replace(plain, **changes)


def of_words(text: str, quote: str = "", message: str = "") -> Report:
    """A report whose every string is what it is given, marked in the middle."""
    middle = (len(text) // 3, len(text) // 3 + max(len(text) // 3, 1))
    quote = quote or text
    start = AT + len(quote) // 3
    told = finding(
        message=message or text, check=text or "none", span=middle, locator=place(start, start + 1)
    )
    whole = Claim(text=text, start=0, end=len(text), heading=text)
    hostile = card(title=text, publisher=text, url=text)
    heard = witness(told, quote=quote, of=hostile, passage=text or "0")
    part = CheckedPart(claim=whole, verdict=Verdict.CONTRADICTED, witnesses=(heard,))
    checked = Checked(
        claim=whole, verdict=Verdict.CONTRADICTED, parts=(part, part), remarks=(told,)
    )
    return Report(name=text, text=text, sentences=(checked,), base_digest=text, notes=(text,))
