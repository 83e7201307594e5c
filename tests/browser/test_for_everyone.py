"""axe-core finds no serious fault on any page, in both themes, with the drawer open too."""

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect
from steps import CONFLICT, DOSE, GATED, RED_FLAG, UNANSWERED, drawer

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SERIOUS = {"serious", "critical"}
ANSWERS = (
    (GATED, "light"),
    (GATED, "dark"),
    (RED_FLAG, "dark"),
    (CONFLICT, "light"),
    (UNANSWERED, "dark"),
)
OURS = ("/", "/check", "/browse", "/policy", "/evidence", "/nowhere")
CHECKED = (
    "Cyclobenzaprine is taken for up to 2 or 3 weeks. "
    "Cyclobenzaprine is taken for up to 2 or 3 years."
)
FREE = {"bypass_csp": True}
"""axe makes markup out of text, which no script may on our pages."""


def faults(page, axe):
    """Serious faults as axe names them, each with the element."""
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run({ runOnly: rules }).then(run => run.violations)", RULES)
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]


@pytest.mark.parametrize(("question", "scheme"), ANSWERS)
def test_no_serious_fault_in_an_answer(answered, axe, question, scheme):
    assert faults(answered(question, color_scheme=scheme, **FREE), axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_on_any_other_page(open_page, axe, scheme):
    page = open_page("/", color_scheme=scheme, **FREE)
    for path in OURS:
        page.goto(path)
        assert faults(page, axe) == [], path


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_no_serious_fault_with_the_drawer_open(answered, axe, scheme, width):
    page = answered(DOSE, color_scheme=scheme, width=width, **FREE)
    page.locator(".answer a.cite").first.click()
    expect(drawer(page).locator("mark")).to_be_visible()
    assert faults(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_on_the_page_of_a_passage_and_its_source(answered, axe, scheme):
    page = answered(DOSE, color_scheme=scheme, **FREE)
    page.goto(page.locator(".answer a.cite").first.get_attribute("href"))
    expect(page.locator("mark#words")).to_be_visible()
    assert faults(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_on_a_source_or_a_checked_text(answered, axe, scheme):
    page = answered(DOSE, color_scheme=scheme, **FREE)
    page.goto(page.locator(".answer a.cite").first.get_attribute("href"))
    page.goto(page.locator("main a[href^='/sources/']").first.get_attribute("href"))
    expect(page.locator("main h1")).to_be_visible()
    assert faults(page, axe) == []
    page.goto("/check")
    page.locator("#text").fill(CHECKED)
    page.locator("form.ask button.go").click()
    expect(page.locator("main")).to_contain_text("contradicted")
    assert faults(page, axe) == []


def test_no_serious_fault_where_everything_is_unfolded(answered, axe):
    page = answered(GATED, color_scheme="light", **FREE)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert faults(page, axe) == []
