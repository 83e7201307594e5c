"""Writes an encoder of the BERT family as an ONNX graph, from its weights alone.

Standard ONNX operators only, so that any runtime can read it. The same graph is written in float32
or with 8-bit matrix products; layers, sizes and vocabulary are read off the weights.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from loccit.ports import Matrix
from loccit.terms import ModelError

__all__ = ["FORMS", "GraphForm", "bert_graph"]

GraphForm = Literal["float32", "int8"]
FORMS: tuple[GraphForm, ...] = ("float32", "int8")

OPSET = 20
"""The first with ``Gelu``, which saves a chain of small operators."""
IR_VERSION = 9
HIDDEN = "last_hidden_state"
INT8_MOST = 127
MASKED = -1e4
"""Added to the score of a token that is padding: its share of attention vanishes."""


def bert_graph(
    weights: Mapping[str, Matrix], *, heads: int, epsilon: float, form: GraphForm
) -> bytes:
    """The graph's bytes: ``input_ids`` and ``attention_mask`` in, ``last_hidden_state`` out.

    ``int8`` holds each weight matrix in 8 bits with a scale for each output channel, measures the
    activations' scale as it runs, and keeps word vectors in float16. The same weights give the
    same bytes. Raises ``ModelError`` when a weight is missing or of another shape.
    """
    try:
        return _Writer(weights, heads=heads, epsilon=epsilon, form=form).write()
    except KeyError as error:
        raise ModelError(f"the weights hold no {error.args[0]!r}") from None
    except (ValueError, IndexError) as error:
        raise ModelError(f"the weights do not fit a BERT encoder: {error}") from None


class _Writer:
    def __init__(
        self, weights: Mapping[str, Matrix], *, heads: int, epsilon: float, form: GraphForm
    ) -> None:
        self._weights, self._heads, self._epsilon, self._form = weights, heads, epsilon, form
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []
        self._width = weights["embeddings.word_embeddings.weight"].shape[1]
        if self._width % heads:
            raise ValueError(f"{self._width} dimensions cannot be split among {heads} heads")

    def write(self) -> bytes:
        states = self._embedded()
        mask = self._mask()
        for layer in range(self._layers()):
            states = self._layer(states, mask, f"encoder.layer.{layer}.")
        self._nodes.append(helper.make_node("Identity", [states], [HIDDEN]))
        written: bytes = self._model().SerializeToString(deterministic=True)
        return written

    def _model(self) -> ModelProto:
        shape = ["batch", "length"]
        graph = helper.make_graph(
            self._nodes,
            "sentence-encoder",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, shape)
                for name in ("input_ids", "attention_mask")
            ],
            [helper.make_tensor_value_info(HIDDEN, TensorProto.FLOAT, [*shape, self._width])],
            self._constants,
        )
        opset = helper.make_opsetid("", OPSET)
        return helper.make_model(
            graph, opset_imports=[opset], ir_version=IR_VERSION, producer_name="loccit"
        )

    def _layers(self) -> int:
        named = {name.split(".")[2] for name in self._weights if name.startswith("encoder.layer.")}
        if not named:
            raise KeyError("encoder.layer.0")
        return len(named)

    # Operators -------------------------------------------------------------------------------

    def _constant(self, value: Any) -> str:
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def _scalar(self, value: float) -> str:
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.array(value, np.float32), name))
        return name

    def _apply(self, operator: str, *inputs: str, **attributes: Any) -> str:
        return self._apply_many(operator, *inputs, outputs=1, **attributes)[0]

    def _apply_many(
        self, operator: str, *inputs: str, outputs: int, **attributes: Any
    ) -> list[str]:
        names = [f"value_{len(self._nodes)}_{number}" for number in range(outputs)]
        self._nodes.append(helper.make_node(operator, list(inputs), names, **attributes))
        return names

    def _to_float(self, value: str) -> str:
        return self._apply("Cast", value, to=TensorProto.FLOAT)

    def _normalised(self, value: str, prefix: str) -> str:
        scale, shift = (self._weights[f"{prefix}.{part}"] for part in ("weight", "bias"))
        return self._apply(
            "LayerNormalization",
            value,
            self._constant(scale),
            self._constant(shift),
            axis=-1,
            epsilon=self._epsilon,
        )

    def _linear(self, value: str, *prefixes: str) -> str:
        """``value`` through the dense layers named, their outputs side by side."""
        weight = np.concatenate([self._weights[f"{each}.weight"] for each in prefixes]).T
        bias = np.concatenate([self._weights[f"{each}.bias"] for each in prefixes])
        product: Callable[[str, Matrix], str] = (
            self._int8_product if self._form == "int8" else self._float_product
        )
        return self._apply("Add", product(value, weight), self._constant(bias))

    def _float_product(self, value: str, weight: Matrix) -> str:
        return self._apply("MatMul", value, self._constant(weight))

    def _int8_product(self, value: str, weight: Matrix) -> str:
        scale = np.abs(weight).max(axis=0) / INT8_MOST
        scale[scale == 0] = 1  # a channel of zeros stays one
        steps = np.rint(weight / scale).astype(np.int8)
        activations, step, zero = self._apply_many("DynamicQuantizeLinear", value, outputs=3)
        weight_zero = self._constant(np.zeros(len(scale), np.int8))
        sums = self._apply("MatMulInteger", activations, self._constant(steps), zero, weight_zero)
        scales = self._apply("Mul", step, self._constant(scale.astype(np.float32)))
        return self._apply("Mul", self._to_float(sums), scales)

    # Parts of the encoder --------------------------------------------------------------------

    def _embedded(self) -> str:
        words = self._weights["embeddings.word_embeddings.weight"]
        places = self._weights["embeddings.position_embeddings.weight"]
        # A text alone is all of the first type, so that its vector can be added here once.
        places = places + self._weights["embeddings.token_type_embeddings.weight"][0]
        if self._form == "int8":
            half = self._constant(words.astype(np.float16))
            looked_up = self._to_float(self._apply("Gather", half, "input_ids"))
        else:
            looked_up = self._apply("Gather", self._constant(words), "input_ids")
        first = self._constant(np.array([0]))
        length = self._apply("Shape", "input_ids", start=1, end=2)
        placed = self._apply("Slice", self._constant(places), first, length, first)
        return self._normalised(self._apply("Add", looked_up, placed), "embeddings.LayerNorm")

    def _mask(self) -> str:
        """Nought for a token, a large negative number for padding, to be added to the scores."""
        shaped = self._apply("Unsqueeze", "attention_mask", self._constant(np.array([1, 2])))
        padding = self._apply("Sub", self._scalar(1), self._to_float(shaped))
        return self._apply("Mul", padding, self._scalar(MASKED))

    def _layer(self, states: str, mask: str, prefix: str) -> str:
        attended = self._attention(states, mask, f"{prefix}attention.self.")
        attended = self._linear(attended, f"{prefix}attention.output.dense")
        states = self._normalised(
            self._apply("Add", attended, states), f"{prefix}attention.output.LayerNorm"
        )
        widened = self._apply("Gelu", self._linear(states, f"{prefix}intermediate.dense"))
        narrowed = self._linear(widened, f"{prefix}output.dense")
        return self._normalised(self._apply("Add", narrowed, states), f"{prefix}output.LayerNorm")

    def _attention(self, states: str, mask: str, prefix: str) -> str:
        joined = self._linear(states, f"{prefix}query", f"{prefix}key", f"{prefix}value")
        query, key, value = self._apply_many("Split", joined, outputs=3, axis=-1, num_outputs=3)
        scores = self._apply(
            "MatMul", self._by_head(query, [0, 2, 1, 3]), self._by_head(key, [0, 2, 3, 1])
        )
        size = self._width // self._heads
        scores = self._apply("Add", self._apply("Mul", scores, self._scalar(size**-0.5)), mask)
        shares = self._apply("Softmax", scores, axis=-1)
        mixed = self._apply("MatMul", shares, self._by_head(value, [0, 2, 1, 3]))
        together = self._apply("Transpose", mixed, perm=[0, 2, 1, 3])
        return self._apply("Reshape", together, self._constant(np.array([0, 0, self._width])))

    def _by_head(self, value: str, order: list[int]) -> str:
        shape = np.array([0, 0, self._heads, self._width // self._heads])
        return self._apply(
            "Transpose", self._apply("Reshape", value, self._constant(shape)), perm=order
        )
