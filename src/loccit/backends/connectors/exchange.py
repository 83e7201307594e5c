"""One request and its answer, over TLS, to an address that was checked; bounded in size and time.

Why the standard library's client: docs/decisions/0007-asking-the-network.md.
"""

from __future__ import annotations

import errno
import functools
import http.client
import io
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from loccit.backends.connectors.addresses import PORT, Place, Resolve, public_addresses
from loccit.backends.connectors.rules import Limits
from loccit.terms import Unfetched

__all__ = ["Answer", "Dial", "Faltered", "Wire", "system_addresses"]

CHUNK = 64 * 1024
HEAD_BYTES = 1024**2
"""Bytes of an answer that are not its body: headers, marks of chunks."""
FREE_BYTES = 1024**2
"""Unpacked bytes before the ratio counts: small texts pack very well."""
MOST_ADDRESSES = 4
"""Addresses of one host that are tried, so that a long list cannot hold the program up."""
NO_NETWORK = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)

Dial = Callable[[str, float], socket.socket]
"""Connects to a numeric address within so many seconds. Raises ``OSError``."""


class Faltered(Unfetched):
    """The request failed in a way that may pass; ``after`` is the pause asked for, in seconds."""

    after: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a server answered. ``headers`` by small names; ``data`` only where the status is 200."""

    status: int
    headers: Mapping[str, str]
    data: bytes = b""


def system_addresses(host: str) -> list[str]:
    """What the system's name service says."""
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def system_dial(address: str, seconds: float) -> socket.socket:
    """A connection to ``address``."""
    return socket.create_connection((address, PORT), timeout=seconds)


@functools.cache
def system_trust() -> ssl.SSLContext:
    """The certificates that this system trusts."""
    return ssl.create_default_context()


class Wire:
    """Asks one place at a time. Its parts can be replaced where it is made, and nowhere else."""

    def __init__(
        self,
        limits: Limits,
        *,
        resolve: Resolve = system_addresses,
        dial: Dial = system_dial,
        trust: Callable[[], ssl.SSLContext] = system_trust,
    ) -> None:
        self._limits = limits
        self._resolve, self._dial, self._trust = resolve, dial, trust

    def ask(self, place: Place, headers: Mapping[str, str], *, most: int) -> Answer:
        """The answer to a GET, of ``most`` bytes unpacked.

        Raises ``Faltered`` where another try may help, otherwise ``Unfetched``. Messages name the
        host alone: the target can hold a key.
        """
        try:
            return self._asked(place, headers, most)
        except socket.gaierror:
            raise _no_network(place.host) from None
        except ssl.SSLCertVerificationError as error:
            cause = f"{place.host} shows a certificate that does not hold"
            raise Unfetched(f"{cause} ({error.verify_message})") from None
        except TimeoutError:
            raise Faltered(f"{place.host} did not answer in time") from None
        except OSError as error:
            if error.errno in NO_NETWORK:
                raise _no_network(place.host) from None
            raise Faltered(f"{place.host} broke off ({_reason(error)})") from None
        except http.client.HTTPException as error:
            raise Faltered(f"{place.host} broke off ({type(error).__name__})") from None

    def _asked(self, place: Place, headers: Mapping[str, str], most: int) -> Answer:
        until = time.monotonic() + self._limits.whole_seconds
        line = self._line(place.host, until, most + HEAD_BYTES)
        connection = _OnLine(place.host, line)
        try:
            connection.request("GET", place.target, headers=dict(headers))
            with connection.getresponse() as response:
                told = {name.lower(): value for name, value in response.getheaders()}
                data = b""
                if response.status == http.HTTPStatus.OK:
                    data = self._body(response, told, place.host, most)
                return Answer(status=response.status, headers=told, data=data)
        finally:
            connection.close()

    def _line(self, host: str, until: float, most: int) -> _Line:
        """A connection to the first address of ``host`` that takes one."""
        failed: OSError = socket.gaierror(socket.EAI_NONAME, "no address")
        for address in public_addresses(host, self._resolve)[:MOST_ADDRESSES]:
            try:
                bare = self._dial(address, self._limits.silence_seconds)
            except OSError as error:
                failed = error
                continue
            try:
                secured = self._trust().wrap_socket(bare, server_hostname=host)
            except BaseException:
                bare.close()
                raise
            silence = self._limits.silence_seconds
            return _Line(secured, host=host, silence=silence, until=until, most=most)
        raise failed

    def _body(
        self, response: http.client.HTTPResponse, told: Mapping[str, str], host: str, most: int
    ) -> bytes:
        unpacking = _Unpacking(told.get("content-encoding", ""), host, most, self._limits)
        stated = response.length
        if stated is not None and stated > most:
            raise unpacking.too_large()
        parts = []
        while chunk := response.read(CHUNK):
            parts.append(unpacking.fed(chunk))
        if response.length:  # what was announced and never came
            raise Faltered(f"{host} broke off: {response.length:,} bytes are missing")
        unpacking.finish()
        return b"".join(parts)


