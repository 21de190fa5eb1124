"""Violence that nobody is said to have done, yet somebody must have meant."""

from __future__ import annotations

from typing import Final

from sitrep.coding.events.propositions import Proposition
from sitrep.coding.events.reading import Reading
from sitrep.coding.events.triggers import Sense

_EXPLODING: Final = frozenset({"explode", "detonate", "go off", "blow up"})
_PLANTED: Final = frozenset({"device", "mine", "charge", "trap", "vehicle", "car", "truck", "package"})
# Weapons that crash by accident are told to have meant it only by such verbs.
_CRAFT: Final = frozenset({"aircraft", "jet", "plane", "helicopter", "tank", "warship"})
_AIMED: Final = frozenset({"bomb", "shell", "strafe", "bombard", "pound", "target", "strike", "attack"})


def is_meant(reading: Reading, act: Proposition, sense: Sense) -> bool:
    """Whether violence that nobody is said to have done was somebody's will: not an accident, nor vague.

    "Two people were shot", "a bomb killed two people", "two people were killed when missiles hit a town".
    """
    if sense.type != "ASSAULT" or act.form != "verb" or act.negated or act.future or act.inherited:
        return False
    causes = reading.lexicon.classes["@violent_cause"]
    verb = reading.doc[act.head]
    if act.lemma in _AIMED:
        causes |= _CRAFT
    if act.agents or not any(child.dep_ == "nsubjpass" for child in verb.children):
        return bool(act.agents) and all(reading.is_of(token, causes) for token in act.agents)
    if act.lemma in reading.lexicon.classes["@deliberate"] or any(
        (told := reading.senses[clause]) is not None and told.type == "ASSAULT"
        for clause in reading.circumstances(verb)
    ):
        return True
    if any(reading.is_of(token, causes) for token in reading.means(act)):
        return True
    return any(
        reading.is_of(token, causes | _PLANTED if told.lemma in _EXPLODING else causes)
        for told in (reading.acts[clause] for clause in reading.circumstances(verb))
        for token in (*told.agents, *told.patients)
    )
