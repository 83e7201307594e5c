"""What loading must not cost: rooms that it does not need, and a search for garbage that is none."""

from __future__ import annotations

import gc
import json
import subprocess
import sys

import pytest

from loccit.backends.collecting import SELDOM, collected_seldom

NOT_NEEDED = ("questions", "retrieval", "composition", "verification", "publication", "engine")


def test_a_reading_process_loads_nothing_that_answers():
    code = "import json, sys, loccit.backends.piece_reading; print(json.dumps([*sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    rooms = {name.split(".")[1] for name in json.loads(done.stdout) if name.startswith("loccit.")}
    assert {"sources", "passages", "index"} <= rooms
    assert rooms.isdisjoint(NOT_NEEDED)


def _failing_while_seldom(seen: list) -> None:
    with collected_seldom():
        seen += [gc.get_threshold(), gc.get_freeze_count() > 0]
        raise InterruptedError


def test_garbage_is_looked_for_seldom_and_as_usual_afterwards():
    usual, seen = gc.get_threshold(), []
    with pytest.raises(InterruptedError):
        _failing_while_seldom(seen)
    assert seen == [(SELDOM, *usual[1:]), True]
    assert (gc.get_threshold(), gc.get_freeze_count()) == (usual, 0)