class _OnLine(http.client.HTTPSConnection):
    """The library's connection on a line of ours; it never opens one itself."""

    def __init__(self, host: str, line: _Line) -> None:
        super().__init__(host, context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        self.sock: Any = line

    def connect(self) -> None:
        raise ConnectionError("closed")


class _Line:
    """A socket as ``http.client`` uses one, that gives up in time and after ``most`` bytes.

    A limit on silence is not enough: one byte every few seconds would go on for ever, in the
    headers too. Nor is one on the body: the library reads all there is after a chunk whose stated
    size is negative, and trailers without end.
    """

    def __init__(
        self, sock: socket.socket, *, host: str, silence: float, until: float, most: int
    ) -> None:
        self._sock, self._silence, self._until = sock, silence, until
        self._host, self._left = host, most

    def sendall(self, data: bytes) -> None:
        self.limit()
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        assert mode == "rb"
        return io.BufferedReader(_TimedReading(self, self._sock.makefile("rb", buffering=0)))

    def close(self) -> None:
        self._sock.close()

    def limit(self) -> None:
        """Let the next step take no longer than is left. Raises ``TimeoutError``."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(min(left, self._silence))

    def count(self, read: int) -> None:
        """Note that so many bytes came. Raises ``Unfetched`` when they are too many."""
        self._left -= read
        if self._left < 0:
            raise Unfetched(f"{self._host} sent more than was wanted; refused")


class _TimedReading(io.RawIOBase):
    def __init__(self, line: _Line, raw: Any) -> None:
        self._line, self._raw = line, raw

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._line.limit()
        read: int | None = self._raw.readinto(buffer)
        self._line.count(read or 0)
        return read

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Unpacking:
    """Takes gzip off an answer and counts what comes out; no stated size is believed."""

    def __init__(self, encoding: str, host: str, most: int, limits: Limits) -> None:
        packing = encoding.strip().lower()
        if packing not in ("", "identity", "gzip", "x-gzip"):
            raise Unfetched(f"{host} packed its answer in a way that was not asked for")
        self._gzip = zlib.decompressobj(wbits=31) if packing.endswith("gzip") else None
        self._host, self._most, self._ratio = host, most, limits.most_unpacked
        self._read = self._given = 0

    def fed(self, chunk: bytes) -> bytes:
        """What a further chunk holds. Raises ``Unfetched`` when it is too much."""
        self._read += len(chunk)
        if self._gzip is not None:
            try:
                chunk = self._gzip.decompress(chunk, self._most - self._given + 1)
            except zlib.error:
                raise Faltered(f"{self._host} sent damaged data") from None
            if self._gzip.unused_data:
                raise Faltered(f"{self._host} sent damaged data")
        self._given += len(chunk)
        if self._given > self._most:
            raise self.too_large()
        if self._given > max(FREE_BYTES, self._read * self._ratio):
            raise Unfetched(f"{self._host} sent an answer that unfolds without measure; refused")
        return chunk

    def finish(self) -> None:
        """Raises ``Faltered`` when the packed data had no end."""
        if self._gzip is not None and not self._gzip.eof:
            raise Faltered(f"{self._host} broke off in packed data")

    def too_large(self) -> Unfetched:
        return Unfetched(f"{self._host} sent more than {self._most // 1024**2} MB; refused")


def _no_network(host: str) -> Unfetched:
    return Unfetched(
        f"this asks {host}; there is no network",
        cure="connect and try again, or add a file that you have",
    )


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
