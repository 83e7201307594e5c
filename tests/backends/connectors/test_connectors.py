"""Each connector asks its interface in its own way, and chooses what is said that it chooses."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from local_web import LocalWeb, Reply
from loccit.backends.connectors.rules import load_rules
from loccit.ports import Connector
from loccit.terms import Fetched, Offer, Offers, Unfetched, UsageError
from loccit.testing import CONNECTOR_CHECKS, ShelfConnector, check_connector
from published import (
    DAILYMED,
    DISCLAIMER,
    EUTILS,
    LABELS,
    NOT_FOUND,
    OPENFDA,
    RECORDS,
    SET_IDS,
    as_json,
    dailymed,
    entrez,
    openfda,
    spl,
)

PAGE = "//www.cdc.gov/guide"
CASES = {
    "dailymed": ("examplamine", "nothingamine"),
    "openfda": ("examplamine", "nothingamine"),
    "pubmed": ("made-up spasm[ti] AND guideline[pt]", "99999999"),
    "pmc": ("PMC7000001", "PMC9999999"),
    "https": (PAGE, "//unlisted.example.org/"),
}


@pytest.fixture
def published(web) -> LocalWeb:
    """A network in which all interfaces have something."""
    dailymed(web)
    openfda(web)
    entrez(web)
    web.pages["www.cdc.gov/guide"] = Reply(b"<html><h1>A guide</h1><p>Give examplamine.</p></html>")
    return web


def found(web: LocalWeb, name: str, asked: str) -> Offers:
    return web.connector(name).find(asked)


def refused(web: LocalWeb, name: str, asked: str, message: str) -> Unfetched:
    with pytest.raises(Unfetched) as caught:
        found(web, name, asked)
    assert re.search(message, str(caught.value)), str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


# --- the port


@pytest.mark.parametrize("check", CONNECTOR_CHECKS, ids=lambda each: each.__name__)
@pytest.mark.parametrize("name", CASES)
def test_every_connector_conforms(published, name, check):
    check(published.connector(name), *CASES[name])


def test_the_fake_connector_conforms():
    check_connector(lambda: ShelfConnector({"ab": b"x", "ac": b"y"}), there="a", absent="z")


def test_a_connector_that_breaks_a_promise_is_named_with_it():
    class Vague(ShelfConnector):
        def find(self, asked: str) -> Offers:
            from dataclasses import replace

            return replace(super().find(asked), why="")

    with pytest.raises(AssertionError) as caught:
        check_connector(lambda: Vague({"a": b"x"}), there="a", absent="z")
    assert "_check_found" in caught.value.__notes__[0]


def test_a_connector_that_does_not_exist_is_named(web):
    with pytest.raises(UsageError, match="no connector 'faxnet'"):
        web.connector("faxnet")


@pytest.mark.parametrize("name", CASES)
def test_making_a_connector_asks_nobody(web, name):
    connector: Connector = web.connector(name)
    assert connector.name == name
    assert (web.asked, web.dialled) == ([], [])


@pytest.mark.parametrize("name", [name for name in CASES if name != "https"])
@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(b"<html>We are down for maintenance</html>"), "sent a web page where JSON was expected"),
        (Reply(b"<html>", type="application/json"), "in a form that is not known here"),
        (Reply(b"[]", type="application/json"), "in a form that is not known here"),
        (Reply(b'{"data": [1]}', type="application/json"), "in a form that is not known here"),
        (Reply(b"\xff\xfe", type="application/json"), "in a form that is not known here"),
        (Reply(b"[" * 100_000, type="application/json"), "in a form that is not known here"),
        (Reply(b'{"data": [', type="application/json", length=5000), "bytes are missing"),
        (Reply(status=429, headers={"Retry-After": "900"}), "asks to wait 900 seconds"),
        (Reply(status=503), r"failed \(503\), 4 times"),
    ],
)  # fmt: skip
def test_an_interface_that_is_out_of_order_costs_one_line(web, name, reply, message):
    for path in (
        f"{DAILYMED}spls.json",
        OPENFDA,
        f"{EUTILS}esearch.fcgi",
        f"{EUTILS}esummary.fcgi",
    ):
        web.pages[path] = reply
    refused(web, name, CASES[name][0], message)


@pytest.mark.parametrize("name", CASES)
def test_without_a_network_it_says_who_would_be_asked(web, name):
    web.names.clear()
    if name == "https":
        (error,) = web.connector(name).fetch(found(web, name, PAGE).chosen)
    else:
        error = refused(web, name, CASES[name][0], "")
    assert re.search(r"this asks [a-z.]+; there is no network", str(error))


# --- DailyMed


def test_the_newest_label_of_the_drug_alone_is_chosen(published):
    offers = found(published, "dailymed", "Examplamine")
    assert [each.id for each in offers.found] == [SET_IDS[n] for n in (1, 0, 3, 2, 4)]
    (chosen,) = offers.chosen
    assert chosen == Offer(
        id=SET_IDS[1],
        title="SOOTHAMINE (EXAMPLAMINE HYDROCHLORIDE) TABLET",
        publisher="NEW HOUSE LLC",
        version="12",
        published_on=date(2026, 5, 25),
        url=f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={SET_IDS[1]}",
    )
    assert offers.why == "the newest prescription label of Examplamine alone (2 found)"


def test_a_brand_is_found_by_its_name(published):
    assert found(published, "dailymed", "soothamine").chosen[0].id == SET_IDS[1]


def test_where_there_are_only_combinations_it_says_so(web):
    dailymed(web, labels=LABELS[2:3])
    offers = found(web, "dailymed", "examplamine")
    assert offers.chosen[0].id == SET_IDS[2]
    assert "of examplamine, all of them with other drugs (1 found)" in offers.why


def test_what_only_resembles_the_name_is_never_chosen(web):
    dailymed(web, labels=LABELS[4:])
    refused(web, "dailymed", "examplamine", r"no label of 'examplamine' \(what it has: HEXAMPLAMINE-LIKE.*generic name")  # fmt: skip
    refused(web, "dailymed", "amine", "no label of 'amine'")


def test_over_the_counter_labels_are_asked_for_where_there_is_no_prescription_label(web):
    dailymed(web, code="34390-5")
    offers = found(web, "dailymed", "examplamine")
    assert offers.why.startswith("the newest over-the-counter label of examplamine alone")
    assert [each.query["doctype"] for each in web.asked] == ["34391-3", "34390-5"]


def test_labels_of_other_kinds_are_not_asked_for(web):
    """A label for animals has another code."""
    dailymed(web, code="50578-4")
    refused(web, "dailymed", "examplamine", "no label of 'examplamine'; check the spelling")


def test_a_set_id_names_one_label(published):
    offers = found(published, "dailymed", SET_IDS[3].upper())
    assert [each.id for each in offers.found] == [SET_IDS[3]]
    assert offers.why == "the one with this set id"
    refused(published, "dailymed", "0" * 8 + "-0000-0000-0000-" + "0" * 12, "no label of")


def many(count: int) -> list[tuple[str, str, int, str]]:
    return [(f"{n:08x}-0000-4000-8000-000000000000", "EXAMPLAMINE (EXAMPLAMINE) TABLET [X]", n, "Jan 01, 2026") for n in range(count)]  # fmt: skip


def test_a_long_list_is_read_page_by_page(web):
    dailymed(web, labels=many(250))
    offers = found(web, "dailymed", "examplamine")
    assert (len(offers.found), offers.total, len(web.asked)) == (250, 250, 3)
    assert offers.chosen[0].version == "249"


def test_an_endless_list_has_an_end_and_says_so(web):
    dailymed(web, labels=many(700))
    offers = found(web, "dailymed", "examplamine")
    assert (len(offers.found), offers.total, len(web.asked)) == (500, 700, 5)
    assert "(500 found among the first 500 of 700)" in offers.why


@pytest.mark.parametrize("written", ["", "yesterday", "Feb 30, 2026", "Mär 01, 2026", "2026"])
def test_a_date_that_is_none_is_left_out_and_comes_last(web, written):
    dailymed(web, labels=[(SET_IDS[0], LABELS[0][1], 1, written), LABELS[1]])
    offers = found(web, "dailymed", "examplamine")
    assert [each.published_on for each in offers.found] == [date(2026, 5, 25), None]


def test_titles_from_outside_cannot_move_the_cursor(web):
    dailymed(web, labels=[(SET_IDS[0], "EXAMPLAMINE\x1b[2J\n\u202e (EXAMPLAMINE) TABLET [X]", 1, "Jan 01, 2026")])  # fmt: skip
    assert found(web, "dailymed", "examplamine").found[0].title.isprintable()


def test_a_label_comes_as_it_is_published_and_is_confirmed_later(published):
    chosen = found(published, "dailymed", "examplamine").chosen
    (first,) = published.connector("dailymed").fetch(chosen)
    assert isinstance(first, Fetched)
    assert first.data.decode() == spl(SET_IDS[1], 12)
    assert first.url == f"https://{DAILYMED}spls/{SET_IDS[1]}.xml"
    published.clock.time += 4000
    published.pages[f"{DAILYMED}spls/{SET_IDS[1]}.xml"] = Reply(status=304)
    (again,) = published.connector("dailymed").fetch(chosen)
    assert isinstance(again, Fetched)
    assert again.data == first.data
    assert again.retrieved_at > first.retrieved_at
    assert published.asked[-1].headers["if-none-match"] == '"12"'


def test_a_label_that_is_gone_costs_that_label(published):
    offers = found(published, "dailymed", "examplamine").found
    published.pages[f"{DAILYMED}spls/{offers[0].id}.xml"] = Reply(status=404)
    gone, there = list(published.connector("dailymed").fetch(offers[:2]))
    assert str(gone).startswith(f"dailymed:{offers[0].id}: dailymed.nlm.nih.gov has nothing")
    assert isinstance(there, Fetched)


def test_dailymed_is_asked_once_a_second(published):
    connector = published.connector("dailymed")
    list(connector.fetch(connector.find("examplamine").found[:3]))
    assert published.clock.waits == [1.0, 1.0, 1.0]


# --- openFDA


def test_openfda_is_asked_for_the_newest_prescription_labels(published):
    offers = found(published, "openfda", "examplamine")
    assert published.asked[0].query == {
        "search": '(openfda.generic_name:"examplamine" openfda.brand_name:"examplamine") '
        'AND openfda.product_type:"HUMAN PRESCRIPTION DRUG"',
        "sort": "effective_time:desc",
        "limit": "10",
    }
    assert [each.id for each in offers.found] == [SET_IDS[n] for n in (1, 0, 2)]
    assert offers.chosen[0].title == "Soothamine (EXAMPLAMINE)"
    assert offers.chosen[0].published_on == date(2026, 5, 20)
    assert offers.why == "the newest prescription label of examplamine alone (2 found)"


def test_what_openfda_wants_to_be_shown_is_carried(published):
    assert found(published, "openfda", "examplamine").notice == DISCLAIMER
    assert found(published, "openfda", SET_IDS[0]).notice == DISCLAIMER


def test_no_quotation_mark_reaches_the_query_language(published):
    refused(published, "openfda", 'x" OR set_id:"y\\', "no label of")
    assert '"x OR set_id: y"' in published.asked[0].query["search"]


def test_nothing_found_is_no_failure_of_openfda(web):
    web.pages[OPENFDA] = NOT_FOUND
    refused(web, "openfda", "nothingamine", "api.fda.gov has no label of 'nothingamine'")
    assert len(web.asked) == 2  # prescription, then over the counter


def test_a_record_without_names_is_not_chosen(web):
    bare = {**RECORDS[1], "openfda": {}}
    openfda(web, [bare])
    refused(web, "openfda", "examplamine", "what it has: a label without names")


def test_the_key_goes_to_openfda_and_nowhere_else(published):
    keyed = published.with_settings(openfda_key="k3y", ncbi_key="other")
    keyed.names = published.names
    chosen = found(keyed, "openfda", "examplamine").chosen
    (record,) = keyed.connector("openfda").fetch(chosen)
    assert [each.query.get("api_key") for each in published.asked] == ["k3y", "k3y"]
    assert isinstance(record, Fetched)
    assert "k3y" not in record.url + repr(keyed.settings)
    found(keyed, "dailymed", "examplamine")
    assert "k3y" not in str(published.asked[-1])


# --- PubMed


def test_a_query_goes_as_it_stands_and_the_newest_are_chosen(published):
    offers = found(published, "pubmed", "low back pain[ti] AND guideline[pt]")
    search, summaries = published.asked
    assert search.query == {
        "db": "pubmed",
        "term": "(low back pain[ti] AND guideline[pt]) AND hasabstract",
        "retmax": "20",
        "sort": "pub_date",
        "retmode": "json",
        "tool": "loccit",
    }
    assert summaries.query["id"] == "40000002,40000001"
    assert offers.chosen == offers.found
    assert offers.chosen[0] == Offer(
        id="40000002",
        title="Examplamine for made-up spasm: a guideline.",
        publisher="Journal of made-up medicine",
        published_on=date(2026, 3, 1),
        url="https://pubmed.ncbi.nlm.nih.gov/40000002/",
        detail="Journal Article, Practice Guideline",
    )
    assert offers.why == "all that were found with an abstract"


def test_more_than_are_loaded_is_told(web):
    entrez(web, count=143)
    assert found(web, "pubmed", "spasm").why == "the newest 2 of 143 with an abstract; narrow the query"  # fmt: skip


def test_numbers_name_citations_and_nothing_is_searched(published):
    offers = found(published, "pubmed", "40000001, 40000002,40000001")
    assert [each.id for each in offers.chosen] == ["40000001", "40000002"]
    assert [each.path for each in published.asked] == ["/entrez/eutils/esummary.fcgi"]


def test_citations_that_are_not_there_are_left_out(published):
    assert [each.id for each in found(published, "pubmed", "40000001,1").chosen] == ["40000001"]
    refused(published, "pubmed", "1", "found nothing for '1'")


def test_all_citations_come_in_one_answer(published):
    (fetched,) = published.connector("pubmed").fetch(found(published, "pubmed", "spasm").chosen)
    assert isinstance(fetched, Fetched)
    assert fetched.data.count(b"<PubmedArticle>") == 2
    assert [each.path.rsplit("/")[-1] for each in published.asked] == ["esearch.fcgi", "esummary.fcgi", "efetch.fcgi"]  # fmt: skip
    assert published.clock.waits == [0.34, 0.34]


def test_a_query_that_cannot_be_read_is_told(web):
    web.pages[f"{EUTILS}esearch.fcgi"] = as_json({"esearchresult": {"ERROR": "Empty term and query_key"}})  # fmt: skip
    refused(web, "pubmed", "()", r"cannot read the query \(Empty term and query_key\)")


def test_a_query_of_absurd_length_is_not_sent(web):
    refused(web, "pubmed", "a " * 3000, "cannot be asked for as it stands")
    assert web.asked == []


def test_key_and_contact_go_to_entrez_and_are_recorded_nowhere(published, tmp_path):
    keyed = published.with_settings(ncbi_key="n0tshown", contact="library@example.org")
    chosen = found(keyed, "pubmed", "spasm").chosen
    (fetched,) = keyed.connector("pubmed").fetch(chosen)
    assert {each.query["api_key"] for each in published.asked} == {"n0tshown"}
    assert {each.query["email"] for each in published.asked} == {"library@example.org"}
    assert keyed.clock.waits == [0.1, 0.1]
    assert isinstance(fetched, Fetched)
    assert fetched.url == f"https://{EUTILS}efetch.fcgi?db=pubmed&id=40000002%2C40000001&retmode=xml"  # fmt: skip
    for file in Path(keyed.folder).iterdir():
        assert b"n0tshown" not in file.read_bytes()
        assert b"library@example.org" not in file.read_bytes()


# --- PubMed Central


@pytest.mark.parametrize("asked", ["PMC7000001", "pmc7000001", "7000001", " PMC7000001 "])
def test_an_article_is_named_by_its_number(published, asked):
    offers = found(published, "pmc", asked)
    assert offers.chosen[0].id == "PMC7000001"
    assert offers.chosen[0].published_on == date(2026, 3, 1)
    (fetched,) = published.connector("pmc").fetch(offers.chosen)
    assert isinstance(fetched, Fetched)
    assert b"<pmc-articleset>" in fetched.data
    assert published.asked[-1].query["id"] == "7000001"


@pytest.mark.parametrize("asked", ["", "back pain", "PMC", "PMC12x", "PMC" + "1" * 20, "PMC１２"])
def test_what_is_no_number_is_refused_with_the_way_to_find_one(web, asked):
    refused(web, "pmc", asked, "no number of PubMed Central; give its number.*pubmed:")
    assert web.asked == []


# --- pages


def test_a_page_is_not_asked_for_before_it_is_fetched(published):
    offers = found(published, "https", PAGE)
    assert published.asked == []
    (fetched,) = published.connector("https").fetch(offers.chosen)
    assert isinstance(fetched, Fetched)
    assert (fetched.url, fetched.is_page) == ("https://www.cdc.gov/guide", True)


def test_a_host_that_is_not_listed_is_refused_with_what_can_be_done(web):
    error = refused(web, "https", "//unlisted.example.org/x?secret=1", r"unlisted\.example\.org is not on the list of hosts; save the page .*LOCCIT_HOSTS")  # fmt: skip
    assert "secret" not in str(error)


def test_a_host_that_the_user_named_is_asked(web):
    web.pages["guidelines.example.org/x"] = Reply(b"ours")
    (fetched,) = web.connector("https").fetch(found(web, "https", "//guidelines.example.org/x").chosen)  # fmt: skip
    assert isinstance(fetched, Fetched)


def test_a_host_that_the_user_named_is_still_refused_where_it_leads_inside(web):
    web.names["guidelines.example.org"] = ["10.0.0.5"]
    (error,) = web.connector("https").fetch(found(web, "https", "//guidelines.example.org/x").chosen)  # fmt: skip
    assert "leads to 10.0.0.5, inside a network" in str(error)
    assert web.dialled == []


@pytest.mark.parametrize(
    ("asked", "way"),
    [
        ("//pubmed.ncbi.nlm.nih.gov/40000001/", "add pubmed:40000001"),
        ("//pmc.ncbi.nlm.nih.gov/articles/PMC7000001/", "add pmc:PMC7000001"),
        ("//www.ncbi.nlm.nih.gov/pmc/articles/PMC7000001", "add pmc:PMC7000001"),
        (f"//dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={SET_IDS[0]}", f"add dailymed:{SET_IDS[0]}"),
        ("//dailymed.nlm.nih.gov/dailymed/", "add dailymed:NAME"),
        ("//api.fda.gov/drug/label.json?search=x", "add openfda:NAME"),
    ],
)  # fmt: skip
def test_a_page_that_an_interface_gives_is_had_from_there(web, asked, way):
    assert str(refused(web, "https", asked, "interface")).endswith(way)
    assert web.asked == []


# --- the rules and the settings


def test_the_shipped_rules_keep_the_published_limits():
    """STANDARDS: 3 a second for Entrez, 10 with a key; 240 a minute for openFDA; DailyMed unstated."""
    hosts = {host.name: host for host in load_rules().hosts}
    assert hosts["eutils.ncbi.nlm.nih.gov"].seconds_between >= 1 / 3
    assert hosts["eutils.ncbi.nlm.nih.gov"].seconds_between_with_key == 1 / 10
    assert hosts["api.fda.gov"].seconds_between >= 60 / 240
    assert hosts["dailymed.nlm.nih.gov"].seconds_between >= 0.5
    assert all(host.source.startswith("https://") for host in hosts.values())


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"contact": "a\r\nX-Evil: 1"}, "LOCCIT_CONTACT"),
        ({"contact": "nobody at home"}, "LOCCIT_CONTACT"),
        ({"contact": "é@example.org"}, "LOCCIT_CONTACT"),
        ({"ncbi_key": "hunter2&x=y"}, "LOCCIT_NCBI_KEY"),
        ({"openfda_key": "hunter2 "}, "LOCCIT_OPENFDA_KEY"),
        ({"hosts": ("127.0.0.1",)}, "LOCCIT_HOSTS"),
        ({"hosts": ("localhost",)}, "LOCCIT_HOSTS"),
        ({"hosts": ("*.example.org",)}, "LOCCIT_HOSTS"),
        ({"hosts": ("https://example.org",)}, "LOCCIT_HOSTS"),
        ({"hosts": ("",)}, "LOCCIT_HOSTS"),
    ],
)
def test_a_setting_that_cannot_be_is_told_by_its_name(web, settings, name):
    with pytest.raises(UsageError, match=name) as caught:
        web.with_settings(**settings)
    assert "hunter2" not in str(caught.value)
    assert "\r" not in str(caught.value)
