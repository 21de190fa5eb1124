"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import Any

from sitrep.read.line_features import FUNCTION_WORDS, WORD

READ_CHARS = 4000  # the answer does not change with more
BRIEF_WORDS = 40  # below this a few foreign names outweigh the rest
SHORTEST_WORDS = 12  # below this many words names decide the answer, and the answer is often wrong


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """The language of `text` (ISO 639-1); None where it is too short or too unlike any to tell.

    English is told by its function words first: a quarter of any English prose, and hardly a tenth of
    the prose of any other language. The identifier takes reports full of foreign names for another's.
    """
    words = [word.lower() for word in WORD.findall(text[:READ_CHARS])]
    if not words:
        return None
    share = sum(word in FUNCTION_WORDS for word in words) / len(words)
    if len(words) >= SHORTEST_WORDS and share > 0.22:
        return "en"
    language, probability = _identifier().classify(text[:READ_CHARS])
    if len(words) < SHORTEST_WORDS and text.isascii():
        return "en" if language == "en" or share > 0 else None
    if len(words) < BRIEF_WORDS and share >= 0.1 and probability < 0.9:
        return "en"  # "Former Kenyan officials met … in Nairobi on Monday": the identifier goes by the names
    return str(language) if probability > 0.6 else None
