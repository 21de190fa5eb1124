"""What a test of actors asks of the whole pipeline."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from sitrep.coding.pipeline import STAGES, load
from sitrep.records import Actor


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The coder up to its actors: the reader adds whoever only an event names."""
    return load(stages=STAGES[: STAGES.index("sitrep_actors") + 1])


@pytest.fixture
def actors(nlp: Language) -> Callable[[str], dict[str, Actor]]:
    """The actors of a text by name."""
    return lambda text: {actor.name: actor for actor in nlp(text)._.actors}


@pytest.fixture
def said(actors: Callable[[str], dict[str, Actor]]) -> Callable[[str], dict[str, list[str]]]:
    """The words of each actor's mentions, by name."""
    return lambda text: {
        name: [text[start:end] for start, end in actor.mentions] for name, actor in actors(text).items()
    }
