"""An approved edition as FHIR at its address; what nobody approved has none."""

from desk_client import BO, RUT, House

from loccit.terms import Action


def test_an_edition_is_had_as_fhir_by_its_ending():
    house = House()
    web, name = house.browser(), house.approved()
    found = web.get(f"/articles/{name}/editions/1.fhir.json")
    assert found.status_code == 200
    assert found.headers["content-type"].startswith("application/fhir+json")
    bundle = found.json()
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "document")
    assert bundle["entry"][0]["resource"]["attester"][0]["party"]["display"] == "Rut Example"
    again = web.get(
        f"/articles/{name}/editions/1.fhir.json", headers={"If-None-Match": found.headers["etag"]}
    )
    assert again.status_code == 304
    house.take(name, Action.BEGIN, BO)
    house.take(name, Action.STRIKE, RUT, target="s2", reason="aside")
    note = web.get(f"/articles/{name}/editions/1.fhir.json").json()["entry"][0]["resource"]["note"]
    assert "under review again" in note[1]["text"]


def test_what_nobody_approved_has_no_such_form():
    house = House()
    web, waiting, kept = house.browser(), house.in_review(), house.kept()
    for path in (f"{waiting}/editions/1", f"{kept}/editions/1", f"{kept}/v/1", kept):
        assert web.get(f"/articles/{path}.fhir.json").status_code == 404
