"""A small HTTPS server on this machine, and the client that takes it for the network.

The client is the real one. What is replaced where it is built: the name service (a dictionary of
public addresses), the last step of dialling (to this machine, whatever the address; it is noted),
the certificates trusted (ours), and the clock, so that no pause is waited for.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

from loccit.backends.connectors.cache import open_cache
from loccit.backends.connectors.exchange import Wire
from loccit.backends.connectors.opening import Settings, open_connector, rules_for
from loccit.backends.connectors.patience import Pace
from loccit.backends.connectors.web import Web
from loccit.ports import Connector

TRUST = Path(__file__).parent / "trust"
PUBLIC = "93.184.216.34"
START = 1_800_000_000.0
"""15 January 2027, when the tests' clock starts."""


@dataclass
class Reply:
    """What the server says, and how badly."""

    body: bytes = b""
    type: str = "text/html"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    """A stated length that is not the real one."""
    packed: bool = False
    chunked: bool = False
    drip: float | None = None
    """Seconds between the bytes, headers too."""
    hang_up: bool = False
    raw: bytes | None = None
    """Instead of an answer."""


@dataclass(frozen=True)
class Asked:
    """A request as it reached the server."""

    host: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]


Page = Reply | Callable[[Asked], Reply]


class Server:
    """Serves ``pages`` by host and path; ``asked`` is what came in."""

    def __init__(self) -> None:
        self.pages: dict[str, Page | list[Reply]] = {}
        self.asked: list[Asked] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(TRUST / "certificate.pem", TRUST / "key.pem")
        # The handshake belongs to the thread of its request: a client that refuses stops no other.
        self._http.socket = context.wrap_socket(
            self._http.socket, server_side=True, do_handshake_on_connect=False
        )
        self.port = self._http.server_address[1]
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        page = self.pages.get(asked.host + asked.path, Reply(status=404, body=b"{}"))
        if isinstance(page, list):
            page = page.pop(0) if len(page) > 1 else page[0]
        return page if isinstance(page, Reply) else page(asked)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def handle(self) -> None:
                try:
                    super().handle()
                except (OSError, ssl.SSLError):
                    self.close_connection = True

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(headers.get("host", ""), parts.path, query, headers)
                _write(self, server.reply(asked))

            def log_message(self, *args: Any) -> None:
                pass

        return Handler


def _write(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    if reply.hang_up:
        handler.connection.close()
        return
    if reply.raw is not None:
        handler.wfile.write(reply.raw)
        return
    body = gzip.compress(reply.body) if reply.packed else reply.body
    if reply.chunked:
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    head = [f"HTTP/1.1 {reply.status} As asked", "Connection: close"]
    if reply.type:
        head.append(f"Content-Type: {reply.type}")
    if reply.packed:
        head.append("Content-Encoding: gzip")
    if reply.chunked:
        head.append("Transfer-Encoding: chunked")
    else:
        head.append(f"Content-Length: {len(body) if reply.length is None else reply.length}")
    head += [f"{name}: {value}" for name, value in reply.headers.items()]
    data = "\r\n".join([*head, "", ""]).encode() + body
    if reply.drip is None:
        handler.wfile.write(data)
        return
    tick = threading.Event()
    for byte in data:
        handler.wfile.write(bytes([byte]))
        tick.wait(reply.drip)


class Clock:
    """Time that passes only where somebody waits."""

    def __init__(self) -> None:
        self.time = START
        self.waits: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.time += seconds


class LocalWeb:
    """Names, pages and time of one test, with the client and the connectors on top."""

    def __init__(self, server: Server, folder: Path, settings: Settings | None = None) -> None:
        self.server, self.folder = server, folder
        self.settings = settings or Settings(hosts=("guidelines.example.org",))
        self.rules = rules_for(self.settings)
        self.names: dict[str, list[str]] = {name: [PUBLIC] for name in self.rules.allowed()}
        self.dialled: list[str] = []
        self.announced: list[str] = []
        self.clock = Clock()
        self.trust = ssl.create_default_context(cafile=TRUST / "certificate.pem")

    @property
    def pages(self) -> dict[str, Any]:
        return self.server.pages

    @property
    def asked(self) -> list[Asked]:
        return self.server.asked

    def with_settings(self, **settings: Any) -> LocalWeb:
        """The same world for a user with other settings."""
        return LocalWeb(self.server, self.folder, Settings(**settings))

    def limit(self, **limits: Any) -> None:
        """Other limits than the shipped ones."""
        changed = msgspec.structs.replace(self.rules.limits, **limits)
        self.rules = msgspec.structs.replace(self.rules, limits=changed)

    def resolve(self, host: str) -> list[str]:
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return self.names[host]

    def dial(self, address: str, seconds: float) -> socket.socket:
        self.dialled.append(address)
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=seconds)

    def wire(self) -> Wire:
        return Wire(
            self.rules.limits, resolve=self.resolve, dial=self.dial, trust=lambda: self.trust
        )

    def pace(self, folder: Path) -> Pace:
        clock = self.clock
        return Pace(folder, clock=clock.now, sleep=clock.sleep, chance=lambda: 1.0)

    def client(self) -> Web:
        """A client as a new process would have it: only the disk is remembered."""
        return Web(
            self.rules,
            wire=self.wire(),
            cache=open_cache(self.folder, self.rules),
            pace=self.pace(self.folder),
            contact=self.settings.contact,
            announce=self.announced.append,
        )

    def connector(self, name: str) -> Connector:
        return open_connector(name, self.client(), self.rules, self.settings)
