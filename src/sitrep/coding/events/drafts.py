"""Drafts of events: one for each act, until those that tell the same act are made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sitrep.coding.events.propositions import Proposition
from sitrep.coding.events.reading import Reading
from sitrep.coding.events.triggers import Sense


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposition with its sense and its parties' ids, before it is known to stand alone."""

    act: Proposition
    sense: Sense
    type: str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str | None, ...]
    confidence: float = 0.0
    clause_of: int | None = None  # the noun whose clause the act is: "the rockets that rebels fired"


def without_doubles(drafts: Sequence[Draft]) -> list[Draft]:
    """One draft for an act that two words name: a noun and its light verb, a noun and what it does.

    "Carried out an attack" is the noun's; "the attack by X killed five" is the verb's, whose agent is X all
    the same.
    """
    kept: list[Draft] = []
    for draft in drafts:
        rivals = [
            other
            for other in drafts
            if other is not draft and set(other.act.trigger) & set(draft.act.trigger)
        ]
        if any(_wins(other, draft) for other in rivals):
            continue
        if any(
            other.type == draft.type == "ASSAULT"
            and other is not draft
            and (
                draft.act.head in other.act.agents
                if draft.act.form == "noun"
                # "rockets fired by rebels hit the town": how it was done is no second attack
                else draft.clause_of in other.act.agents and draft.actors == other.actors
            )
            for other in drafts
        ):
            continue
        kept.append(draft)
    return kept


def _wins(one: Draft, other: Draft) -> bool:
    """Of two readings of the same words, the one whose sense asked for more; then the verb's."""
    mine, yours = len(one.sense.needs), len(other.sense.needs)
    return (mine, one.act.form == "verb") > (yours, other.act.form == "verb")


def folded(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, each deed that nobody did made part of the one that says who did it.

    "Ten people were killed when gunmen attacked a market" is the gunmen's attack, on ten people.
    """
    kept = {draft.act.head: draft for draft in drafts}
    for draft in drafts:
        if draft.actors:
            continue
        verb = reading.doc[draft.act.head]
        around = {*reading.circumstances(verb), *reading.means(draft.act)}
        fuller = next(
            (
                other
                for other in kept.values()
                if other.type == draft.type
                and other is not draft
                and (
                    (other.act.head in around and (other.actors or not other.recipients))
                    or (
                        reading.doc[other.act.head].sent == verb.sent
                        and set(draft.recipients) & set(other.recipients)
                        and (other.actors or other.act.head < draft.act.head)
                    )
                )
            ),
            None,
        )
        if fuller is None:
            continue
        whole, part = (fuller, draft) if fuller.actors or fuller.recipients else (draft, fuller)
        recipients = whole.recipients or tuple(p for p in part.recipients if p not in whole.actors)
        places = whole.places if whole.places != (None,) else part.places
        del kept[part.act.head]
        kept[whole.act.head] = replace(
            whole, recipients=recipients, places=places, mode=whole.mode or part.mode
        )
    return list(kept.values())
