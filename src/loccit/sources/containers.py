"""Opens compressed files and archives, counting every byte that comes out.

A format is recognised by its first bytes, never by its name, and no size that a header states is
believed: what is read is counted, so that a small file cannot unfold into one that fills memory
or runs for hours. Nothing is written under a member's name.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from loccit.ports import RawSource
from loccit.sources.counting import MAX_MEMBERS, TROUBLE, Budget, Counted, damaged
from loccit.terms import SourceError, UnknownFormat, Unreadable

__all__ = ["HEAD_BYTES", "rendered_elsewhere", "unpack"]

HEAD_BYTES = 64 * 1024

MAX_ARCHIVE_DEPTH = 2
"""Archives inside an archive: DailyMed ships zips in a zip, nobody ships deeper."""
MAX_LAYERS = 5
"""Archives and compressions on top of each other, e.g. zip, zip, tar, xz."""
MAX_NAME = 1024
SPOOL_BYTES = 16 * 1024**2
"""An inner zip up to this size stays in memory; a larger one goes to an unnamed temporary file."""

_NOT_OPENED = (
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "Zstandard-compressed"),
    (b"\x1f\x9d", "compressed with compress (.Z)"),
)
Part = RawSource | SourceError


def unpack(name: str, stream: BinaryIO) -> Iterator[Part]:
    """The plain files inside ``stream``: itself when it is no container, else its members.

    Members are named ``archive.zip!folder/member``. Each must be read before the next is asked
    for. What cannot be opened comes as its error, and the rest goes on where that is possible.
    """
    with ExitStack() as opened:
        if not stream.seekable():
            stream = _spooled(stream, opened)
        packed = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        budget = Budget(packed_bytes=packed, opened=opened)
        yield from _open(name, stream, budget, layers=0, archives=0)


def rendered_elsewhere(name: str, stems: set[str]) -> bool:
    """Whether ``name`` is the plain-text rendering of a JATS article that is there as well."""
    path = PurePosixPath(name)
    return path.suffix == ".txt" and path.stem in stems


def article_stems(names: Iterable[str]) -> set[str]:
    """Stems of the JATS articles among ``names``."""
    return {p.stem for p in map(PurePosixPath, names) if p.suffix == ".nxml"}


def _spooled(stream: IO[bytes], opened: ExitStack) -> BinaryIO:
    """A copy that can be read from anywhere; it goes when the whole file has been read."""
    copy = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115 (closed below)
    opened.callback(copy.close)
    while chunk := stream.read(1024 * 1024):
        copy.write(chunk)
    copy.seek(0)
    return cast("BinaryIO", copy)


def _open(
    name: str, stream: BinaryIO, budget: Budget, *, layers: int, archives: int
) -> Iterator[Part]:
    try:
        head = stream.read(HEAD_BYTES)
        stream = _rewound(stream, head)
        yield from _dispatch(name, head, stream, budget, layers=layers, archives=archives)
    except SourceError as error:
        yield error.at(name)
    except TROUBLE as error:
        yield damaged(name, error)


def _rewound(stream: BinaryIO, head: bytes) -> BinaryIO:
    if stream.seekable():
        stream.seek(0)
        return stream
    raw = cast("Counted", cast("io.BufferedReader", stream).detach())
    raw.push_back(head)
    return io.BufferedReader(raw, HEAD_BYTES)


def _dispatch(
    name: str, head: bytes, stream: BinaryIO, budget: Budget, *, layers: int, archives: int
) -> Iterator[Part]:
    for magic, what in _NOT_OPENED:
        if head.startswith(magic):
            raise UnknownFormat(f"is {what}", cure="unpack it and add the files")
    decompress = _compression(head)
    members = _archive(head)
    if (decompress or members) and layers >= MAX_LAYERS:
        raise Unreadable(f"is packed more than {MAX_LAYERS} times over", cure="unpack it first")
    if decompress:
        inner = _counted(decompress(stream), budget, name, can_rewind=stream.seekable())
        yield from _open(name, inner, budget, layers=layers + 1, archives=archives)
    elif members:
        if archives >= MAX_ARCHIVE_DEPTH:
            raise Unreadable("is an archive too deep inside archives", cure="unpack it first")
        for part, member in members(name, stream, budget):
            if isinstance(member, SourceError):
                yield member.at(part)
            else:
                yield from _open(part, member, budget, layers=layers + 1, archives=archives + 1)
    else:
        yield RawSource(name=name, head=head, stream=stream)


def _counted(inner: IO[bytes], budget: Budget, where: str, *, can_rewind: bool = False) -> BinaryIO:
    raw = Counted(inner, budget=budget, where=where, can_rewind=can_rewind)
    return io.BufferedReader(raw, HEAD_BYTES)


def _compression(head: bytes) -> Callable[[BinaryIO], IO[bytes]] | None:
    if head.startswith(b"\x1f\x8b"):
        return lambda stream: cast("IO[bytes]", gzip.GzipFile(fileobj=stream, mode="rb"))
    if head.startswith(b"\xfd7zXZ\x00"):
        return lzma.LZMAFile
    if head.startswith(b"BZh") and head[4:10] in (b"1AY&SY", b"\x17rE8P\x90"):
        return bz2.BZ2File
    return None


Members = Iterator[tuple[str, "BinaryIO | SourceError"]]


def _archive(head: bytes) -> Callable[[str, BinaryIO, Budget], Members] | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_members
    if head[257:262] == b"ustar":
        return _tar_members
    return None


def _zip_members(name: str, stream: BinaryIO, budget: Budget) -> Members:
    if not stream.seekable():
        stream = _spooled(stream, budget.opened)
    archive = budget.opened.enter_context(zipfile.ZipFile(stream))
    names = [info.filename for info in archive.infolist()]
    _refuse_office_files(names)
    stems = article_stems(names)
    for info in archive.infolist():
        budget.count_member()
        if info.is_dir():
            continue
        part = f"{name}!{info.filename[:MAX_NAME]}"
        refusal = _refusal(info.filename, stems)
        if refusal is None and info.flag_bits & 0x1:
            refusal = Unreadable("is encrypted", cure="unpack it with its password first")
        yield part, refusal or _zip_member(archive, info, budget, part)


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, part: str
) -> BinaryIO | SourceError:
    try:
        return _counted(archive.open(info), budget, part)
    except TROUBLE as error:
        return damaged(part, error)


def _refuse_office_files(names: list[str]) -> None:
    if "[Content_Types].xml" in names or (names and names[0] == "mimetype"):
        raise UnknownFormat(
            "is an office document or e-book", cure="save it as PDF, HTML or plain text"
        )


def _tar_names(stream: BinaryIO) -> list[str]:
    """Names of all members, by a first pass where the stream can be read twice."""
    if not stream.seekable():
        return []
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        names = [info.name for info, _ in zip(archive, range(MAX_MEMBERS), strict=False)]
    stream.seek(0)
    return names


def _tar_members(name: str, stream: BinaryIO, budget: Budget) -> Members:
    stems = article_stems(_tar_names(stream))
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            budget.count_member()
            if info.isdir():
                continue
            part = f"{name}!{info.name[:MAX_NAME]}"
            refusal = _refusal(info.name, stems)
            if refusal is None and not info.isfile():
                refusal = UnknownFormat("is a link or device, which is not followed")
            yield part, refusal or _tar_member(archive, info, budget, part)


def _tar_member(
    archive: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget, part: str
) -> BinaryIO | SourceError:
    inner = archive.extractfile(info)
    if inner is None:
        return Unreadable("has no content that can be read")
    return _counted(inner, budget, part)


def _refusal(member: str, stems: set[str]) -> SourceError | None:
    path = PurePosixPath(member.replace("\\", "/"))
    if len(member) > MAX_NAME:
        return Unreadable(f"has a name of more than {MAX_NAME} characters")
    if path.is_absolute() or ".." in path.parts or "\x00" in member:
        return Unreadable("has a name that points outside the archive", cure="repack it")
    if any(part.startswith(".") or part == "__MACOSX" for part in path.parts):
        return UnknownFormat("is a hidden file, left out")
    if rendered_elsewhere(member, stems):
        return UnknownFormat("is the plain-text copy of an article read from its .nxml, left out")
    return None
