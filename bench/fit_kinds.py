"""Fits the weights by which the kind of a question is told, and says how well they do.

Learns from ``kinds_training.yaml``, ``tuning.yaml``, ``further.yaml``, the development halves of
``kinds.yaml`` and ``questions.yaml`` and the first turns of the development dialogues; no held-out
question is read for it. A softmax regression by AdaGrad in a fixed order, so that the same
questions give the same file. Takes about a minute.

    python bench/fit_kinds.py            write src/loccit/questions/kind_weights.tsv
    python bench/fit_kinds.py --check    fit on four fifths, five times; say how the rest is read
    python bench/fit_kinds.py --score    how the shipped weights read both halves of kinds.yaml
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from math import exp, sqrt
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from loccit.questions import QuestionReader, kinds
from loccit.questions.kind_weights import KindWeights
from loccit.questions.rules import load_reading_rules
from loccit.terms import QuestionKind
from loccit.vocabulary import load_vocabulary

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "src" / "loccit" / "questions" / "kind_weights.tsv"
HEAD = """\
# Weights of the features of a question for each kind; written by bench/fit_kinds.py, not by hand.
# Owner: Loccit engineers. Licence: CC0-1.0.
# Source: fitted on bench/kinds_training.yaml, bench/tuning.yaml, bench/further.yaml, the
# development halves of bench/kinds.yaml and bench/questions.yaml, and first turns of the
# development dialogues of bench/dialogues.yaml and bench/dialogues_tuning.yaml.
"""
ORDER = tuple(QuestionKind)
SETS = ("kinds.yaml", "questions.yaml", "tuning.yaml", "further.yaml")
DIALOGUES = ("dialogues.yaml", "dialogues_tuning.yaml")
ROUNDS, STEP, SHRINK = 20, 0.5, 1e-5
ALSO = 0.2
"""Share of a question that goes to the other kinds it may fairly be read as."""
LEAST_SEEN, LEAST_WEIGHT = 2, 0.15
"""Features seen less often, or that tell less, are left out of the file."""
FOLDS = 5
Weights = dict[str, list[float]]


class Example(NamedTuple):
    """A question as features, and the share of each kind in it."""

    source: str
    text: str
    features: Mapping[str, float]
    shares: list[float]
    kind: QuestionKind


def main() -> int:
    """Fit and write, or check by folds, or score what is shipped."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="fit on four fifths, read the rest")
    parser.add_argument("--score", action="store_true", help="score the shipped weights")
    options = parser.parse_args()
    if options.score:
        _score()
        return 0
    examples = list(_examples())
    if options.check:
        _check(examples)
        return 0
    WEIGHTS.write_text(_as_text(_fit(examples), _seen(examples)), encoding="utf-8")
    return 0


def _examples() -> Iterator[Example]:
    read = _reader()
    for question in _questions(*SETS, split="dev"):
        yield _example(read, question)
    for question in _first_turns(*DIALOGUES):
        yield _example(read, question)
    training = yaml.safe_load((HERE / "kinds_training.yaml").read_text(encoding="utf-8"))
    for kind, texts in training.items():
        for text in texts:
            yield _example(read, {"question": text, "kind": kind, "source": "training"})


def _questions(*names: str, split: str) -> Iterator[dict[str, Any]]:
    for name in names:
        for question in yaml.safe_load((HERE / name).read_text(encoding="utf-8")):
            if question.get("split", "dev") == split:
                yield {**question, "source": name}


def _first_turns(*names: str) -> Iterator[dict[str, Any]]:
    """The first turns of dialogues, which are whole questions."""
    for name in names:
        for dialogue in yaml.safe_load((HERE / name).read_text(encoding="utf-8")):
            first = dialogue["turns"][0]
            if dialogue["split"] == "dev" and first["expect"]["kind"] in ORDER:
                kind = first["expect"]["kind"]
                yield {"question": first["text"], "kind": kind, "source": name}


def _reader() -> Callable[[str], dict[str, float]]:
    """Features by the same steps as a question is read, with every word taken for known."""
    vocabulary = load_vocabulary()
    reader = QuestionReader(vocabulary, is_known=lambda _: True)

    def read(text: str) -> dict[str, float]:
        question = reader.read(text)
        for wrong, right in question.corrections:
            text = text.replace(wrong, right)
        stated = (group for group in question.population if group not in question.assumed)
        return kinds.kind_features(
            text,
            tuple(concept for concept in question.concepts if concept.end),
            question.patient,
            tuple(stated),
            load_reading_rules(),
            lineage=vocabulary.lineage,
        )

    return read


