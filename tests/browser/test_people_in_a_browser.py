"""Signing in with a keyboard and no script, and axe on every page of people, in both themes."""

from __future__ import annotations

import socket
import threading

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect
from signed_in_site import ADA, NEW, RUT, House, site_of
from steps import overflow
from test_for_everyone import FREE, faults

from loccit.terms import Duty


@pytest.fixture
def house():
    return House().founded().with_rut(Duty.REVIEWER)


@pytest.fixture
def app(house):
    """The application of a house that a test may have changed before."""
    return site_of(house).app


@pytest.fixture
def site(app):
    """The address of the pages of this test's own house, in place of those of all tests."""
    import uvicorn

    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


def sign_in(page, name="ada", password=ADA):
    page.goto("/account")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_by_keyboard_alone_and_without_a_script(open_page):
    page = open_page("/account", java_script_enabled=False)
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type("rut")
    page.keyboard.press("Tab")
    page.keyboard.type(RUT)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your account")
    page.get_by_label("Credentials").fill("PharmD")
    page.get_by_label("Conflicting interests").fill("none")
    page.get_by_role("button", name="Declare").click()
    expect(page.locator("main")).to_contain_text("Declared on")
    expect(page.get_by_label("Credentials")).to_have_value("PharmD")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account")
    expect(page.locator("h1")).to_have_text("Sign in")


def test_a_wrong_password_is_told_where_it_is_heard(open_page):
    page = open_page("/sign-in")
    page.get_by_label("Name", exact=True).fill("rut")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    assert page.get_by_label("Password", exact=True).get_attribute("aria-describedby") == "error"


def test_from_a_code_to_an_account_of_ones_own(open_page):
    """An administrator adds somebody; they choose a password in a browser of their own."""
    admin, other = open_page("/account"), open_page("/welcome")
    sign_in(admin)
    admin.get_by_role("link", name="People of these pages").click()
    form = admin.locator("form[action='/people/add']")
    form.get_by_label("Name to sign in with").fill("eve")
    form.get_by_label("Full name").fill("Eve Example")
    form.get_by_label("author: submits").check()
    form.get_by_role("button").click()
    code = admin.locator(".one-time").inner_text()
    other.get_by_label("One-time code").fill(code)
    other.get_by_label("New password", exact=True).fill(NEW)
    other.get_by_label("New password, once more").fill(NEW)
    other.get_by_role("button", name="Set the password").click()
    expect(other.locator("main")).to_contain_text("Eve Example")
    expect(other.locator("main")).to_contain_text("author")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_on_the_pages_of_people(open_page, axe, scheme):
    page = open_page("/sign-in", color_scheme=scheme, **FREE)
    assert faults(page, axe) == []
    page.get_by_label("Name", exact=True).fill("ada")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    assert faults(page, axe) == []
    page.goto("/welcome")
    assert faults(page, axe) == []
    sign_in(page)
    assert faults(page, axe) == []
    page.goto("/people")
    page.locator("summary").first.click()
    assert faults(page, axe) == []
    page.get_by_role("button", name="Make a one-time code").first.click()
    expect(page.locator(".one-time")).to_be_visible()
    assert faults(page, axe) == []


@pytest.mark.parametrize("width", [360, 768])
def test_no_page_of_people_is_wider_than_its_window(open_page, width):
    page = open_page("/sign-in", width=width)
    assert overflow(page) == 0
    sign_in(page)
    assert overflow(page) == 0
    page.goto("/people")
    page.locator("summary").first.click()
    assert overflow(page) == 0


class TestFirst:
    """The first administrator."""

    @pytest.fixture
    def house(self):
        return House()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_is_made_with_the_code_of_the_terminal(self, open_page, app, axe, scheme):
        page = open_page("/sign-in", color_scheme=scheme, **FREE)
        page.get_by_role("link", name="Set up the first administrator").click()
        assert faults(page, axe) == []
        page.get_by_label("Code from the terminal").fill(app.state.behind.founding.code)
        page.get_by_label("Name to sign in with").fill("ada")
        page.get_by_label("Full name").fill("Ada Example")
        page.get_by_label("New password", exact=True).fill(ADA)
        page.get_by_label("New password, once more").fill(ADA)
        page.get_by_role("button", name="Set up").click()
        expect(page.locator("main")).to_contain_text("admin")
