"""A tiny model of the BERT family with made-up weights, and a second way to compute its vectors."""

from __future__ import annotations

import hashlib
import json
import math
import zipfile
from pathlib import Path

import msgspec
import numpy as np

from loccit.backends.model_format import PublishedFile, PublishedModel, published

WIDTH, INNER, HEADS, LAYERS, PLACES = 32, 64, 4, 2, 40
WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "examplamine",
    "relieves",
    "relieved",
    "pain",
    "in",
    "adults",
    "is",
    "by",
    "the",
    "moon",
    "rose",
    "over",
    "a",
    "quiet",
    "harbour",
    "dose",
    "and",
    "or",
    "not",
    "of",
    "x",
    "##x",
    "##s",
    "##d",
    ",",
    ".",
    "?",
    "(",
    ")",
    "'",
    '"',
    "-",
    ":",
    "/",
    "+",
    "&",
    "^",
    "~",
    "*",
    "1",
    "2",
    "3",
]
TEXTS = (
    "Examplamine relieves pain in adults.",
    "",
    "the moon rose over a quiet harbour, and the dose is not of the moon",
    "pain " * 60,
)


def weights(seed: int = 0) -> dict[str, np.ndarray]:
    """Random weights, small enough that the layers stay apart from one another."""
    numbers = np.random.default_rng(seed)

    def some(*shape: int) -> np.ndarray:
        return (numbers.standard_normal(shape) * 0.2).astype(np.float32)

    found = {
        "embeddings.word_embeddings.weight": some(len(WORDS), WIDTH),
        "embeddings.position_embeddings.weight": some(PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": some(2, WIDTH),
        "embeddings.LayerNorm.weight": 1 + some(WIDTH),
        "embeddings.LayerNorm.bias": some(WIDTH),
    }
    for layer in range(LAYERS):
        start = f"encoder.layer.{layer}."
        shapes = {
            "attention.self.query": (WIDTH, WIDTH),
            "attention.self.key": (WIDTH, WIDTH),
            "attention.self.value": (WIDTH, WIDTH),
            "attention.output.dense": (WIDTH, WIDTH),
            "intermediate.dense": (INNER, WIDTH),
            "output.dense": (WIDTH, INNER),
        }
        for part, shape in shapes.items():
            found[f"{start}{part}.weight"] = some(*shape)
            found[f"{start}{part}.bias"] = some(shape[0])
        for part in ("attention.output.LayerNorm", "output.LayerNorm"):
            found[f"{start}{part}.weight"] = 1 + some(WIDTH)
            found[f"{start}{part}.bias"] = some(WIDTH)
    return found


def safetensors(arrays: dict[str, np.ndarray]) -> bytes:
    """The arrays as a safetensors file."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    body = b""
    for name, array in arrays.items():
        data = array.tobytes()
        kind = {"float32": "F32", "int64": "I64"}[str(array.dtype)]
        offsets = [len(body), len(body) + len(data)]
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": offsets}
        body += data
    head = json.dumps(header).encode()
    return len(head).to_bytes(8, "little") + head + body


def tokenizer() -> bytes:
    """A WordPiece tokenizer over ``WORDS``; it pads and cuts on its own, as published ones do."""
    special = [
        {"id": number, "content": word, "single_word": False, "lstrip": False, "rstrip": False,
         "normalized": False, "special": True}
        for number, word in enumerate(WORDS[:4])
    ]  # fmt: skip
    template = [
        {"SpecialToken": {"id": "[CLS]", "type_id": 0}},
        {"Sequence": {"id": "A", "type_id": 0}},
        {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
    ]
    return json.dumps({
        "version": "1.0",
        "truncation": {"max_length": 8, "strategy": "LongestFirst", "stride": 0},
        "padding": {"strategy": {"Fixed": 8}, "direction": "Right", "pad_to_multiple_of": None,
                    "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"},
        "added_tokens": special,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "TemplateProcessing", "single": template, "pair": template,
                           "special_tokens": {
                               "[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                               "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
        "decoder": None,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100,
                  "vocab": {word: number for number, word in enumerate(WORDS)}},
    }).encode()  # fmt: skip


def listed(name: str, data: bytes) -> PublishedFile:
    """The file as its publisher would list it."""
    return PublishedFile(name=name, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def small_model(files: dict[str, bytes], **changed: object) -> PublishedModel:
    """The catalogue's entry for these files."""
    return msgspec.structs.replace(
        published(),
        **{
            "name": "small",
            "title": "A small model",
            "heads": HEADS,
            "dimensions": WIDTH,
            "max_tokens": 32,
            "weights": listed("model.safetensors", files["model.safetensors"]),
            "tokenizer": listed("tokenizer.json", files["tokenizer.json"]),
            **changed,
        },
    )


def small_files(seed: int = 0) -> dict[str, bytes]:
    """The two files of the small model, with a table of places as published ones have."""
    arrays = {"embeddings.position_ids": np.arange(PLACES)[None], **weights(seed)}
    return {"model.safetensors": safetensors(arrays), "tokenizer.json": tokenizer()}


def in_folder(folder: Path, files: dict[str, bytes]) -> Path:
    """The files, written into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def in_wheel(path: Path, files: dict[str, bytes]) -> Path:
    """A wheel that carries the files in a package, with code beside them that must never run."""
    trap = f"raise SystemExit(open({str(path.with_suffix('.ran'))!r}, 'w'))"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr("carrier/__init__.py", trap)
        for name, data in files.items():
            wheel.writestr(f"carrier/model/{name}", data)
        info = "carrier-1.0.dist-info"
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: carrier\nVersion: 1.0\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
    return path


# --- the same encoder once more, written from its definition


def vector(arrays: dict[str, np.ndarray], tokens: list[int]) -> np.ndarray:
    """The sentence vector of one text: mean over its tokens, then unit length."""
    at = {name: array.astype(np.float64) for name, array in arrays.items()}
    states = (
        at["embeddings.word_embeddings.weight"][tokens]
        + at["embeddings.position_embeddings.weight"][: len(tokens)]
        + at["embeddings.token_type_embeddings.weight"][0]
    )
    states = _normalised(states, at, "embeddings.LayerNorm")
    for layer in range(LAYERS):
        start = f"encoder.layer.{layer}."
        mixed = _dense(_attended(states, at, start), at, f"{start}attention.output.dense")
        states = _normalised(states + mixed, at, f"{start}attention.output.LayerNorm")
        wide = _gelu(_dense(states, at, f"{start}intermediate.dense"))
        states = _normalised(
            states + _dense(wide, at, f"{start}output.dense"), at, f"{start}output.LayerNorm"
        )
    mean = states.mean(axis=0)
    return mean / np.linalg.norm(mean)


def _attended(states: np.ndarray, at: dict[str, np.ndarray], start: str) -> np.ndarray:
    query, key, value = (
        _dense(states, at, f"{start}attention.self.{part}") for part in ("query", "key", "value")
    )
    size = WIDTH // HEADS
    parts = []
    for head in range(HEADS):
        here = slice(head * size, (head + 1) * size)
        scores = query[:, here] @ key[:, here].T / math.sqrt(size)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        parts.append(shares / shares.sum(axis=1, keepdims=True) @ value[:, here])
    return np.concatenate(parts, axis=1)


def _dense(states: np.ndarray, at: dict[str, np.ndarray], name: str) -> np.ndarray:
    return states @ at[f"{name}.weight"].T + at[f"{name}.bias"]


def _gelu(value: np.ndarray) -> np.ndarray:
    return value * 0.5 * (1 + np.vectorize(math.erf)(value / math.sqrt(2)))


def _normalised(value: np.ndarray, at: dict[str, np.ndarray], name: str) -> np.ndarray:
    centred = value - value.mean(axis=1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12)
    return scaled * at[f"{name}.weight"] + at[f"{name}.bias"]
