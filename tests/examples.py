"""The examples in docs/examples: which questions, and how each file is made."""

from __future__ import annotations

import re
from pathlib import Path

from loccit.delivery.checking import report_on
from loccit.engine import Engine
from loccit.publication import as_text
from loccit.publication.reports import render

FOLDER = Path(__file__).parents[1] / "docs" / "examples"
QUESTIONS = {
    "lumbar-muscle-spasm": (
        "What is the recommended treatment for a patient with radiological findings "
        "suggesting lumbar muscle spasm?"
    ),
    "tizanidine-maximum": "max dose of tizanidine",
    "naproxen-warfarin": "Can I give naproxen to a patient on warfarin?",
    "cyclobenzaprine-cirrhosis": "cyclobenzaprine in a 71-year-old on sertraline with cirrhosis",
    "metformin-not-here": "What is the starting dose of metformin?",
}
CHECKED = {"checked-note": "note-to-check.txt"}
"""Reports, and the text that each is on."""
WIDTH = 80
ROOT = FOLDER.parents[1]
FOLLOWING = (ROOT / "README.md", ROOT / "docs" / "follow-ups.md")
FOLLOWED = re.compile(
    r'ask "([^"]+)"\n\[…\]\nTo ask further about this answer: loccit ask --follow (\w+)'
)
"""A question on a page, and the name of its answer, which the next question follows."""


def printed(engine: Engine, name: str) -> str:
    """What the example's file holds: the command, and what it prints on 80 columns."""
    if name in CHECKED:
        return _printed_check(engine, CHECKED[name])
    question = QUESTIONS[name]
    return f'$ loccit ask "{question}"\n{as_text(engine.ask(question), width=WIDTH)}'


def _printed_check(engine: Engine, file: str) -> str:
    report = report_on(file, (FOLDER / file).read_bytes(), engine)
    return f"$ loccit check docs/examples/{file}\n{render(report, width=WIDTH)}"


def write_all(engine: Engine) -> None:
    """Renew all files, and the name of the answer that pages follow further."""
    for name in (*QUESTIONS, *CHECKED):
        (FOLDER / f"{name}.txt").write_text(printed(engine, name), encoding="utf-8")
    for page in FOLLOWING:
        text = page.read_text(encoding="utf-8")
        asked, name = FOLLOWED.findall(text)[0]
        page.write_text(text.replace(name, engine.ask(asked).id[: len(name)]), encoding="utf-8")


if __name__ == "__main__":
    import tempfile

    from loccit.wiring import make_engine, open_base

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        write_all(make_engine(open_base(Path(folder))))
