"""Texts at their addresses in each form, and the last ones at hand: a long page takes a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from loccit import publication
from loccit.delivery.case_form import FIELDS
from loccit.delivery.web.negotiating import Form
from loccit.publication import exports
from loccit.publication.kept_page import Kept, Shown, article_page, kept_json
from loccit.publication.site import Asked
from loccit.terms import KeptAnswer

__all__ = ["FORMS", "PAGE", "Renderer"]

PAGE = Form(ending="", media_type="text/html")
JSON = Form(ending=".json", media_type="application/json")
_WRITTEN: dict[Form, Callable[[Shown], str | bytes]] = {
    JSON: kept_json,
    Form(ending=".md", media_type="text/markdown"): lambda shown: publication.as_markdown(
        shown.answer, shown.reviewed
    ),
    Form(ending=".txt", media_type="text/plain"): lambda shown: publication.as_text(
        shown.answer, shown.reviewed
    ),
    Form(ending=".pdf", media_type="application/pdf"): lambda shown: exports.as_pdf(
        shown.answer, shown.reviewed, address=shown.address
    ),
    Form(ending=".jsonld", media_type="application/ld+json"): lambda shown: exports.json_ld(
        KeptAnswer(place=shown.place, answer=shown.answer), shown.reviewed
    ),
    Form(ending=".csl.json", media_type="application/vnd.citationstyles.csl+json"): lambda shown: (
        exports.as_csl_json(shown.answer)
    ),
    Form(ending=".ris", media_type="application/x-research-info-systems"): lambda shown: (
        exports.as_ris(shown.answer)
    ),
    Form(ending=".bib", media_type="application/x-bibtex"): lambda shown: exports.as_bibtex(
        shown.answer
    ),
    Form(
        ending=".ama.txt", media_type="text/x-bibliography;style=american-medical-association"
    ): lambda shown: exports.as_bibliography(shown.answer, style="ama"),
    Form(ending=".vancouver.txt", media_type="text/x-bibliography;style=vancouver"): lambda shown: (
        exports.as_bibliography(shown.answer, style="vancouver")
    ),
}
FORMS = (PAGE, *_WRITTEN)
"""All forms of a text at its address, the one for people first."""
HELD = 24
"""Pages at hand; the longest have half a megabyte."""


class Renderer:
    """Writes texts. What it wrote holds for as long as the text and where it stands."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[object, ...], str | bytes] = OrderedDict()
        self._lock = threading.Lock()

    def page(self, shown: Shown, kept: Kept, asked: Asked) -> str:
        """The page, with a sign where forms have their token."""
        written = self._at_hand(
            (*_key(shown), kept),
            lambda: article_page(shown, asked, fields=FIELDS, kept=kept),
        )
        assert isinstance(written, str)
        return written

    def form(self, shown: Shown, form: Form) -> str | bytes:
        """Any other form of it."""
        return self._at_hand((*_key(shown), form), lambda: _WRITTEN[form](shown))

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


def _key(shown: Shown) -> tuple[object, ...]:
    """What a page is written from, but for the text itself, which its place names."""
    return shown.place, shown.reviewed, shown.what
