"""One coded event and the gold event it belongs to in; what is right, missing or false of it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Literal

from sitrep.evaluation.compared import ComparedEvent, Named, is_among, same
from sitrep.evaluation.gold import TollRange

FieldName = Literal[
    "type", "mode", "status", "actors", "recipients", "place", "days", "according_to", "tolls"
]
# "missing" also says too little: a coarser place. "wider" are days that hold those of gold and more.
Judgement = Literal["right", "wider", "missing", "false"]
Verdict = Literal["right", "sound", "wrong"]
Judgements = Mapping[FieldName, Judgement]

# Who does such a thing does it with the others: which side a party stands on is not judged.
SYMMETRIC: Final = frozenset(("AGREE", "CONSULT", "COOPERATE"))
# Acts done by speaking: a place is not asked for, and the speaker is the source of his own words.
VERBAL: Final = frozenset(("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))
SPOKEN: Final = VERBAL | {"CONSULT"}


def judge(coded: ComparedEvent, gold: ComparedEvent) -> Judgements:
    """Each field of a coded event against gold's."""
    if gold.type in SYMMETRIC:
        actors, recipients = _parties(coded.parties, gold.parties), _right(True)
    else:
        actors = _parties(coded.actors, gold.actors)
        recipients = _parties(coded.recipients, gold.recipients)
    return {
        "type": _right(coded.type == gold.type),
        "mode": _mode(coded.mode, gold.mode),
        "status": _right(coded.status == gold.status),
        "actors": actors,
        "recipients": recipients,
        "place": _place(coded.place, gold),
        "days": _days((coded.earliest, coded.latest), (gold.earliest, gold.latest)),
        "according_to": _sources(coded, gold),
        "tolls": _worst(_toll(coded.killed, gold.killed), _toll(coded.injured, gold.injured)),
    }


def verdict(judgements: Judgements) -> Verdict:
    """Right: every field is, though the mode may be missing. Sound: nothing is false. Else wrong."""
    worst = _worst(*(found for name, found in judgements.items() if name != "mode" or found == "false"))
    return "wrong" if worst == "false" else "sound" if worst == "missing" else "right"


def _worst(*judgements: Judgement) -> Judgement:
    return "false" if "false" in judgements else "missing" if "missing" in judgements else "right"


def _right(is_right: bool) -> Judgement:
    return "right" if is_right else "false"


def _mode(coded: str | None, gold: str | None) -> Judgement:
    if coded == gold:
        return "right"
    return "missing" if coded is None or gold is None else "false"


def _parties(coded: Sequence[Named], gold: Sequence[Named]) -> Judgement:
    if not all(is_among(party, gold) for party in coded):
        return "false"
    return "right" if all(party.optional or is_among(party, coded) for party in gold) else "missing"


def _place(coded: Named | None, gold: ComparedEvent) -> Judgement:
    if gold.place is None:
        return _right(coded is None or gold.type in VERBAL)
    if coded is None:
        return "missing"
    if same(coded, gold.place):
        return "right"
    return "missing" if is_among(coded, gold.coarser) else "false"


def _days(coded: tuple[date | None, date | None], gold: tuple[date | None, date | None]) -> Judgement:
    if coded == gold or gold == (None, None):
        return "right"
    if coded == (None, None):
        return "missing"
    (earliest, latest), (first, last) = coded, gold
    holds_first = earliest is None or (first is not None and earliest <= first)
    holds_last = latest is None or (last is not None and last <= latest)
    return "wider" if holds_first and holds_last else "false"


def _sources(coded: ComparedEvent, gold: ComparedEvent) -> Judgement:
    named = coded.according_to
    if gold.type in SPOKEN:
        speakers = gold.actors + coded.actors
        named = tuple(
            source
            for source in named
            if not is_among(source, speakers) or is_among(source, gold.according_to)
        )
    return _parties(named, gold.according_to)


def _toll(coded: TollRange | None, gold: TollRange | None) -> Judgement:
    """By its lowest number only. "Nobody was killed" says the same as no number in gold."""
    if (coded and coded[0]) == (gold and gold[0]) or (gold is None and coded is not None and coded[0] == 0):
        return "right"
    return "missing" if coded is None else "false"
