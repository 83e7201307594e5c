"""A base notices that its passages were described by other rules, and can describe them anew."""

from contextlib import closing

from loccit.backends.embedded import EmbeddedBase
from loccit.filling import Loader
from loccit.sources.assembly import Assembler
from loccit.terms import DocumentId, SearchRequest, SourceDocument, SourceKind
from loccit.vocabulary import load_vocabulary


def _label() -> SourceDocument:
    text = Assembler()
    text.section(("2 Dosage",), code="34068-7")
    text.block("The recommended dose of examplamine is 5 mg once daily.")
    built = text.finish()
    return SourceDocument(
        id=DocumentId("set_id:1@1"),
        series="set_id:1",
        kind=SourceKind.LABEL,
        title="Examplamine, prescribing information",
        text=built.text,
        sections=built.sections,
        parser="test/1",
    )


def test_a_document_described_by_other_rules_is_not_held_and_is_replaced(tmp_path):
    document, vocabulary = _label(), load_vocabulary()
    with closing(EmbeddedBase(tmp_path, described_by="old")) as base:
        list(Loader(base, vocabulary).load([document]))
        base.settle()
        before = base.digest()
        assert base.holds(document)
    with closing(EmbeddedBase(tmp_path, described_by="new")) as base:
        assert not base.holds(document)
        list(Loader(base, vocabulary).load([base.document(document.id)]))
        base.settle()
        assert base.holds(document)
        assert base.digest() != before
        found = base.search(SearchRequest(words="recommended dose"))
        assert [each.record.card.id for each in found] == [document.id]
        assert not list(base.verify())
        assert base.coverage().documents == 1
