"""Reads a safetensors file: a JSON header that says where each array lies, then the arrays.

The format cannot carry code. Whatever the header claims is held against the bytes that are there.
"""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

from loccit.ports import Matrix
from loccit.terms import ModelError

__all__ = ["read_safetensors"]

LENGTH_BYTES = 8
FLOAT32 = "F32"
MAX_HEADER = 16 * 1024**2


def read_safetensors(data: bytes) -> dict[str, Matrix]:
    """The float32 arrays in ``data`` by name, as read-only views of it; others are passed over.

    Raises ``ModelError`` when the header and the bytes do not fit each other.
    """
    start = LENGTH_BYTES + int.from_bytes(data[:LENGTH_BYTES], "little")
    if len(data) < LENGTH_BYTES or start > min(len(data), MAX_HEADER):
        raise ModelError("the weights are no safetensors file: the header is longer than the file")
    try:
        header = json.loads(data[LENGTH_BYTES:start])
        return {
            name: _array(data, start, entry)
            for name, entry in header.items()
            if name != "__metadata__" and entry["dtype"] == FLOAT32
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError(f"the weights are no safetensors file: {error}") from None


def _array(data: bytes, start: int, entry: dict[str, Any]) -> Matrix:
    shape = tuple(int(size) for size in entry["shape"])
    first, end = (start + int(offset) for offset in entry["data_offsets"])
    count = math.prod(shape)
    if min(shape, default=0) < 0 or not start <= first <= end <= len(data):
        raise ValueError("an array lies outside the file")
    if end - first != count * np.dtype(np.float32).itemsize:
        raise ValueError("an array's size is not that of its shape")
    return np.frombuffer(data, "<f4", count=count, offset=first).reshape(shape)
