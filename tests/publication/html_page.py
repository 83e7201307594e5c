"""Reads an HTML page as a browser would, as far as tests need it."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}


class Element:
    def __init__(self, tag, attributes):
        self.tag = tag
        self.attributes = attributes
        self.text = ""


class HtmlPage(HTMLParser):
    """Elements in order, each with all the text inside it; raises when tags do not match."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, [each.tag for each in self._open]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        last = self._open.pop()
        assert last.tag == tag, f"<{last.tag}> is closed by </{tag}>"

    def handle_data(self, data):
        for element in self._open:
            element.text += data

    def all(self, tag, **attributes):
        return [
            each
            for each in self.elements
            if each.tag == tag
            and all(each.attributes.get(n.rstrip("_")) == v for n, v in attributes.items())
        ]

    def classed(self, name):
        return [e for e in self.elements if name in (e.attributes.get("class") or "").split()]

    @property
    def tags(self):
        return {each.tag for each in self.elements}

    @property
    def attribute_names(self):
        return {name for each in self.elements for name in each.attributes}

    @property
    def ids(self):
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]

    @property
    def links(self):
        return [e.attributes["href"] for e in self.all("a")]
