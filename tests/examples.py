"""The examples in docs/examples: which questions, and how each file is made."""

from __future__ import annotations

import re
from pathlib import Path

from loccit.delivery.checking import report_on
from loccit.delivery.listing import show_passage
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
CODE = re.compile(r"\b[0-9a-f]{8}\b")
"""The code of a passage or of an answer."""
SHOWN = re.compile(r"\$ loccit show (?P<code>\w+)\n(?P<lines>(?:.*\n)*?)(?=\[…\])")
"""A passage that a page shows, up to where it is cut."""


def printed(engine: Engine, name: str) -> str:
    """What the example's file holds: the command, and what it prints on 80 columns."""
    if name in CHECKED:
        return _printed_check(engine, CHECKED[name])
    question = QUESTIONS[name]
    return f'$ loccit ask "{question}"\n{as_text(engine.ask(question), width=WIDTH)}'


def _printed_check(engine: Engine, file: str) -> str:
    report = report_on(file, (FOLDER / file).read_bytes(), engine)
    return f"$ loccit check docs/examples/{file}\n{render(report, width=WIDTH)}"


def write_all(engine: Engine, folder: Path) -> None:
    """Renew all files, and the codes of passages and answers on the pages that show them."""
    codes: dict[str, str] = {}
    for name in (*QUESTIONS, *CHECKED):
        file = FOLDER / f"{name}.txt"
        before, after = file.read_text(encoding="utf-8"), printed(engine, name)
        codes |= zip(CODE.findall(before), CODE.findall(after), strict=False)
        file.write_text(after, encoding="utf-8")
    for page in FOLLOWING:
        text = page.read_text(encoding="utf-8")
        asked, name = FOLLOWED.findall(text)[0]
        codes[name] = engine.ask(asked).id[: len(name)]
        renewed = CODE.sub(lambda match: codes.get(match.group(), match.group()), text)
        page.write_text(SHOWN.sub(lambda match: _shown(match, folder), renewed), encoding="utf-8")


def _shown(block: re.Match[str], folder: Path) -> str:
    """A passage as ``loccit show`` prints it now, as many lines as the page has of it."""
    lines = show_passage(block["code"], folder).splitlines()[: block["lines"].count("\n")]
    return "\n".join((f"$ loccit show {block['code']}", *lines, ""))


if __name__ == "__main__":
    import tempfile

    from loccit.wiring import make_engine, open_base

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        write_all(make_engine(open_base(Path(place))), Path(place))
