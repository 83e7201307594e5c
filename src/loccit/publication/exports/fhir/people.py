"""Who wrote and approved an edition, contained in each resource that names them."""

from __future__ import annotations

from collections.abc import Iterable

from loccit.publication.exports.fhir.approved import ApprovedEdition
from loccit.publication.exports.fhir.elements import SYSTEM, Resource, concept, full, said
from loccit.publication.showing import on_one_line
from loccit.terms import Person

__all__ = ["PROGRAM", "People"]

PROGRAM = "composer"


class People:
    """The people that one resource names, each once, and how it refers to them."""

    def __init__(self, edition: ApprovedEdition, names: Iterable[str]) -> None:
        self._edition = edition
        self._names = list(dict.fromkeys(filter(None, names)))

    def reference(self, name: str) -> Resource:
        """A reference to somebody who is contained beside it."""
        person = self._edition.person(name)
        display = on_one_line(person.name).strip()
        return full({"reference": f"#p{self._names.index(name) + 1}", "display": display})

    def contained(self, *, program: bool = False) -> list[Resource]:
        """All of them as resources; the program comes last where it took part."""
        made = [
            _practitioner(f"p{number}", self._edition.person(name))
            for number, name in enumerate(self._names, 1)
        ]
        if program:
            made.append(_program(self._edition.text.composed_by))
        return made


def _practitioner(name: str, person: Person) -> Resource:
    credentials = on_one_line(person.credentials).strip()
    interests = on_one_line(person.interests).strip()
    declared = {
        "url": f"{SYSTEM}:declared-interests",
        "extension": [
            {"url": "declaration", "valueString": interests},
            *(
                [{"url": "declaredOn", "valueDate": person.declared_on.isoformat()}]
                if person.declared_on
                else []
            ),
        ],
    }
    return full(
        {
            "resourceType": "Practitioner",
            "id": name,
            "extension": [declared] if interests else [],
            "name": [{"text": on_one_line(person.name).strip() or person.id}],
            "qualification": [{"code": concept(credentials)}] if credentials else [],
        }
    )


def _program(composed_by: str) -> Resource:
    return full(
        {
            "resourceType": "Device",
            "id": PROGRAM,
            "name": [{"value": said("program"), "type": "user-friendly-name"}],
            "version": [{"value": composed_by}] if composed_by.strip() else [],
        }
    )
