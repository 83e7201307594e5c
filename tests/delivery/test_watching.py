"""``loccit watch``, from the public interfaces' answers to the feed that tells of it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from site_client import site

from loccit.backends.connectors import opening
from loccit.backends.watch_log import WatchLog
from loccit.delivery.background import Background, command_of
from loccit.delivery.cli import ANSWERED, FAILED, main
from loccit.delivery.watching import _asked_for
from loccit.terms import SourceKind, Watch
from loccit.testing import InMemoryBase, described, small_document
from loccit.wiring import bases, open_base
from published import DAILYMED, LABELS, SET_IDS, as_xml, dailymed, entrez, openfda, spl

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = 86_400.0
QUESTION = "What are the contraindications of tizanidine?"
NEVER = "Tizanidine is contraindicated in patients who take fluvoxamine or ciprofloxacin."
SUMMARY = f"""
schema = "loccit/pack-source/1"
id = "tizanidine-label"

[original]
kind = "label"
title = "Tizanidine tablets, prescribing information"
issuer = "New House LLC"
jurisdiction = "US"
year = 2025
version = "version 3"
effective_on = 2025-01-02
url = "https://dailymed.nlm.nih.gov/dailymed/lookup.cfm?setid={SET_IDS[1]}"
licence = "US federal label text, public domain"
standing = "current"

[original.identifiers]
set_id = "{SET_IDS[1]}"

