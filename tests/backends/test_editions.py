"""The embedded base against the fake one, on whatever is done to both."""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loccit.backends.embedded import EmbeddedBase
from loccit.terms import DocumentId, NotInBase, SearchRequest, Standing
from loccit.testing import InMemoryBase, described, small_document

SERIES = ("alpha", "set_id:beta")
QUICK = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@st.composite
def documents(draw):
    series = draw(st.sampled_from(SERIES))
    name = draw(st.sampled_from("abc"))
    day = draw(st.sampled_from([None, date(2023, 1, 1), date(2024, 1, 1)]))
    return small_document(
        name,
        f"Take examplamine as {draw(st.sampled_from(['one', 'two']))} says.",
        id=DocumentId(f"{name}@1"),
        series=series,
        effective_on=day,
        year=draw(st.sampled_from([2022, 2024])),
        version=draw(st.sampled_from(["", "2", "10", "10.1", "revised 4/2023"])),
        standing=draw(st.sampled_from([Standing.CURRENT, Standing.RETRACTED, Standing.WITHDRAWN])),
    )


actions = st.one_of(
    st.tuples(st.just("add"), documents()),
    st.tuples(st.just("add"), documents()),
    st.tuples(st.just("withdraw"), st.sampled_from(SERIES)),
    st.tuples(st.just("remove"), st.sampled_from([DocumentId(f"{name}@1") for name in "abc"])),
    st.tuples(st.just("settle"), st.none()),
)


def _do(base, action, value) -> bool:
    """Whether it was refused."""
    try:
        if action == "add":
            base.add(described(value))
        elif action == "withdraw":
            base.withdraw(value, "gone")
        elif action == "remove":
            base.remove(value)
        else:
            base.settle()
    except NotInBase:
        return True
    return False


def _seen(base):
    found = base.search(SearchRequest(words="examplamine"))
    return {
        "cards": base.cards(),
        "found": sorted(each.record.passage.id for each in found),
        "documents": [base.document(card.id) for card in base.cards()],
        "coverage": base.coverage(),
        "originals": base.originals(),
        "faults": list(base.verify()),
    }


@QUICK
@given(st.lists(actions, max_size=9))
def test_both_bases_come_to_the_same(steps):
    fake = InMemoryBase()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        with closing(EmbeddedBase(Path(folder))) as base:
            for action, value in steps:
                assert _do(base, action, value) == _do(fake, action, value)
            base.settle()
            expected = _seen(fake)
            assert _seen(base) == expected
            digest = base.digest()
        with closing(EmbeddedBase(Path(folder))) as again:
            assert _seen(again) == expected
            assert again.digest() == digest


@QUICK
@given(
    st.lists(documents(), max_size=4, unique_by=lambda each: each.id).flatmap(
        lambda each: st.tuples(st.just(each), st.permutations(each), st.booleans())
    )
)
def test_the_order_of_loading_and_of_settling_does_not_matter(given_):
    straight, mixed, often = given_
    digests, seen = set(), []
    for order in (straight, mixed):
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
            closing(EmbeddedBase(Path(folder))) as base,
        ):
            for each in order:
                base.add(described(each))
                if often:
                    base.settle()
            base.settle()
            digests.add(base.digest())
            seen.append(_seen(base))
    assert len(digests) == 1
    assert seen[0] == seen[1]


def test_a_newer_draft_leaves_the_issued_edition_current(tmp_path):
    issued = small_document("plan", id=DocumentId("plan@1"), effective_on=date(2020, 1, 1))
    draft = small_document(
        "plan", id=DocumentId("plan@2"), effective_on=date(2024, 1, 1), standing=Standing.DRAFT
    )
    with closing(EmbeddedBase(tmp_path)) as base:
        for document in (issued, draft):
            base.add(described(document))
        base.settle()
        standings = {card.id: card.standing for card in base.cards(series="plan")}
    assert standings["plan@1"] is Standing.CURRENT


def test_of_a_label_the_highest_version_is_current_whatever_its_day(tmp_path):
    editions = [
        small_document(
            "label",
            id=DocumentId(f"label@{version}"),
            series=series,
            version=version,
            effective_on=day,
        )
        for series, version, day in (
            ("set_id:label", "9", date(2024, 5, 1)),
            ("set_id:label", "10", date(2024, 3, 1)),
        )
    ]
    with closing(EmbeddedBase(tmp_path)) as base:
        for document in editions:
            base.add(described(document))
        base.settle()
        standings = {card.id: card.standing for card in base.cards(series="set_id:label")}
    assert standings == {"label@9": Standing.SUPERSEDED, "label@10": Standing.CURRENT}


def test_of_other_works_the_day_tells_which_is_newer(tmp_path):
    with closing(EmbeddedBase(tmp_path)) as base:
        for version, day in (("9", date(2024, 5, 1)), ("10", date(2024, 3, 1))):
            name = DocumentId(f"guide@{version}")
            guide = small_document("guide", id=name, version=version, effective_on=day)
            base.add(described(guide))
        base.settle()
        standings = {card.id: card.standing for card in base.cards(series="guide")}
    assert standings == {"guide@9": Standing.CURRENT, "guide@10": Standing.SUPERSEDED}
