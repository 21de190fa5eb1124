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
    named: dict[int, list[Draft]] = {}  # by each word of their triggers
    doing: dict[int | None, list[Draft]] = {}  # by each of their agents
    for draft in drafts:
        for word in draft.act.trigger:
            named.setdefault(word, []).append(draft)
        for agent in draft.act.agents:
            doing.setdefault(agent, []).append(draft)
    for draft in drafts:
        rivals = [other for word in draft.act.trigger for other in named[word] if other is not draft]
        if any(_wins(other, draft) for other in rivals):
            continue
        if any(
            other.type == draft.type == "ASSAULT"
            and other is not draft
            # "rockets fired by rebels hit the town": how it was done is no second attack
            and (draft.act.form == "noun" or draft.actors == other.actors)
            for other in doing.get(draft.act.head if draft.act.form == "noun" else draft.clause_of, ())
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
    order = {head: number for number, head in enumerate(kept)}
    heads: dict[int, list[int]] = {}  # by the start of their sentence
    for head in kept:
        heads.setdefault(reading.doc[head].sent.start, []).append(head)
    for draft in drafts:
        if draft.actors:
            continue
        verb = reading.doc[draft.act.head]
        around = {*reading.circumstances(verb), *reading.means(draft.act)}
        # "killed when a van was hit by an air strike"
        clauses = [reading.acts[clause] for clause in around if clause in reading.acts]
        around |= {agent for clause in clauses for agent in clause.agents}
        near = {head for head in (*around, *heads[verb.sent.start]) if head in kept}
        fuller = next(
            (
                other
                for other in (kept[head] for head in sorted(near, key=lambda head: order[head]))
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
        recipients = tuple(
            dict.fromkeys((*whole.recipients, *(p for p in part.recipients if p not in whole.actors)))
        )
        places = whole.places if whole.places != (None,) else part.places
        del kept[part.act.head]
        kept[whole.act.head] = replace(
            whole, recipients=recipients, places=places, mode=whole.mode or part.mode
        )
    return list(kept.values())
