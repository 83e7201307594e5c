"""What changed between two texts of an article, by sentence and by word."""

from dataclasses import replace

from reviewing import article, statement

from loccit.review import changes, content_digest, evidence_digest, revised


def test_the_same_text_has_no_changes():
    assert list(changes(article(), article())) == []


def test_struck_changed_and_added_sentences_are_told():
    before = article()
    first = replace(before.bottom_line[0], text="Examplamine is given as 2.5 mg.")
    new = replace(statement("s9", "Pain eases in a week."), text="Pain eases.")
    after = revised(before, struck=["s3"], put=[first], added=[new], heading="Added in review")
    told = {each.statement: each for each in changes(before, after)}
    assert set(told) == {"s1", "s3", "s9"}
    assert told["s1"].parts == (
        ("Examplamine is given as", "same"),
        ("5", "struck"),
        ("2.5", "added"),
        ("mg.", "same"),
    )
    assert (told["s3"].after, told["s9"].before) == ("", "")
    assert after.sections[-1].heading == "Added in review"


def test_statements_added_later_join_those_added_before():
    one, two = statement("a1", "Pain eases in a week."), statement("a2", "Pain eases in a week.")
    after = revised(revised(article(), added=[one], heading="Added"), added=[two], heading="Added")
    assert [each.id for each in after.sections[-1].statements] == ["a1", "a2"]


def test_a_section_goes_with_its_last_sentence():
    assert revised(article(), struck=["s2", "s3"]).sections == ()


def test_digests_follow_the_words_and_the_evidence_apart():
    whole = article()
    plain = revised(whole, put=[replace(whole.bottom_line[0], text="Other words.")])
    assert content_digest(plain) != content_digest(whole)
    assert evidence_digest(plain) == evidence_digest(whole)
    cited = replace(whole.bottom_line[0].citations[0], quote="Other words.")
    moved = revised(whole, put=[replace(whole.bottom_line[0], citations=(cited,))])
    assert content_digest(moved) == content_digest(whole)
    assert evidence_digest(moved) != evidence_digest(whole)


def test_another_heading_is_another_text():
    whole = article()
    section = replace(whole.sections[0], heading="Never")
    assert content_digest(replace(whole, sections=(section,))) != content_digest(whole)
