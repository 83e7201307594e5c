"""The whole life of an article, in the browsers of the people who write, review and approve it."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect
from steps import ask, overflow
from test_for_everyone import FREE, faults

from browsing import PASSWORD

ASKED = "baclofen dose for spasticity"
AGAIN = "What dose of baclofen for spasticity?"
EDITED = "naproxen dose for back pain"


def sign_in(page, name, to="/review"):
    page.goto(f"/sign-in?to={to}")
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button").first.click()
    expect(page).to_have_url(re.compile(re.escape(to) + "$"))


@pytest.fixture
def person(open_page):
    """A browser in which that person has signed in."""

    def signed_in(name, **options):
        page = open_page("/", **options)
        sign_in(page, name)
        return page

    return signed_in


def submitted(page, question):
    """The id of the article that the person submits on a question."""
    page.goto("/")
    ask(page, question)
    page.get_by_role("button", name="Submit for review").click()
    expect(page).to_have_url(re.compile("/review/[0-9a-f]+$"))
    return page.url.rpartition("/")[2]


def decide(page, summary, button, **fields):
    """Open a decision on the article, fill it in and send it."""
    block = page.locator(".decision").filter(has=page.get_by_text(summary, exact=True))
    if block.get_attribute("open") is None:
        block.locator("summary").click()
    for name, words in fields.items():
        block.locator(f"[name={name}]").fill(words)
    block.get_by_role("button", name=button).click()


def on_sentence(page, number, summary, button, **fields):
    """The same on one sentence."""
    row = page.locator(f"#s{number}")
    block = row.locator("details").filter(has_text=summary)
    block.locator("summary").click()
    for name, words in fields.items():
        block.locator(f"[name={name}]").fill(words)
    block.get_by_role("button", name=button).click()
    expect(page).to_have_url(re.compile(f"#s{number}$"))


def test_the_whole_life_of_an_article(person, open_page):
    ada, rut, sam, bo = map(person, ("ada", "rut", "sam", "bo"))
    article = submitted(ada, ASKED)
    expect(ada.locator(".steps [aria-current]")).to_contain_text("Submitted")
    shorter = reviewed(rut)
    gone = resubmitted(ada, article)
    approved(article, rut, sam, bo, reader := open_page(f"/articles/{article}"))
    reader.goto(f"/articles/{article}/editions/1")
    expect(reader.locator(".steps [aria-current]")).to_contain_text("Approved")
    expect(reader.locator(".signed")).to_contain_text("Bo Example, MD, MPH")
    expect(reader.locator(".bottom .words").first).to_have_text(shorter)
    assert gone not in reader.locator(".answer").inner_text()
    reader.get_by_role("link", name="Editions and what changed").first.click()
    expect(reader.get_by_role("link", name="Edition 1")).to_be_visible()
    ask_again(reader, article)
    decide(bo, "Withdraw", "Withdraw it", reason="The label was recalled.")
    expect(bo.locator(".banner")).to_contain_text("This article was withdrawn")
    reader.goto(f"/articles/{article}/editions/1")
    expect(reader.locator(".banner")).to_contain_text("The label was recalled.")
    expect(reader.locator(".bottom .words").first).to_have_text(shorter)


def reviewed(rut):
    """A reviewer accepts, comments, edits and asks for changes; the words of the first sentence."""
    rut.goto("/review")
    rut.get_by_role("link", name=ASKED).click()
    decide(rut, "Take up for review", "Take it up")
    rut.locator("#s1").get_by_role("button", name="Accept").click()
    expect(rut.locator("#s1")).to_contain_text("✓ accepted")
    on_sentence(rut, 1, "Comment", "Write the comment", words="Which label is this?")
    shorter = rut.locator("#s1 .said .words").inner_text().rstrip(".")
    on_sentence(rut, 1, "Edit", "Change the sentence", words=shorter, reason="No stop here")
    expect(rut.locator("#s1 .said .words")).to_have_text(shorter)
    decide(rut, "Request changes", "Request these changes", reason="Say less of overdose.")
    expect(rut.locator(".steps [aria-current]")).to_contain_text("Changes requested")
    return shorter


def resubmitted(ada, article):
    """The author reads the remarks, strikes the last sentence and sends it back; its words."""
    ada.goto(f"/review/{article}")
    expect(ada.locator("#s1 .remarks")).to_contain_text("Which label is this?")
    expect(ada.locator("#s1 .remarks")).to_contain_text("No stop here")
    on_sentence(ada, 1, "Comment", "Write the comment", words="That of the tablets.")
    last = ada.locator(".row").count()
    words = ada.locator(f"#s{last} .said .words").inner_text()
    block = ada.locator(f"#s{last} details").filter(has_text="Strike")
    block.locator("summary").click()
    block.locator("[name=reason]").fill("As asked")
    block.get_by_role("button", name="Strike the sentence").click()
    expect(ada.locator(".row")).to_have_count(last - 1)
    decide(ada, "Send back to review", "Send it back")
    return words


def approved(article, rut, sam, bo, reader):
    """Who changed words may not sign; two others do, and a reader sees each name."""
    rut.goto(f"/review/{article}")
    decide(rut, "Approve", "Sign and approve this text")
    expect(rut.locator(".error")).to_contain_text("own_article")
    sam.goto(f"/review/{article}")
    decide(sam, "Approve", "Sign and approve this text")
    expect(sam.locator(".tally")).to_contain_text("1 of 2 approvals")
    reader.reload()
    expect(reader.locator(".banner")).to_contain_text("another text of this article")
    bo.goto(f"/review/{article}")
    decide(bo, "Approve", "Sign and approve this text")
    expect(bo.locator(".steps [aria-current]")).to_contain_text("Approved")


def ask_again(reader, article):
    """In other words, a question that reads the same leads to the approved article."""
    reader.goto("/")
    ask(reader, AGAIN)
    expect(reader.locator(".same")).to_contain_text("named people approved")
    link = reader.get_by_role("link", name="Editions and what changed").first
    expect(link).to_have_attribute("href", f"/articles/{article}/editions")


def test_who_is_overtaken_keeps_the_words(person):
    """Two people at one article: the second is shown what the first decided."""
    article = submitted(person("ada"), EDITED)
    rut, sam = person("rut"), person("sam")
    rut.goto(f"/review/{article}")
    decide(rut, "Take up for review", "Take it up")
    sam.goto(f"/review/{article}")
    on_sentence(rut, 1, "Comment", "Write the comment", words="Look at this first.")
    block = sam.locator("#s2 details").filter(has_text="Comment")
    block.locator("summary").click()
    block.locator("[name=words]").fill("A long thought of mine.")
    block.get_by_role("button", name="Write the comment").click()
    expect(sam.get_by_role("heading", name="Somebody decided while you did")).to_be_visible()
    expect(sam.locator(".ledger")).to_contain_text("Look at this first.")
    expect(sam.locator("#words")).to_have_value("A long thought of mine.")
    sam.get_by_role("button", name="Send again").click()
    expect(sam.locator("#s2 .remarks")).to_contain_text("A long thought of mine.")


def test_the_desk_is_for_everyone(person, axe):
    """Keyboard, no script, a small phone and the dark; axe finds nothing serious."""
    article = submitted(person("ada"), "ibuprofen and kidney disease")
    rut = person("rut", width=360, height=740, java_script_enabled=False)
    rut.goto(f"/review/{article}")
    decide(rut, "Take up for review", "Take it up")
    on_sentence(rut, 2, "Comment", "Write the comment", words="Without a script.")
    expect(rut.locator("#s2 .remarks")).to_contain_text("Without a script.")
    for scheme, width in (("light", 1280), ("dark", 360)):
        page = person("bo", color_scheme=scheme, width=width, **FREE)
        for path in (
            f"/review/{article}",
            f"/review/{article}?find=kidney",
            f"/review/{article}/differences",
            "/review?state=all",
        ):
            page.goto(path)
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
            assert overflow(page) <= 0, (path, width)
            assert faults(page, axe) == [], (path, scheme)
