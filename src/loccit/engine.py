"""The pipeline of an answer, top to bottom. The only file that knows the order of its stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import islice

from loccit.composition import (
    Composer,
    ConflictFinder,
    Weighed,
    abstention,
    aims_of,
    answer_id,
    drugs_of,
    load_shapes,
    load_suggestions,
    others_in,
    recommendations,
    renumbered,
    settled,
    statement,
    with_advice,
    with_preferred,
)
from loccit.editions import choose, compare
from loccit.passages import cut
from loccit.ports import EvidenceBase, Turns, Vectors
from loccit.questions import Follower, QuestionReader, with_excluded_uses, with_presumed, with_rates
from loccit.retrieval import Gatherer, is_answerable, passages_for_claim
from loccit.stances import Stance
from loccit.terms import (
    Abstention,
    Article,
    Audience,
    Citation,
    Claim,
    Comparison,
    DocumentId,
    Evidence,
    NoSuchTurn,
    NotInBase,
    Passage,
    PatientFacts,
    Question,
    Record,
    Report,
    Role,
    SearchRequest,
    SourceDocument,
    Statement,
    Turn,
)
from loccit.verification import (
    ArticleVerifier,
    Opened,
    Verifier,
    legible,
    report_on,
    report_on_claims,
    with_faults_of_citations,
    with_sums_checked,
)
from loccit.vocabulary import Vocabulary
from loccit.wording import Worder, load_manners

__all__ = ["Engine"]


UNCARRIED = "What was found for the bottom line is not carried by its own sources."
KEPT = 64
USED = 3
"""Passages in which a word must stand for it to count as a word and not as a slip."""


class Engine:
    """Answers questions from one evidence base.

    Where it has ``turns``, one question can follow another; where it has ``vectors`` of all
    passages, meaning counts beside words.
    """

    def __init__(
        self,
        base: EvidenceBase,
        vocabulary: Vocabulary,
        *,
        turns: Turns | None = None,
        vectors: Vectors | None = None,
    ) -> None:
        self.base = base
        self._turns = turns
        self._reader = QuestionReader(vocabulary, is_known=self._is_known)
        self._gatherer = Gatherer(vocabulary, vectors)
        self._composer = Composer(vocabulary)
        self._worder = Worder(vocabulary)
        self.vocabulary = self._vocabulary = vocabulary
        """The names that it reads questions and sources by."""

    @cached_property
    def _follower(self) -> Follower:
        """Joins a question with the one before, made when first asked for."""
        return Follower(self._vocabulary, self._reader)

    @cached_property
    def verifier(self) -> Verifier:
        """The checks, made when first asked for."""
        return Verifier(self._vocabulary)

    @cached_property
    def _document(self) -> Callable[[str], SourceDocument]:
        """Documents by id; the last ones stay at hand, since one source carries many sentences."""
        return lru_cache(maxsize=KEPT)(lambda name: self.base.document(DocumentId(name)))

    def compare(self, series: str, *, older: str = "", newer: str = "") -> Comparison:
        """What differs between two editions of a work, by default the newest two.

        Raises ``NotInBase`` where there are no two, ``UsageError`` for one that is not there.
        """
        from loccit.filling import DocumentDescriber  # noqa: PLC0415 - an answer describes nothing

        described = DocumentDescriber(self._vocabulary).described
        before, after = choose(self.base.cards(series=series), older=older, newer=newer)
        return compare(
            described(self.base.document(before.id)), described(self.base.document(after.id))
        )

    def check(self, document: SourceDocument) -> Report:
        """Every sentence of a text, from anywhere, against the evidence of this base."""
        report = report_on(
            document.title, document.text, cut(document), self._evidence_for, self.verifier
        )
        return replace(report, base_digest=self.base.digest())

    def check_claims(self, name: str, text: str, claims: Iterable[Claim]) -> Report:
        """As ``check``, for claims that bring their citations: the statements of an article.

        What they cite decides. A citation that does not open at its words in this base is told as
        a remark on its sentence, which is then looked up as if it cited nothing.
        """
        report = report_on_claims(name, text, claims, self._evidence_for, self.verifier)
        told = with_faults_of_citations(report, self._opened)
        return replace(told, base_digest=self.base.digest())

    def _opened(self, citation: Citation) -> Opened:
        """The passage that is cited and its document, as far as the base holds them."""
        record = next(self._held(citation.passage), None)
        return Opened(record, self._document(record.card.id) if record else None)

    def _evidence_for(self, claim: Claim) -> tuple[list[Record], list[Record]]:
        """The passages that a claim cites as far as the base holds them, and those found for it."""
        cited = [record for each in claim.cites for record in self._held(each.passage)]
        if cited:
            return cited, []
        seen = replace(claim, text=legible(claim.text).text)
        return [], passages_for_claim(seen, self.base, self._vocabulary)

    def _held(self, passage: str) -> Iterator[Record]:
        """The record of exactly this id, if the base holds it."""
        try:
            record = self.base.passage(passage)
        except NotInBase:
            return
        if record.passage.id == passage:
            yield record

    def ask(
        self,
        text: str,
        *,
        audience: Audience | None = None,
        given: Callable[[PatientFacts], PatientFacts] = lambda facts: facts,
        jurisdiction: str = "",
        follows: str = "",
        keep: bool = True,
    ) -> Article | Abstention:
        """The article that answers ``text``, or an honest stop.

        ``given`` adds facts of the patient stated outside the question; sources that hold in
        ``jurisdiction`` (see ``jurisdiction_from``) rank before others; ``follows`` is the id of
        the answer before, whose audience and jurisdiction stay where none is named; ``keep`` lets
        this one be followed.

        Raises ``UsageError`` when there is nothing to read, ``NoSuchTurn`` when there is
        nothing to follow.
        """
        after = self._turn(follows) if follows else None
        question = self.read(text, audience=audience, given=given, after=after)
        before = after.question.jurisdiction if after else ""
        answer = self.answer(replace(question, jurisdiction=jurisdiction or before))
        if keep and self._turns is not None:
            self._turns.keep(self.turn_of(answer.id, answer.question))
        return answer

    def read(
        self,
        text: str,
        *,
        audience: Audience | None = None,
        given: Callable[[PatientFacts], PatientFacts] = lambda facts: facts,
        after: Turn | None = None,
    ) -> Question:
        """The question as understood, after the one before it where there is one."""
        if after is None:
            audience = audience or Audience.CLINICIAN
            return self._reader.read(text, audience=audience, given=given)
        reader = audience or after.question.audience
        return self._follower.follow(after, text, audience=reader, given=given)

    def turn_of(self, name: str, question: Question) -> Turn:
        """What of a question is kept under its answer's id, so that another can follow."""
        return self._follower.kept(name, question)

    def _turn(self, name: str) -> Turn:
        if self._turns is None:
            raise NoSuchTurn("no answers are kept here: ask the whole question")
        return self._turns.turn(name)

    def answer(self, question: Question) -> Article | Abstention:
        """The article on a question that was read, or an honest stop."""
        question = with_excluded_uses(question, self.base, self._vocabulary)
        question = with_presumed(question, self.base, self._vocabulary)
        question = with_rates(question, self.base)
        shapes = load_shapes()
        shape = shapes[question.kind]
        near = tuple(shapes[kind] for kind in question.also)
        evidence = self._gatherer.gather(question, shape, self.base, near=near)
        drugs = drugs_of(evidence, self._vocabulary)
        evidence = self._gatherer.deepen(evidence, shape, drugs, self.base)
        evidence = self._gatherer.with_doubt(evidence, self.base)
        weighed = self._weighed(evidence, drugs)
        answer = self._composer.compose(evidence, shape, drugs, weighed)
        if isinstance(answer, Article):
            answer = self._verified(self._with_background(answer, drugs), evidence)
        answer = replace(answer, coverage=with_preferred(answer))
        if isinstance(answer, Article):
            further = (*question.also_asked, *self._follow_ups(question, drugs))
            answer = self._worder.word(replace(answer, follow_ups=further))
        return replace(answer, id=answer_id(question, evidence.searched))

    def _with_background(self, article: Article, drugs: tuple[str, ...]) -> Article:
        """The article with what tells why, for a reader who learns."""
        kinds = load_manners().of(article.audience).background
        if not kinds:
            return article
        records = self._gatherer.background(drugs, kinds, self.base)
        return self._composer.with_background(article, records)

    def _weighed(self, evidence: Evidence, drugs: tuple[str, ...]) -> Weighed:
        """What the safety gate found of the drugs, and what guidelines offer beside the blocked."""
        question = evidence.question
        weighed = self._composer.weigh(question, drugs, self._gatherer.safety(drugs, self.base))
        aims = aims_of(weighed.judgement, evidence)
        if not aims:
            return weighed
        advised = self._gatherer.advised(aims, self.base)
        others = others_in(advised, weighed.judgement, evidence)
        also = self._composer.weigh(question, others, self._gatherer.safety(others, self.base))
        return with_advice(weighed, advised, also)

    def _follow_ups(self, question: Question, drugs: tuple[str, ...]) -> Iterator[str]:
        """A few questions to ask next, each of which the base holds an answer to."""
        suggestions = load_suggestions()
        candidates = suggestions.about(question, drugs)
        answered = (each.text for each in candidates if is_answerable(each, self.base))
        return islice(answered, suggestions.most)

    def held(self, statement: Statement, article: Article) -> Statement:
        """A statement of an article held against what it cites: its verdict and its findings.

        Nothing of it is dropped, so that a reviewer sees why other words are not carried.
        """
        return self._article_verifier.held(statement, article)

    def passages(self, document: str) -> tuple[Passage, ...]:
        """All passages of a document, in order. Raises ``NotInBase``."""
        return tuple(cut(self.base.document(DocumentId(document))))

    def quoted(self, passage: str, identity: str) -> tuple[Statement, Record]:
        """A statement in the exact words of a passage, and the passage. Raises ``NotInBase``."""
        record = self.base.passage(passage)
        said = statement(record, Role.REASON, identity, vocabulary=self._vocabulary)
        return said, record

    def stances(self, statement: Statement) -> tuple[Stance, ...]:
        """The sides that a statement takes, read as its first source is; none of one that is gone.

        The words are the statement's own, which a reviewer may have changed.
        """
        for record in self._held(statement.citations[0].passage):
            said = replace(record, passage=replace(record.passage, text=statement.text))
            return self._sides.sides_of(said)
        return ()

    @cached_property
    def _sides(self) -> ConflictFinder:
        return ConflictFinder(self._vocabulary)

    @property
    def _article_verifier(self) -> ArticleVerifier:
        return ArticleVerifier(self.verifier, self._document)

    def _verified(self, article: Article, evidence: Evidence) -> Article | Abstention:
        """The article as far as its sources carry it; a stop where nothing is left to answer."""
        verified = renumbered(self._article_verifier.verify(article))
        if verified.bottom_line:
            summed = with_sums_checked(verified)
            return settled(replace(summed, recommendations=recommendations(summed)))
        return abstention(evidence, UNCARRIED)

    def _is_known(self, word: str) -> bool:
        """Whether the sources use the word: more than once or twice, as a slip would be."""
        return len(self.base.search(SearchRequest(words=word, limit=USED))) == USED
