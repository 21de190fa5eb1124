"""Material for a brief by hand: two reports of one attack, a plan, a denial, a town taken."""

from __future__ import annotations

from datetime import date

from sitrep.brief.material import Cited, Material
from sitrep.records import Telling, Toll
from sitrep.situation.accounts import incident_of
from sitrep.situation.control import holdings
from sitrep.situation.places import place_key
from tests.situation.build import GHARYAN, MILITIA, SPOKESMAN, day, telling

START, END = day(1), day(10)
ATTACK = (
    telling(
        "r1", killed=Toll(5, None, ()), words="Soldiers shelled a market in Gharyan and killed at least five."
    ),
    telling("r2", killed=Toll(7, 7, ()), words="Seven people died when the army shelled Gharyan."),
)
DENIAL = telling(
    "r3", status="denied", sources=(SPOKESMAN,), on=None, words="Omar Halabi denied it <b>all</b>."
)
PLAN = telling(
    "r4",
    type="MOBILIZE",
    mode="troops",
    status="planned",
    recipients=(),
    on=9,
    words="The army will march on Gharyan.",
)
DEMAND = telling(
    "r4", event="e2", type="REQUEST", mode="yield", recipients=(MILITIA,), words="It told them to leave."
)
TAKEN = telling(
    "r5", type="COERCE", mode="seize", on=7, recipients=(), act="captured", words="The army captured Gharyan."
)
LATER = telling("r6", on=20, published=20)


def material(*groups: tuple[Telling, ...]) -> Material:
    tellings = [one for group in groups for one in group]
    return Material(
        incidents=[incident_of(group, {}) for group in groups],
        holdings=[(GHARYAN, holding) for holding in holdings(place_key(GHARYAN), tellings)],
        tellings={one.key: one for one in tellings},
        stated={},
        reports={
            one.report: Cited(
                f"Title of {one.report}", one.publisher, one.published, f"https://news.example/{one.report}"
            )
            for one in tellings
        },
    )


ALL = material((*ATTACK, DENIAL), (PLAN,), (DEMAND,), (TAKEN,), (LATER,))
NOTHING = date(2021, 1, 1)
