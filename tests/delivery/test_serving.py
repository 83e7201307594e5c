"""The server as a process, and the page that describes it."""

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from loccit.delivery.web.rendering import FORMS
from loccit.delivery.web.settings import _NAMES

PAGE = (Path(__file__).parents[2] / "docs" / "serving.md").read_text(encoding="utf-8")
ENOUGH = 60


@pytest.fixture
def server(starter_base):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    command = ["-m", "loccit", "serve", "--port", str(port), "--base", str(starter_base.folder)]
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.communicate()


def opened(address, body=None):
    """The answer, waited for while the server starts."""
    data = json.dumps(body).encode() if body else None
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(address, data=data, headers=headers)
    until = time.monotonic() + ENOUGH
    while True:
        try:
            with urllib.request.urlopen(request, timeout=ENOUGH) as response:
                return response.read().decode()
        except urllib.error.HTTPError:
            raise
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def test_the_server_answers_keeps_and_logs_nothing_that_was_asked(server):
    process, root = server
    assert json.loads(opened(f"{root}/healthz")) == {"status": "ok"}
    asked = {"question": "What is the maximum daily dose of tizanidine? Zyxwvutsr"}
    kept = json.loads(opened(f"{root}/api/v1/ask", asked))["permalink"]
    assert "izanidine" in opened(root + kept["path"])
    with pytest.raises(urllib.error.HTTPError) as refused:
        opened(f"{root}/nowhere?q=Zyxwvutsr")
    refused.value.close()
    process.send_signal(signal.SIGINT)
    said, logged = process.communicate(timeout=ENOUGH)
    assert said.startswith(f"Loccit answers at {root}/")
    assert logged == ""


def test_each_setting_is_described():
    named = set(re.findall(r"`(LOCCIT_\w+)`", PAGE))
    assert {*_NAMES.values(), "LOCCIT_HTTPS", "LOCCIT_WATCH_FETCH"} <= named


def test_each_form_of_an_answer_is_described():
    for form in FORMS:
        assert f"`{form.media_type}`" in PAGE
        assert not form.ending or f"`{form.ending}`" in PAGE


def test_each_code_of_an_error_is_described():
    root = Path(__file__).parents[2] / "src" / "loccit" / "delivery" / "web"
    text = "".join(path.read_text(encoding="utf-8") for path in root.rglob("*.py"))
    codes = set(re.findall(r'(?:told\(request, \d+, |, \d{3}, )"(\w+)"', text))
    assert {"usage", "too_often", "busy", "internal"} <= codes
    assert codes <= set(re.findall(r"`(\w+)`", PAGE))
