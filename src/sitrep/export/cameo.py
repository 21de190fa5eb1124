"""What a record says in CAMEO: the codes of its act and of its parties.

The act's code is the codebook's conversion (`sitrep.ontology.to_cameo`). Of the sectors, those that CAMEO has
not are left out, and never replaced by a likely one.
"""

from __future__ import annotations

from typing import Final

from sitrep.ontology import QUADS, to_cameo
from sitrep.records import Actor, Event

# PLOVER's sectors that CAMEO writes otherwise. PLOVER's MED are medics, CAMEO's are the media.
_ROLES: Final = {
    "COP": "COP", "GOV": "GOV", "JUD": "JUD", "LEG": "LEG", "MIL": "MIL", "OPP": "OPP", "PTY": "PTY",
    "REB": "REB", "SPY": "SPY", "UAF": "UAF", "AGR": "AGR", "BUS": "BUS", "CRM": "CRM", "CVL": "CVL",
    "EDU": "EDU", "ELI": "ELI", "JRN": "MED", "LAB": "LAB", "MED": "HLH", "REF": "REF", "IGO": "IGO",
    "NGO": "NGO", "MNC": "MNC", "UNO": "IGO", "EUR": "IGO", "IMG": "IMG",
}  # fmt: skip


def event_code(event: Event) -> str:
    """The CAMEO code of the act, three or four digits."""
    return to_cameo(event.type, event.mode, event.contexts)


def roles(actor: Actor) -> tuple[str, ...]:
    """CAMEO's role codes of an actor, most specific first."""
    return tuple(dict.fromkeys(_ROLES[sector] for sector in actor.sectors if sector in _ROLES))


def actor_code(actor: Actor) -> str | None:
    """The country and the first role, as CAMEO joins them ("LBYMIL"); None where neither is known."""
    return f"{actor.country or ''}{''.join(roles(actor)[:1])}" or None


def quad_number(event: Event) -> int | None:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    return list(QUADS).index(event.quad) + 1 if event.quad in QUADS else None
