"""axe-core finds no serious fault on any page, in both themes, with the drawer open too."""

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect
from steps import CONFLICT, DOSE, GATED, RED_FLAG, UNANSWERED, asking, drawer

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SERIOUS = {"serious", "critical"}
LOOKED_AT = (
    ("/", "light"),
    ("/", "dark"),
    (asking(GATED), "light"),
    (asking(GATED), "dark"),
    (asking(RED_FLAG), "dark"),
    (asking(CONFLICT), "light"),
    (asking(UNANSWERED), "dark"),
    ("/passage/unknown", "light"),
)


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


@pytest.mark.parametrize(("path", "scheme"), LOOKED_AT)
def test_no_serious_fault(open_page, axe, path, scheme):
    page = open_page(path, color_scheme=scheme)
    assert faults(page, axe) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_no_serious_fault_with_the_drawer_open(open_page, axe, scheme, width):
    page = open_page(asking(DOSE), color_scheme=scheme, width=width)
    page.locator(".answer a.cite").first.click()
    expect(drawer(page).locator("mark")).to_be_visible()
    assert faults(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_on_the_page_of_a_passage(open_page, axe, scheme):
    page = open_page(asking(DOSE), color_scheme=scheme)
    page.goto(page.locator(".answer a.cite").first.get_attribute("href"))
    expect(page.locator("mark#words")).to_be_visible()
    assert faults(page, axe) == []
