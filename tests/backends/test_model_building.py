"""A fetched model is built into graphs that compute what its weights mean, and put in place whole."""

from __future__ import annotations

from pathlib import Path

import pytest

np = pytest.importorskip("numpy", reason="the extra 'model' is not installed")
onnx = pytest.importorskip("onnx", reason="the extra 'model' is not installed")
pytest.importorskip("onnxruntime", reason="the extra 'model' is not installed")

from small_model import (  # noqa: E402
    HEADS,
    TEXTS,
    WIDTH,
    in_folder,
    safetensors,
    small_files,
    small_model,
    tokenizer,
    vector,
    weights,
)

from loccit.backends import model_building  # noqa: E402
from loccit.backends.bert_graph import bert_graph  # noqa: E402
from loccit.backends.model_building import build_model  # noqa: E402
from loccit.backends.model_format import as_toml, load_catalogue, read_model_file  # noqa: E402
from loccit.backends.model_sources import Taken  # noqa: E402
from loccit.backends.onnx_embedder import OnnxEmbedder  # noqa: E402
from loccit.backends.safetensors_file import read_safetensors  # noqa: E402
from loccit.terms import DataFileError, ModelError  # noqa: E402
from loccit.testing.embedding import EMBEDDER_CHECKS  # noqa: E402

MEANINGLESS_CHECKS = [each for each in EMBEDDER_CHECKS if each.__name__ != "_check_nearness"]
"""Made-up weights bring nothing near."""


def build(models: Path, seed: int = 0, **changed: object) -> Path:
    files = small_files(seed)
    taken = Taken(weights=files["model.safetensors"], tokenizer=files["tokenizer.json"])
    build_model(models, small_model(files, **changed), taken)
    return models / "small"


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    return build(tmp_path_factory.mktemp("models"))


def tokens(folder: Path, text: str) -> list[int]:
    return OnnxEmbedder(folder)._tokenizer.encode(text).ids


def test_the_float_graph_computes_what_the_definition_says(small):
    rows = OnnxEmbedder(small, form="float32").embed(TEXTS)
    for text, row in zip(TEXTS, rows, strict=True):
        assert np.abs(row - vector(weights(), tokens(small, text))).max() < 1e-5


def test_the_8_bit_graph_stays_near_it(small):
    exact, rows = (OnnxEmbedder(small, form=form).embed(TEXTS) for form in ("float32", "int8"))
    assert (exact * rows).sum(axis=1).min() > 0.98


@pytest.mark.parametrize("form", ["float32", "int8"])
@pytest.mark.parametrize("check", MEANINGLESS_CHECKS, ids=lambda check: check.__name__)
def test_a_built_model_conforms(small, form, check):
    check(OnnxEmbedder(small, form=form))


def test_a_graph_is_sound_and_of_standard_operators():
    for form in ("float32", "int8"):
        graph = onnx.load_from_string(bert_graph(weights(), heads=HEADS, epsilon=1e-12, form=form))
        onnx.checker.check_model(graph, full_check=True)
        assert {node.domain for node in graph.graph.node} == {""}


def test_padding_changes_nothing_in_the_float_graph(small):
    """Other programs that read the graph may run batches."""
    embedder = OnnxEmbedder(small, form="float32")
    ids = tokens(small, TEXTS[0])
    fed = {
        "input_ids": np.array([ids + [0] * 5], np.int64),
        "attention_mask": np.array([[1] * len(ids) + [0] * 5], np.int64),
    }
    states = embedder._session.run(None, fed)[0][0, : len(ids)].mean(axis=0)
    assert np.abs(states / np.linalg.norm(states) - embedder.embed(TEXTS[:1])[0]).max() < 1e-5


def test_text_past_the_window_is_not_read(small):
    embedder = OnnxEmbedder(small)
    assert len(tokens(small, "pain " * 60)) == 32
    first, second = embedder.embed(["pain " * 60, "pain " * 40 + "moon"])
    assert first.tobytes() == second.tobytes()


def test_the_same_weights_build_the_same_bytes(tmp_path):
    first, second = build(tmp_path / "a"), build(tmp_path / "b")
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_the_name_of_the_vectors_changes_with_the_weights_and_the_form(tmp_path):
    first, second = build(tmp_path / "a"), build(tmp_path / "b", seed=1)
    names = {
        OnnxEmbedder(folder, form=form).name
        for folder in (first, second)
        for form in ("int8", "float32")
    }
    assert len(names) == 4


