"""Processes that are killed while they decide, save and take back; and that losses are noticed.

``bench/review_kills.py`` does the same for 500 histories; its figures are in bench/results.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

import killing
import review_kills
from databases import changed_by_hand
from killing import Broken, Kills
from loccit.backends.archive.opening import beside
from loccit.backends.archive.sql_ledgers import SqlLedgers
from loccit.terms import Ledger
from review_histories import history

HOW_MANY = {"sqlite": (24, 20), "postgresql": (8, 8)}
SEED = 4000


def test_nothing_that_was_accepted_is_lost_when_the_process_is_killed(database, tmp_path):
    """In a process of its own, since it forks; a fault is told with the seed that makes it again."""
    histories, others = HOW_MANY[database.get_backend_name()]
    done = subprocess.run(
        [
            sys.executable, review_kills.__file__,
            "--database", database.render_as_string(hide_password=False),
            "--histories", str(histories), "--others", str(others), "--seed", str(SEED),
            "--json", str(tmp_path / "found.json"),
        ],
        check=False, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    (counts,) = (each for name, each in found.items() if name != "machine")
    assert counts["faults"] == []
    for what, wanted in (
        ("histories", histories),
        ("backups", others // 2),
        ("restores", others // 2),
    ):
        killed = sum(counts[what].get(f"killed at a {how}", 0) for how in ("step", "moment"))
        assert killed == wanted
    assert counts["histories"]["decisions told"] >= histories


# --- what the check notices


@pytest.fixture
def left(tmp_path):
    """A history that nobody killed: its address, and what was told of it."""
    url, told, lines = beside(tmp_path), [], {}
    ledgers = SqlLedgers(url)

    def tell(decision):
        known = lines[decision.article] = (*lines.get(decision.article, ()), decision)
        state = review_kills._state(Ledger(article=decision.article, decisions=known))
        told.append([decision.article, decision.number, decision.seal, state])

    history(ledgers, 5, tell)
    ledgers.close()
    return url, told


def test_a_whole_history_passes_also_when_its_last_decision_was_not_told(left):
    url, told = left
    assert review_kills.check_left(url, 5, told) == 0
    assert review_kills.check_left(url, 5, told[:-1]) == 1


def test_a_decision_that_was_told_and_is_not_there_is_noticed(left):
    url, told = left
    article, number, _, state = told[-1]
    changed_by_hand(
        url, "DELETE FROM decisions WHERE article = :a AND number = :n", a=article, n=number
    )
    with pytest.raises(Broken, match=f"decision {number} on {article} was told and is lost"):
        review_kills.check_left(url, 5, told)
    assert state


def test_what_else_can_be_wrong_is_noticed(left):
    url, told = left
    with pytest.raises(Broken, match="nobody was told of"):
        review_kills.check_left(url, 5, told[:-2])
    article, number, seal, _ = told[0]
    with pytest.raises(Broken, match="fold to"):
        review_kills.check_left(url, 5, [[article, number, seal, "another"], *told[1:]])
    changed_by_hand(url, "UPDATE decisions SET reason = 'other' WHERE number = 1")
    with pytest.raises(Broken, match="is broken at 1"):
        review_kills.check_left(url, 5, told)


def test_a_state_that_is_neither_the_old_nor_the_new_is_noticed(tmp_path, monkeypatch):
    (tmp_path / "backups").mkdir()
    url = beside(tmp_path)
    states = review_kills.two_states(url, tmp_path / "backups", 1)
    monkeypatch.setattr(
        review_kills, "apart", lambda *_told: changed_by_hand(url, "DELETE FROM people")
    )
    with pytest.raises(Broken, match="neither the old nor the new"):
        review_kills.killed_restore(url, states, 1, Kills())


def test_steps_are_counted_and_the_last_of_them_kills(tmp_path, monkeypatch):
    """In a process of its own: what it listens to cannot be taken back."""
    script = """
import sys
from killing import count_steps
from pathlib import Path
from loccit.backends.archive.opening import beside
from loccit.backends.archive.sql_ledgers import SqlLedgers
from loccit.testing import small_article, small_decision
ledgers = SqlLedgers(beside(Path(sys.argv[1])))
steps = count_steps(int(sys.argv[2]))
ledgers.append(small_decision(), small_article())
print(steps())
"""
    path = os.pathsep.join([str(Path(killing.__file__).parent), os.environ.get("PYTHONPATH", "")])

    def run(place, last):
        (tmp_path / place).mkdir(exist_ok=True)
        return subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / place), str(last)],
            check=False, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip

    steps = int(run("whole", 0).stdout)
    assert steps > 5
    for last, there in ((1, 0), (steps - 1, 0), (steps, 1)):
        assert run(f"at {last}", last).returncode == -9
        ledgers = SqlLedgers(beside(tmp_path / f"at {last}"))
        assert len(ledgers.ledger("a1").decisions) == there
        ledgers.close()


def test_kills_learn_how_long_such_work_takes():
    kills = Kills()
    kills.took(1.0, 20)
    kills.took(0.5, 40)
    assert (kills.seconds, kills.steps) == (0.75, 30)
    assert asdict(kills)["faults"] == []
