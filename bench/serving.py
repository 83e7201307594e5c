"""Measures the pages: start, first byte of a stored article, a hundred questions at once.

``python bench/serving.py [--base DIR] [--asks N] [--json FILE]``: starts ``loccit serve`` on a free
port of this machine over the base that ``bench/answers.py`` made, three times; asks one question
and opens its kept answer again and again; then sends N tuning questions at the same moment, each
on a connection of its own, while another reader goes on opening the kept answer. Client and server
share the machine. What was kept is dropped at the end.

A busy machine gives seconds that mean nothing: the load before the run, and the processor time that
the server used for each question and each start, are told beside them.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from loccit.wiring import forget_articles
from measured_on import machine

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "serving.json"
QUESTIONS = HERE / "tuning.yaml"
STARTS = 3
OPENED = 200
ENOUGH = 60.0
"""Seconds in which a server must start."""
OK = 200
PROGRAM = "from loccit.delivery.cli import main; main()"
FIRST = "What is the maximum daily dose of tizanidine?"
LONG = (
    "What is the recommended treatment for a patient with radiological findings suggesting "
    "lumbar muscle spasm?"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """What came of one request: its status, and the seconds to its first and last byte."""

    status: int
    first_byte: float
    whole: float
    body: bytes


class Server:
    """``loccit serve`` in a process of its own."""

    def __init__(self, base: Path) -> None:
        self.port = _free_port()
        started = time.perf_counter()
        arguments = ["serve", "--port", str(self.port), "--base", str(base)]
        self._process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments], stdout=subprocess.DEVNULL
        )
        while not self._answers():
            if time.perf_counter() - started > ENOUGH or self._process.poll() is not None:
                raise RuntimeError("the server did not start")
            time.sleep(0.005)
        self.started_in = time.perf_counter() - started
        self.started_with = self.processor_seconds()

    def _answers(self) -> bool:
        with suppress(OSError):
            return self.get("/healthz").status == OK
        return False

    def processor_seconds(self) -> float:
        """What the process has used so far, in user and system mode."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def get(self, path: str) -> Answered:
        """The answer to a reader."""
        return self._send("GET", path)

    def ask(self, question: str) -> Answered:
        """The answer to a question over HTTP."""
        return self._send("POST", "/api/v1/ask", json.dumps({"question": question}))

    def _send(self, method: str, path: str, body: str | None = None) -> Answered:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        started = time.perf_counter()
        connection.request(method, path, body, {"content-type": "application/json"})
        response = connection.getresponse()
        first = time.perf_counter() - started
        found = response.read()
        whole = time.perf_counter() - started
        connection.close()
        return Answered(status=response.status, first_byte=first, whole=whole, body=found)

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait()


@contextmanager
def _serving(base: Path) -> Iterator[Server]:
    server = Server(base)
    try:
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def main() -> int:
    """Measure, print, and write the figures where they are asked for."""
    options = _options()
    if not (options.base / "base.sqlite").exists():
        print(f"no base in {options.base}: run bench/answers.py first")
        return 0
    load = os.getloadavg()[0]
    figures = {"machine": machine(), "load_before": round(load, 1), **_measured(options)}
    forget_articles(options.base)
    text = json.dumps(figures, indent=2) + "\n"
    print(text, end="")
    if options.json:
        options.json.write_text(text, encoding="utf-8")
    return int(figures["asks"]["errors"] > 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", type=Path, default=HERE.parent / ".bench")
    parser.add_argument("--asks", type=int, default=100)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _measured(options: argparse.Namespace) -> dict[str, Any]:
    starts = [_start(options.base) for _ in range(STARTS)]
    with _serving(options.base) as server:
        opened = {"short": _opened(server, FIRST), "long": _opened(server, LONG)}
        asks = _asked_at_once(server, _questions(options.asks))
    return {
        "start": {
            "seconds": _middle(seconds for seconds, _ in starts),
            "processor_seconds": _middle(used for _, used in starts),
        },
        "stored_article": opened,
        "asks": asks,
    }


def _start(base: Path) -> tuple[float, float]:
    with _serving(base) as server:
        return server.started_in, server.started_with


def _opened(server: Server, question: str) -> dict[str, Any]:
    """First byte of a kept answer: at the first opening, and at each of many after it."""
    address = json.loads(server.ask(question).body)["permalink"]["path"]
    first = server.get(address)
    before = server.processor_seconds()
    again = [server.get(address).first_byte for _ in range(OPENED)]
    used = server.processor_seconds() - before
    return {
        "page_kb": round(len(first.body) / 1000),
        "first_opening_ms": _ms(first.first_byte),
        "median_ms": _ms(statistics.median(again)),
        "p95_ms": _ms(_p95(again)),
        "processor_ms_each": _ms(used / OPENED),
    }


def _questions(number: int) -> list[str]:
    found = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    texts = [each["question"] for each in found]
    return [texts[each % len(texts)] for each in range(number)]


def _asked_at_once(server: Server, questions: Sequence[str]) -> dict[str, Any]:
    address = json.loads(server.ask(FIRST).body)["permalink"]["path"]
    reading: list[float] = []
    done = threading.Event()
    reader = threading.Thread(target=_read_on, args=(server, address, done, reading.append))
    gate = threading.Barrier(len(questions))

    def ask(question: str) -> Answered:
        gate.wait()
        return server.ask(question)

    before, started = server.processor_seconds(), time.perf_counter()
    reader.start()
    with ThreadPoolExecutor(len(questions)) as pool:
        answers = list(pool.map(ask, questions))
    seconds = time.perf_counter() - started
    used = server.processor_seconds() - before
    done.set()
    reader.join()
    waited = [each.whole for each in answers]
    return {
        "at_once": len(questions),
        "errors": sum(each.status != OK for each in answers),
        "a_second": round(len(questions) / seconds, 1),
        "median_ms": _ms(statistics.median(waited)),
        "p95_ms": _ms(_p95(waited)),
        "longest_ms": _ms(max(waited)),
        "processor_ms_each": _ms(used / len(questions)),
        "reading_meanwhile_p95_ms": _ms(_p95(reading)),
    }


def _read_on(
    server: Server, address: str, done: threading.Event, note: Callable[[float], None]
) -> None:
    while not done.is_set():
        note(server.get(address).first_byte)


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def _middle(values: Iterator[float]) -> float:
    return round(statistics.median(values), 2)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


if __name__ == "__main__":
    sys.exit(main())
