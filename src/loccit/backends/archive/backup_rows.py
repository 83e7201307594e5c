"""Rows of tables as they stand in a backup, and what a row must be to be taken back."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, String, Table

from loccit.backends.archive.backup_format import PlainRow
from loccit.backends.archive.stored_answers import columns_of, decoded_answer, plain_of
from loccit.terms import BaseError

__all__ = ["plain_row", "stored_row"]

_NAME = re.compile(r"[0-9A-Za-z_-]{1,32}")
"""Ids of articles, which stand in addresses."""
_OF_ITS_BODY = ("digest", "evidence_digest", "form", "kind", "audience", "title")
"""Columns of a kept answer that its body gives."""


def plain_row(row: Mapping[Any, Any]) -> PlainRow:
    """A row for a backup: bytes in base64, all else as it is."""
    return {
        str(name): base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for name, value in row.items()
    }


def stored_row(table: Table, row: PlainRow) -> dict[str, Any]:
    """A row for its table. Raises ``ValueError`` saying what about it no program of ours wrote."""
    unknown = row.keys() - table.columns.keys()
    if unknown:
        raise ValueError(f"{table.name} has no {', '.join(sorted(unknown))}")
    values = {each.name: _value(each, row) for each in table.columns}
    check = _CHECKS.get(table.name)
    if check:
        check(values)
    return values


def _value(column: Column[Any], row: PlainRow) -> str | int | bytes | bool | None:
    value = row.get(column.name)
    if value is None:
        if not column.nullable:
            raise ValueError(f"{column.name} is missing")
        return None
    kind = column.type
    if isinstance(kind, LargeBinary):
        return _bytes(column.name, value)
    if isinstance(kind, Boolean):
        if not isinstance(value, bool):
            raise ValueError(f"{column.name} is neither true nor false")  # noqa: TRY004 - as below
        return value
    if isinstance(kind, Integer):
        return _number(column.name, value, bits=63 if isinstance(kind, BigInteger) else 31)
    if not isinstance(value, str):
        raise ValueError(f"{column.name} is no text")  # noqa: TRY004 - of a file, not of a call
    longest = kind.length if isinstance(kind, String) else None
    if longest is not None and len(value) > longest:
        raise ValueError(f"{column.name} is longer than {longest}")
    return value


def _number(name: str, value: str | int, *, bits: int) -> int:
    if isinstance(value, str | bool) or not 0 <= value < 1 << bits:
        raise ValueError(f"{name} is no whole number that fits")
    return value


def _bytes(name: str, value: str | int) -> bytes:
    try:
        return base64.b64decode(str(value), validate=True)
    except binascii.Error as error:
        raise ValueError(f"{name} is not in base64") from error


def _text(values: Mapping[str, Any]) -> None:
    """A text that was decided on is named by its own digest."""
    if hashlib.sha256(plain_of(values["body"])).hexdigest() != values["digest"]:
        raise ValueError("the text is not the one that its digest names")
    _read(values)


def _version(values: dict[str, Any]) -> None:
    """What is told of a kept answer is what its body says; it is found by the words of this one."""
    given = columns_of(_read(values), plain_of(values["body"]))
    for name in _OF_ITS_BODY:
        if values[name] != given[name]:
            raise ValueError(f"{name} is not that of the answer")
    values["words"] = given["words"]


def _read(values: Mapping[str, Any]) -> Any:
    try:
        return decoded_answer(values["form"], values["body"])
    except BaseError as error:
        raise ValueError(str(error)) from error


def _named(column: str) -> Callable[[dict[str, Any]], None]:
    def check(values: Mapping[str, Any]) -> None:
        if not _NAME.fullmatch(values[column]):
            raise ValueError(f"{column} is no name of an article")

    return check


_CHECKS: dict[str, Callable[[dict[str, Any]], None]] = {
    "articles": _named("id"),
    "decisions": _named("article"),
    "texts": _text,
    "versions": _version,
}
