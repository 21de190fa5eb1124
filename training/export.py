"""Write a fine-tuned BERT encoder as a small ONNX graph with eight-bit weights.

Only weights are stored in eight bits. The graph widens them before anything else, which onnxruntime does
once, when it loads the graph; all sums are in floats, so that one text's answer never depends on another's.
Sums in integers (MatMulNBits) are off by twice as much, and slower where the processor has no instructions
for them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

BLOCK: Final = 32  # weights that share one scale
RUNTIME: Final = "com.microsoft"  # the operator set of onnxruntime
OPSET: Final = 17

Arrays = dict[str, NDArray[np.float32]]


class Graph:
    """Nodes and weights in the order in which they run. Each method adds some and names what comes out."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, value: NDArray[Any]) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, operator: str, *inputs: str, outputs: int = 1, domain: str = "", **settings: Any) -> Any:
        names = [f"n{len(self.nodes)}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, domain=domain, **settings))
        return names[0] if outputs == 1 else names

    def look_up(self, table: NDArray[np.float32], ids: str) -> str:
        """Rows of a table that is stored in eight bits, with one scale a row."""
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-12) / 127
        rows = self.add("Gather", self.weight(np.rint(table / scale).astype(np.int8)), ids)
        scales = self.add("Gather", self.weight(scale.astype(np.float32)), ids)
        return self.add("Mul", self.add("Cast", rows, to=TensorProto.FLOAT), scales)

    def linear(self, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """`x` times the transpose of `weight` [out, in], plus `bias`."""
        n_out, n_in = weight.shape
        blocks = weight.T.reshape(n_in // BLOCK, BLOCK, n_out)
        scale = np.maximum(np.abs(blocks).max(axis=1, keepdims=True), 1e-12) / 127
        stored = self.weight(np.rint(blocks / scale).astype(np.int8))
        whole = self.add("Mul", self.add("Cast", stored, to=TensorProto.FLOAT), self.weight(scale))
        matrix = self.add("Reshape", whole, self.weight(np.array([n_in, n_out])))
        return str(self.add("Add", self.add("MatMul", x, matrix), self.weight(bias)))

    def normalise(self, x: str, weights: Arrays, name: str, epsilon: float) -> str:
        scale, shift = self.weight(weights[f"{name}.weight"]), self.weight(weights[f"{name}.bias"])
        return self.add("LayerNormalization", x, scale, shift, axis=-1, epsilon=epsilon)

    def add_and_normalise(self, x: str, y: str, weights: Arrays, name: str, epsilon: float) -> str:
        scale, shift = self.weight(weights[f"{name}.weight"]), self.weight(weights[f"{name}.bias"])
        return self.add("SkipLayerNormalization", x, y, scale, shift, domain=RUNTIME, epsilon=epsilon)


def read_text(graph: Graph, encoder: Arrays, layers: int, heads: int) -> str:
    """Add a BERT `encoder` (its state dict): from the input "ids" int64 [T] to float32 [T, hidden]."""
    epsilon = 1e-12
    hidden = encoder["embeddings.word_embeddings.weight"].shape[1]
    found = graph.look_up(encoder["embeddings.word_embeddings.weight"], "ids")
    length = graph.add("Shape", "ids")
    zero = graph.weight(np.array([0]))
    # The type of all pieces is 0, so its vector is added to the positions here and now.
    types = encoder["embeddings.token_type_embeddings.weight"]
    positions = encoder["embeddings.position_embeddings.weight"] + types[0]
    x = graph.add("Add", found, graph.add("Slice", graph.weight(positions), zero, length, zero))
    x = graph.add("Unsqueeze", x, zero)
    x = graph.normalise(x, encoder, "embeddings.LayerNorm", epsilon)
    for layer in range(layers):
        name = f"encoder.layer.{layer}"
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        together = graph.linear(
            x,
            np.concatenate([encoder[f"{part}.weight"] for part in parts]),
            np.concatenate([encoder[f"{part}.bias"] for part in parts]),
        )
        thirds = graph.weight(np.array([hidden] * 3))
        query, key, value = graph.add("Split", together, thirds, outputs=3, axis=2)
        seen = graph.add("MultiHeadAttention", query, key, value, domain=RUNTIME, num_heads=heads)
        dense = f"{name}.attention.output.dense"
        seen = graph.linear(seen, encoder[f"{dense}.weight"], encoder[f"{dense}.bias"])
        x = graph.add_and_normalise(seen, x, encoder, f"{name}.attention.output.LayerNorm", epsilon)
        dense = f"{name}.intermediate.dense"
        wide = graph.linear(x, encoder[f"{dense}.weight"], encoder[f"{dense}.bias"])
        dense = f"{name}.output.dense"
        narrow = graph.linear(
            graph.add("Gelu", wide, domain=RUNTIME), encoder[f"{dense}.weight"], encoder[f"{dense}.bias"]
        )
        x = graph.add_and_normalise(narrow, x, encoder, f"{name}.output.LayerNorm", epsilon)
    return str(graph.add("Squeeze", x, zero))


def export_reader(encoder: Arrays, layers: int, heads: int, path: Path, note: str) -> None:
    """Write the graph of a BERT `encoder`. Input: ids int64 [T]. Output: vectors float32 [T, hidden]."""
    graph = Graph()
    x = read_text(graph, encoder, layers, heads)
    graph.nodes.append(helper.make_node("Identity", [x], ["vectors"]))
    hidden = encoder["embeddings.word_embeddings.weight"].shape[1]
    _write(graph, {"ids": (TensorProto.INT64, ["T"])}, {"vectors": ["T", hidden]}, path, note)


def export_encoder(
    encoder: Arrays,
    head: Arrays,
    phrases: NDArray[np.float32],
    layers: int,
    heads: int,
    path: Path,
    note: str,
) -> None:
    """Write the graph of a BERT `encoder` (its state dict) under a linear `head` on three vectors, with the
    rows of the table `phrases` [rows, labels] added.

    Inputs: ids int64 [T]; actor, recipient float32 [T], weights of the opening marks; phrases int64 [P],
    rows of the table; phrase_weights float32 [P].
    Output: logits float32 [labels], of three vectors (at the actor's mark, at the recipient's, the mean)
    plus the weighted sum of the phrases' rows.
    """
    graph = Graph()
    zero = graph.weight(np.array([0]))
    x = read_text(graph, encoder, layers, heads)
    at_marks = [graph.add("MatMul", role, x) for role in ("actor", "recipient")]
    mean = graph.add("ReduceMean", x, axes=[0], keepdims=0)
    read = graph.add("Unsqueeze", graph.add("Concat", *at_marks, mean, axis=0), zero)
    logits = graph.add("Gemm", read, graph.weight(head["weight"]), graph.weight(head["bias"]), transB=1)
    weights = graph.add("Unsqueeze", "phrase_weights", zero)
    logits = graph.add("Add", logits, graph.add("MatMul", weights, graph.look_up(phrases, "phrases")))
    graph.nodes.append(helper.make_node("Squeeze", [logits, zero], ["logits"]))

    inputs = {
        "ids": (TensorProto.INT64, ["T"]),
        "actor": (TensorProto.FLOAT, ["T"]),
        "recipient": (TensorProto.FLOAT, ["T"]),
        "phrases": (TensorProto.INT64, ["P"]),
        "phrase_weights": (TensorProto.FLOAT, ["P"]),
    }
    _write(graph, inputs, {"logits": [len(head["bias"])]}, path, note)


def _write(
    graph: Graph,
    inputs: dict[str, tuple[int, list[str]]],
    outputs: dict[str, list[Any]],
    path: Path,
    note: str,
) -> None:
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            path.stem,
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in outputs.items()],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(RUNTIME, 1)],
        producer_name="sitrep",
        doc_string=note,
    )
    model.ir_version = 9  # the oldest that knows this operator set, for older runtimes
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model.SerializeToString())
