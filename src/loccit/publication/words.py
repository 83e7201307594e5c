"""The fixed words of pages, from ``texts.toml``: with an owner and a date, never composed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from loccit.terms import DataFileError

__all__ = ["Words", "load_account_words", "load_site_words", "load_words"]

_HEAD = ("schema", "owner", "dated")


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Tables of fixed words, and who answers for them since when."""

    owner: str
    dated: date
    tables: dict[str, dict[str, str]]
    file: str = "texts.toml"

    def of(self, table: str, key: str) -> str:
        """The words for ``key``. Raises ``DataFileError`` naming what is missing."""
        try:
            return self.tables[table][key]
        except KeyError:
            raise DataFileError(f"publication/{self.file}: [{table}] lacks {key!r}") from None

    def heading(self, key: str) -> str:
        """The heading of a part of the page."""
        return self.of("heading", key)

    def label(self, key: str) -> str:
        """A short fixed word."""
        return self.of("label", key)


@cache
def load_words() -> Words:
    """The shipped words. Raises ``DataFileError`` when the file breaks its form."""
    return _read("texts.toml")


@cache
def load_site_words() -> Words:
    """The words of the site's own pages. Raises as ``load_words`` does."""
    return _read("site_texts.toml")


@cache
def load_account_words() -> Words:
    """The words of the pages of people and accounts. Raises as ``load_words`` does."""
    return _read("account_texts.toml")


def _read(file: str) -> Words:
    read = tomllib.loads((files("loccit.publication") / file).read_text(encoding="utf-8"))
    try:
        return Words(
            file=file,
            owner=read["owner"],
            dated=read["dated"],
            tables={name: dict(table) for name, table in read.items() if name not in _HEAD},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataFileError(f"publication/{file}: {error}") from error
