"""Structured Product Labeling: the drug labels that the FDA and DailyMed publish, HL7 v3 XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from loccit.ports import RawSource, Reading
from loccit.sources import labels
from loccit.sources.assembly import Assembler, clean
from loccit.sources.inline import local_name
from loccit.sources.spl_inline import Block, inline_text
from loccit.sources.spl_text import text_blocks
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
        code = _value(root, "v:code", "code")
        if code in INDEXING:
            yield NothingToRead(
                f"indexes {INDEXING[code]} by code and holds no label text",
                where=source.name,
                cure="add the label itself",
            )
            return
        yield _document(root, code, source.name, self.name)


def _document(root: etree._Element, code: str, where: str, parser: str) -> Reading:
    set_id = _value(root, "v:setId", "root").lower()
    if not set_id:
        return Unreadable(
            "has no set id, so its editions could not be told apart",
            where=where,
            place="document/setId",
            cure="fetch the label from DailyMed",
        )
    label = _Label()
    for section in root.findall("v:component/v:structuredBody/v:component/v:section", NS):
        _section(section, (), label, parents=())
    if not label.blocks:
        return NothingToRead("holds no label text", where=where)
    _append_highlights(label)
    effective = _value(root, "v:effectiveTime", "value")
    day = labels.compact_date(effective)
    if day is None:
        label.findings.append(f"effective time {effective!r} is no date; left out")
    version = _value(root, "v:versionNumber", "value")
    names = _names(root)
    made = label.assembler.finish()
    return SourceDocument(
        id=DocumentId(f"set_id:{set_id}@{version or _value(root, 'v:id', 'root')}"),
        series=f"set_id:{set_id}",
        kind=SourceKind.LABEL,
        title=_title(root, names, code),
        text=made.text,
        sections=made.sections,
        spans=made.spans,
        parser=parser,
        publisher=_labeler(root),
        jurisdiction="US",
        version=version,
        effective_on=day,
        year=day.year if day else None,
        url=labels.daily_med_url(set_id),
        identifiers=_identifiers(root, set_id),
        subjects=labels.unique((*names.generics, *names.actives, *names.brands)),
        licence=labels.LABEL_LICENCE,
        findings=tuple(dict.fromkeys(label.findings)),
    )


def _section(
    section: etree._Element, above: tuple[str, ...], label: _Label, *, parents: tuple[str, ...]
) -> None:
    if len(parents) > MAX_SECTION_DEPTH:
        raise Unreadable(f"nests sections more than {MAX_SECTION_DEPTH} deep", place="section")
    code = _value(section, "v:code", "code")
    if code in labels.LEFT_OUT_CODES:
        return
    title = _text(section.find("v:title", NS))
    blocks = [b for text in _children(section, "text") for b in text_blocks(text)]
    if code == labels.BOXED_WARNING and _is_dosing_in_a_box(parents, title, blocks):
        label.findings.append("a section coded as a boxed warning holds dosing; read as dosing")
        code = labels.DOSAGE if title else ""
    heading = title or _supplied(section, code)
    path = (*above, heading) if heading else above
    _note_highlights(section, path, label)
    if title or blocks:
        label.assembler.section(path, code=code, printed=bool(title))
        _add(blocks, label, boxed=code == labels.BOXED_WARNING)
        label.blocks += len(blocks)
    for inner in section.findall("v:component/v:section", NS):
        _section(inner, path, label, parents=(*parents, code))


def _supplied(section: etree._Element, code: str) -> str:
    """A heading for a section printed without one."""
    known = labels.by_code().get(code)
    return known.heading if known and code != UNCLASSIFIED else _opening(section)


def _opening(section: etree._Element) -> str:
    """The emphasised words that open an untitled section (*Absorption:* The drug is ...)."""
    first = next((e for text in _children(section, "text") for e in text), None)
    if first is None or len(first) == 0 or clean(first.text or ""):
        return ""
    style = first[0].get("styleCode", "").lower()
    words = _text(first[0])
    emphasised = any(name in style for name in ("italic", "underline", "bold"))
    return words.rstrip(":. ") if emphasised and len(words) <= MAX_OPENING else ""


def _add(blocks: list[Block], label: _Label, *, boxed: bool) -> None:
    for text, kind, context in blocks:
        label.assembler.block(text, PassageKind.BOXED_WARNING if boxed else kind, context=context)


def _is_dosing_in_a_box(parents: tuple[str, ...], title: str, blocks: list[Block]) -> bool:
    """Some labels print doses in a box and code it as a boxed warning, which it is not."""
    words = " ".join([title, *(block.text for block in blocks)]).casefold()
    return labels.DOSAGE in parents and "warning" not in words


def _note_highlights(section: etree._Element, path: tuple[str, ...], label: _Label) -> None:
    texts = section.findall("v:excerpt/v:highlight/v:text", NS)
    blocks = [block for text in texts for block in text_blocks(text)]
    if blocks:
        label.highlights.append((path[-1] if path else "", blocks))


def _append_highlights(label: _Label) -> None:
    """The highlights after the full text, so that a quotation finds the full text first."""
    for heading, blocks in label.highlights:
        path = (labels.HIGHLIGHTS, heading) if heading else (labels.HIGHLIGHTS,)
        label.assembler.section(path, code="highlights", printed=False)
        _add(blocks, label, boxed=False)


@dataclass(frozen=True, slots=True)
class _Names:
    """What the products of the label are called."""

    brands: list[str]
    generics: list[str]
    actives: list[str]
    """Active ingredients as the substance registry names them."""


def _names(root: etree._Element) -> _Names:
    names = _Names([], [], [])
    for element in root.iter(f"{{{NAMESPACE}}}name"):
        parent = element.getparent()
        around = local_name(parent) if parent is not None else ""
        if around in ("manufacturedProduct", "manufacturedMedicine"):
            names.brands.append(
                clean(f"{element.text or ''} {_text(element.find('v:suffix', NS))}")
            )
        elif around == "genericMedicine":
            names.generics.append(_text(element))
        elif around in ("ingredientSubstance", "activeIngredientSubstance") and _active(parent):
            names.actives.append(_text(element))
    return names


def _active(substance: etree._Element | None) -> bool:
    ingredient = substance.getparent() if substance is not None else None
    if ingredient is None:
        return False
    name = local_name(ingredient)
    return name == "activeIngredient" or ingredient.get("classCode", "").startswith("ACTI")


def _labeler(root: etree._Element) -> str:
    return _text(root.find("v:author/v:assignedEntity/v:representedOrganization/v:name", NS))


def _title(root: etree._Element, names: _Names, code: str) -> str:
    own = _text(root.find("v:title", NS))
    fallback = own if own.casefold() not in ("", "drug facts") else "Drug label"
    return labels.label_title(
        brands=names.brands,
        generics=names.generics or names.actives,
        over_the_counter=code in OTC_DOCUMENTS,
        fallback=fallback if _labeler(root) == "" or own else f"Drug label of {_labeler(root)}",
    )


def _identifiers(root: etree._Element, set_id: str) -> dict[str, str]:
    approvals = [_value(a, "v:id", "extension") for a in root.iter(f"{{{NAMESPACE}}}approval")]
    found = {
        "set_id": set_id,
        "spl_id": _value(root, "v:id", "root").lower(),
        "application_number": ", ".join(labels.unique(approvals)),
    }
    return {name: value for name, value in found.items() if value}


def _value(element: etree._Element, path: str, attribute: str) -> str:
    found = element.find(path, NS)
    return clean(found.get(attribute, "")) if found is not None else ""


def _text(element: etree._Element | None) -> str:
    return clean(inline_text(element)) if element is not None else ""


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if local_name(child) == name]


READER = SplReader()
