"""What a text says is read once for all the places in which it stands."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from loccit.index import Describer
from loccit.index.describing import LONGEST_KEPT
from loccit.terms import Passage, SourceKind
from loccit.testing import described, small_document
from loccit.vocabulary import load_vocabulary

DESCRIBER = Describer(load_vocabulary())
WORDS = (
    "Take 5 mg of warfarin twice daily.",
    "Contraindicated in severe hepatic impairment:",
    "Muscle spasm in adults over 65 years",
    "Renal | 30 mL/min",
    "none",
)


def _passage(text: str, heading: str, kind: SourceKind) -> tuple:
    document = small_document("examplamine", text, heading=heading, kind=kind)
    ((passage, _),) = described(document).passages
    return document, passage


@given(
    st.lists(
        st.tuples(
            st.sampled_from(WORDS),
            st.sampled_from(("Dosage", "Use in renal impairment", "Children")),
            st.sampled_from((SourceKind.LABEL, SourceKind.ABSTRACT)),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_the_same_words_elsewhere_are_described_as_if_they_were_new(places):
    fresh = Describer(load_vocabulary())
    for place in places:
        document, passage = _passage(*place)
        told = DESCRIBER.describe(document, passage, ())
        fresh._kept.cache_clear()
        assert told == fresh.describe(document, passage, ())


def test_a_long_text_is_not_kept():
    document, passage = _passage(WORDS[0], "Dosage", SourceKind.LABEL)

    def kept(text: str) -> int:
        DESCRIBER._kept.cache_clear()
        long: Passage = replace(passage, text=text)
        assert DESCRIBER.describe(document, long, ()).drugs == ("warfarin",)
        return DESCRIBER._kept.cache_info().currsize

    text = WORDS[0].ljust(LONGEST_KEPT)
    assert [kept(text), kept(text + " ")] == [1, 0]
