"""Weights, a card for each, and the one class that runs them."""

from __future__ import annotations

import hashlib
from functools import cached_property
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Model:
    """One set of weights: `<name>.onnx` in this folder, described in `<name>.md` beside it.

    Runs on one thread by default: answers then do not depend on the machine's number of cores, and
    many workers do not fight over them.
    """

    def __init__(self, name: str, threads: int = 1) -> None:
        self.name = name
        self.threads = threads
        self._weights = (files(__package__) / f"{name}.onnx").read_bytes()

    @cached_property
    def digest(self) -> str:
        """ "sha256:" and the digest of the weights, as reports state it."""
        return "sha256:" + hashlib.sha256(self._weights).hexdigest()

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(self._weights, options, providers=["CPUExecutionProvider"])

    def run(self, **inputs: NDArray[Any]) -> dict[str, NDArray[Any]]:
        """The graph's outputs by name, for its inputs by name; shapes are on the model's card."""
        names = [output.name for output in self._session.get_outputs()]
        outputs = self._session.run(
            names, {key: np.ascontiguousarray(value) for key, value in inputs.items()}
        )
        return dict(zip(names, outputs, strict=True))

    def __reduce__(self) -> tuple[type[Model], tuple[str, int]]:
        return Model, (self.name, self.threads)
