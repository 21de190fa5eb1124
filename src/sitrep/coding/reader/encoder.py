"""The encoder: one vector for each token of a text, each passage read once and by itself."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from importlib.resources import files
from typing import Any

import numpy as np
from spacy.tokens import Doc
from tokenizers import Tokenizer

from sitrep import models
from sitrep.coding.reader.features import Vocabulary
from sitrep.coding.reader.heads import Floats, Heads
from sitrep.coding.reader.passages import cut_passages
from sitrep.models import Model

TOKENIZER = "uncased.tokenizer.json"


def read_tokenizer() -> Tokenizer:
    """The word pieces of the encoder: BERT's uncased ones."""
    tokenizer = Tokenizer.from_str((files(models) / TOKENIZER).read_text(encoding="utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class Encoder:
    """The reader's weights: the encoder, its tokenizer and its heads, as they come with the package.

    A passage is run alone and unpadded, so that a text's answer cannot depend on its neighbours in a batch.
    """

    def __init__(self, model: Model | None = None) -> None:
        self._model = model or Model("reader")
        self.tokenizer = read_tokenizer()

    @cached_property
    def heads(self) -> Heads:
        """The heads with their vocabulary."""
        folder = files(models)
        with (folder / "reader.npz").open("rb") as stored:
            arrays = np.load(stored)
            weights = {name: arrays[name].astype(np.float32) for name in arrays.files}
        names = self._names
        return Heads(weights, Vocabulary.of(names["paths"], names["forms"], names["roles"]))

    @cached_property
    def confidence(self) -> list[float]:
        """The weights of `confidence.FEATURES`; none before they are fitted."""
        return [float(weight) for weight in self._names.get("confidence", ())]

    @cached_property
    def _names(self) -> dict[str, Any]:
        names: dict[str, Any] = json.loads((files(models) / "reader.json").read_text(encoding="utf-8"))
        return names

    @cached_property
    def digest(self) -> str:
        """The digest of all the reader's weights, as reports state it."""
        folder = files(models)
        parts = [self._model.digest.encode(), (folder / "reader.npz").read_bytes()]
        parts.append((folder / "reader.json").read_bytes())
        return "sha256:" + hashlib.sha256(b"".join(parts)).hexdigest()

    def read(self, doc: Doc) -> tuple[Floats, list[int]]:
        """float32 [tokens, hidden], zero where a token has no word piece, and the tokens that have some."""
        passages = cut_passages(doc, self.tokenizer, doc._.title)
        found: Floats | None = None
        words: list[int] = []
        for passage in passages:
            vectors = self._model.run(ids=np.array(passage.pieces, dtype=np.int64))["vectors"]
            if found is None:
                found = np.zeros((len(doc), vectors.shape[1]), dtype=np.float32)
            found[list(passage.tokens)] = vectors[list(passage.positions)]
            words += passage.tokens
        return (found if found is not None else np.zeros((len(doc), 1), dtype=np.float32)), words
