"""What nobody is said to have done, yet somebody must have: violence that was meant, arrests, verdicts."""

from __future__ import annotations

from typing import Final

from sitrep.coding.events.propositions import UNDERGONE, Proposition
from sitrep.coding.events.reading import Reading
from sitrep.coding.events.triggers import Sense

# Nobody but authorities arrests and convicts: "was arrested in the capital".
_BY_AUTHORITIES: Final = frozenset({"arrest", "convict"})
_EXPLODING: Final = frozenset({"explode", "detonate", "go off", "blow up"})
_PLANTED: Final = frozenset({"device", "mine", "charge", "trap", "vehicle", "car", "truck", "package"})
# Weapons that crash by accident are told to have meant it only by such verbs.
_CRAFT: Final = frozenset({"aircraft", "jet", "plane", "helicopter", "tank", "warship"})
# A blast is an attack where the report speaks of one near it, and of no accident.
_BLASTS: Final = frozenset({"blast", "explosion"})
_SHOWS_ATTACK: Final = frozenset({
    "bomb", "bomber", "bombing", "attack", "attacker", "assailant", "grenade", "ied", "landmine", "militant",
    "insurgent", "suicide", "terrorist", "explosive", "detonate", "missile", "drone",
})  # fmt: skip
_SHOWS_ACCIDENT: Final = frozenset({"gas", "accident", "accidental", "leak", "boiler", "firework", "methane"})
_NEAR: Final = 60  # tokens on either side
# "Rocket fire", "sniper fire": fire of arms, and no blaze.
_FIRE: Final = frozenset(
    {"rocket", "mortar", "artillery", "tank", "sniper", "machine", "gun", "missile", "shell"}
)
_AIMED: Final = frozenset({"bomb", "shell", "strafe", "bombard", "pound", "target", "strike", "attack"})


def is_meant(reading: Reading, act: Proposition, sense: Sense) -> bool:
    """Whether what nobody is said to have done was somebody's will: violence no accident, an arrest.

    "Two people were shot", "a bomb killed two people", "two people were killed when missiles hit a town",
    "the minister was arrested".
    """
    if act.form != "verb" or act.negated or act.future or act.inherited:
        return False
    verb = reading.doc[act.head]
    if sense.mode in _BY_AUTHORITIES:
        crimes = reading.lexicon.classes["@private_crime"]
        private = any(token.lemma_.lower() in crimes for token in verb.sent)
        return not private and not act.agents and any(c.dep_ == "nsubjpass" for c in verb.children)
    if sense.type != "ASSAULT":
        return False
    causes = reading.lexicon.classes["@violent_cause"]
    if act.lemma in _AIMED:
        causes |= _CRAFT
    undergone = act.lemma in UNDERGONE or any(child.dep_ == "nsubjpass" for child in verb.children)
    if act.agents or not undergone:
        return bool(act.agents) and all(
            reading.is_of(token, causes) or _is_fire_of_arms(reading, token) or _is_attack(reading, token)
            for token in act.agents
        )
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


def _is_fire_of_arms(reading: Reading, token: int) -> bool:
    noun = reading.doc[token]
    return noun.lemma_.lower() == "fire" and any(
        child.dep_ in {"compound", "amod", "nmod"} and child.lower_ in _FIRE for child in noun.children
    )


def _is_attack(reading: Reading, token: int) -> bool:
    """Whether a blast was somebody's will: the text around it tells of a bomb, and not of a gas leak."""
    if reading.doc[token].lemma_.lower() not in _BLASTS:
        return False
    around = reading.doc[max(0, token - _NEAR) : token + _NEAR]
    words = {part.lemma_.lower() for part in around} | {part.lower_ for part in around}
    return not words.isdisjoint(_SHOWS_ATTACK) and words.isdisjoint(_SHOWS_ACCIDENT)
