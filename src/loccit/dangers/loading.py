"""Reads the files on dangers once."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.abc import Traversable
from importlib.resources import files
from typing import TypeVar

import msgspec

from loccit.dangers.forms import (
    DangerFile,
    RaisingFile,
    SetAsideFile,
    SharedFile,
    WordsFile,
)
from loccit.dangers.phrases import Phrases
from loccit.dangers.rules import Danger, Dangers, Message, Origin, Rule
from loccit.terms import DataFileError

__all__ = ["danger", "load_dangers"]

Form = TypeVar("Form", DangerFile, SharedFile, SetAsideFile, WordsFile, RaisingFile)
_SET_ASIDE = ("past", "elsewhere", "present", "asking", "someone", "denials")


@cache
def load_dangers() -> Dangers:
    """The shipped dangers. Raises ``DataFileError`` when a file breaks its form."""
    data = files("loccit.dangers") / "data"
    paths = sorted((data / "domains").iterdir(), key=lambda path: path.name)
    domains = [read_file(path, DangerFile) for path in paths if path.name.endswith(".toml")]
    shared = read_file(data / "cues.toml", SharedFile)
    aside = read_file(data / "set_aside.toml", SetAsideFile)
    try:
        return assembled(domains, shared, aside)
    except ValueError as error:
        raise DataFileError(f"dangers/data: {error}") from error


def danger(key: str) -> Danger | None:
    """The danger of this key, if there is one."""
    return next((each for each in load_dangers().ordered if each.key == key), None)


def read_file(path: Traversable, form: type[Form]) -> Form:
    """One file. Raises ``DataFileError`` naming it and what is wrong."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), form)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise DataFileError(f"dangers/data/{path.name}: {error}") from error


def assembled(domains: Iterable[DangerFile], shared: SharedFile, aside: SetAsideFile) -> Dangers:
    """The files as one whole. Raises ``ValueError`` naming a cue that no file defines."""
    domains = tuple(domains)
    cues, background = _named(shared, ""), set(shared.background)
    measures = [*shared.measure]
    classes: dict[str, list[str]] = defaultdict(list)
    _add_classes(classes, shared, "")
    for each in domains:
        own = f"{each.key}."
        cues |= _named(each, own)
        background |= {own + name for name in each.background}
        measures += [msgspec.structs.replace(row, cue=own + row.cue) for row in each.measure]
        _add_classes(classes, each, own)
    known = {
        *cues,
        *(row.cue for row in measures),
        *(n for names in classes.values() for n in names),
    }
    return Dangers(
        ordered=tuple(_danger(each, known) for each in domains),
        cues=Phrases(cues, barriers=aside.barriers),
        measures=tuple(measures),
        classes={name: tuple(given) for name, given in classes.items()},
        background=frozenset(background),
        set_aside=Phrases({name: getattr(aside, name) for name in _SET_ASIDE}),
    )


def _named(file: DangerFile | SharedFile, own: str) -> dict[str, str]:
    both = {**file.cues, **file.background}
    if len(both) < len(file.cues) + len(file.background):
        raise ValueError(f"{own or 'cues'}: a name stands under cues and under background")
    return {own + name: phrases for name, phrases in both.items()}


def _add_classes(classes: dict[str, list[str]], file: DangerFile | SharedFile, own: str) -> None:
    for name, entries in file.classes.items():
        for entry in entries:
            classes[entry].append(own + name)


def _danger(file: DangerFile, known: set[str]) -> Danger:
    return Danger(
        key=file.key,
        title=file.title,
        owner=file.owner,
        dated=file.dated,
        review_by=file.review_by,
        message=Message(clinician=file.message.clinician, patient=file.message.patient),
        origins=tuple(
            Origin(title=s.title, publisher=s.publisher, url=s.url, checked_on=s.checked_on)
            for s in file.source
        ),
        rules=tuple(
            Rule(
                groups=tuple(_resolved(group.split("|"), file.key, known) for group in row.all),
                unless=_resolved((*file.unless, *row.unless), file.key, known),
                age_below=row.age_below,
                stands=row.stands,
            )
            for row in file.rule
        ),
        examples=tuple((each.text, each.raises) for each in file.example),
    )


def _resolved(names: Iterable[str], key: str, known: set[str]) -> frozenset[str]:
    """Full names of cues: what a danger calls by the name of a shared cue adds to it."""
    full = set()
    for name in names:
        found = {f"{key}.{name}", name} & known
        if not found:
            raise ValueError(f"{key}: no cue is called {name!r}")
        full |= found
    return frozenset(full)
