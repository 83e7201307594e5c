"""Keyboard alone, a narrow window, no script, the dark, and paper."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect
from steps import CONFLICT, DOSE, GATED, UNANSWERED, ask, drawer, overflow, words_of

OURS = ("/check", "/browse", "/policy", "/evidence", "/nowhere")


def tab_to(page, locator, most=60):
    for _ in range(most):
        page.keyboard.press("Tab")
        if locator.evaluate("each => each === document.activeElement"):
            return
    pytest.fail("the keyboard does not get there")


def test_keyboard_alone_asks_and_opens_the_words(open_page):
    page = open_page()
    tab_to(page, page.get_by_label("Your clinical question"))
    page.keyboard.type(DOSE)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Bottom line")).to_be_visible()
    first = page.locator(".answer a.cite").first
    tab_to(page, first)
    page.keyboard.press("Enter")
    expect(drawer(page).locator("mark")).to_have_text(words_of(first))
    expect(drawer(page).locator(".body")).to_be_focused()
    page.keyboard.press("n")
    second = page.locator(".answer a.cite").nth(1)
    expect(drawer(page).locator("mark")).to_have_text(words_of(second))
    page.keyboard.press("Escape")
    expect(drawer(page)).to_be_hidden()
    expect(second).to_be_focused()
    page.keyboard.press("Space")
    expect(drawer(page)).to_be_visible()


def test_what_has_the_focus_is_seen(answered):
    page = answered(DOSE)
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px", page.evaluate("document.activeElement.outerHTML.slice(0, 80)")


def test_the_first_stop_leads_past_the_head(answered):
    page = answered(DOSE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


def fits_a_small_phone(page):
    assert overflow(page) <= 0
    shown = "button:visible, input:visible, select:visible, textarea:visible"
    for each in page.locator(shown).all():
        box = each.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert each.get_attribute("type") in {"radio", "checkbox"} or box["height"] >= 24


@pytest.mark.parametrize("question", [GATED, UNANSWERED])
def test_no_answer_is_wider_than_a_small_phone(open_page, question):
    page = open_page("/", width=360, height=740)
    page.get_by_text("Facts of the case (optional)").click()
    fits_a_small_phone(page)
    ask(page, question)
    fits_a_small_phone(page)


def test_no_page_is_wider_than_a_small_phone(open_page):
    page = open_page("/", width=360, height=740)
    for path in OURS:
        page.goto(path)
        fits_a_small_phone(page)


def test_on_a_phone_the_drawer_is_a_sheet_that_holds_the_focus(answered):
    page = answered(DOSE, width=360, height=740)
    cite = page.locator(".answer a.cite").first
    cite.click()
    expect(drawer(page).locator("mark")).to_be_in_viewport()
    drawer(page).evaluate(
        "it => Promise.all(it.getAnimations().map(a => a.finished.then(() => 0)))"
    )
    box = drawer(page).bounding_box()
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 360, 740)
    assert page.evaluate("document.querySelector('dialog').matches(':modal')")
    assert overflow(page) <= 0
    drawer(page).get_by_role("button", name="Close").click()
    expect(cite).to_be_focused()


def test_without_a_script_a_citation_leads_to_its_passage(open_page):
    page = open_page(java_script_enabled=False)
    page.get_by_label("Your clinical question").fill(DOSE)
    page.get_by_role("button", name="Answer", exact=True).click()
    cite = page.locator(".answer a.cite").first
    words = words_of(cite)
    cite.click()
    expect(page).to_have_url(re.compile(r"/passage/[0-9a-f]+#words$"))
    expect(page.locator("mark#words")).to_have_text(words)
    expect(page.locator("mark#words")).to_be_in_viewport()
    page.go_back()
    page.get_by_role("button", name="Patient").click()
    expect(page.locator(".disclaimer")).to_contain_text("education")


def brightness(page, selector):
    said = page.locator(selector).first.evaluate("each => getComputedStyle(each).backgroundColor")
    return sum(map(int, re.findall(r"\d+", said)[:3]))


def test_the_dark_is_dark(open_page):
    assert brightness(open_page(color_scheme="light"), "body") > 700
    assert brightness(open_page(color_scheme="dark"), "body") < 120


def test_paper_has_the_answer_and_its_sources_and_no_controls(answered):
    page = answered(CONFLICT)
    page.emulate_media(media="print")
    for gone in (".masthead", ".audience", ".further", ".follow-ups", ".again"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.locator(".bottom")).to_be_visible()
    expect(page.locator(".steps")).to_contain_text("pending human review")
    expect(page.locator(".card .paper").first).to_contain_text("https://")
    assert brightness(page, "body") == 765
    folded = page.locator(".more .words").first
    assert folded.bounding_box()["height"] > 0
    assert page.pdf().startswith(b"%PDF")
