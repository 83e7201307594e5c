"""Kept answers in each form, and the last ones at hand: writing a long page takes a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from loccit import publication
from loccit.delivery.case_form import FIELDS
from loccit.delivery.web.negotiating import Form
from loccit.publication import exports
from loccit.publication.kept_page import Kept, article_page, kept_json
from loccit.publication.site import Asked
from loccit.terms import Abstention, Article, KeptAnswer

__all__ = ["FORMS", "PAGE", "Renderer"]

PAGE = Form(ending="", media_type="text/html")
JSON = Form(ending=".json", media_type="application/json")
_WRITTEN: dict[Form, Callable[[KeptAnswer], str | bytes]] = {
    JSON: kept_json,
    Form(ending=".md", media_type="text/markdown"): lambda k: publication.as_markdown(k.answer),
    Form(ending=".txt", media_type="text/plain"): lambda k: publication.as_text(k.answer),
    Form(ending=".pdf", media_type="application/pdf"): lambda k: exports.as_pdf(
        k.answer, address=f"/articles/{k.place.article}/v/{k.place.version}"
    ),
    Form(ending=".jsonld", media_type="application/ld+json"): exports.json_ld,
    Form(ending=".csl.json", media_type="application/vnd.citationstyles.csl+json"): lambda k: (
        exports.as_csl_json(k.answer)
    ),
    Form(ending=".ris", media_type="application/x-research-info-systems"): lambda k: exports.as_ris(
        k.answer
    ),
    Form(ending=".bib", media_type="application/x-bibtex"): lambda k: exports.as_bibtex(k.answer),
    Form(
        ending=".ama.txt", media_type="text/x-bibliography;style=american-medical-association"
    ): lambda k: exports.as_bibliography(k.answer, style="ama"),
    Form(ending=".vancouver.txt", media_type="text/x-bibliography;style=vancouver"): lambda k: (
        exports.as_bibliography(k.answer, style="vancouver")
    ),
}
FORMS = (PAGE, *_WRITTEN)
"""All forms of a kept answer, the one for people first."""
HELD = 24
"""Pages at hand; the longest have half a megabyte."""


class Renderer:
    """Writes kept answers. What it wrote of a version holds for as long as the version does."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[object, ...], str | bytes] = OrderedDict()
        self._lock = threading.Lock()

    def page(self, kept: Kept, answer: Article | Abstention, asked: Asked) -> str:
        """The page, with a sign where forms have their token."""
        written = self._at_hand(
            (kept,), lambda: article_page(answer, asked, fields=FIELDS, kept=kept)
        )
        assert isinstance(written, str)
        return written

    def form(self, kept: KeptAnswer, form: Form) -> str | bytes:
        """Any other form of it."""
        return self._at_hand((kept.place, form), lambda: _WRITTEN[form](kept))

    def _at_hand(self, key: tuple[object, ...], write: Callable[[], str | bytes]) -> str | bytes:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        written = write()
        with self._lock:
            self._held[key] = written
            while len(self._held) > HELD:
                self._held.popitem(last=False)
        return written
