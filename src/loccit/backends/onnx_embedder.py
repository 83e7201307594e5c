"""Sentence vectors from an ONNX model, by ONNX Runtime on the processor.

Each text runs by itself, several at once on threads. In a batch the 8-bit scales would be taken
over all its texts, and a passage's vector would depend on its neighbours; alone it depends on its
own words, and nothing is spent on padding.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
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

    def _rows(self, texts: Sequence[str], prefix: str) -> Matrix:
        rows = np.empty((len(texts), self.dimensions), np.float32)

        def fill(number: int) -> None:
            rows[number] = self._vector(prefix + texts[number])

        if len(texts) < 2 or self._threads == 1:  # noqa: PLR2004 - one text needs no threads
            for number in range(len(texts)):
                fill(number)
            return rows
        # The longest first, so that no thread is left with one at the end.
        order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
        with ThreadPoolExecutor(self._threads) as pool:
            for _ in pool.map(fill, order):
                pass
        return rows

    def _vector(self, text: str) -> Matrix:
        # Half a surrogate pair is no character and the tokenizer refuses it.
        words = text.encode("utf-8", "replace").decode("utf-8")
        tokens = self._tokenizer.encode(words).ids
        fed = {name: self._fed(name, tokens) for name in self._inputs}
        output = self._session.run([self._file.output] if self._file.output else None, fed)[0]
        vector = self._pooled(np.asarray(output, np.float32)[0])
        length = float(np.linalg.norm(vector))
        if not (np.isfinite(length) and length > 0):
            raise ModelError(f"the model {self.name} gave no vector for {text[:40]!r}")
        unit: Matrix = vector / np.float32(length)
        return unit

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
