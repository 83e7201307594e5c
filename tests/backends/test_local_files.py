from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from loccit.backends.local_files import local_files
from loccit.ports import RawSource
from loccit.sources import unpack
from loccit.terms import SourceError, UnknownFormat, Unreadable


def names(*paths: Path | str) -> list[str]:
    return [
        part.name if isinstance(part, RawSource) else f"{Path(part.where).name}: {part.cause}"
        for part in local_files(paths, unpack=unpack)
    ]


def test_folder_is_read_throughout_in_sorted_order(tmp_path: Path):
    for name in ("b.txt", "a/z.txt", "a/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    assert names(tmp_path) == [str(tmp_path / n) for n in ("a/c.txt", "a/z.txt", "b.txt")]


def test_compressed_file_is_opened(tmp_path: Path):
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(b"<a/>"))
    (part,) = local_files([tmp_path], unpack=unpack)
    assert isinstance(part, RawSource)
    assert part.head == b"<a/>"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".hidden.xml", "is hidden"),
        ("README.md", "describes a folder"),
        ("table.csv", "data table"),
        ("x_schema.json", "schema"),
        ("g.pages.jsonl", "page text"),
        ("pack.toml", "describes a pack"),
    ],
)
def test_what_is_no_source_is_left_out_with_its_reason(tmp_path: Path, name, reason):
    (tmp_path / name).write_text("text")
    (found,) = local_files([tmp_path], unpack=unpack)
    assert isinstance(found, UnknownFormat)
    assert reason in str(found)
    assert name in str(found)


def test_file_named_itself_is_always_tried(tmp_path: Path):
    readme = tmp_path / "README.md"
    readme.write_text("# About")
    assert names(readme) == [str(readme)]


def test_text_copy_of_an_article_is_left_out(tmp_path: Path):
    (tmp_path / "1.nxml").write_text("<article/>")
    (tmp_path / "1.txt").write_text("article")
    found = list(local_files([tmp_path], unpack=unpack))
    assert isinstance(found[0], RawSource)
    assert "plain-text copy" in str(found[1])


def test_links_are_followed_inside_the_folder_only(tmp_path: Path):
    inside, outside = tmp_path / "in", tmp_path / "secret.txt"
    inside.mkdir()
    outside.write_text("secret")
    (inside / "a.txt").write_text("text")
    (inside / "good.txt").symlink_to(inside / "a.txt")
    (inside / "out.txt").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    (inside / "gone.txt").symlink_to(inside / "nothing")
    assert [line.split(", ")[0] for line in names(inside)] == [
        str(inside / "a.txt"),
        "gone.txt: is a link to nothing",
        str(inside / "good.txt"),
        "loop: is a link to a folder",
        "out.txt: is a link out of the folder",
    ]


def test_missing_path_is_named(tmp_path: Path):
    (error,) = local_files([tmp_path / "none"], unpack=unpack)
    assert isinstance(error, Unreadable)
    assert "no such file or folder" in str(error)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser reads everything")
def test_file_without_rights_is_named(tmp_path: Path):
    secret = tmp_path / "a.txt"
    secret.write_text("text")
    secret.chmod(0)
    (error,) = local_files([tmp_path], unpack=unpack)
    assert isinstance(error, SourceError)
    assert "cannot be opened" in str(error)


def test_named_pipe_does_not_stop_the_batch(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "z.txt").write_text("text")
    assert names(tmp_path) == [
        "pipe: is not a regular file, left out",
        str(tmp_path / "z.txt"),
    ]
