"""Which way a clause looks: back, at the present, or ahead."""

from __future__ import annotations

from typing import Final, Literal

from spacy.tokens import Token

from sitrep.coding.lemmas import lemma_of
from sitrep.coding.times.words import words_of

Tense = Literal["past", "present", "future"]

FUTURE_AUXILIARIES: Final = frozenset(
    {
        "will",
        "'ll",
        "’ll",
        "wo",
        "shall",
        "would",
        "'d",
        "’d",
        "may",
        "might",
        "could",
        "should",
        "can",
        "must",
    }
)
# What is planned lies ahead, whatever the tense of the verb that says so.
PLANNED: Final = words_of(
    "plan schedule slate intend expect propose promise vow pledge threaten prepare agree aim hope want urge "
    "ask call decide invite order set due await postpone delay"
)
AHEAD: Final = frozenset({"due", "upcoming", "ahead", "forthcoming", "effective"})
_CLIMB: Final = 12  # heads above the word; also what ends the climb where a parse goes round in a circle


def tense_at(token: Token, arranged: bool = True) -> Tense | None:
    """The tense of the clause that a word stands in; None where its sentence has no verb, or no parse.

    `arranged`: whether "are meeting" tells what is to come.
    """
    if not token.doc.has_annotation("DEP"):
        return _tense_before(token)
    current = token
    for _ in range(_CLIMB):
        tense = (
            _tense_shown_by(current, arranged)
            if current.i != token.i or current.pos_ in ("VERB", "AUX")
            else None
        )
        if tense is not None:
            return tense
        if current.head is current:
            return "present" if current.pos_ in ("VERB", "AUX") else None
        current = current.head
    return None


def _tense_shown_by(word: Token, arranged: bool) -> Tense | None:
    """The tense that a word above another gives it; None where its own head has to decide."""
    if word.pos_ not in ("VERB", "AUX"):
        return "future" if word.lemma_.lower() in AHEAD else None
    helpers = [child for child in word.children if child.dep_ in ("aux", "auxpass")]
    perfect = any(helper.lemma_ == "have" for helper in helpers)
    if not perfect and any(helper.text.lower() in FUTURE_AUXILIARIES for helper in helpers):
        return "future"
    if perfect or word.tag_ == "VBD":
        return "past"
    if any(helper.tag_ == "TO" for helper in helpers):
        # "envoys to meet on Friday", "is to meet", "plans to meet"
        planned = (
            lemma_of(word.head) in PLANNED or word.head.lemma_ == "be" or word.head.pos_ in ("NOUN", "PROPN")
        )
        planned = planned or word.head is word
        return "future" if planned else None
    if word.tag_ == "VBN":
        return "future" if lemma_of(word) in PLANNED else "past"
    if word.tag_ == "VBG":
        if any(helper.tag_ in ("VBZ", "VBP") for helper in helpers):
            return "future" if arranged else "present"  # "are meeting on Friday" is an arrangement
        return "past" if any(helper.tag_ == "VBD" for helper in helpers) else None
    return "present"


def _tense_before(token: Token) -> Tense | None:
    """Without a parse: the nearest verb before the word that shows its tense."""
    for index in range(token.i - 1, max(-1, token.i - 15), -1):
        word = token.doc[index]
        if word.text in ".!?" or word.text.isspace():
            return None
        if word.text.lower() in ("will", "'ll", "’ll", "would", "shall"):
            return "future"
        if word.tag_ == "VBD":
            return "past"
    return None
