from any_answer import MANY, answers, words
from articles import abstention, article, card, question, statement
from hypothesis import given
from markdown_it import MarkdownIt

from loccit.publication import as_markdown
from loccit.publication.as_markdown import escaped
from loccit.publication.showing import visible
from loccit.terms import Reference

READER = MarkdownIt("commonmark").enable("table").enable("strikethrough")


def plain(tokens):
    """All text of inline tokens, and the kinds of token it came in."""
    children = [child for token in tokens for child in token.children or ()]
    return "".join(c.content for c in children), {c.type for c in children}


def test_citations_link_to_their_sources():
    html = READER.render(as_markdown(article()))
    assert '<a href="https://example.org/label">[1]</a>' in html
    assert '<a href="https://example.org/guideline">[2]</a> (qualifies)' in html


def test_a_source_without_a_web_address_is_numbered_but_not_linked():
    reference = Reference(number=1, card=card(url="javascript:alert(1)"))
    said = (statement("Words."),)
    text = as_markdown(article(references=(reference,), bottom_line=said, sections=()))
    assert "**Words.** \\[1\\] `a1b2c3d4`" in text
    assert "javascript:" not in text


def test_headings_follow_the_order_of_the_page():
    tokens = READER.parse(as_markdown(article()))
    headings = [
        tokens[n + 1].content for n, token in enumerate(tokens) if token.type == "heading_open"
    ]
    assert headings[0] == "Dose of examplamine"
    assert headings.index("Bottom line") < headings.index("Why this dose")
    assert headings.index("Safety: examplamine") < headings.index("Sources")


def test_an_honest_stop_is_told():
    text = as_markdown(abstention())
    assert "Nothing here speaks of examplamine in children." in text
    assert "- Care is shared. [\\[2\\]][2] `a1b2c3d4`" in text


@given(words(tame=False))
def test_escaped_words_are_read_as_the_same_words(text):
    said = visible(text)
    tokens = READER.parse(f"- {escaped(said)}")
    content, kinds = plain(tokens)
    assert content == " ".join(said.split())
    assert kinds <= {"text", "text_special"}
    assert not [token for token in tokens if token.type.startswith(("heading", "html", "fence"))]


@MANY
@given(answers())
def test_no_answer_smuggles_in_markup(answer):
    tokens = READER.parse(as_markdown(answer))
    children = [child for token in tokens for child in token.children or ()]
    assert not {t.type for t in (*tokens, *children)} & {
        "html_block",
        "html_inline",
        "image",
        "fence",
    }
    links = [str(c.attrs["href"]) for c in children if c.type == "link_open"]
    assert all(link.startswith("https://example.org/") for link in links)


def test_the_question_is_quoted_when_it_is_not_the_title():
    assert "> How much examplamin" in as_markdown(article())
    same = article(title="Same words?", question=question(text="Same words?"))
    assert "> Same" not in as_markdown(same)
