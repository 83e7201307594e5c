"""``loccit embed``: what it says, without a model and with one, and on the way."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from loccit.delivery import embedding
from loccit.delivery.cli import main
from loccit.delivery.embedding import progress_line
from loccit.terms import Embedded


def test_without_a_model_it_says_how_to_get_one(tmp_path, monkeypatch):
    monkeypatch.setenv("LOCCIT_MODELS", str(tmp_path / "none"))
    done = CliRunner().invoke(main, ["embed", "--base", str(tmp_path / "base")])
    assert done.exit_code == 1
    assert "loccit model fetch" in done.stderr or "loccit[model]" in done.stderr


@pytest.fixture
def with_fake_model(monkeypatch):
    pytest.importorskip("numpy", reason="the extra 'model' is not installed")
    from loccit.backends.embedded_vectors import EmbeddedVectors
    from loccit.testing.embedding import HashedWords

    def opened(base, *, threads):
        return EmbeddedVectors(base, HashedWords())

    monkeypatch.setattr(embedding, "open_vectors", opened)
    monkeypatch.setattr(embedding, "POLITE", 0)


@pytest.mark.usefixtures("with_fake_model")
def test_it_embeds_once_and_tells_of_progress(tmp_path, monkeypatch):
    monkeypatch.setattr(embedding, "REPORT", 0.0)
    command = ["embed", "--base", str(tmp_path / "base")]
    first = CliRunner().invoke(main, command)
    assert first.exit_code == 0
    assert re.search(r"embedded [\d,]+ passages in \d+ s", first.stdout)
    assert re.search(
        r"[\d,]+ of [\d,]+ passages \(\d+%\), [\d,]+ passages/s, about 0:0", first.stderr
    )
    again = CliRunner().invoke(main, command)
    assert "embedded 0 passages" in again.stdout


@pytest.mark.usefixtures("with_fake_model")
def test_stopped_by_hand_it_says_how_to_go_on(tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(embedding, "progress_line", stop)
    monkeypatch.setattr(embedding, "REPORT", 0.0)
    done = CliRunner().invoke(main, ["embed", "--base", str(tmp_path / "base")])
    assert done.exit_code == 1
    assert re.search(
        r"stopped after 64 of [\d,]+ passages; run the same command again", done.stderr
    )


def test_the_line_tells_share_rate_and_time_left():
    line = progress_line(Embedded(done=6_000, of=24_000, made=5_000), 60.0)
    assert line == "6,000 of 24,000 passages (25%), 100 passages/s, about 0:03:00 left"
