"""Reads pieces on several cores, a process each.

The processes hold no lock and no file. When this one ends, for whatever reason, their input ends,
and so do they; an interrupt from the keyboard reaches this process alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Self, cast

from loccit.backends.piece_reading import get_message, put_message
from loccit.backends.pieces_read import PieceRead, Refusal, decoded_read, encoded_piece
from loccit.sources.pieces import Piece
from loccit.terms import Unreadable

__all__ = ["ReadingProcesses", "cores"]


def cores() -> int:
    """Cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class ReadingProcesses:
    """Processes that read pieces; close it, or use it as a context, to end them."""

    def __init__(self, count: int, folder: Path) -> None:
        self._folder = folder
        self._mine = threading.local()
        self._started: list[subprocess.Popen[bytes]] = []
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reading")

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End the processes at once: what they still read is not wanted any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._kill()
        self._threads.shutdown()
        self._kill()  # one that was being started
        for process in self._started:
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    with suppress(OSError):  # what was not written has no reader
                        stream.close()

    def _kill(self) -> None:
        for process in self._started:
            process.kill()

    def begin(self, piece: Piece) -> Callable[[], PieceRead]:
        """Have a piece read; what is given waits for what came of it."""
        return self._threads.submit(self._one, piece).result

    def _one(self, piece: Piece) -> PieceRead:
        """Have a piece read; a process that dies over it costs this piece and is replaced."""
        process = self._process()
        try:
            put_message(cast("BinaryIO", process.stdin), encoded_piece(piece))
            answer = get_message(cast("BinaryIO", process.stdout))
        except OSError:  # its input was closed
            answer = None
        if answer is not None:
            return decoded_read(answer)
        self._mine.process = None
        cause = f"could not be read: the process that read it ended (code {process.wait()})"
        cure = "please report it with the file, or give the machine more memory"
        return PieceRead([Refusal.of(Unreadable(cause, where=piece.name, cure=cure))], broken=True)

    def _process(self) -> subprocess.Popen[bytes]:
        """The process of this thread."""
        process: subprocess.Popen[bytes] | None = getattr(self._mine, "process", None)
        if process is None:
            process = subprocess.Popen(  # noqa: S603 - this very program
                [sys.executable, "-m", "loccit.backends.piece_reading", str(self._folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
            self._started.append(process)
            self._mine.process = process
        return process
