"""Sentence vectors from an ONNX model, by ONNX Runtime on the processor.

Each text runs by itself, several at once on threads. In a batch the 8-bit scales would be taken
over all its texts, and a passage's vector would depend on its neighbours; alone it depends on its
own words, and nothing is spent on padding.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from loccit.backends.model_format import ModelFile, read_model_file
from loccit.ports import Matrix
from loccit.terms import ModelError

__all__ = ["OnnxEmbedder"]

ERRORS_ONLY = 3
"""The runtime's own messages are no part of our output."""


class OnnxEmbedder:
    """An ``Embedder`` over the model in a folder (its ``model.toml`` says how to feed it).

    ``form`` picks the numeric form, as ``int8`` or ``float32``; ``threads`` is how many texts run
    at once, nought for all cores that this process may use. Raises ``ModelError``.
    """

    def __init__(self, folder: Path, *, form: str = "", threads: int = 0) -> None:
        self._file = read_model_file(folder)
        self._threads = threads or _cores()
        form = form or self._file.form
        if form not in self._file.graphs:
            forms = ", ".join(sorted(self._file.graphs))
            raise ModelError(f"the model at {folder} has no form {form!r}; it has: {forms}")
        self.name = f"{self._file.name}@{self._file.version}/{form}"
        self.dimensions = self._file.dimensions
        self._tokenizer = _tokenizer(folder / self._file.tokenizer, self._file)
        self._session = _session(folder / self._file.graphs[form])
        self._inputs = [each.name for each in self._session.get_inputs()]

    def embed(self, texts: Sequence[str]) -> Matrix:
        """A row for each passage."""
        return self._rows(texts, self._file.passage_prefix)

    def embed_questions(self, texts: Sequence[str]) -> Matrix:
        """A row for each question."""
        return self._rows(texts, self._file.question_prefix)

    def tokens(self, texts: Sequence[str]) -> list[Matrix]:
        """A matrix for each passage, without rows where the model gives a text one vector."""
        return self._each(texts, self._file.passage_prefix, self._token_rows)

    def question_tokens(self, texts: Sequence[str]) -> list[Matrix]:
        """A matrix for each question."""
        return self._each(texts, self._file.question_prefix, self._token_rows)

    def _rows(self, texts: Sequence[str], prefix: str) -> Matrix:
        rows = self._each(texts, prefix, self._vector)
        return np.stack(rows) if rows else np.empty((0, self.dimensions), np.float32)

    def _each(
        self, texts: Sequence[str], prefix: str, made: Callable[[str], Matrix]
    ) -> list[Matrix]:
        """What is made of each text, in order."""
        if len(texts) < 2 or self._threads == 1:  # noqa: PLR2004 - one text needs no threads
            return [made(prefix + text) for text in texts]
        # The longest first, so that no thread is left with one at the end.
        order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
        with ThreadPoolExecutor(self._threads) as pool:
            found = pool.map(lambda number: made(prefix + texts[number]), order)
            return [each for _, each in sorted(zip(order, found, strict=True), key=_place)]

    def _vector(self, text: str) -> Matrix:
        vector = self._pooled(self._run(self._encoded(text).ids))
        length = float(np.linalg.norm(vector))
        if not (np.isfinite(length) and length > 0):
            raise ModelError(f"the model {self.name} gave no vector for {text[:40]!r}")
        unit: Matrix = vector / np.float32(length)
        return unit

    def _token_rows(self, text: str) -> Matrix:
        """Unit rows of the tokens of a text; those that only mark its ends are left out."""
        if self._file.pooling == "none":
            return np.empty((0, self.dimensions), np.float32)
        encoded = self._encoded(text)
        told = np.array(encoded.special_tokens_mask) == 0
        rows: Matrix = self._run(encoded.ids)[told]
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        units: Matrix = rows / np.maximum(lengths, np.finfo(np.float32).tiny)
        return units

    def _encoded(self, text: str) -> Any:
        # Half a surrogate pair is no character and the tokenizer refuses it.
        return self._tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8"))

    def _run(self, tokens: list[int]) -> Matrix:
        """What the model gives for these tokens: a row for each, or one for all."""
        fed = {name: self._fed(name, tokens) for name in self._inputs}
        output = self._session.run([self._file.output] if self._file.output else None, fed)[0]
        first: Matrix = np.asarray(output, np.float32)[0]
        return first

    def _fed(self, name: str, tokens: list[int]) -> Any:
        if name == "input_ids":
            return np.array([tokens], np.int64)
        if name == "attention_mask":
            return np.ones((1, len(tokens)), np.int64)
        return np.zeros((1, len(tokens)), np.int64)  # token types: all of one text

    def _pooled(self, output: Matrix) -> Matrix:
        pooling = self._file.pooling
        if output.ndim != (1 if pooling == "none" else 2) or output.shape[-1] != self.dimensions:
            raise ModelError(
                f"the model {self.name} gives values of shape {output.shape} for a text, not of "
                f"{self.dimensions} dimensions with pooling {pooling!r}; correct its model.toml"
            )
        if pooling == "mean":
            mean: Matrix = output.mean(axis=0, dtype=np.float32)
            return mean
        return output[0] if pooling == "first" else output


def _place(told: tuple[int, Matrix]) -> int:
    return told[0]


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _tokenizer(path: Path, model: ModelFile) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.no_padding()
        tokenizer.enable_truncation(model.max_tokens)
    except Exception as error:  # noqa: BLE001 - the library raises nothing narrower
        raise _damaged(path, error) from None
    return tokenizer


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # every text has another length
    options.log_severity_level = ERRORS_ONLY
    # Processors without 8-bit dot products would overflow; where they have them this does nothing.
    options.add_session_config_entry("session.x64quantprecision", "1")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - the library's errors have no common base
        raise _damaged(path, error) from None


def _damaged(path: Path, error: Exception) -> ModelError:
    cause = " ".join(str(error).split())[:200]
    return ModelError(f"{path} cannot be used ({cause}); fetch the model again")
