"""The client of the network: what it asks, how often, how long, and what it refuses to take."""

from __future__ import annotations

import errno
import re
import socket
import ssl
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from local_web import PUBLIC, LocalWeb, Reply
from loccit import __version__
from loccit.backends.connectors.web import NotThere, Wanted
from loccit.terms import Unfetched

URL = "https://www.cdc.gov/guide"
HERE = "www.cdc.gov/guide"
PAGE = Wanted(url=URL, content="page")
DATA = Wanted(url="https://api.fda.gov/x.json", content="json")
KEY = "s3cretkey"
KEYED = Wanted(url="https://api.fda.gov/x.json?search=a", content="json", private=(("api_key", KEY),))  # fmt: skip


def get(web: LocalWeb, wanted: Wanted = PAGE) -> bytes:
    return web.client().get(wanted).data


def refused(web: LocalWeb, message: str, wanted: Wanted = PAGE) -> Unfetched:
    with pytest.raises(Unfetched) as caught:
        get(web, wanted)
    assert re.search(message, str(caught.value)), str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


# --- what goes out


def test_a_page_comes_as_it_was_published_with_its_address_and_time(web):
    web.pages[HERE] = Reply(b"<html>words</html>", type="text/html; charset=utf-8")
    kept = web.client().get(PAGE)
    assert kept.data == b"<html>words</html>"
    assert (kept.url, kept.retrieved_at) == (URL, "2027-01-15T08:00:00Z")
    assert web.announced == ["asking www.cdc.gov"]


def test_the_program_says_who_asks(web):
    web.pages[HERE] = Reply(b"x")
    get(web)
    assert web.asked[0].headers["user-agent"] == f"loccit/{__version__}"
    told = web.with_settings(contact="library@example.org")
    told.folder = web.folder / "other"
    get(told)
    assert web.asked[1].headers["user-agent"] == f"loccit/{__version__} (library@example.org)"
    assert web.asked[1].headers["host"] == "www.cdc.gov"


