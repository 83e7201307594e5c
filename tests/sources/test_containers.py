from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loccit.ports import RawSource
from loccit.sources import counting
from loccit.sources.containers import unpack
from loccit.terms import SourceError, UnknownFormat, Unreadable


def unpacked(data: bytes, name: str = "file") -> dict[str, bytes | SourceError]:
    found: dict[str, bytes | SourceError] = {}
    for part in unpack(name, io.BytesIO(data)):
        if isinstance(part, RawSource):
            text = part.stream.read()
            assert text.startswith(part.head[:100])
            found[part.name] = text
        else:
            found[part.where] = part
    return found


def read_all(data: bytes, name: str) -> None:
    """Read every part to its end; the first error is raised."""
    for part in unpack(name, io.BytesIO(data)):
        if isinstance(part, SourceError):
            raise part
        part.stream.read()


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


@pytest.mark.parametrize("compress", [bytes, gzip.compress, lzma.compress, bz2.compress])
def test_compressed_file_gives_its_content_under_its_own_name(compress):
    text = b"<label>content</label>" * 10_000
    assert unpacked(compress(text), "label.xml") == {"label.xml": text}


@pytest.mark.parametrize(
    "pack", [zipped, tarred, lambda m: tarred(m, "w:gz"), lambda m: tarred(m, "w:xz")]
)
def test_archive_gives_its_members_under_both_names(pack):
    members = {"a/one.xml": b"<one/>", "b.json": b"{}" * 70_000}
    assert unpacked(pack(members), "pack") == {
        "pack!a/one.xml": b"<one/>",
        "pack!b.json": b"{}" * 70_000,
    }


def test_zip_inside_a_zip_is_opened_and_one_deeper_is_not():
    inner = zipped({"label.xml": b"<label/>"})
    middle = zipped({"inner.zip": inner})
    assert unpacked(middle, "o.zip") == {"o.zip!inner.zip!label.xml": b"<label/>"}
    found = unpacked(zipped({"middle.zip": middle}), "o.zip")
    error = found["o.zip!middle.zip!inner.zip"]
    assert isinstance(error, Unreadable)
    assert "too deep" in str(error)


def test_compressed_member_of_an_archive_is_opened():
    data = zipped({"labels.jsonl.gz": gzip.compress(b'{"a": 1}')})
    assert unpacked(data, "z") == {"z!labels.jsonl.gz": b'{"a": 1}'}


def test_text_copy_beside_an_article_is_left_out_wherever_it_stands():
    members = {"txt/1.txt": b"copy", "nxml/1.nxml": b"<article/>", "txt/2.txt": b"other"}
    for pack in (zipped, tarred, lambda m: tarred(m, "w:xz")):
        found = unpacked(pack(members), "t")
        assert found["t!nxml/1.nxml"] == b"<article/>"
        assert found["t!txt/2.txt"] == b"other"
        assert isinstance(found["t!txt/1.txt"], UnknownFormat)


@pytest.mark.parametrize("name", ["../escape.xml", "/etc/passwd", "a/../../b"])
def test_member_that_points_outside_is_refused_and_the_rest_goes_on(name):
    found = unpacked(tarred({name: b"x", "good.xml": b"<a/>"}), "t")
    assert found["t!good.xml"] == b"<a/>"
    assert "outside the archive" in str(found[f"t!{name}"])


