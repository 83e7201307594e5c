"""The question sets of `bench/` keep their form; what they ask is not looked at here."""

from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from loccit.dangers import load_dangers, load_raising
from loccit.terms import PatientFacts, QuestionKind

BENCH = Path(__file__).parent.parent / "bench"
SETS = ("danger", "stopping", "dialogues", "reading")


def read(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((BENCH / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SETS)
def test_each_item_has_its_own_id_and_both_halves_are_of_one_size(name):
    items = read(name)
    assert len({item["id"] for item in items}) == len(items)
    halves = Counter(item["split"] for item in items)
    assert set(halves) == {"dev", "held_out"}
    assert abs(halves["dev"] - halves["held_out"]) <= len(items) // 50


@pytest.mark.parametrize("name", ["danger", "stopping", "reading"])
def test_no_question_is_asked_twice(name):
    questions = [item["question"].casefold() for item in read(name)]
    assert len(set(questions)) == len(questions)


def test_half_of_the_danger_vignettes_hold_a_danger_and_a_near_miss_holds_none():
    items = read("danger")
    dangerous = [item for item in items if item["danger"]]
    assert len(items) >= 320
    assert 0.45 < len(dangerous) / len(items) < 0.55
    assert all(item["near_miss"] is None and item["about"] in item["danger"] for item in dangerous)


def test_each_danger_is_met_in_both_voices_and_in_both_halves():
    for key in ("voice", "split"):
        met: dict[str, set[str]] = {}
        for item in read("danger"):
            for danger in item["danger"]:
                met.setdefault(danger, set()).add(item[key])
        assert len(met) == 36
        assert all(len(values) == 2 for values in met.values())


def test_an_answerable_question_names_its_document_and_the_others_why_not():
    items = read("stopping")
    answerable = Counter(item["answerable"] for item in items)
    assert min(answerable[True], answerable[False]) >= 220
    for item in items:
        assert ("documents" in item) is item["answerable"]
        assert ("why" in item) is not item["answerable"]


def test_questions_for_tuning_stops_are_none_of_those_that_are_held_out():
    items = read("stopping_tuning")
    assert len({item["id"] for item in items}) == len(items)
    assert {item["split"] for item in items} == {"dev", "inner"}
    answerable = Counter(item["answerable"] for item in items)
    assert answerable[False] >= 400
    assert answerable[True] >= 250
    known = {item["question"].casefold() for item in read("stopping")}
    assert known.isdisjoint(item["question"].casefold() for item in items)


def test_dialogues_have_two_to_five_turns_and_a_new_topic_keeps_nothing():
    dialogues = read("dialogues")
    assert len(dialogues) >= 84
    for dialogue in dialogues:
        assert 2 <= len(dialogue["turns"]) <= 5
        for turn in dialogue["turns"]:
            expected = turn["expect"]
            assert not (expected["topic_change"] and expected["carried"] + expected["changed"])


def test_facts_that_hold_at_a_turn_follow_from_the_turn_before():
    for dialogue in read("dialogues"):
        before: dict[str, Any] = {}
        for turn in dialogue["turns"]:
            expected, now = turn["expect"], turn["expect"]["patient"]
            kept = {key for key in now if key in before and now[key] == before[key]}
            if not expected["topic_change"]:
                assert set(expected["carried"]) == kept
                assert set(expected["changed"]) == now.keys() & before.keys() - kept
                assert set(expected["dropped"]) == before.keys() - now.keys()
            before = now


def test_questions_to_be_read_name_known_fields_and_hold_their_secrets():
    items = read("reading")
    assert Counter(item["voice"] for item in items) == {"clinician": 150, "consumer": 60}
    known = {field.name for field in fields(PatientFacts)} | {"negated"}
    for item in items:
        assert set(item["facts"]) <= known
        assert ("removed" in item) is ("secret" in item)
        assert all(secret in item["question"] for secret in item.get("secret", ()))


@pytest.mark.parametrize(("name", "count"), [("tuning", 120), ("further", 150)])
def test_a_development_set_names_kind_document_section_and_values_of_each_question(name, count):
    items = read(name)
    assert len({item["id"] for item in items}) == len(items) == count
    assert {item["kind"] for item in items} <= set(QuestionKind)
    for item in items:
        assert item["documents"], item["id"]
        assert item["sections"], item["id"]
        assert item["values"], item["id"]
        assert "split" not in item


def learnt_from() -> list[dict[str, Any]]:
    return [*read("danger_training"), *read("danger_training_voices")]


def test_what_dangers_are_learnt_from_is_in_no_other_set_on_danger():
    learnt = [item["question"].casefold() for item in learnt_from()]
    sets = ("danger", "danger_fresh", "danger_later")
    apart = {item["question"].casefold() for name in sets for item in read(name)}
    assert len(set(learnt)) == len(learnt)
    assert not apart & set(learnt)


def test_each_danger_is_learnt_from_several_voices():
    voices = {}
    for item in learnt_from():
        for danger in item["danger"]:
            voices.setdefault(danger, set()).add(item["voice"])
    told = {each.key for each in load_dangers().ordered} - {load_raising().fallback}
    assert set(voices) == told
    assert min(map(len, voices.values())) >= 5


def test_half_of_the_fresh_vignettes_hold_a_danger():
    items = read("danger_fresh")
    assert len(items) == 100
    assert sum(bool(item["danger"]) for item in items) == 50
    assert {item["split"] for item in items} == {"fresh"}


def test_half_of_the_later_vignettes_hold_a_danger_and_all_dangers_are_met_but_signs():
    items = read("danger_later")
    assert len({item["id"] for item in items}) == len(items) == 120
    assert sum(bool(item["danger"]) for item in items) == 60
    assert all((item["near_miss"] is None) is bool(item["danger"]) for item in items)
    assert {item["split"] for item in items} == {"later"}
    met = {danger for item in items for danger in item["danger"]}
    known = {each.key for each in load_dangers().ordered}
    assert known - met <= {load_raising().fallback, "critical_signs", "hypothermia"}


def test_each_new_voice_speaks_of_nearly_all_dangers_and_of_as_many_near_misses():
    met: dict[str, set[str]] = {}
    without: Counter[str] = Counter()
    for item in read("danger_training_voices"):
        met.setdefault(item["voice"], set()).update(item["danger"])
        without[item["voice"]] += not item["danger"]
    assert len(met) == 8
    assert all(len(dangers) >= 44 and without[voice] >= 55 for voice, dangers in met.items())
