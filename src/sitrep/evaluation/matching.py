"""Coded events and gold events of one story in; which belong together out, one to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sitrep.evaluation.compared import ComparedEvent, is_among, overlap
from sitrep.evaluation.judging import judge


@dataclass(frozen=True, slots=True)
class Matching:
    """Which coded event belongs to which gold event, by their places in the two lists.

    `candidates` are all pairs that could belong together, the best first.
    """

    gold_of: dict[int, int]
    coded_of: dict[int, int]
    candidates: tuple[tuple[int, int], ...]


def match(coded: Sequence[ComparedEvent], gold: Sequence[ComparedEvent]) -> Matching:
    """Each coded event to one gold event at most, the best fit first; of equal fits, the later events."""
    fits = [
        (score, i, j)
        for i, ours in enumerate(coded)
        for j, theirs in enumerate(gold)
        if (score := fit(ours, theirs)) is not None
    ]
    candidates = tuple((i, j) for _, i, j in sorted(fits, reverse=True))
    gold_of: dict[int, int] = {}
    coded_of: dict[int, int] = {}
    for i, j in candidates:
        if i not in gold_of and j not in coded_of:
            gold_of[i], coded_of[j] = j, i
    return Matching(gold_of, coded_of, candidates)


def fit(coded: ComparedEvent, gold: ComparedEvent) -> int | None:
    """How well two events fit; None where they cannot be the same.

    They can be where their triggers share words, or else where type, sentence and a party are the same. A
    shared trigger counts 10, the type 4 and each right field 1: the trigger decides before the rest.
    """
    shares_trigger = overlap(coded.trigger, gold.trigger)
    if not shares_trigger:
        near = coded.type == gold.type and overlap(coded.trigger, gold.sentences)
        if not near or not any(is_among(party, gold.parties) for party in coded.parties):
            return None
    judgements = judge(coded, gold)
    return (
        10 * shares_trigger
        + 4 * (judgements["type"] == "right")
        + sum(found == "right" for found in judgements.values())
    )
