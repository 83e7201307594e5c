"""Copies of documents: other names, numbers and ids, and all places still true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loccit.backends.embedded import EmbeddedBase
from loccit.backends.enlarging import Names, copied, shares
from loccit.filling import DocumentDescriber
from loccit.terms import DocumentId, NotInBase, Section, SourceDocument, SourceKind
from loccit.vocabulary import load_vocabulary
from loccit.wiring.enlarging import enlarge, made_in

TEXT = (
    "Dosage\n\nGive warfarin 5 mg once daily. Monitor the patient closely with every change.\n\n"
    "Warnings\n\nWarfarin can cause major bleeding in 12 of 100 patients with renal failure."
)
NAMES = ("amiodarone", "digoxin", "metformin", "warfarin")


@pytest.fixture(scope="module")
def described():
    document = SourceDocument(
        id=DocumentId("a-label"),
        series="set_id:a",
        kind=SourceKind.LABEL,
        title="Warfarin tablets",
        text=TEXT,
        sections=(
            Section(path=("Dosage",), start=0, end=TEXT.index("Warnings")),
            Section(path=("Warnings",), start=TEXT.index("Warnings"), end=len(TEXT)),
        ),
        parser="test/1",
        subjects=("warfarin",),
        identifiers={"set_id": "a"},
    )
    return DocumentDescriber(load_vocabulary()).described(document)


def test_the_first_copy_is_the_document(described):
    assert copied(described, 0, Names(NAMES)) is described


def test_a_copy_speaks_of_another_drug_in_its_words_and_in_its_description(described):
    copy = copied(described, 1, Names(NAMES))
    other = Names(NAMES).exchanged(1)["warfarin"]
    assert other != "warfarin"
    assert copy.subjects == (other,)
    assert "warfarin" not in copy.document.text.casefold()
    assert other in copy.document.text
    assert copy.document.title == f"{other.capitalize()} tablets"
    told = [quantity.low for _, says in copy.passages for quantity in says.quantities]
    assert 6.0 in told
    assert 5.0 not in told


def test_every_place_of_a_copy_holds_its_passage(described):
    copy = copied(described, 2, Names(NAMES))
    assert len(copy.passages) == len(described.passages)
    for passage, _ in copy.passages:
        assert passage.locator.resolve(copy.document) == passage.text
    document = copy.document
    assert [section.end for section in document.sections][-1] == len(document.text)
    assert document.text[document.sections[1].start :].startswith("Warnings")


def test_copies_differ_and_come_again_the_same(described):
    names = Names(NAMES)
    copies = [copied(described, number, names) for number in range(4)]
    assert len({copy.document.id for copy in copies}) == 4
    assert len({copy.document.sha256 for copy in copies}) == 4
    ids = [passage.id for copy in copies for passage, _ in copy.passages]
    assert len(set(ids)) == len(ids)
    assert copied(described, 3, Names(NAMES)) == copies[3]


def test_names_that_are_no_single_words_stay():
    assert Names(["warfarin sodium", "3tc"]).exchanged(5) == {}


@given(st.lists(st.integers(1, 500), min_size=1, max_size=60), st.floats(0.05, 20))
def test_shares_come_to_what_is_wanted(sizes, ratio):
    times = list(shares(sizes, ratio))
    made = sum(size * share for size, share in zip(sizes, times, strict=True))
    assert min(times) >= 0
    assert abs(made - ratio * sum(sizes)) <= max(sizes) / 2 + 1e-6


def test_an_enlarged_base_is_sound_and_made_once(described, tmp_path):
    source, folder = EmbeddedBase(tmp_path / "source"), tmp_path / "large"
    source.add(described)
    source.settle()
    size = len(described.passages)
    assert list(enlarge(source, folder, size * 5))[-1] == size * 5
    assert list(enlarge(source, folder, size * 5)) == []
    large = EmbeddedBase(folder)
    assert large.coverage().passages == size * 5
    assert list(large.verify()) == []
    assert min(made_in(large)) >= 0
    large.close()
    source.close()


def test_what_was_broken_off_is_gone_on_with(described, tmp_path):
    source, folder = EmbeddedBase(tmp_path / "source"), tmp_path / "large"
    source.add(described)
    source.settle()
    size = len(described.passages) * 5
    making = enlarge(source, folder, size)
    assert next(making) == size
    making.close()  # all is stored, and nothing searched yet
    assert list(enlarge(source, folder, size))[-1] == size
    large = EmbeddedBase(folder)
    assert large.coverage().passages == size
    assert list(large.verify()) == []
    large.close()
    source.close()


def test_of_other_texts_another_is_made(described, tmp_path):
    one, other, folder = tmp_path / "one", tmp_path / "other", tmp_path / "large"
    renamed = replace(described.document, id=DocumentId("b-label"), series="set_id:b", sha256="")
    for place, document in ((one, described.document), (other, renamed)):
        source = EmbeddedBase(place)
        source.add(replace(described, document=document))
        source.settle()
        list(enlarge(source, folder, len(described.passages) * 2))
        source.close()
    large = EmbeddedBase(folder)
    assert [card.id for card in large.cards()] == ["b-label", "b-label~1"]
    large.close()


def test_passages_are_read_back_as_they_were_described(described, tmp_path):
    source = EmbeddedBase(tmp_path / "source")
    source.add(described)
    source.settle()
    assert source.described(described.document.id) == described
    with pytest.raises(NotInBase, match="no document is called"):
        source.described(DocumentId("another"))
    source.close()
