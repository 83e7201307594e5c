"""Which addresses may be asked: names on the list, over https, at public places."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loccit.backends.connectors.addresses import Place, checked, is_public, public_addresses, shown
from loccit.terms import Unfetched

HOSTS = {"www.cdc.gov", "api.fda.gov"}


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://www.cdc.gov", "https://www.cdc.gov/"),
        ("HTTPS://WWW.CDC.GOV/a", "https://www.cdc.gov/a"),
        ("https://www.cdc.gov:443/a?b=c#part", "https://www.cdc.gov/a?b=c"),
        ("https://www.cdc.gov/é?q=ü", "https://www.cdc.gov/%C3%A9?q=%C3%BC"),
        ("https://www.cdc.gov/a%20b", "https://www.cdc.gov/a%20b"),
    ],
)
def test_a_listed_host_over_https_may_be_asked(address, url):
    assert checked(address, HOSTS).url == url


@pytest.mark.parametrize(
    "address",
    [
        "http://www.cdc.gov/",
        "ftp://www.cdc.gov/",
        "file:///etc/passwd",
        "//www.cdc.gov/",
        "www.cdc.gov",
        "",
        "https://",
        "https:///path",
        # another host, however it is written
        "https://example.org/",
        "https://www.cdc.gov.example.org/",
        "https://example.org/www.cdc.gov",
        "https://xwww.cdc.gov/",
        "https://www.cdc.gov./",
        "https://www.cdc.gov%2eexample.org/",
        "https://www。cdc。gov/",
        # a user in front of the host
        "https://www.cdc.gov@127.0.0.1/",
        "https://user:word@www.cdc.gov/",
        "https://www.cdc.gov:443@169.254.169.254/",
        "https://@www.cdc.gov/",
        # what readers of addresses differ on
        "https://www.cdc.gov\\@127.0.0.1/",
        "https://127.0.0.1\\.www.cdc.gov/",
        "https://www.cdc.gov\t/",
        "https://www.cdc.gov/a b",
        "https://www.cdc.gov/\r\nHost: example.org",
        "https://www.cdc.gov/\x00",
        # ports
        "https://www.cdc.gov:8443/",
        "https://www.cdc.gov:80/",
        "https://www.cdc.gov:99999/",
        "https://www.cdc.gov:x/",
        # addresses in numbers, in every notation
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://[fd00::1]/",
        "https://[::1/",
        "https://localhost/",
        "https://www.cdc.gov/" + "a" * 5000,
    ],
)
def test_nothing_else_may_be_asked(address):
    with pytest.raises(Unfetched) as refused:
        checked(address, HOSTS)
    assert "\n" not in str(refused.value)
    assert "word" not in str(refused.value)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_whatever_follows_the_scheme_leads_to_a_listed_host_or_nowhere(rest):
    try:
        place = checked(f"https://{rest}", HOSTS)
    except Unfetched:
        return
    assert place.host in HOSTS
    assert place.url.isascii()
    assert not set(place.target) & set(" \r\n\t\0\\")


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])  # fmt: skip
def test_public_addresses(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255",
        "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::7f00:1", "2002:7f00:1::",
        "2002:a9fe:a9fe::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2001:db8::1",
        "2001:0:7f00:1::1", "fec0::1", "2130706433", "0x7f.1", "", "example.org",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_an_address_and_its_notation_in_the_newer_form_are_judged_alike(ip):
    mapped = ipaddress.IPv6Address(int(ip) | 0xFFFF << 32)
    assert is_public(str(mapped)) == is_public(str(ip))


def test_one_inside_address_among_public_ones_refuses_the_name():
    with pytest.raises(Unfetched, match=r"www.cdc.gov leads to 10\.0\.0\.1, inside a network"):
        public_addresses("www.cdc.gov", lambda _: ["93.184.216.34", "10.0.0.1"])


def test_a_message_shows_no_query_and_no_user():
    assert shown("https://a:b@host/x?api_key=secret#y") == "https://host/x"
    assert shown("https://host/\x1b[31m") == "https://host/?[31m"


@settings(deadline=None)
@given(st.text(), st.text())
def test_a_message_never_shows_what_follows_the_question_mark(start, secret):
    assert shown(f"https://host/{start}?{secret}") == shown(f"https://host/{start}")


def test_private_parameters_are_added_and_taken_off():
    place = Place(host="api.fda.gov", target="/x?search=a+b")
    sent = place.given([("api_key", "k=&?")])
    assert sent.target == "/x?search=a+b&api_key=k%3D%26%3F"
    assert sent.without({"api_key"}) == place
    assert Place(host="h", target="/x").given([("a", "b")]).without({"a"}).target == "/x"
