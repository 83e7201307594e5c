from collections.abc import Iterable

import pytest

from loccit.publication.words import Words, load_words
from loccit.terms import (
    Audience,
    CitationRole,
    ConceptKind,
    DataFileError,
    PatientFacts,
    QuestionKind,
    SourceKind,
    Standing,
    Verdict,
)

TABLES: dict[str, Iterable[str]] = {
    "audience": Audience,
    "disclaimer": Audience,
    "question_kind": QuestionKind,
    "concept_kind": ConceptKind,
    "source_kind": SourceKind,
    "source_kinds": SourceKind,
    "standing": Standing,
    "verdict": Verdict,
    "report_verdict": Verdict,
    "report_meaning": Verdict,
    "citation_role": CitationRole,
    "fact": PatientFacts.__dataclass_fields__,
}


@pytest.mark.parametrize("table", TABLES)
def test_every_word_of_a_closed_set_has_its_fixed_words(table):
    assert set(load_words().tables[table]) == {str(each) for each in TABLES[table]}


def test_the_words_have_an_owner_and_a_date():
    words = load_words()
    assert words.owner
    assert words.dated.year >= 2026


def test_fixed_messages_for_patients_send_them_to_people():
    for name in ("emergency_patient", "red_flags_patient"):
        assert "call your local emergency number" in load_words().of("message", name).casefold()


def test_a_missing_word_is_named():
    words = Words(owner="o", dated=load_words().dated, tables={"label": {}})
    with pytest.raises(DataFileError, match=r"\[label\] lacks 'kind'"):
        words.label("kind")
