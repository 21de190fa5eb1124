"""Writes the trained reader for the package: the encoder as ONNX, the heads in half precision, the names."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from sitrep.coding.reader.features import Vocabulary
from training.export import export_reader
from training.reader.network import Reader

NOTE = "Sitrep's reader: all-MiniLM-L6-v2 (Apache-2.0) trained on whole event records. See reader.md."


def export(reader: Reader, vocabulary: Vocabulary, folder: Path) -> None:
    """Write `reader.onnx`, `reader.npz` and `reader.json` into `folder`."""
    state = {name: value.detach().numpy() for name, value in reader.state_dict().items()}
    encoder = {
        name.removeprefix("encoder."): value for name, value in state.items() if name.startswith("encoder.")
    }
    config = reader.encoder.config
    export_reader(encoder, config.num_hidden_layers, config.num_attention_heads, folder / "reader.onnx", NOTE)
    heads = {
        name: value.astype(np.float16) for name, value in state.items() if not name.startswith("encoder.")
    }
    with (folder / "reader.npz").open("wb") as file:
        np.savez(file, **heads)
    names = {
        "paths": list(vocabulary.paths),
        "forms": list(vocabulary.forms),
        "roles": list(vocabulary.roles),
    }
    (folder / "reader.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
