"""Structured Product Labeling: the drug labels that the FDA and DailyMed publish, HL7 v3 XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from loccit.ports import RawSource, Reading
from loccit.sources import labels
from loccit.sources.assembly import Assembler, clean
from loccit.sources.inline import local_name
from loccit.sources.spl_text import Block, inline_text, text_blocks
from loccit.sources.xml_safety import parse_whole, root_tag
from loccit.terms import (
    DocumentId,
    NothingToRead,
    PassageKind,
    SourceDocument,
    SourceKind,
    Unreadable,
)

__all__ = ["READER", "SplReader"]

NAMESPACE = "urn:hl7-org:v3"
NS = {"v": NAMESPACE}
INDEXING = {
    "60685-5": "pharmacologic classes",
    "93723-5": "drug interactions",
    "63417-0": "indications",
}
"""Document types that index substances by code; they are addressed to programs."""
OTC_DOCUMENTS = frozenset({"34390-5", "50577-6"})
UNCLASSIFIED = "42229-5"
MAX_SECTION_DEPTH = 30
MAX_OPENING = 80
"""Emphasised words longer than this are a sentence, not the head of one."""


@dataclass(slots=True)
class _Label:
    """A label while its sections are collected."""

    assembler: Assembler = field(default_factory=Assembler)
    highlights: list[tuple[str, list[Block]]] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    blocks: int = 0


class SplReader:
    """Reads one label per file."""

    name = "spl/1"

    def recognises(self, head: bytes) -> bool:
        """Whether the root element is an HL7 v3 ``document``."""
        tag = root_tag(head)
        return tag is not None and tag.name == "document" and tag.namespace == NAMESPACE

    def read(self, source: RawSource) -> Iterator[Reading]:
        """The label, or ``NothingToRead`` for indexing files and labels without text."""
        root = parse_whole(source.stream)
        code = _attribute(root, "v:code/@code")
        if code in INDEXING:
            yield NothingToRead(
                f"indexes {INDEXING[code]} by code and holds no label text",
                where=source.name,
                cure="add the label itself",
            )
            return
        yield _document(root, code, source.name, self.name)


def _document(root: etree._Element, code: str, where: str, parser: str) -> Reading:
    set_id = _attribute(root, "v:setId/@root").lower()
    version = _attribute(root, "v:versionNumber/@value")
    if not set_id:
        return Unreadable(
            "has no set id, so its editions could not be told apart",
            where=where,
            place="document/setId",
            cure="fetch the label from DailyMed",
        )
    label = _Label()
    for section in root.xpath("v:component/v:structuredBody/v:component/v:section", namespaces=NS):
        _section(section, (), label, parents=(), depth=0)
    if not label.blocks:
        return NothingToRead("holds no label text", where=where)
    _append_highlights(label)
    made = label.assembler.finish()
    effective = _attribute(root, "v:effectiveTime/@value")
    day = labels.compact_date(effective)
    if day is None:
        label.findings.append(f"effective time {effective!r} is no date; left out")
    brands, generics, actives = _names(root)
    labeler = clean(" ".join(_texts(root, "v:author//v:representedOrganization/v:name")[:1]))
    return SourceDocument(
        id=DocumentId(f"set_id:{set_id}@{version or _attribute(root, 'v:id/@root')}"),
        series=f"set_id:{set_id}",
        kind=SourceKind.LABEL,
        title=labels.label_title(
            brands=brands,
            generics=generics or actives,
            over_the_counter=code in OTC_DOCUMENTS,
            fallback=_own_title(root) or f"Drug label of {labeler or 'an unnamed labeler'}",
        ),
        text=made.text,
        sections=made.sections,
        spans=made.spans,
        parser=parser,
        publisher=labeler,
        jurisdiction="US",
        version=version,
        effective_on=day,
        year=day.year if day else None,
        url=labels.daily_med_url(set_id),
        identifiers=_identifiers(root, set_id),
        subjects=labels.unique((*generics, *actives, *brands)),
        licence=labels.LABEL_LICENCE,
        findings=tuple(dict.fromkeys(label.findings)),
    )


def _section(
    section: etree._Element,
    above: tuple[str, ...],
    label: _Label,
    *,
    parents: tuple[str, ...],
    depth: int,
) -> None:
    if depth > MAX_SECTION_DEPTH:
        raise Unreadable(f"nests sections more than {MAX_SECTION_DEPTH} deep", place="section")
    code = _attribute(section, "v:code/@code")
    if code in labels.LEFT_OUT_CODES:
        return
    title = clean(" ".join(_texts(section, "v:title")))
    known = labels.by_code().get(code)
    supplied = known.heading if known and code != UNCLASSIFIED else _opening(section)
    path = (*above, title or supplied) if title or supplied else above
    blocks = [b for text in _children(section, "text") for b in text_blocks(text)]
    boxed = code == labels.BOXED_WARNING
    if boxed and _is_dosing_in_a_box(parents, title, blocks):
        label.findings.append("a section coded as a boxed warning holds dosing; read as dosing")
        boxed, code, path = False, labels.DOSAGE, (*above, title) if title else above
    components = [s for c in _children(section, "component") for s in _children(c, "section")]
    _note_highlights(section, path, label)
    if title or blocks:
        label.assembler.section(path, code=code, printed=bool(title))
        _add(blocks, label, boxed=boxed)
        label.blocks += len(blocks)
    for inner in components:
        _section(inner, path, label, parents=(*parents, code), depth=depth + 1)


def _opening(section: etree._Element) -> str:
    """The emphasised words that open an untitled section: *Absorption:* Drug X is …"""
    first = next((e for text in _children(section, "text") for e in text), None)
    inner = first[0] if first is not None and len(first) else None
    if inner is None or local_name(inner) != "content" or clean(first.text or ""):
        return ""
    style = inner.get("styleCode", "").lower()
    words = clean(inline_text(inner))
    emphasised = any(name in style for name in ("italic", "underline", "bold"))
    return words.rstrip(":. ") if emphasised and len(words) <= MAX_OPENING else ""


def _add(blocks: list[Block], label: _Label, *, boxed: bool) -> None:
    for text, kind, context in blocks:
        framed = boxed or kind is PassageKind.BOXED_WARNING
        label.assembler.block(
            text, PassageKind.BOXED_WARNING if framed else kind, context=context
        )


def _is_dosing_in_a_box(parents: tuple[str, ...], title: str, blocks: list[Block]) -> bool:
    """Some labels print doses in a box and code it as a boxed warning, which it is not."""
    words = " ".join([title, *(block.text for block in blocks)]).casefold()
    return labels.DOSAGE in parents and "warning" not in words


def _note_highlights(section: etree._Element, path: tuple[str, ...], label: _Label) -> None:
    texts = section.xpath("v:excerpt/v:highlight/v:text", namespaces=NS)
    blocks = [block for text in texts for block in text_blocks(text)]
    if blocks:
        label.highlights.append((path[-1] if path else "", blocks))


def _append_highlights(label: _Label) -> None:
    """The highlights after the full text, so that a quotation finds the full text first."""
    for heading, blocks in label.highlights:
        path = (labels.HIGHLIGHTS, heading) if heading else (labels.HIGHLIGHTS,)
        label.assembler.section(path, code="highlights", printed=False)
        _add(blocks, label, boxed=False)


def _names(root: etree._Element) -> tuple[list[str], list[str], list[str]]:
    """Brand names, generic names, and names of the active ingredients."""
    brands: list[str] = []
    generics: list[str] = []
    actives: list[str] = []
    for element in root.iter(f"{{{NAMESPACE}}}name"):
        parent = element.getparent()
        around = local_name(parent) if parent is not None else ""
        text = clean(inline_text(element))
        if around in ("manufacturedProduct", "manufacturedMedicine"):
            brands.append(clean(f"{element.text or ''} {_suffix(element)}"))
        elif around == "genericMedicine":
            generics.append(text)
        elif around in ("ingredientSubstance", "activeIngredientSubstance") and _active(parent):
            actives.append(text)
    return brands, generics, actives


def _suffix(element: etree._Element) -> str:
    return " ".join(clean(child.text or "") for child in element if local_name(child) == "suffix")


def _active(substance: etree._Element) -> bool:
    ingredient = substance.getparent()
    if ingredient is None:
        return False
    name = local_name(ingredient)
    return name == "activeIngredient" or ingredient.get("classCode", "").startswith("ACTI")


def _identifiers(root: etree._Element, set_id: str) -> dict[str, str]:
    found = {"set_id": set_id, "spl_id": _attribute(root, "v:id/@root").lower()}
    approvals = root.xpath(".//v:approval/v:id/@extension", namespaces=NS)
    if approvals:
        found["application_number"] = ", ".join(labels.unique(map(str, approvals)))
    return {name: value for name, value in found.items() if value}


def _own_title(root: etree._Element) -> str:
    title = clean(" ".join(_texts(root, "v:title")))
    return "" if title.casefold() == "drug facts" else title


def _attribute(element: etree._Element, path: str) -> str:
    values = element.xpath(path, namespaces=NS)
    return clean(str(values[0])) if values else ""


def _texts(element: etree._Element, path: str) -> list[str]:
    return [inline_text(found) for found in element.xpath(path, namespaces=NS)]


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if local_name(child) == name]


READER = SplReader()
