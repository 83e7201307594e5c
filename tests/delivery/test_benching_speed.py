"""``loccit bench speed``: what it measures, and that watching changes no answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from loccit.delivery import benching_speed
from loccit.delivery.cli import main
from loccit.delivery.speed_stages import STAGES, Stopwatch, WatchedEngine
from loccit.publication import as_json
from loccit.wiring import make_engine, vocabulary_of

BENCH = Path(__file__).parents[2] / "bench"
ASKED = ("What is the usual dose of cyclobenzaprine?", "When is imaging needed in back pain?")


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(benching_speed, "shipped_questions", lambda: ASKED)
    monkeypatch.setattr(benching_speed, "COLD_RUNS", 1)


def _run(base, keep, *more):
    command = ["bench", "speed", "--base", str(base.folder), "--keep", str(keep)]
    return CliRunner().invoke(main, [*command, *more])


def test_the_figures_of_two_sizes(few, starter_base, tmp_path):
    held = starter_base.coverage().passages
    sizes = ["--passages", str(held // 2), "--passages", str(held * 3)]
    done = _run(starter_base, tmp_path, *sizes, "--json")
    assert done.exit_code == 0, done.output
    small, large = json.loads(done.stdout)["sizes"]
    assert small["passages"] == pytest.approx(held / 2, rel=0.1)
    assert large["passages"] == pytest.approx(held * 3, rel=0.02)
    for row in (small, large):
        assert row["questions"] == len(ASKED)
        assert 0 < row["ask_ms"]["p50"] <= row["ask_ms"]["p95"]
        assert set(row["stages_ms"]) == set(STAGES)
        assert row["cold_ms"] > row["ask_ms"]["p50"]
        assert row["peak_mb"] >= 0
        assert row["bytes"]["all"] >= row["bytes"]["store"] + row["bytes"]["index"] > 0
    assert large["bytes"]["store"] > small["bytes"]["store"]


def test_what_was_made_is_found_again(few, starter_base, tmp_path):
    first = _run(starter_base, tmp_path, "--passages", "200", "--json")
    assert first.exit_code == 0, first.output
    made = (tmp_path / "speed-200" / "base.sqlite").stat().st_ino
    again = _run(starter_base, tmp_path, "--passages", "200")
    assert (tmp_path / "speed-200" / "base.sqlite").stat().st_ino == made
    indexed = json.loads(first.stdout)["sizes"][0]["indexed_a_second"]
    assert indexed > 0
    assert again.output.splitlines()[0].split()[:2] == ["passages", "ask"]


def test_watching_changes_no_answer(starter_base):
    watched = WatchedEngine(starter_base, vocabulary_of(starter_base), Stopwatch())
    plain = make_engine(starter_base)
    for question in ASKED:
        assert watched.published(question) == as_json(plain.ask(question, keep=False))
        taken = watched.watch.taken()
        assert all(taken[stage] > 0 for stage in STAGES)


def test_a_stage_inside_another_is_counted_once(monkeypatch):
    clock = iter([0.0, 1.0, 3.0, 7.0])
    monkeypatch.setattr("loccit.delivery.speed_stages.time.perf_counter", lambda: next(clock))
    watch = Stopwatch()
    with watch.on("outer"), watch.on("inner"):
        pass
    assert watch.taken() == {"inner": 2.0, "outer": 5.0}
    assert watch.taken() == {}


def test_the_questions_are_the_development_half():
    rows = yaml.safe_load((BENCH / "questions.yaml").read_text(encoding="utf-8"))
    development = [row["question"] for row in rows if row["split"] == "dev"]
    assert list(benching_speed.shipped_questions()) == development
