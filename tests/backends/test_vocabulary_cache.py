"""The vocabulary kept beside a base is the shipped one, or is made anew."""

from loccit.backends.vocabulary_cache import cached_vocabulary
from loccit.vocabulary import load_vocabulary


def test_what_is_kept_equals_what_is_shipped(tmp_path):
    first, second = cached_vocabulary(tmp_path), cached_vocabulary(tmp_path)
    assert first == second == load_vocabulary()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_cache_is_made_anew(tmp_path):
    cached_vocabulary(tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"\x93broken")
    assert cached_vocabulary(tmp_path) == load_vocabulary()
    assert cached_vocabulary(tmp_path).lexicon.get("Flexeril").name == "cyclobenzaprine"


def test_caches_of_older_tables_go(tmp_path):
    (tmp_path / "vocabulary-0123456789abcdef.bin").write_bytes(b"old")
    cached_vocabulary(tmp_path)
    assert len(list(tmp_path.glob("vocabulary-*.bin"))) == 1


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path):
    assert cached_vocabulary(tmp_path / "missing").members["skeletal muscle relaxant"]
