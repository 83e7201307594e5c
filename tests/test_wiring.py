"""From settings to a running engine."""

from __future__ import annotations

from pathlib import Path

import pytest

import loccit
from loccit.terms import BaseError, Unreadable
from loccit.wiring import bases, check_pack, default_folder, load_paths, make_engine, open_base

GUIDE = """# A made-up protocol

## Treatment

Give examplamine 5 mg once a day for acute low back pain.
"""


def test_the_folder_is_loccit_home_or_the_users_data(monkeypatch, tmp_path):
    monkeypatch.setenv("LOCCIT_HOME", str(tmp_path / "home"))
    assert default_folder() == tmp_path / "home"
    monkeypatch.delenv("LOCCIT_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_folder() == tmp_path / "data" / "loccit"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_folder() == tmp_path / ".local" / "share" / "loccit"


def test_a_new_base_holds_the_starter_pack(starter_base):
    pack = Path(loccit.__file__).parent / "packs" / "musculoskeletal" / "sources"
    files = list(pack.glob("*.toml"))
    assert len(starter_base.cards()) == len(files) > 50
    assert list(starter_base.verify()) == []


def test_an_opened_base_is_not_loaded_again(starter_base, monkeypatch):
    def refuse(*_):
        raise AssertionError("the starter pack was read again")

    monkeypatch.setattr(bases, "load_paths", refuse)
    again = open_base(starter_base.folder)
    assert again.digest() == starter_base.digest()
    again.close()


@pytest.fixture
def small_pack(monkeypatch, tmp_path, starter_base):
    """Opens bases with an empty starter pack, so that each test needs no second to set up."""
    packs = tmp_path / "packs"
    (packs / "musculoskeletal" / "sources").mkdir(parents=True)
    monkeypatch.setattr(bases, "files", lambda _: packs)
    return packs / "musculoskeletal" / "sources"


def test_a_changed_pack_is_loaded_again(small_pack, tmp_path):
    shipped = Path(__file__).parents[1] / "src/loccit/packs/musculoskeletal/sources"
    names = sorted(file.name for file in shipped.glob("*.toml"))[:2]
    (small_pack / names[0]).write_bytes((shipped / names[0]).read_bytes())
    first = open_base(tmp_path / "base")
    assert len(first.cards()) == 1
    first.close()
    (small_pack / names[1]).write_bytes((shipped / names[1]).read_bytes())
    second = open_base(tmp_path / "base")
    assert len(second.cards()) == 2
    second.close()


def test_a_damaged_pack_is_an_error_that_says_what_to_do(small_pack, tmp_path):
    (small_pack / "broken.toml").write_text('schema = "loccit/pack-source/1"\nid = ', "utf-8")
    with pytest.raises(BaseError, match=r"starter pack is damaged.*install again"):
        open_base(tmp_path / "base")


def test_a_folder_that_cannot_be_a_base_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BaseError, match="file"):
        open_base(tmp_path / "file")


def test_paths_are_loaded_settled_and_passed_over_the_second_time(small_pack, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "guide.md").write_text(GUIDE, "utf-8")
    base = open_base(tmp_path / "base")
    (first,) = load_paths(base, [tmp_path / "in"])
    assert (first.refused, first.known, first.passages > 0) == (None, False, True)
    (again,) = load_paths(base, [tmp_path / "in"])
    assert again.known
    assert base.coverage().documents == 1
    base.close()


def test_a_path_that_is_not_there_is_refused_by_name(small_pack, tmp_path):
    base = open_base(tmp_path / "base")
    (refused,) = load_paths(base, [tmp_path / "nowhere"])
    assert isinstance(refused.refused, Unreadable)
    assert "nowhere" in str(refused.refused)
    base.close()


def test_an_engine_answers_from_what_was_loaded(small_pack, tmp_path):
    (tmp_path / "guide.md").write_text(GUIDE, "utf-8")
    base = open_base(tmp_path / "base")
    list(load_paths(base, [tmp_path / "guide.md"]))
    article = make_engine(base).ask("Treatment of acute low back pain?")
    assert "examplamine 5 mg" in str(article)
    base.close()


def test_the_shipped_pack_has_no_faults():
    pack = Path(loccit.__file__).parent / "packs" / "musculoskeletal"
    assert check_pack(pack) == []
