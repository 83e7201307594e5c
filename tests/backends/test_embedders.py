"""Every embedder keeps the same promises, and the real model gives its publisher's own vectors."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

np = pytest.importorskip("numpy", reason="the extra 'model' is not installed")
pytest.importorskip("onnxruntime", reason="the extra 'model' is not installed")

from given import SHARED_DATA  # noqa: E402
from loccit.testing.embedding import EMBEDDER_CHECKS, HashedWords, check_embedder  # noqa: E402
from loccit.wiring import models_here, open_embedder  # noqa: E402

MODELS = Path(os.environ.get("LOCCIT_MODELS", SHARED_DATA.parents[1] / "models"))
MINILM = "all-minilm-l6-v2"
LEAST = {"float32": 0.999, "int8": 0.96}
each_check = pytest.mark.parametrize(
    "check", EMBEDDER_CHECKS, ids=lambda check: check.__name__.removeprefix("_check_")
)


@pytest.fixture(scope="module")
def minilm():
    """Opens the fetched model in a numeric form; skips where none is here."""
    if not any(here.model.name == MINILM for here in models_here(MODELS)):
        pytest.skip(f"no {MINILM} at {MODELS}: fetch it with `loccit model fetch`")
    opened = {form: open_embedder(folder=MODELS, name=MINILM, form=form) for form in LEAST}
    return opened.__getitem__


@each_check
def test_the_fake_embedder_conforms(check):
    check(HashedWords())


@each_check
@pytest.mark.parametrize("form", LEAST)
def test_the_real_model_conforms(minilm, form, check):
    check(minilm(form))


def test_an_embedder_that_breaks_a_promise_is_named_with_it():
    class Mixing(HashedWords):
        def embed(self, texts):
            rows = super().embed(texts) + 0.01 * len(texts)
            return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    with pytest.raises(AssertionError) as caught:
        check_embedder(Mixing())
    assert "_check_alone" in caught.value.__notes__[0]


def test_words_in_common_bring_fake_vectors_near():
    first, same, other = HashedWords().embed(["dose of tablets", "tablets dose", "quiet harbour"])
    assert first @ same > 0.7
    assert abs(first @ other) < 0.5


@pytest.mark.parametrize("form", LEAST)
def test_the_real_model_agrees_with_its_reference(minilm, shared_data, form):
    """The reference was made by the publisher's own software (shared data, README)."""
    reference = json.loads((shared_data / "minilm_reference.json").read_text(encoding="utf-8"))
    rows = minilm(form).embed(reference["sentences"])
    cosines = (rows * np.array(reference["embeddings"], np.float32)).sum(axis=1)
    assert cosines.min() >= LEAST[form]


def test_the_real_model_brings_near_what_shares_no_word(minilm):
    question, near, far = minilm("int8").embed(
        ["heart attack", "myocardial infarction", "broken wrist"]
    )
    assert question @ near > question @ far + 0.2