def test_8_bits_that_lose_too_much_on_this_machine_are_not_used(tmp_path):
    folder = build(tmp_path, least_cosine=1.0)
    assert read_model_file(folder).form == "float32"
    assert OnnxEmbedder(folder).name.endswith("/float32")


# --- put in place


def test_nothing_is_left_beside_a_built_model(tmp_path):
    folder = build(tmp_path)
    assert list(tmp_path.iterdir()) == [folder]
    described = read_model_file(folder)
    expected = {described.tokenizer, *described.graphs.values(), "model.toml"}
    assert {path.name for path in folder.iterdir()} == expected


def test_a_newer_build_takes_the_place_of_the_older(tmp_path, monkeypatch):
    before = build(tmp_path)
    (before / "notes.txt").write_text("the user's own")
    monkeypatch.setattr(model_building, "BUILD", "2")
    after = read_model_file(build(tmp_path))
    assert after.version.endswith(".2")
    left = {path.name for path in before.iterdir()}
    assert left == {after.tokenizer, *after.graphs.values(), "model.toml", "notes.txt"}


@pytest.mark.parametrize("step", ["_tried", "_moved_in", "bert_graph"])
def test_a_build_that_fails_leaves_the_model_that_was_there(tmp_path, monkeypatch, step):
    folder = build(tmp_path)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(model_building, step, fails)
    with pytest.raises(OSError, match="No space"):
        build(tmp_path, seed=1)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert list(tmp_path.iterdir()) == [folder]


# --- weights that are not what they should be


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"short",
        b"\xff" * 64,
        (2).to_bytes(8, "little") + b"[]",
        (2).to_bytes(8, "little") + b"{]",
        (9).to_bytes(8, "little") + b'{"a": {}}',
        safetensors({"a": np.ones(4, np.float32)})[:-1],
        safetensors({"a": np.ones(4, np.float32)}).replace(b'"shape": [4]', b'"shape": [5]'),
        safetensors({"a": np.ones(4, np.float32)}).replace(b"[0, 16]", b"[8, 24]"),
        safetensors({"a": np.ones(4, np.float32)}).replace(b"[0, 16]", b"[-9,7]"),
        safetensors({"a": np.ones(4, np.float32)}).replace(b"[4]", b"4.0"),
        (200_000).to_bytes(8, "little") + b"[" * 200_000,
    ],
)
def test_a_broken_weights_file_is_refused(data):
    with pytest.raises(ModelError, match=r"^the weights are no safetensors file: "):
        read_safetensors(data)


def test_a_missing_weight_is_named():
    for name in ("encoder.layer.1.output.dense.bias", "embeddings.word_embeddings.weight"):
        lacking = weights()
        del lacking[name]
        with pytest.raises(ModelError, match=name):
            bert_graph(lacking, heads=HEADS, epsilon=1e-12, form="int8")


def test_weights_of_another_shape_are_refused():
    with pytest.raises(ModelError, match="do not fit"):
        bert_graph(weights(), heads=5, epsilon=1e-12, form="float32")


def test_weights_that_give_no_vector_are_refused(tmp_path):
    arrays = {**weights(), "embeddings.LayerNorm.bias": np.full(WIDTH, np.nan, np.float32)}
    files = {"model.safetensors": safetensors(arrays), "tokenizer.json": tokenizer()}
    taken = Taken(weights=files["model.safetensors"], tokenizer=files["tokenizer.json"])
    with pytest.raises(ModelError, match="gave no vector"):
        build_model(tmp_path, small_model(files), taken)
    assert list(tmp_path.iterdir()) == []


# --- a model of the user's own


def own_model(folder: Path, graph: bytes, **fields: object) -> Path:
    """A model as a user would configure it, with a graph from elsewhere."""
    in_folder(folder, {"tokenizer.json": tokenizer(), "own.onnx": graph})
    lines = {
        "schema": "loccit/model/1",
        "name": "own",
        "version": "7",
        "title": "Our own",
        "licence": "none",
        "dimensions": WIDTH,
        "max_tokens": 16,
        "pooling": "mean",
        "form": "float32",
        **fields,
    }
    text = "\n".join(f"{key} = {value!r}" for key, value in lines.items() if value is not None)
    (folder / "model.toml").write_text(f'{text}\n[graphs]\nfloat32 = "own.onnx"\n')
    return folder


def float_graph() -> bytes:
    return bert_graph(weights(), heads=HEADS, epsilon=1e-12, form="float32")


