"""The attributions of a text as the words they are cut out of."""

from __future__ import annotations

from spacy.language import Language

from sitrep.records import Spans


def cut(text: str, spans: Spans) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def told(pipe: Language, text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each attribution, in the order of first mention."""
    return [
        (cut(text, a.source.spans), cut(text, a.cue.spans), cut(text, a.content.spans))
        for a in pipe(text)._.attributions
    ]
