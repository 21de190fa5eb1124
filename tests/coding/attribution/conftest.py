from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from sitrep.coding.pipeline import default_model


@pytest.fixture(scope="package")
def pipe() -> Language:
    """The component in somebody else's pipeline: nothing else of sitrep but the paragraphs."""
    nlp = spacy.load(default_model())
    nlp.add_pipe("sitrep_paragraphs", before="parser")
    nlp.add_pipe("sitrep_attribution")
    return nlp
