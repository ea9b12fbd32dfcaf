"""multilingual-e5-small as an ONNX graph with 8-bit weights, built in memory from the installed weights.

Wang et al. 2024, "Multilingual E5 Text Embeddings" (arXiv 2402.05672): a BERT encoder of 12 layers whose vector is
the mean over the tokens, with length 1. The graph takes one text at a time, so no text can change another's vector.
"""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from app.insight.e5_adapter import Adapter
from app.insight.e5_weights import Weights


class _Graph:
    """Collects nodes and constants; every method gives the name of what it made."""

    def __init__(self, weights: Weights, adapter: Adapter) -> None:
        self.weights, self.adapter = weights, adapter
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def normalised(self, x: str, key: str, name: str) -> str:
        scale = self.constant(name + ".w", self.weights.numbers(key + ".w"))
        shift = self.constant(name + ".b", self.weights.numbers(key + ".b"))
        return self.node("LayerNormalization", [x, scale, shift], name, axis=-1, epsilon=self.weights.shape.eps)

    def linear(self, x: str, key: str, n_in: int, n_out: int) -> str:
        """x W + b; W in 8 bits with one scale a column, x in 8 bits with one scale a text."""
        matrix = self.adapter.added_to(key, self.weights.numbers(key + ".w").reshape(n_out, n_in)).T
        scale = np.abs(matrix).max(axis=0) / np.float32(127)
        inputs = [
            x,
            self.constant(key + ".q", np.rint(matrix / scale).astype(np.int8)),
            self.constant(key + ".s", scale.astype(np.float32)),
            self.constant(key + ".z", np.zeros(n_out, np.int8)),
            self.constant(key + ".b", self.weights.numbers(key + ".b")),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, key, domain="com.microsoft")

    def attention(self, x: str, i: int) -> str:
        h = self.weights.shape.hidden
        query, key, value = (
            self.node(
                "Transpose",
                [self.node("Reshape", [self.linear(x, f"l{i}.{n}", h, h), "split"], f"{n}r{i}")],
                f"{n}t{i}",
                perm=order,
            )
            for n, order in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3]))
        )
        score = self.node("Mul", [self.node("MatMul", [query, key], f"score{i}"), "scale"], f"scaled{i}")
        mixed = self.node("MatMul", [self.node("Softmax", [score], f"share{i}", axis=-1), value], f"mixed{i}")
        joined = self.node(
            "Reshape", [self.node("Transpose", [mixed], f"mt{i}", perm=[0, 2, 1, 3]), "join"], f"mr{i}"
        )
        return self.linear(joined, f"l{i}.ao", h, h)


def build(weights: Weights, adapter: Adapter) -> bytes:
    """The serialised graph: input `words` (1, tokens, hidden), output `vector` (1, hidden) of length 1.

    What the adapter was taught is merged into the weights, so it costs nothing when a text is read.
    """
    shape, graph = weights.shape, _Graph(weights, adapter)
    graph.constant("split", np.array([0, 0, shape.heads, shape.hidden // shape.heads]))
    graph.constant("join", np.array([0, 0, shape.hidden]))
    graph.constant("scale", np.float32(1 / np.sqrt(shape.hidden // shape.heads)))  # type: ignore[arg-type]
    graph.constant("tokens", np.array([1]))
    graph.constant("last", np.array([-1]))
    x = graph.normalised("words", "emb.ln", "start")
    for i in range(shape.layers):
        attended = graph.node("Add", [x, graph.attention(x, i)], f"a{i}")
        x = graph.normalised(attended, f"l{i}.aln", f"an{i}")
        inner = graph.node("Gelu", [graph.linear(x, f"l{i}.fi", shape.hidden, shape.inner)], f"g{i}")
        fed = graph.node("Add", [x, graph.linear(inner, f"l{i}.fo", shape.inner, shape.hidden)], f"f{i}")
        x = graph.normalised(fed, f"l{i}.oln", f"fn{i}")
    mean = graph.node("ReduceMean", [x, "tokens"], "mean", keepdims=0)
    graph.node("Div", [mean, graph.node("ReduceL2", [mean, "last"], "length", keepdims=1)], "vector")
    floats = helper.make_tensor_value_info
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "e5",
            [floats("words", TensorProto.FLOAT, [1, "tokens", shape.hidden])],
            [floats("vector", TensorProto.FLOAT, [1, shape.hidden])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)],
        ir_version=10,
    )
    return bytes(model.SerializeToString())
