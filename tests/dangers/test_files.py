"""The files on dangers keep their form, and their messages are fixed."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
import yaml

from loccit.dangers import load_dangers
from loccit.dangers.forms import DangerFile, json_schema
from loccit.dangers.loading import assembled, read_file
from loccit.dangers.phrases import Phrases, cue_words
from loccit.terms import Audience, DataFileError

BENCH = Path(__file__).parents[2] / "bench"
DATA = files("loccit.dangers") / "data"
DANGERS = load_dangers().ordered
FIXED = json.loads((Path(__file__).parent / "fixed_messages.json").read_text(encoding="utf-8"))


def digest(each) -> str:
    """Of the words and of their date: neither can change without the other being looked at."""
    words = f"{each.dated}\n{each.title}\n{each.message.clinician}\n{each.message.patient}"
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def test_schema_file_is_what_the_forms_give():
    """Write it anew from ``json_schema()`` when a form changes."""
    written = json.loads((files("loccit.dangers") / "schema.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(json_schema()))


def test_messages_are_fixed():
    """A changed message needs a new date; its digest is added to ``fixed_messages.json``."""
    assert {each.key for each in DANGERS} == set(FIXED)
    for each in DANGERS:
        assert FIXED[each.key][-1] == [each.dated.isoformat(), digest(each)]


def test_a_message_has_one_wording_a_date():
    """Entries are added at the end, never replaced: the same date cannot stand twice."""
    for history in FIXED.values():
        dates = [dated for dated, _ in history]
        assert dates == sorted(set(dates))


def test_the_digest_holds_the_date():
    each = DANGERS[0]
    assert digest(each) != digest(replace(each, dated=each.dated + timedelta(days=1)))


def test_there_is_a_danger_for_each_that_the_vignettes_name():
    vignettes = yaml.safe_load((BENCH / "danger.yaml").read_text(encoding="utf-8"))
    named = {key for vignette in vignettes for key in vignette["danger"]}
    assert named <= {each.key for each in DANGERS}


@pytest.mark.parametrize("each", DANGERS, ids=lambda each: each.key)
def test_each_danger_has_an_owner_dates_and_pages(each):
    assert each.owner
    assert timedelta(0) < each.review_by - each.dated <= timedelta(days=366)
    assert each.origins
    assert all(origin.checked_on <= each.dated for origin in each.origins)
    assert {raises for _, raises in each.examples} == {True, False}


@pytest.mark.parametrize("each", DANGERS, ids=lambda each: each.key)
def test_messages_send_people_to_help_and_say_what_not_to_do(each):
    told = each.message.for_reader(Audience.PATIENT)
    assert any(
        word in told.casefold()
        for word in ("emergency number", "emergency department", "call your maternity", "contact")
    )
    for words in (each.message.clinician, told):
        assert any(sign in words for sign in ("Do not", "do not", "nothing by mouth", "need not"))


def test_each_file_is_named_after_its_key():
    for path in (DATA / "domains").iterdir():
        assert read_file(path, DangerFile).key == path.name.removesuffix(".toml")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"owner": None}, "owner"),
        ({"review_by": "soon"}, "review_by"),
        ({"source": []}, "source"),
        ({"shouts": True}, "shouts"),
        ({"message": {"clinician": "Go.", "patient": "Go."}}, "message"),
    ],
)
def test_a_file_that_breaks_its_form_is_refused_by_name(tmp_path, change, said):
    row = tomllib.loads((DATA / "domains" / "stroke.toml").read_text(encoding="utf-8"))
    row = {name: value for name, value in {**row, **change}.items() if value is not None}
    with pytest.raises(msgspec.ValidationError, match=said):
        msgspec.convert(row, DangerFile)


def test_broken_toml_is_told_with_the_file(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text("key = ", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"x\.toml"):
        read_file(path, DangerFile)


def test_a_rule_with_an_unknown_cue_is_refused():
    from loccit.dangers.forms import SetAsideFile, SharedFile

    row = tomllib.loads((DATA / "domains" / "stroke.toml").read_text(encoding="utf-8"))
    row["rule"] = [{"all": ["nowhere"]}]
    shared = read_file(DATA / "cues.toml", SharedFile)
    aside = read_file(DATA / "set_aside.toml", SetAsideFile)
    with pytest.raises(ValueError, match="nowhere"):
        assembled([msgspec.convert(row, DangerFile)], shared, aside)


@pytest.mark.parametrize("line", [".. pain", "ab*", "pain|", "|"])
def test_a_phrase_that_cannot_be_read_is_refused(line):
    with pytest.raises(ValueError):
        Phrases({"x": line})


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("chest .. tight*", "my chest feels very tight", True),
        ("chest .. tight*", "chest clear, no tightness", False),
        ("chest .. tight*", "my chest. It is tight", False),
        ("cant breathe", "I can't breathe", True),
        ("wife", "my wife's arm", True),
        ("# weeks", "30 weeks", True),
        ("dark_red|black stool", "dark red stool", True),
        ("dark_red|black stool", "red stool", False),
    ],
)
def test_phrases_match_as_they_are_written(phrase, text, found):
    phrases = Phrases({"x": phrase}, barriers=["no", "clear"])
    assert bool(list(phrases.find(cue_words(text)))) is found