[[statement]]
id = "never"
section = "Contraindications"
kind = "contraindication"
text = "The label says that tizanidine is contraindicated with fluvoxamine and with ciprofloxacin."
plain = "Do not take it with these two drugs."
drugs = ["tizanidine"]
conditions = []
interventions = []
population = []
line = ""
strength = ""
certainty = ""
scale = ""
checked = [{{ url = "https://dailymed.nlm.nih.gov/", on = 2025-02-01 }}]
"""


@pytest.fixture
def net(web, monkeypatch, tmp_path):
    """The interfaces, an empty base, and no other network; see ``test_fetching``."""
    packs = tmp_path / "packs"
    (packs / "musculoskeletal" / "sources").mkdir(parents=True)
    monkeypatch.setattr(bases, "files", lambda _: packs)
    monkeypatch.setenv("LOCCIT_HOME", str(tmp_path / "home"))
    for name in ("LOCCIT_CONTACT", "LOCCIT_NCBI_KEY", "LOCCIT_OPENFDA_KEY", "LOCCIT_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(opening, "Wire", lambda limits: web.wire())
    monkeypatch.setattr(opening, "Pace", web.pace)
    dailymed(web)
    label(web, 12, NEVER, "20260520")
    openfda(web)
    entrez(web)
    return web


def label(net, version, words, day):
    """What DailyMed has under the second set id: a label of tizanidine."""
    text = spl(SET_IDS[1], version, name="Tizanidine", words=words).replace("20260520", day)
    page = as_xml(text, headers={"ETag": f'"{version}"'})
    net.pages[f"{DAILYMED}spls/{SET_IDS[1]}.xml"] = page


def run(*args, code=ANSWERED):
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    assert result.exit_code == code, result.output
    return result.stdout


def approved():
    """The id of an article on QUESTION that Ada submitted and Rut approved."""
    told = ("--credentials", "PharmD", "--interests", "none")
    run("review", "person", "ada", "--name", "Ada", "--duty", "author")
    run("review", "person", "rut", "--name", "Rut", "--duty", "reviewer", *told)
    name = run("review", "submit", QUESTION, "--as", "ada").strip()
    for action in ("begin", "approve"):
        run("review", "decide", action, name, "--as", "rut")
    return name


def newer_label(net):
    """DailyMed has the next version of the label, a month later."""
    rows = [row if row[0] != SET_IDS[1] else (*row[:2], 13, "Jun 25, 2026") for row in LABELS]
    dailymed(net, labels=rows)
    label(net, 13, NEVER.replace("fluvoxamine or", "fluvoxamine, rofecoxib or"), "20260620")
    net.clock.time += 30 * DAY


def entries(path):
    feed = ET.fromstring(path.read_bytes())
    return [
        (each.findtext(f"{ATOM}title"), each.findtext(f"{ATOM}summary"))
        for each in feed.findall(f"{ATOM}entry")
    ]


def test_a_label_comes_out_anew_the_article_is_opened_and_the_feed_tells(net, tmp_path):
    run("add", f"dailymed:{SET_IDS[1]}")
    name, feed = approved(), tmp_path / "reviews.atom"
    assert run("watch").startswith("nothing changed")
    newer_label(net)
    told = run("watch", "--fetch", "--feed", feed, "--site", "https://answers.example.org/")
    assert f"set_id:{SET_IDS[1]}@13: a new edition" in told
    assert re.search(rf"{name}: opened; a source changed under cited words: \d changed", told)
    assert f"    - {NEVER}" in told
    assert "    + Tizanidine is contraindicated in patients who take fluvoxamine, rofecoxib" in told
    assert "under review" in run("review", "queue")
    assert re.search(
        r"^open: s\d.*; a source changed under cited words",
        run("review", "show", name),
        re.MULTILINE,
    )
    assert re.search(r"loccit \(program\) reopen s\d( s\d)*: ", run("review", "log", name))
    (opened, first) = entries(feed)
    assert opened[0] == QUESTION
    assert "Under review again; edition 1" in opened[1]
    assert "a source changed under cited words" in opened[1]
    assert first[1] == "Edition 1 was approved by named people."
    assert f"https://answers.example.org/articles/{name}/editions/1" in feed.read_text("utf-8")
    assert run("watch", "--fetch").count("opened") == 0


def test_the_original_of_a_summary_is_asked_for_and_opens_what_stands_on_the_summary(net, tmp_path):
    pack = tmp_path / "tizanidine.toml"
    pack.write_text(SUMMARY, encoding="utf-8")
    run("add", pack)
    name = approved()
    net.asked.clear()
    told = run("watch", "--fetch")
    asked = {each.query["setid"] for each in net.asked if "setid" in each.query}
    assert asked == {SET_IDS[1]}
    assert f"set_id:{SET_IDS[1]}@12: a new edition" in told
    assert f"{name}: opened; the original of a summary moved on and the summary has not" in told
    assert "came out anew on 2026-05-20 (12); the summary cited is of 2025-01-02" in told
    assert "suggested" in told  # the original's own words, now that the base has them
    shown = run("review", "show", name)
    passage = re.search(r"suggested, passage (\w+): ", shown)[1]
    assert "1 suggestions" in run("review", "queue")
    done = ("--as", "rut", "--passage", passage, "--reason", "the summary says it")
    run("review", "decide", "dismiss", name, *done)
    assert "suggested, passage" not in run("review", "show", name)
    assert run("watch").startswith("nothing changed")


def test_labels_that_no_live_article_stands_on_are_not_asked_for(net):
    run("add", f"dailymed:{SET_IDS[1]}")
    name = approved()
    run("review", "person", "bo", "--name", "Bo", "--duty", "board")
    run("review", "decide", "withdraw", name, "--as", "bo", "--reason", "no longer needed")
    net.asked.clear()
    run("watch", "--fetch")
    assert net.asked == []


def test_an_interface_that_refuses_is_told_and_the_rest_goes_on(net):
    run("add", f"dailymed:{SET_IDS[1]}")
    name = approved()
    open_base().remove(f"set_id:{SET_IDS[1]}@12")
    net.pages.clear()
    net.clock.time += 30 * DAY
    told = run("watch", "--fetch")
    assert f"{name}: opened" in told


def test_how_it_went_is_noted_and_a_second_at_once_is_refused(net, tmp_path):
    run("watch")
    log = WatchLog(tmp_path / "home")
    assert (log.last().opened, log.last().failure, log.last().fetched) == (0, "", False)
    with log.turn():
        result = CliRunner().invoke(main, ["watch"])
    assert result.exit_code == FAILED
    assert "another process" in result.stderr


def test_a_failure_is_noted_without_a_word_of_what_was_asked(net, tmp_path, monkeypatch):
    from loccit.delivery import watching

    def broken(*_, **__):
        raise ZeroDivisionError("a 71-year-old on sertraline")

    monkeypatch.setattr(watching, "_looked", broken)
    assert CliRunner().invoke(main, ["watch"]).exit_code != ANSWERED
    assert WatchLog(tmp_path / "home").last().failure == "ZeroDivisionError"


def test_a_review_that_was_due_is_opened(net, monkeypatch):
    from loccit.delivery import watching

    run("add", f"dailymed:{SET_IDS[1]}")
    name = approved()
    later = type("Later", (datetime,), {"now": classmethod(lambda cls, tz: datetime.now(tz) + timedelta(days=400))})  # fmt: skip
    monkeypatch.setattr(watching, "datetime", later)
    assert f"{name}: opened; its review was due on" in run("watch")


def test_the_process_that_the_server_starts_looks_and_notes_it(starter_base):
    """With the real command."""
    log, told = WatchLog(starter_base.folder), []
    command = command_of(starter_base.folder, fetch=False)
    Background(log, command, hours=1, warn=told.append).look()
    assert told == []
    assert log.last().failure == ""
    assert log.last().base_digest == starter_base.digest()


def test_a_feed_that_cannot_be_written_is_told(net, tmp_path):
    result = CliRunner().invoke(main, ["watch", "--feed", str(tmp_path / "none" / "f.atom")])
    assert result.exit_code != ANSWERED
    assert "name a file that can be written" in result.stderr


def test_it_is_told_where_nothing_contradicts(net):
    assert run("review", "conflicts") == "no statements of different articles contradict\n"


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"series": "set_id:a", "identifiers": {"set_id": "a"}, "parser": "spl/1"}, ("dailymed", "a")),
        ({"series": "set_id:a", "identifiers": {"set_id": "a"}, "parser": "openfda/1"}, ("openfda", "a")),
        ({"series": "pmid:7", "identifiers": {"pmcid": "PMC1", "pmid": "7"}, "parser": "medline/1"}, ("pubmed", "7")),
        ({"series": "pmcid:PMC1", "identifiers": {"pmid": "7", "pmcid": "PMC1"}, "parser": "jats/1"}, ("pmc", "PMC1")),
        ({"series": "pack:x", "kind": SourceKind.SUMMARY, "identifiers": {"doi": "10.1/x", "pmid": "7", "pmcid": "PMC1"}, "parser": "pack/1"}, ("pubmed", "7")),
        ({"series": "pack:x", "kind": SourceKind.SUMMARY, "identifiers": {"doi": "10.1/x"}, "parser": "pack/1"}, None),
        ({"series": "https://www.cdc.gov/x", "identifiers": {}, "parser": "html/1"}, None),
    ],
)  # fmt: skip
def test_each_source_is_asked_for_where_it_reads_as_it_did(facts, asked):
    """A label of openFDA reads otherwise at DailyMed, and would seem to have changed throughout."""
    base = InMemoryBase()
    base.add(described(small_document()))
    (card,) = base.cards()
    assert _asked_for(replace(card, **facts)) == asked


def test_the_page_tells_when_sources_were_watched():
    from loccit.publication.about_pages import evidence_json, evidence_page
    from loccit.publication.holdings import holdings_of

    held = holdings_of([], digest="b")
    at = datetime(2026, 6, 1, 12, tzinfo=UTC)
    assert "were never held against their sources" in evidence_page(held)
    assert "do not do it by themselves" in evidence_page(held)
    went = Watch(began_at=at, ended_at=at, fetched=True, opened=3, suggested=2)
    page = evidence_page(held, went, every_hours=6)
    assert "on 2026-06-01 12:00 UTC: 3 opened again, 2 passages offered, 0 passed over" in page
    assert "asked for at public interfaces first" in page
    assert "every 6 hours" in page
    failed = Watch(began_at=at, ended_at=at, failure="<b>no network</b>")
    assert "it failed: &lt;b&gt;no network" in evidence_page(held, failed)
    assert '"every_hours": 6' in evidence_json(held, went, every_hours=6)
    assert '"last": null' in evidence_json(held)


def test_the_feed_of_approved_articles_is_linked_and_empty_where_nothing_is_reviewed():
    with site() as web:
        assert 'href="/reviews.atom"' in web.get("/evidence").text
        answer = web.get("/reviews.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert ET.fromstring(answer.content).findall(f"{ATOM}entry") == []
