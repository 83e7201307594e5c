"""A source that is cut into pieces reads as the whole does."""

from __future__ import annotations

import gzip
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import made_up_citations as made_up
from loccit.ports import RawSource
from loccit.sources import pieces as cutting
from loccit.sources import read_each, reader_for, reader_named, unpack
from loccit.sources.pieces import Piece, pieces
from loccit.terms import SourceError


def _told(readings) -> list:
    return [
        (type(each).__name__, str(each)) if isinstance(each, SourceError) else each
        for each in readings
    ]


def _whole(data: bytes, name: str = "file") -> list:
    return _told(read_each(unpack(name, io.BytesIO(data))))


def _in_pieces(data: bytes, name: str = "file") -> tuple[list, int]:
    """What the pieces of a file give, and how many there were."""
    found, count = [], 0
    for part in unpack(name, io.BytesIO(data)):
        if isinstance(part, SourceError):
            found.append(part)
            continue
        try:
            reader = reader_for(part.head).name
        except SourceError as error:
            found.append(error.at(part.name))
            continue
        for piece in pieces(part, reader):
            count += 1
            if isinstance(piece, SourceError):
                found.append(piece.at(part.name))
                break
            source = piece if isinstance(piece, RawSource) else piece.opened()
            try:
                found.extend(reader_named(reader).read(source))
            except SourceError as error:
                found.append(error.at(part.name))
                break
    return _told(found), count


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(cutting, "PIECE_BYTES", 4000)
    monkeypatch.setattr(cutting, "READ", 1500)


FILES = {
    "citations": made_up.citations(60),
    "citations, packed": gzip.compress(made_up.citations(60)),
    "citations of the old kind": made_up.citations(60)
    .replace(b"PubmedArticleSet", b"MedlineCitationSet")
    .replace(b"<PubmedArticle>", b"")
    .replace(b"</PubmedArticle>", b""),
    "labels in lines": made_up.labels_in_lines(40),
    "labels in results": made_up.labels_in_results(40),
    "labels in an array": made_up.labels_in_results(40).split(b'"results": ')[1].rstrip(b"}\n "),
}


@pytest.mark.parametrize("kind", FILES)
def test_pieces_give_what_the_whole_gives(kind):
    found, count = _in_pieces(FILES[kind])
    assert found == _whole(FILES[kind])
    assert len(found) >= 39
    assert count >= 3


@pytest.mark.parametrize("kind", FILES)
def test_wherever_a_file_is_cut_short(kind):
    data = FILES[kind]
    for end in range(300, len(data), len(data) // 23):
        assert _in_pieces(data[:end])[0] == _whole(data[:end]), end


HIDDEN = b"<!-- <PubmedArticle></PubmedArticle> -->"
HOSTILE = {
    "a comment with a record in it": (
        made_up.PROLOG
        + b"".join(made_up.citation(n) for n in range(20))
        + b"<!--"
        + made_up.citation(99)
        + b"-->"
        + b"".join(made_up.citation(n) for n in range(20, 40))
        + made_up.END
    ),
    "raw text with an end tag in it": (
        made_up.PROLOG
        + b"".join(made_up.citation(n) for n in range(20))
        + made_up.citation(50, text="<![CDATA[ </PubmedArticle><PubmedArticle> ]]>")
        + made_up.END
    ),
    "a comment before the root": HIDDEN + made_up.citations(30).partition(b"\n")[2],
    "an entity": made_up.PROLOG
    + b"".join(made_up.citation(n) for n in range(20))
    + made_up.citation(50, text="&lol;")
    + b"".join(made_up.citation(n) for n in range(51, 60))
    + made_up.END,
    "entities declared": made_up.citations(30).replace(
        b'"pubmed.dtd">', b'"pubmed.dtd" [<!ENTITY lol "lol">]>'
    ),
    "a root that ends twice": made_up.citations(20) + made_up.citations(20)[len(made_up.PROLOG) :],
    "a tag that is not closed": made_up.citations(40).replace(b"</Article>", b"", 1),
    "another encoding": made_up.citations(30).replace(b"UTF-8", b"UTF-16"),
    "no records at all": made_up.PROLOG + b" " * 9000 + made_up.END,
    "an array with rubbish": FILES["labels in results"].replace(b"},\n    {", b"} x {", 1),
    "an array that ends early": FILES["labels in results"].replace(b"},\n    {", b"}],[{", 1),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_hostile_reads_in_pieces_as_it_does_whole(kind):
    found, _ = _in_pieces(HOSTILE[kind])
    assert found == _whole(HOSTILE[kind])


def test_a_bomb_ends_the_pieces_as_it_ends_the_whole(monkeypatch):
    from loccit.sources import counting

    monkeypatch.setattr(counting, "RATIO_GRACE_BYTES", 20_000)
    monkeypatch.setattr(counting, "MAX_RATIO", 3)
    bomb = gzip.compress(made_up.citations(200))
    found, _ = _in_pieces(bomb)
    assert found[-1] == _whole(bomb)[-1]
    assert "decompression bomb" in found[-1][1]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=20).map(str.encode), st.integers(0, 12_000), st.sampled_from(sorted(FILES)))
def test_whatever_is_put_into_a_file(rubbish, place, kind):
    data = FILES[kind][:place] + rubbish + FILES[kind][place:]
    assert _in_pieces(data)[0] == _whole(data)


def test_a_long_source_that_is_not_cut_is_streamed(monkeypatch):
    monkeypatch.setattr(cutting, "WHOLE_BYTES", 5000)
    text = b"# Title\n\n" + b"A sentence of a guideline.\n\n" * 300
    source = RawSource(name="long.md", head=text[:100], stream=io.BytesIO(text))
    (rest,) = pieces(source, "markdown/1")
    assert isinstance(rest, RawSource)
    assert rest.stream.read() == text
    short = RawSource(name="short.md", head=text[:100], stream=io.BytesIO(text[:900]))
    (piece,) = pieces(short, "markdown/1")
    assert isinstance(piece, Piece)
    assert piece.opened().head == piece.data == text[:900]
