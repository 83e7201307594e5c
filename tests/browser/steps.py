"""What a reader does, for all tests of pages in a browser."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

RED_FLAG = "sudden loss of bladder control and numb saddle with back pain"
GATED = "cyclobenzaprine in a 71-year-old on sertraline with cirrhosis"
CONFLICT = (
    "What is the recommended treatment for a patient with radiological findings suggesting "
    "lumbar muscle spasm?"
)
UNANSWERED = "best restaurant in Paris"
RENAL = "gabapentin dose in renal impairment"
DOSE = "What is the maximum daily dose of tizanidine?"


def ask(page: Any, question: str) -> None:
    """Fills in the form and sends it."""
    page.get_by_label("Your clinical question").fill(question)
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator(".answer")).to_be_visible()


def drawer(page: Any) -> Any:
    """The source drawer."""
    return page.locator("dialog.drawer")


def words_of(cite: Any) -> str:
    """The words of the sentence that a citation belongs to."""
    return (
        cite.locator("xpath=ancestor::*[contains(@class, 'sentence')][1]")
        .locator(".words")
        .inner_text()
    )


def overflow(page: Any) -> int:
    """Pixels by which the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