def test_links_in_an_archive_are_not_followed():
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("link.xml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    (error,) = unpacked(buffer.getvalue()).values()
    assert "not followed" in str(error)


def test_decompression_bomb_stops_at_the_ratio(monkeypatch):
    monkeypatch.setattr(counting, "RATIO_GRACE_BYTES", 1024 * 1024)
    bomb = gzip.compress(b"0" * 20_000_000)
    (part,) = unpack("bomb.gz", io.BytesIO(bomb))
    assert isinstance(part, RawSource)
    with pytest.raises(Unreadable, match=r"bomb\.gz.*200 times its size"):
        part.stream.read()


def test_bomb_inside_an_archive_ends_the_archive_with_one_error(monkeypatch):
    monkeypatch.setattr(counting, "RATIO_GRACE_BYTES", 1024 * 1024)
    found = list(unpack("t.tar.xz", io.BytesIO(lzma.compress(tarred({"a": b"0" * 30_000_000})))))
    assert any(isinstance(part, Unreadable) and "200 times" in str(part) for part in found)


def test_total_and_member_count_are_capped(monkeypatch):
    monkeypatch.setattr(counting, "MAX_MEMBERS", 2)
    found = unpacked(zipped({f"{n}.xml": b"<a/>" for n in range(4)}), "z")
    assert "more than 2 files" in str(found["z"])
    assert len(found) == 3
    monkeypatch.setattr(counting, "MAX_TOTAL_BYTES", 1000)
    (error,) = unpack("a.gz", io.BytesIO(gzip.compress(b"x" * 2000)))
    assert "more than" in str(error)


def test_many_layers_are_refused():
    data = b"text"
    for _ in range(7):
        data = gzip.compress(data)
    (error,) = unpacked(data, "onion").values()
    assert "times over" in str(error)


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.95])
def test_truncated_archive_is_one_clear_line(kept):
    noise = random.Random(1).randbytes(5000)
    for data in (gzip.compress(noise), tarred({"a": noise}, "w:xz"), zipped({"a": noise})):
        with pytest.raises(SourceError, match=r"^cut[:!].*fetch the file again$"):
            read_all(data[: int(kept * len(data))], "cut")


def test_encrypted_and_office_zips_say_what_to_do():
    word = zipped({"[Content_Types].xml": b"", "word/document.xml": b""})
    (error,) = unpacked(word, "a.docx").values()
    assert "save it as PDF" in str(error)
    data = bytearray(zipped({"a.xml": b"<a/>"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (error,) = unpacked(bytes(data), "a.zip").values()
    assert "encrypted" in str(error)


@pytest.mark.parametrize("magic", [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\x00", b"\x28\xb5\x2f\xfd"])
def test_other_archives_are_named(magic):
    (error,) = unpacked(magic + b"rest").values()
    assert "unpack it and add the files" in str(error)


def test_stream_that_cannot_go_back_is_read_too():
    class OneWay(io.BytesIO):
        def seekable(self) -> bool:
            return False

    parts = unpack("-", OneWay(gzip.compress(b"text")))
    assert [p.stream.read() for p in parts if isinstance(p, RawSource)] == [b"text"]


@given(
    st.sampled_from([zipped({"a": b"<a/>" * 99}), tarred({"a": b"b" * 999}, "w:gz")]),
    st.data(),
)
def test_damaged_archives_raise_nothing_but_source_errors(data, draw):
    broken = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 4))):
        broken[draw.draw(st.integers(0, len(broken) - 1))] = draw.draw(st.integers(0, 255))
    try:
        for part in unpack("x", io.BytesIO(bytes(broken))):
            if isinstance(part, RawSource):
                part.stream.read()
    except SourceError:
        pass


@given(st.binary(max_size=400))
def test_random_bytes_raise_nothing_but_source_errors(data):
    for start in (b"", b"PK\x03\x04", b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh91AY&SY"):
        try:
            for part in unpack("x", io.BytesIO(start + data)):
                if isinstance(part, RawSource):
                    part.stream.read()
        except SourceError:
            pass


def test_trials_archive_gives_each_article_once(shared_data: Path):
    with (shared_data / "trials.tar.xz").open("rb") as stream:
        names = [p.name if isinstance(p, RawSource) else p for p in unpack("trials", stream)]
    assert sum(isinstance(n, str) and n.endswith(".nxml") for n in names) == 600
    assert sum(isinstance(n, UnknownFormat) for n in names) == 600
    assert not any(isinstance(n, str) and n.endswith(".txt") for n in names)