def test_the_connection_goes_to_the_address_that_was_checked(web):
    """A name service that says otherwise a moment later (rebinding) is not asked again."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    web.resolve = lambda _: next(answers)
    web.pages[HERE] = Reply(b"x")
    assert get(web) == b"x"
    assert web.dialled == [PUBLIC]


def test_proxies_of_the_environment_are_not_used(web, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    web.pages[HERE] = Reply(b"x")
    assert get(web) == b"x"


def test_the_next_address_is_tried_when_one_takes_no_connection(web):
    web.names["www.cdc.gov"] = ["2606:2800:220:1::1", PUBLIC]
    dial = web.dial

    def unreachable(address: str, seconds: float) -> socket.socket:
        if ":" in address:
            raise OSError(errno.ENETUNREACH, "Network is unreachable")
        return dial(address, seconds)

    web.dial = unreachable
    web.pages[HERE] = Reply(b"x")
    assert get(web) == b"x"


# --- nothing is contacted that may not be


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "::1",
        "::ffff:127.0.0.1",
        "fd00::1",
        "2002:7f00:1::",
    ],
)
def test_a_name_that_leads_inside_is_refused_before_a_connection(web, address):
    web.names["www.cdc.gov"] = [PUBLIC, address]
    refused(web, "leads to .*inside a network")
    assert web.dialled == []
    assert web.asked == []


@pytest.mark.parametrize(
    "location",
    [
        "https://127.0.0.1/",
        "http://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:169.254.169.254]/",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://www.cdc.gov@127.0.0.1/",
        "https://127.0.0.1:443#@www.cdc.gov/",
        "http://www.cdc.gov/guide",
        "https://www.cdc.gov:8443/",
        "//example.org/",
        "https://example.org/",
        "file:///etc/passwd",
        "gopher://www.cdc.gov/",
        "https://[",
    ],
)
def test_a_redirect_to_where_nobody_may_ask_is_refused(web, location):
    web.pages[HERE] = Reply(status=302, headers={"Location": location})
    refused(web, r"www\.cdc\.gov led to ")
    assert web.dialled == [PUBLIC]


def test_a_redirect_to_a_name_that_leads_inside_is_refused(web):
    web.names["api.fda.gov"] = ["192.168.1.1"]
    web.pages[HERE] = Reply(status=301, headers={"Location": "https://api.fda.gov/"})
    refused(web, r"api\.fda\.gov leads to 192\.168\.1\.1, inside")
    assert web.dialled == [PUBLIC]


def test_a_redirect_among_listed_hosts_is_followed_and_told(web):
    web.pages[HERE] = Reply(status=302, headers={"Location": "/new?part=2"})
    web.pages["www.cdc.gov/new"] = Reply(status=307, headers={"Location": "https://guidelines.example.org/x"})  # fmt: skip
    web.pages["guidelines.example.org/x"] = Reply(b"moved here")
    kept = web.client().get(PAGE)
    assert (kept.data, kept.url) == (b"moved here", "https://guidelines.example.org/x")
    assert [each.query for each in web.asked] == [{}, {"part": "2"}, {}]


def test_redirects_have_an_end(web):
    web.pages[HERE] = Reply(status=302, headers={"Location": URL})
    refused(web, "from one address to the next without end")
    assert len(web.asked) == 1 + web.rules.limits.redirects


def test_a_redirect_to_nowhere_is_refused(web):
    web.pages[HERE] = Reply(status=302)
    web.pages["www.cdc.gov/"] = Reply(b"the front page")
    refused(web, "without end")


def test_a_certificate_for_another_name_is_refused_at_once(web):
    web.names["www.who.int"] = [PUBLIC]
    refused(web, "a certificate that does not hold", Wanted(url="https://www.who.int/", content="page"))  # fmt: skip
    assert (web.asked, web.clock.waits) == ([], [])


def test_a_certificate_that_nobody_vouches_for_is_refused(web):
    web.trust = ssl.create_default_context()
    refused(web, "a certificate that does not hold")


# --- without a network


@pytest.mark.parametrize("code", [socket.EAI_NONAME, socket.EAI_AGAIN])
def test_without_a_name_service_it_says_who_would_be_asked(web, code):
    def gone(_: str) -> list[str]:
        raise socket.gaierror(code, "Temporary failure in name resolution")

    web.resolve = gone
    refused(web, r"this asks www\.cdc\.gov; there is no network; connect and try again")
    assert web.clock.waits == []  # a pause would not help


def test_without_a_route_it_says_so_too(web):
    def gone(*_: object) -> socket.socket:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    web.dial = gone
    refused(web, "there is no network")


def test_a_server_that_takes_no_connection_is_tried_again_and_given_up(web):
    def closed(*_: object) -> socket.socket:
        raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")

    web.dial = closed
    refused(web, r"www\.cdc\.gov broke off \(Connection refused\), 4 times; try again later")


# --- patience


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_again_after_growing_pauses(web, status):
    failed = Reply(status=status)
    web.pages[HERE] = [failed, failed, failed, Reply(b"at last")]
    assert get(web) == b"at last"
    assert web.clock.waits == [1.0, 2.0, 4.0]
    assert len(web.announced) == 4


def test_a_failure_that_stays_is_given_up(web):
    web.pages[HERE] = Reply(status=500)
    refused(web, r"www\.cdc\.gov failed \(500\), 4 times; try again later")
    assert len(web.asked) == 4


@pytest.mark.parametrize(
    ("value", "waits"),
    [
        ("7", [7.0]),
        ("0", [1.0]),
        ("Fri, 15 Jan 2027 08:00:30 GMT", [30.0]),
        ("Fri, 15 Jan 2027 07:00:00 GMT", [1.0]),
        ("soon", [1.0]),
        ("-5", [1.0]),
        ("１２", [1.0]),
        ("", [1.0]),
    ],
)
def test_the_pause_that_a_server_asks_for_is_kept(web, value, waits):
    headers = {"Retry-After": value.encode().decode("latin-1")}
    web.pages[HERE] = [Reply(status=429, headers=headers), Reply(b"x")]
    assert get(web) == b"x"
    assert web.clock.waits == waits


def test_a_pause_too_long_to_sit_out_is_told(web):
    web.pages[HERE] = Reply(status=429, headers={"Retry-After": "3600"})
    refused(web, "is asked too often; it asks to wait 3600 seconds: try again then")
    assert (len(web.asked), web.clock.waits) == (1, [])


@pytest.mark.parametrize(("status", "message"), [(404, "has nothing"), (410, "has nothing"), (400, "refused"), (401, "refused"), (403, r"refused \(403\); check"), (418, "refused"), (304, "refused")])  # fmt: skip
def test_a_lasting_failure_is_not_tried_again(web, status, message):
    web.pages[HERE] = Reply(status=status)
    error = refused(web, message)
    assert isinstance(error, NotThere) == (status in (404, 410))
    assert len(web.asked) == 1


def test_two_requests_to_one_host_keep_its_pace_and_other_hosts_do_not_wait(web):
    for name in ("a", "b", "c"):
        web.pages[f"www.cdc.gov/{name}"] = Reply(b"x")
    web.pages["guidelines.example.org/"] = Reply(b"x")
    client = web.client()
    for name in ("a", "b"):
        client.get(Wanted(url=f"https://www.cdc.gov/{name}", content="page"))
    client.get(Wanted(url="https://guidelines.example.org/", content="page"))
    assert web.clock.waits == [1.0]
    web.clock.time += 0.75
    client.get(Wanted(url="https://www.cdc.gov/c", content="page"))
    assert web.clock.waits == [1.0, 0.25]


def test_the_pace_holds_from_one_run_to_the_next(web):
    for name in ("a", "b"):
        web.pages[f"www.cdc.gov/{name}"] = Reply(b"x")
        web.client().get(Wanted(url=f"https://www.cdc.gov/{name}", content="page"))
    assert web.clock.waits == [1.0]


def test_a_clock_that_was_set_back_costs_one_interval_at_most(web):
    web.pages["www.cdc.gov/a"] = Reply(b"x")
    web.client().get(Wanted(url="https://www.cdc.gov/a", content="page"))
    web.clock.time -= 1_000_000
    web.pages["www.cdc.gov/b"] = Reply(b"x")
    web.client().get(Wanted(url="https://www.cdc.gov/b", content="page"))
    assert web.clock.waits == [1.0]


def test_a_key_allows_the_pace_that_its_host_says(web):
    url = "https://eutils.ncbi.nlm.nih.gov/"
    client = web.client()
    for number, has_key in enumerate([False, False, True]):
        web.pages["eutils.ncbi.nlm.nih.gov/"] = Reply(b"{}", type="application/json")
        client.get(Wanted(url=f"{url}?n={number}", content="json", has_key=has_key))
    assert web.clock.waits == [0.34, 0.1]


# --- limits


def test_an_answer_in_pieces_and_a_packed_one_are_put_together(web):
    web.pages[HERE] = Reply(b"words " * 50_000, chunked=True, packed=True)
    assert get(web) == b"words " * 50_000


def small(web: LocalWeb) -> LocalWeb:
    """Pages of one megabyte at most."""
    import msgspec

    pages = msgspec.structs.replace(web.rules.content("page"), megabytes=1)
    others = [each for each in web.rules.contents if each.name != "page"]
    web.rules = msgspec.structs.replace(web.rules, contents=(pages, *others))
    return web


@pytest.mark.parametrize("reply", [Reply(b"x" * 1_100_000), Reply(b"x" * 1_100_000, chunked=True), Reply(b"x", length=2**40)])  # fmt: skip
def test_more_than_the_limit_is_not_taken(web, reply):
    web.pages[HERE] = reply
    refused(small(web), r"sent more than 1 MB; refused")
    assert len(web.asked) == 1


def test_a_packed_answer_is_counted_as_it_unfolds(web):
    web.pages[HERE] = Reply(b"\0" * 50_000_000, packed=True)
    refused(small(web), "sent more than 1 MB; refused")


def test_a_packed_answer_that_unfolds_without_measure_is_refused(web):
    web.pages[HERE] = Reply(b"\0" * 20_000_000, packed=True)
    refused(web, "unfolds without measure")
    web.pages["www.cdc.gov/small"] = Reply(b"\0" * 900_000, packed=True)
    assert len(get(web, Wanted(url="https://www.cdc.gov/small", content="page"))) == 900_000


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(b"half", length=400), "396 bytes are missing"),
        (Reply(b"half", headers={"Transfer-Encoding": "chunked"}, length=None), "broke off"),
        (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}), "sent damaged data"),
        (Reply(b"\x1f\x8b\x08\0\0\0\0\0\0\x03", headers={"Content-Encoding": "gzip"}), "broke off in packed data"),
        (Reply(hang_up=True), "broke off"),
        (Reply(headers={f"X-{n}": "y" for n in range(200)}), "broke off"),
        (Reply(headers={"X": "y" * 70_000}), "broke off"),
    ],
)  # fmt: skip
def test_an_answer_that_breaks_off_is_tried_again_and_never_taken_in_half(web, reply, message):
    web.pages[HERE] = reply
    refused(web, f"{message}.*4 times")
    web.pages[HERE] = [reply, Reply(b"whole")]
    assert get(web) == b"whole"


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "broke off"),
        (b"220 mail.example.org ESMTP\r\n", "broke off"),
        (b"\x00" * 1000, "broke off"),
        (b"HTTP/1.1 200", "broke off|no stated type"),
        (b"HTTP/9.9 200 OK\r\n\r\n", "broke off"),
        (b"HTTP/1.1 999999 OK\r\n\r\n", "broke off"),
        (b"HTTP/1.1 " + b"9" * 70_000, "broke off"),
        (CHUNKED + b"zz\r\nwords", "broke off"),
        (CHUNKED + b"5\r\nwor", "broke off"),
        (CHUNKED + b"5\r\nwords\r\n", "broke off"),
        (CHUNKED + b"ffffffffffffffff\r\nwords", "broke off"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 100_000, "more than was wanted; refused"),
        (CHUNKED + b"-1\r\n" + b"x" * 3_000_000, "more than was wanted; refused"),
        (CHUNKED + b"0\r\n" + b"a: b\r\n" * 500_000, "more than was wanted; refused"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_what_is_no_http_is_refused_and_read_no_further_than_allowed(web, raw, message):
    web.pages[HERE] = Reply(raw=raw)
    refused(small(web), message)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_from_a_server_are_refused_in_one_line(local_server, tmp_path_factory, data):
    web = LocalWeb(local_server, tmp_path_factory.mktemp("any"))
    web.limit(tries=1)
    web.pages[HERE] = Reply(raw=data)
    refused(web, "broke off|no stated type|refused")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=80))
def test_any_body_comes_as_it_is(local_server, tmp_path_factory, data):
    web = LocalWeb(local_server, tmp_path_factory.mktemp("any"))
    web.pages[HERE] = Reply(data, chunked=bool(len(data) % 2), packed=len(data) % 3 == 0)
    assert get(web) == data


def test_a_packing_that_was_not_asked_for_is_refused(web):
    web.pages[HERE] = Reply(b"x", headers={"Content-Encoding": "br"})
    refused(web, "packed its answer in a way that was not asked for")


def test_a_server_that_goes_silent_is_given_up(web):
    web.limit(tries=1, silence_seconds=0.05)
    web.pages[HERE] = Reply(b"words", drip=0.5)
    refused(web, "did not answer in time")


def test_a_server_that_drips_is_given_up_though_it_is_never_silent(web):
    """In the headers too: a drip there would pass a limit on silence for hours."""
    web.limit(tries=1, silence_seconds=5.0, whole_seconds=0.1)
    web.pages[HERE] = Reply(b"words", drip=0.02)
    refused(web, "did not answer in time")


def test_a_wait_for_one_byte_does_not_outlast_the_whole(web):
    web.limit(tries=1, silence_seconds=5.0, whole_seconds=0.1)
    web.pages[HERE] = Reply(b"words", drip=2.0)
    started = time.monotonic()
    refused(web, "did not answer in time")
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ("text/html", r"api\.fda\.gov sent a web page where JSON was expected"),
        ("text/plain", "sent text/plain where JSON"),
        ("", "sent something of no stated type where JSON"),
        ("application/json-seq", "where JSON was expected"),
    ],
)
def test_another_type_than_expected_is_refused(web, told, message):
    web.pages["api.fda.gov/x.json"] = Reply(b"{}", type=told)
    refused(web, message, DATA)
    assert len(web.asked) == 1


@pytest.mark.parametrize("told", ["image/png", "application/zip", "video/mp4", "text/html+x"])
def test_what_is_no_page_is_refused(web, told):
    web.pages[HERE] = Reply(b"x", type=told)
    refused(web, "where a page, a PDF or XML was expected")


# --- memory


def test_a_fresh_answer_is_not_asked_for_again(web):
    web.pages[HERE] = Reply(b"x")
    assert get(web) == get(web) == b"x"
    web.clock.time += 3599
    assert get(web) == b"x"
    assert len(web.asked) == 1


def test_an_older_answer_is_confirmed_by_its_validators(web):
    headers = {"ETag": '"abc"', "Last-Modified": "Thu, 14 Jan 2027 00:00:00 GMT"}
    web.pages[HERE] = Reply(b"x", headers=headers)
    get(web)
    web.clock.time += 3601
    web.pages[HERE] = Reply(status=304)
    kept = web.client().get(PAGE)
    assert (kept.data, kept.retrieved_at) == (b"x", "2027-01-15T09:00:01Z")
    assert web.asked[1].headers["if-none-match"] == '"abc"'
    assert web.asked[1].headers["if-modified-since"] == headers["Last-Modified"]
    assert get(web) == b"x"
    assert len(web.asked) == 2


def test_an_answer_that_changed_takes_the_place_of_the_older_one(web):
    web.pages[HERE] = Reply(b"old", headers={"ETag": '"1"'})
    get(web)
    web.clock.time += 3601
    web.pages[HERE] = Reply(b"new", headers={"ETag": '"2"'})
    assert get(web) == b"new"


def test_validators_go_only_to_the_address_that_gave_them(web):
    web.pages[HERE] = Reply(status=302, headers={"Location": "https://guidelines.example.org/x"})
    web.pages["guidelines.example.org/x"] = Reply(b"x", headers={"ETag": '"far"'})
    get(web)
    web.clock.time += 3601
    get(web)
    assert ["if-none-match" in each.headers for each in web.asked] == [False, False, False, True]


@pytest.mark.parametrize("etag", ["é", "a" * 2000])
def test_a_validator_that_could_break_a_header_is_not_sent_back(web, etag):
    web.pages[HERE] = Reply(b"x", headers={"ETag": etag})
    get(web)
    web.clock.time += 3601
    assert get(web) == b"x"
    assert "if-none-match" not in web.asked[1].headers


def test_what_may_not_be_kept_is_not_kept(web):
    web.pages[HERE] = Reply(b"x", headers={"Cache-Control": "private, No-Store"})
    get(web)
    get(web)
    assert len(web.asked) == 2


def test_failures_are_not_kept(web):
    web.pages[HERE] = [Reply(status=404), Reply(b"x")]
    refused(web, "has nothing")
    assert get(web) == b"x"


def answers(web: LocalWeb) -> list[Path]:
    return sorted(web.folder.glob("*.answer"))


@pytest.mark.parametrize("damage", [b"", b"\x81", b"no message at all", None])
def test_a_damaged_memory_is_asked_anew(web, damage):
    web.pages[HERE] = Reply(b"x" * 1000)
    get(web)
    (file,) = answers(web)
    data = file.read_bytes()
    file.write_bytes(data.replace(b"xxxx", b"yyyy", 1) if damage is None else damage)
    assert get(web) == b"x" * 1000
    assert len(web.asked) == 2


def test_a_memory_that_cannot_be_written_is_done_without(web):
    web.pages[HERE] = Reply(b"x")
    web.folder.write_text("a file where the folder should be")
    assert get(web) == get(web) == b"x"
    assert len(web.asked) == 2


def test_the_memory_is_for_its_owner_alone(web):
    web.pages[HERE] = Reply(b"x")
    get(web)
    (file,) = answers(web)
    assert file.stat().st_mode & 0o077 == 0
    assert web.folder.stat().st_mode & 0o077 == 0


def test_the_oldest_answers_make_room(web):
    web.limit(cache_megabytes=1)
    for name in ("a", "b", "c"):
        web.pages[f"www.cdc.gov/{name}"] = Reply(name.encode() * 400_000)
        get(web, Wanted(url=f"https://www.cdc.gov/{name}", content="page"))
    assert len(answers(web)) == 2
    web.asked.clear()
    get(web, Wanted(url="https://www.cdc.gov/c", content="page"))
    assert web.asked == []


# --- keys


def test_a_key_goes_out_and_is_neither_kept_nor_shown(web):
    web.pages["api.fda.gov/x.json"] = Reply(b'{"a": 1}', type="application/json")
    kept = web.client().get(KEYED)
    assert web.asked[0].query == {"search": "a", "api_key": KEY}
    assert kept.url == "https://api.fda.gov/x.json?search=a"
    assert all(KEY.encode() not in file.read_bytes() for file in answers(web))
    assert KEY not in repr((KEYED, kept)) + " ".join(web.announced)


def test_a_key_is_not_carried_to_another_host_nor_kept_from_a_redirect(web):
    there = f"https://www.cdc.gov/x.json?api_key={KEY}&search=a"
    web.pages["api.fda.gov/x.json"] = Reply(status=302, headers={"Location": there})
    web.pages["www.cdc.gov/x.json"] = Reply(b"{}", type="application/json")
    kept = web.client().get(KEYED)
    assert web.asked[1].query == {"search": "a"}
    assert kept.url == "https://www.cdc.gov/x.json?search=a"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=403, body=f'{{"error": "API_KEY {KEY} is invalid"}}'.encode()),
        Reply(status=500, body=KEY.encode()),
        Reply(status=302, headers={"Location": f"https://example.org/?api_key={KEY}"}),
        Reply(b"x", type=f"text/{KEY}?{KEY}"[:5] + "plain"),
        Reply(hang_up=True),
    ],
)
def test_no_failure_tells_the_key(web, reply):
    web.pages["api.fda.gov/x.json"] = reply
    error = refused(web, "", KEYED)
    assert KEY not in str(error) + repr(error) + " ".join(web.announced)
    assert error.__cause__ is None
