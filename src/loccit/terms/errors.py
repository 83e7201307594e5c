"""The error tree. Each message says what went wrong, where, and what to do next.

LoccitError
├── SourceError           a file or record could not be read
│   ├── Unreadable        broken, truncated or hostile bytes
│   ├── UnknownFormat     no reader recognises the content
│   ├── NothingToRead     well-formed, but holds no citable text (an index-only label, say)
│   └── Unfetched         could not be had from where it is published, or may not be asked for
├── LocatorMismatch       a locator was resolved against another edition of its document
├── UncitedStatement      a statement was built without a citation
├── BaseError             the evidence base cannot be opened, or does not hold what it should
├── NotInBase             the document or passage asked for is not in the base
├── NoSuchArticle         no answer of this id and version is kept to be read again
├── Overtaken             somebody else decided meanwhile, so that nothing was written
├── Watching              another process holds the articles against their sources at this moment
├── NoSuchTurn            no answer of this id is kept, so that nothing can follow it
├── NotAdmitted           nobody is let in by what was given, or not now
├── ModelError            the embedding model is absent, not as published, or cannot run here
├── DataFileError         a vocabulary, shape or pack file breaks its schema
└── UsageError            a question or an option that cannot be read
    └── Refused           a rule of review or of passwords forbids it
"""

# ruff: noqa: N818 - each name says what is wrong; "Error" would say it twice

from __future__ import annotations

__all__ = [
    "BaseError",
    "DataFileError",
    "LocatorMismatch",
    "LoccitError",
    "ModelError",
    "NoSuchArticle",
    "NoSuchTurn",
    "NotAdmitted",
    "NotInBase",
    "NothingToRead",
    "Overtaken",
    "Refused",
    "SourceError",
    "UncitedStatement",
    "Unfetched",
    "UnknownFormat",
    "Unreadable",
    "UsageError",
    "Watching",
]


class LoccitError(Exception):
    """Anything Loccit refuses, with a message fit for the person who asked."""


class SourceError(LoccitError):
    """A source could not be read: names the file or record, the place, the cause and the cure."""

    def __init__(self, cause: str, *, where: str = "", place: str = "", cure: str = "") -> None:
        self.cause, self.where, self.place, self.cure = cause, where, place, cure
        super().__init__(cause)

    def __str__(self) -> str:
        start = ", ".join(part for part in (self.where, self.place) if part)
        line = f"{start}: {self.cause}" if start else self.cause
        return f"{line}; {self.cure}" if self.cure else line

    def at(self, where: str) -> SourceError:
        """The same error, naming the file it came from (kept if one is named already)."""
        if self.where:
            return self
        return type(self)(self.cause, where=where, place=self.place, cure=self.cure)


class Unreadable(SourceError):
    """The bytes are broken, truncated, too large or hostile."""


class UnknownFormat(SourceError):
    """No reader recognises this content."""


class NothingToRead(SourceError):
    """The source is well-formed but holds no citable text."""


class Unfetched(SourceError):
    """A public interface or page cannot be reached, refuses, or may not be asked."""


class LocatorMismatch(LoccitError):
    """The locator was made for another edition of this document."""


class UncitedStatement(LoccitError):
    """Every statement stands on at least one citation."""


class BaseError(LoccitError):
    """The evidence base cannot be opened, or what it stores does not match its hashes."""


class NotInBase(LoccitError):
    """The base holds no such document or passage."""


class NoSuchArticle(LoccitError):
    """No answer of this id, or no such version of it, is kept to be read again."""


class Overtaken(LoccitError):
    """Somebody else decided meanwhile: nothing was written, and theirs must be read first."""


class Watching(LoccitError):
    """Another process holds the articles against their sources at this moment."""


class NoSuchTurn(LoccitError):
    """No answer of this id is kept, so that nothing can follow it."""


class NotAdmitted(LoccitError):
    """Nobody is let in by what was given; ``wait`` is the seconds before another try counts."""

    def __init__(self, message: str, *, wait: int = 0) -> None:
        self.wait = wait
        super().__init__(message)


class ModelError(LoccitError):
    """The embedding model is not here, is not what its publisher lists, or cannot run here."""


class DataFileError(LoccitError):
    """A data file (vocabulary, shape, pack) breaks its schema: names the file and the path."""


class UsageError(LoccitError):
    """The question or an option cannot be read as given."""


class Refused(UsageError):
    """A rule forbids it; ``rule`` is its name in the ``rules.toml`` of its room."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule = rule
        super().__init__(message)