def pooled_graph() -> bytes:
    """A graph that asks for token types, pools by itself and names its output."""
    graph = onnx.load_from_string(float_graph()).graph
    types = onnx.helper.make_tensor_value_info(
        "token_type_ids", onnx.TensorProto.INT64, ["batch", "length"]
    )
    graph.input.append(types)
    graph.node.append(
        onnx.helper.make_node("ReduceMean", ["last_hidden_state", "axis"], ["sentence"], keepdims=0)
    )
    graph.initializer.append(onnx.numpy_helper.from_array(np.array([1]), "axis"))
    shape = ["batch", WIDTH]
    graph.output.append(
        onnx.helper.make_tensor_value_info("sentence", onnx.TensorProto.FLOAT, shape)
    )
    opset = [onnx.helper.make_opsetid("", 20)]
    return onnx.helper.make_model(graph, opset_imports=opset, ir_version=9).SerializeToString()


def test_any_sentence_model_can_be_configured(tmp_path):
    plain = OnnxEmbedder(own_model(tmp_path / "a", float_graph()))
    pooled = OnnxEmbedder(
        own_model(tmp_path / "b", pooled_graph(), pooling="none", output="sentence")
    )
    assert plain.name == "own@7/float32"
    assert np.abs(plain.embed(TEXTS) - pooled.embed(TEXTS)).max() < 1e-5


def test_the_first_token_can_stand_for_the_text(tmp_path):
    first = OnnxEmbedder(own_model(tmp_path / "a", float_graph(), pooling="first"))
    mean = OnnxEmbedder(own_model(tmp_path / "b", float_graph()))
    assert np.abs(first.embed(TEXTS) - mean.embed(TEXTS)).max() > 0.01


def test_questions_and_passages_can_have_words_before_them(tmp_path):
    embedder = OnnxEmbedder(
        own_model(tmp_path, float_graph(), question_prefix="moon: ", passage_prefix="dose: ")
    )
    plain = OnnxEmbedder(own_model(tmp_path / "plain", float_graph()))
    assert (embedder.embed_questions(["pain"]) == plain.embed(["moon: pain"])).all()
    assert (embedder.embed(["pain"]) == plain.embed(["dose: pain"])).all()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"dimensions": 99}, "gives values of shape"),
        ({"pooling": "none"}, "gives values of shape"),
    ],
)
def test_a_model_that_is_described_wrongly_says_so(tmp_path, fields, message):
    embedder = OnnxEmbedder(own_model(tmp_path, float_graph(), **fields))
    with pytest.raises(ModelError, match=message):
        embedder.embed(["pain"])


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"pooling": "max"}, "pooling"),
        ({"form": "int8"}, "form 'int8' has no graph"),
        ({"tokenizer": "../x"}, "tokenizer"),
        ({"surprise": 1}, "surprise"),
        ({"licence": None}, "licence"),
    ],
)
def test_a_description_that_breaks_its_form_is_refused(tmp_path, fields, message):
    with pytest.raises(DataFileError, match=message):
        OnnxEmbedder(own_model(tmp_path, float_graph(), **fields))


@pytest.mark.parametrize("name", ["own.onnx", "tokenizer.json"])
@pytest.mark.parametrize("data", [None, b"", b"no model"])
def test_a_damaged_file_is_one_line(tmp_path, name, data):
    folder = own_model(tmp_path, float_graph())
    (folder / name).unlink()
    if data is not None:
        (folder / name).write_bytes(data)
    with pytest.raises(ModelError, match=r"^[^\n]*cannot be used[^\n]*$"):
        OnnxEmbedder(folder)


def test_a_form_that_is_not_there_is_named_with_those_that_are(small):
    with pytest.raises(ModelError, match="no form 'int4'; it has: float32, int8"):
        OnnxEmbedder(small, form="int4")


def test_a_folder_without_a_model_says_how_to_fetch_one(tmp_path):
    with pytest.raises(ModelError, match="loccit model fetch"):
        OnnxEmbedder(tmp_path / "nothing")


def test_a_written_description_reads_as_it_was(small):
    described = read_model_file(small)
    assert (small / "model.toml").read_text(encoding="utf-8") == as_toml(described)


def test_the_description_in_the_docs_is_one_that_can_be_read(tmp_path):
    page = Path(__file__).parents[2] / "docs" / "embedding.md"
    shown = page.read_text(encoding="utf-8").split("```toml\n", 1)[1].split("```", 1)[0]
    (tmp_path / "model.toml").write_text(shown, encoding="utf-8")
    assert read_model_file(tmp_path).graphs == {"float32": "model.onnx"}


def test_the_shipped_list_names_its_default():
    catalogue = load_catalogue()
    assert catalogue.default in {model.name for model in catalogue.models}
    assert all(model.hub.startswith("https://") for model in catalogue.models)
