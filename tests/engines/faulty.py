"""A coder without weights that loads at once, and dies, fails, dawdles or sleeps on certain words."""

from __future__ import annotations

import os
import time

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import sitrep.coding.annotations  # noqa: F401  (registers what reports are made of)
from sitrep.records import Document


@Language.component("faults")
def faults(doc: Doc) -> Doc:
    if "DIE" in doc.text:
        os._exit(3)
    if "FAIL" in doc.text:
        raise ValueError("no such word")
    if "SLEEP" in doc.text:
        time.sleep(600)
    if "DAWDLE" in doc.text:
        time.sleep(0.1)
    return doc


def faulty_coder() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("faults")
    return nlp


def no_coder() -> Language:
    raise OSError("No model found. Install one.")


def dead_coder() -> Language:
    os._exit(4)


def documents(*texts: str) -> list[Document]:
    return [Document(f"sha256:{n}", f"document {n}", text) for n, text in enumerate(texts)]
