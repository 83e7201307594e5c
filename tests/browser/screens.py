"""Takes the pictures of docs/screens/: each page at three widths, in both themes.

Run it with ``make screens``. The pages are those of the starter pack, so anyone can take them again.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Page, sync_playwright
from steps import CONFLICT, GATED, RED_FLAG, RENAL, UNANSWERED, ask

from loccit.delivery.web import create_app
from loccit.testing import InMemoryTurns
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


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The pages over the starter pack."""
    engine = make_engine(open_base(folder), turns=InMemoryTurns())
    app = create_app(lambda: engine)
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
            for name, go in SCREENS.items():
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
