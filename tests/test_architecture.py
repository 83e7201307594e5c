"""The house as drawn: rooms in the contract, small files and functions, words for everything, no network."""

from __future__ import annotations

import ast
import os
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import loccit

ROOT = Path(__file__).parents[1]
SOURCE = Path(loccit.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))
LONGEST_FILE = 500
LONGEST_FUNCTION = 60
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _rooms() -> set[str]:
    rooms = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    return rooms | {path.stem for path in SOURCE.glob("[a-z]*.py")}


@pytest.fixture(scope="module")
def contracts() -> list[dict]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return settings["tool"]["importlinter"]["contracts"]


def _placed(contract: dict) -> set[str]:
    return {name for layer in contract["layers"] for name in re.split(r"\s*[|:]\s*", layer)}


def test_every_room_has_its_place_in_the_contract(contracts):
    layers = next(each for each in contracts if each["type"] == "layers")
    assert layers["exhaustive"]
    assert _rooms() | {"__main__"} == _placed(layers) | set(layers["exhaustive_ignores"])


def test_rooms_that_may_not_know_frameworks_or_stores_are_all_named(contracts):
    """A new room must be added to the forbidden contracts too, or they say nothing of it."""
    stages = {f"loccit.{room}" for room in _rooms()} - {"loccit.packs", "loccit.testing"}
    free = {
        "fastapi": {"loccit.delivery", "loccit.wiring"},
        "sqlite3": {"loccit.backends", "loccit.wiring"},
        "onnxruntime": {"loccit.backends"},
        "ssl": {"loccit.backends", "loccit.delivery"},
    }
    for module, may in free.items():
        contract = next(each for each in contracts if module in each.get("forbidden_modules", ()))
        assert set(contract["source_modules"]) == stages - may


def test_a_folder_of_code_is_a_package():
    assert [_name(path) for path in FILES if not (path.parent / "__init__.py").exists()] == []


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_files_and_functions_are_short_enough_to_read(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, FUNCTIONS):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, node.name


def _undocumented(node: ast.AST, *, inside: str = ""):
    """Public functions, classes and methods without a docstring; what overrides is documented above."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (*FUNCTIONS, ast.ClassDef)) or child.name.startswith("_"):
            continue
        if not ast.get_docstring(child):
            yield f"{inside}{child.name}"
        if isinstance(child, ast.ClassDef):
            yield from _undocumented(child, inside=f"{child.name}.")


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_everything_public_says_what_it_is_for(path):
    tree = _tree(path)
    assert ast.get_docstring(tree)
    assert [*_undocumented(tree)] == []


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_what_a_module_exports_exists(path):
    tree = _tree(path)
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets
        ):
            exported = ast.literal_eval(node.value)
            assert len(exported) == len(set(exported))
            named = {each for line in ast.walk(tree) for each in _bound(line)}
            assert set(exported) <= named


def _bound(node: ast.AST):
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        yield node.name
    elif isinstance(node, ast.ImportFrom | ast.Import):
        yield from (each.asname or each.name for each in node.names)
    elif isinstance(node, ast.Assign):
        yield from (each.id for each in node.targets if isinstance(each, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


def test_no_two_test_files_share_a_name():
    """Tests are no packages: a second file of the same name would hide the first."""
    files = (ROOT / "tests").rglob("*.py")
    names = [path.name for path in files if path.name != "conftest.py"]
    assert sorted(names) == sorted(set(names))


# --- no network


@pytest.mark.parametrize(
    "address", [("8.8.8.8", 53), ("example.org", 443), ("2001:4860:4860::8888", 443)]
)
def test_a_connection_to_another_machine_is_refused(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with (
        socket.socket(family, socket.SOCK_STREAM) as connection,
        pytest.raises(AssertionError, match="the suite tried to reach"),
    ):
        connection.connect(address)


def test_a_connection_that_only_reports_failure_is_refused_too():
    with (
        socket.socket() as connection,
        pytest.raises(AssertionError, match="the suite tried to reach"),
    ):
        connection.connect_ex(("192.0.2.1", 9))


def test_this_machine_can_be_reached():
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())


WATCHED = """
import sys
def watch(event, values):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"):
        sys.exit(f"{event} {values[1:]}")
sys.addaudithook(watch)
import importlib, pkgutil, loccit
for module in pkgutil.walk_packages(loccit.__path__, "loccit."):
    try:
        importlib.import_module(module.name)
    except ImportError as absent:  # of an extra: the base install has none of these
        if absent.name not in ("numpy", "onnx", "onnxruntime", "tokenizers"):
            raise
from loccit.wiring import make_engine
from loccit.testing import InMemoryBase
make_engine(InMemoryBase()).ask("What helps acute low back pain?")
"""


def test_importing_everything_and_asking_opens_no_connection():
    done = subprocess.run(
        [sys.executable, "-c", WATCHED],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(SOURCE.parent)},
    )
    assert done.returncode == 0, done.stderr