def _example(read: Callable[[str], dict[str, float]], question: dict[str, Any]) -> Example:
    also = [QuestionKind(name) for name in question.get("also", ())]
    kind = QuestionKind(question["kind"])
    shares = dict.fromkeys(ORDER, 0.0)
    shares[kind] = 1 - ALSO * bool(also)
    for each in also:
        shares[each] += ALSO / len(also)
    text = question["question"]
    return Example(question["source"], text, read(text), list(shares.values()), kind)


def _fit(examples: list[Example]) -> Weights:
    """Softmax regression by AdaGrad; the order of the examples is drawn from a fixed seed."""
    weights: Weights = {}
    slopes: Weights = {}
    order, draw = list(examples), random.Random(0)
    for _ in range(ROUNDS):
        draw.shuffle(order)
        for example in order:
            errors = _errors(weights, example)
            for name, value in example.features.items():
                row = weights.setdefault(name, [0.0] * len(ORDER))
                steep = slopes.setdefault(name, [1e-8] * len(ORDER))
                for place, error in enumerate(errors):
                    slope = error * value + SHRINK * row[place]
                    steep[place] += slope * slope
                    row[place] -= STEP * slope / sqrt(steep[place])
    return weights


def _errors(weights: Weights, example: Example) -> list[float]:
    sums = [0.0] * len(ORDER)
    for name, value in example.features.items():
        for place, weight in enumerate(weights.get(name, ())):
            sums[place] += weight * value
    top = max(sums)
    raised = [exp(each - top) for each in sums]
    total = sum(raised)
    return [each / total - share for each, share in zip(raised, example.shares, strict=True)]


def _seen(examples: list[Example]) -> Counter[str]:
    return Counter(name for example in examples for name in example.features)


def _kept(weights: Weights, seen: Counter[str]) -> Iterator[tuple[str, list[float]]]:
    """What goes into the file: each row about its mean, which tells no kind from another."""
    for name in sorted(weights):
        mean = sum(weights[name]) / len(ORDER)
        row = [round(weight - mean, 2) + 0.0 for weight in weights[name]]
        if seen[name] >= LEAST_SEEN and max(map(abs, row)) >= LEAST_WEIGHT:
            yield name, row


def _as_text(weights: Weights, seen: Counter[str]) -> str:
    rows = ("\t".join((name, *(f"{w:g}" for w in row))) for name, row in _kept(weights, seen))
    return "\n".join((HEAD + "\t".join(("feature", *ORDER)), *rows)) + "\n"


def _check(examples: list[Example]) -> None:
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for example, likely in _unseen(examples):
        count[example.source] += 1
        right[example.source] += max(ORDER, key=lambda kind: likely[kind]) is example.kind
    for source in count:
        print(f"{source}: {right[source] / count[source]:.1%} of {count[source]}")


def _unseen(examples: list[Example]) -> Iterator[tuple[Example, dict[QuestionKind, float]]]:
    """How likely each kind is for each example, by weights fitted without it."""
    for fold in range(FOLDS):
        rest = [each for place, each in enumerate(examples) if place % FOLDS != fold]
        model = KindWeights(
            kinds=ORDER, rows={n: tuple(row) for n, row in _kept(_fit(rest), _seen(rest))}
        )
        for example in examples[fold::FOLDS]:
            yield example, model.likelihoods(example.features)


def likelihoods_unseen() -> dict[str, dict[QuestionKind, float]]:
    """The kinds of each question learnt from, likeliest first, by weights that never saw it."""
    found = {}
    for example, likely in _unseen(list(_examples())):
        ranked = sorted(ORDER, key=lambda kind: -likely[kind])
        least = kinds.LIKELY * likely[ranked[0]]
        found[example.text] = {kind: likely[kind] for kind in ranked if likely[kind] >= least}
    return found


def _score() -> None:
    reader = QuestionReader(load_vocabulary(), is_known=lambda _: True)
    for split in ("dev", "held_out"):
        questions = list(_questions("kinds.yaml", split=split))
        read = [reader.read(question["question"]) for question in questions]
        pairs = list(zip(questions, read, strict=True))
        first = sum(r.kind == q["kind"] for q, r in pairs)
        either = sum(r.kind in (q["kind"], *q.get("also", ())) for q, r in pairs)
        near = sum(q["kind"] in (r.kind, *r.also[:1]) for q, r in pairs)
        total = len(pairs)
        print(
            f"{split}: {first / total:.1%} of {total} as meant, {either / total:.1%} fairly, "
            f"{near / total:.1%} among the first two"
        )


if __name__ == "__main__":
    sys.exit(main())
