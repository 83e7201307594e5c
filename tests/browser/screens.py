"""Takes the pictures of docs/screens/: each page at three widths, in both themes.

Run it with ``make screens``; with the word ``desk`` only those of review are taken. The pages are those of the starter pack, so anyone can take them again.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Page, sync_playwright
from steps import CONFLICT, DOSE, GATED, RED_FLAG, RENAL, UNANSWERED, ask

from loccit.delivery.web import create_app
from loccit.editorial import Asked, Editorial
from loccit.engine import Engine
from loccit.review import load_review_rules
from loccit.terms import Action, Duty, Person
from loccit.testing import InMemoryLedgers, InMemoryTurns
from loccit.wiring import make_engine, open_base

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
SIZES = ((360, 740), (768, 1024), (1440, 900))
THEMES = ("light", "dark")
QUALITY = 60


def asked(page: Page, question: str) -> None:
    """The answer to a question, from its top."""
    page.goto("/")
    ask(page, question)


def opened(page: Page) -> None:
    """The second citation of an answer, in the drawer."""
    asked(page, GATED)
    page.locator(".answer a.cite").nth(1).click()
    page.locator("dialog mark").wait_for()


def passage(page: Page) -> None:
    """The page of a passage, at its head."""
    asked(page, GATED)
    page.goto(str(page.locator(".answer a.cite").nth(1).get_attribute("href")).split("#")[0])


def at(page: Page, question: str, place: str) -> None:
    """A part of an answer below the fold."""
    asked(page, question)
    page.locator(place).first.evaluate("each => each.scrollIntoView()")


SCREENS = {
    "ask": lambda page: page.goto("/"),
    "red-flag": lambda page: asked(page, RED_FLAG),
    "safety-gate": lambda page: asked(page, GATED),
    "conflict": lambda page: at(page, CONFLICT, ".conflicts"),
    "sources": lambda page: at(page, CONFLICT, "#sources"),
    "doses": lambda page: at(page, RENAL, ".doses"),
    "no-answer": lambda page: asked(page, UNANSWERED),
    "drawer": opened,
    "passage": passage,
}


def desk(page: Page, path: str = "/review/article-1") -> None:
    """A page of review, as its reviewer sees it."""
    page.goto("/")
    page.context.add_cookies([{"name": "loccit_session", "value": "rut", "url": page.url}])
    page.goto(path)


def at_a_sentence(page: Page) -> None:
    """The desk, with the words of a sentence about to be changed."""
    desk(page)
    page.locator("#s2 summary").filter(has_text="Edit").click()


DESK = {
    "desk": at_a_sentence,
    "queue": lambda page: desk(page, "/review?state=all"),
}
"""The pages of review."""
QUESTIONS = (
    "cyclobenzaprine at 75 with cirrhosis",
    DOSE,
    "naproxen dose for back pain",
)
"""Others than those of the screens above, which would lead to these articles."""


class Sessions:
    """A session for each person, whose token is their id."""

    def __init__(self, ledgers: InMemoryLedgers) -> None:
        self._ledgers = ledgers

    def person(self, token: str) -> Person | None:
        """Whose session it is."""
        return next((each for each in self._ledgers.people() if each.id == token), None)


def people_of(ledgers: InMemoryLedgers) -> dict[str, Person]:
    """Made-up people, entered."""
    for name, called, credentials, duty in (
        ("ada", "Ada Example", "MD", Duty.AUTHOR),
        ("rut", "Rut Example", "PharmD", Duty.REVIEWER),
        ("bo", "Bo Example", "MD, MPH", Duty.BOARD),
    ):
        ledgers.keep_person(
            Person(
                id=name,
                name=called,
                duties=frozenset({duty}),
                credentials=credentials,
                interests="none",
                declared_on=date(2026, 1, 1),
            )
        )
    return {each.id: each for each in ledgers.people()}


def reviewed_articles(engine: Engine, ledgers: InMemoryLedgers) -> Editorial:
    """Three articles: one under review, one approved after a change, one withdrawn."""
    people = people_of(ledgers)
    hours = iter(range(1_000))
    start = datetime.now(UTC) - timedelta(days=12)
    editorial = Editorial(
        ledgers,
        engine,
        load_review_rules(),
        now=lambda: start + timedelta(hours=5 * next(hours)),
    )

    def take(article: int, action: Action, who: str, **more: Any) -> None:
        person = people[who]
        asked = Asked(action=action, person=person, duty=min(person.duties), **more)
        editorial.decide(f"article-{article}", asked)

    for number, question in enumerate(QUESTIONS, 1):
        answer = engine.ask(question)
        editorial.submit(f"article-{number}", answer, people["ada"], Duty.AUTHOR)  # type: ignore[arg-type]
        take(number, Action.BEGIN, "rut")
    first = editorial.text("article-1").bottom_line
    take(1, Action.ASSIGN, "bo", target="rut", due=date.today() - timedelta(days=1))  # noqa: DTZ011
    take(1, Action.ACCEPT, "rut", target=first[0].id)
    take(1, Action.COMMENT, "rut", target=first[1].id, words="Is this the label in force?")
    take(1, Action.COMMENT, "ada", target=first[1].id, words="Yes, read again in November.")
    said = editorial.text("article-2").bottom_line
    words = said[0].text.removesuffix(".")
    take(2, Action.EDIT, "rut", target=said[0].id, words=words, reason="No stop")
    take(2, Action.STRIKE, "rut", target=said[1].id, reason="Not asked")
    take(2, Action.APPROVE, "bo")
    take(3, Action.WITHDRAW, "bo", reason="The product was recalled.")
    return editorial


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The pages over the starter pack."""
    engine = make_engine(open_base(folder), turns=InMemoryTurns())
    ledgers = InMemoryLedgers()
    editorial = reviewed_articles(engine, ledgers)
    app = create_app(
        lambda: engine,
        admission=lambda: Sessions(ledgers),  # type: ignore[arg-type,return-value]
        editorial=lambda: editorial,
    )
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def take(browser: Any, site: str, scratch: Path) -> Iterator[tuple[str, Path]]:
    """Each screen as a PNG, with its name."""
    screens = DESK if "desk" in sys.argv else {**SCREENS, **DESK}  # signing in comes last
    for theme in THEMES:
        for width, height in SIZES:
            context = browser.new_context(
                base_url=site,
                viewport={"width": width, "height": height},
                color_scheme=theme,
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.set_default_timeout(120_000)
            for name, go in screens.items():
                go(page)
                taken = scratch / f"{name}-{width}-{theme}.png"
                page.screenshot(path=taken)
                yield taken.stem, taken
            context.close()


def smaller(page: Page, png: Path) -> bytes:
    """The picture as WebP, by the browser itself: no other program is needed."""
    import base64

    data = base64.b64encode(png.read_bytes()).decode()
    said: str = page.evaluate(
        """async ([data, quality]) => {
            const image = new Image();
            image.src = `data:image/png;base64,${data}`;
            await image.decode();
            const canvas = new OffscreenCanvas(image.width, image.height);
            canvas.getContext("2d").drawImage(image, 0, 0);
            const blob = await canvas.convertToBlob({ type: "image/webp", quality: quality / 100 });
            const bytes = new Uint8Array(await blob.arrayBuffer());
            return btoa(Array.from(bytes, (each) => String.fromCharCode(each)).join(""));
        }""",
        [data, QUALITY],
    )
    return base64.b64decode(said)


def main() -> None:
    """Take all of them anew."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        served(Path(scratch) / "base") as site,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        maker = browser.new_page()
        for name, png in take(browser, site, Path(scratch)):
            (FOLDER / f"{name}.webp").write_bytes(smaller(maker, png))
        browser.close()


if __name__ == "__main__":
    main()
