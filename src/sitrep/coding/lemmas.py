"""The lemma of a verb, also where spaCy's rules take it for another's: "hopes" for those of "hop"."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

# Found by inflecting every verb of our tables and reading what the lemmatizer of spaCy 3.8 makes of it.
_MISREAD: Final = {
    form: verb
    for verb, forms in {
        "axe": "axed axing axes",
        "cordon": "cordoned cordoning",
        "decree": "decreed",
        "fine": "fined fining fines",
        "hope": "hoped hoping hopes",
        "install": "installed installing",
        "lambaste": "lambasted lambasting lambastes",
        "rape": "raped raping rapes",
        "ready": "readied",
        "reoccupy": "reoccupied reoccupying reoccupies",
        "resupply": "resupplied resupplying resupplies",
        "slate": "slated slating slates",
        "snipe": "sniped sniping snipes",
        "stage": "staged staging stages",
        "wage": "waged waging wages",
    }.items()
    for form in forms.split()
}


def lemma_of(token: Token) -> str:
    """The lemma of a word in small letters."""
    lemma: str = token.lemma_.lower()
    return _MISREAD.get(token.lower_, lemma) if token.pos_ == "VERB" else lemma
