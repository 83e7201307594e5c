"""A reader asks, opens the words, changes the reader, and asks further."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect
from steps import DOSE, GATED, RED_FLAG, UNANSWERED, ask, drawer, words_of


def test_asking_gives_an_article_that_tells_its_state(open_page):
    page = open_page()
    ask(page, GATED)
    expect(page).to_have_title(
        "cyclobenzaprine in a 71-year-old on sertraline with cirrhosis · Loccit"
    )
    expect(page.locator(".steps [aria-current]")).to_have_text("Submittedpending human review")
    expect(page.locator(".strip")).to_contain_text(re.compile(r"Last updated \d{4}-\d\d-\d\d"))
    expect(page.locator(".reading summary")).to_contain_text("age 71 years")
    expect(page.locator(".marks")).to_contain_text("Was the question answered?")
    expect(page.locator(".gate")).to_contain_text("Blocked: cyclobenzaprine")


def test_the_highlighted_words_are_those_of_the_sentence(answered):
    page = answered(DOSE)
    cites = page.locator(".answer a.cite")
    cites.first.click()
    for number in range(4):
        if number:
            drawer(page).get_by_role("button", name="Next").click()
        expect(drawer(page).locator("mark")).to_have_text(words_of(cites.nth(number)))
        expect(drawer(page).locator(".edition")).not_to_be_empty()
        expect(drawer(page).locator(".place")).not_to_be_empty()
        expect(drawer(page).locator(".badge").filter(has_text="current")).to_be_visible()


def test_with_the_drawer_open_a_press_on_a_sentence_shows_its_source(answered):
    page = answered(DOSE)
    cites = page.locator(".bottom a.cite")
    cites.first.click()
    expect(drawer(page)).to_be_visible()
    page.locator(".bottom .said").nth(1).click()
    expect(drawer(page).locator("mark")).to_have_text(
        page.locator(".bottom .words").nth(1).inner_text()
    )


def test_the_drawer_stands_beside_the_sentence_and_leaves_it_free(answered):
    page = answered(DOSE, width=1280)
    cite = page.locator(".bottom a.cite").first
    cite.click()
    expect(drawer(page).locator("mark")).to_be_visible()
    words = page.locator(".bottom .words").first.bounding_box()
    box = drawer(page).bounding_box()
    assert words["x"] + words["width"] <= box["x"]
    assert box["x"] + box["width"] == 1280
    assert page.evaluate("document.querySelector('dialog').matches(':modal')") is False


def test_the_citation_can_be_copied(answered, site):
    page = answered(DOSE, permissions=["clipboard-read", "clipboard-write"])
    cite = page.locator(".bottom a.cite").first
    cite.click()
    drawer(page).get_by_role("button", name="Copy citation").click()
    expect(drawer(page).get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{words_of(cite)}”")
    assert "https://" in copied


def test_the_reader_changes_and_the_numbers_stay(answered):
    page = answered(DOSE)
    before = page.locator(".bottom a.cite b").all_inner_texts()
    page.get_by_role("button", name="Patient").click()
    expect(page.get_by_role("button", name="Patient")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".disclaimer")).to_contain_text("not advice for you personally")
    assert page.locator(".bottom a.cite b").all_inner_texts() == before


def test_two_questions_follow_and_say_what_was_carried_over(answered):
    page = answered(DOSE)
    for said, new in (("and if she has cirrhosis?", "cirrhosis"), ("and at age 80?", "80")):
        page.get_by_label("What still holds of this question").fill(said)
        page.locator(".further").get_by_role("button", name="Answer").click()
        expect(page.locator(".reading")).to_contain_text("tizanidine")
        expect(page.locator(".reading summary")).to_contain_text(new)
    page.locator(".reading summary").click()
    expect(page.locator(".reading dl")).to_contain_text("Carried over")


def test_a_suggested_question_is_one_press_away(answered):
    page = answered(DOSE)
    button = page.locator(".follow-ups button").first
    asked = button.inner_text()
    button.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(asked.rstrip("?")[:20])


def test_a_red_flag_comes_before_all_else(answered):
    page = answered(RED_FLAG)
    first = page.locator(".answer > *").first
    expect(first).to_have_class("card-now")
    expect(first).to_contain_text("Possible cauda equina syndrome")


def test_an_honest_stop_says_why_and_how_to_go_on(answered):
    page = answered(UNANSWERED)
    expect(page.get_by_role("heading", level=1)).to_have_text("No direct evidence in this base")
    expect(page.locator(".stop")).to_contain_text("restaurant")
    expect(page.get_by_role("heading", name="To widen or sharpen the question")).to_be_visible()


def test_a_pasted_text_is_held_against_the_sources(open_page):
    page = open_page("/check")
    page.locator("#text").fill(
        "The total daily dose of tizanidine in adults should not exceed 50 mg."
    )
    page.locator("form.ask button.go").click()
    expect(page.locator(".checked > li.contradicted")).to_be_visible()
    expect(page.locator(".checked .said mark").first).to_contain_text("50 mg")
    expect(page.locator(".checked .witness mark").first).to_contain_text("36 mg")


def test_the_facts_of_the_form_are_echoed(open_page):
    page = open_page()
    page.get_by_text("Facts of the case (optional)").click()
    page.get_by_label("Age, years").fill("82")
    page.get_by_label("Renal impairment").select_option("severe")
    ask(page, DOSE)
    expect(page.locator(".reading summary")).to_contain_text("age 82 years")
    expect(page.locator(".reading summary")).to_contain_text("renal impairment: severe")
