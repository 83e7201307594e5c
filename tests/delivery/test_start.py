"""What a first answer from the command line costs, counted so that no clock decides."""

from __future__ import annotations

import json
import os
import subprocess
import sys

HEAVY = {
    "numpy", "onnx", "onnxruntime", "tokenizers",  # a model
    "lxml", "selectolax", "pypdfium2", "markdown_it",  # reading sources
    "jinja2", "fastapi", "uvicorn", "starlette", "asyncio",  # pages
    "http", "ssl", "subprocess", "concurrent",  # the network and other processes
}  # fmt: skip
MOST_MODULES = 440
MOST_OWN = 250
MOST_PATTERNS = 860
"""Patterns compiled: the dearest part of a start."""
COUNTED = """
import re, sys, json
compiled, plain = [], re._compiler.compile
def compile(pattern, flags=0):
    if isinstance(pattern, str): compiled.append(pattern)
    return plain(pattern, flags)
re._compiler.compile = compile
from loccit.delivery.cli import main
try:
    main()
except SystemExit as done:
    code = done.code
print(json.dumps({"code": code, "modules": sorted(sys.modules), "patterns": len(compiled)}))
"""
ASKED = "What is the usual dose of cyclobenzaprine for acute low back pain?"


def test_an_answer_loads_no_more_than_it_needs(starter_base):
    ask = ["ask", ASKED, "--no-keep", "--base", str(starter_base.folder)]
    done = subprocess.run(
        [sys.executable, "-c", COUNTED, *ask],
        capture_output=True, text=True, check=True, env=dict(os.environ),
    )  # fmt: skip
    counted = json.loads(done.stdout.splitlines()[-1])
    names = {name.partition(".")[0] for name in counted["modules"]}
    assert counted["code"] == 0
    assert not names & HEAVY
    assert len(counted["modules"]) <= MOST_MODULES
    assert sum(name.startswith("loccit") for name in counted["modules"]) <= MOST_OWN
    assert counted["patterns"] <= MOST_PATTERNS
