"""Actor: what it is called, what it did and suffered, with whom, and what became of what it claimed."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from fastapi import Request
from nicegui import ui

from sitrep.case.queries.actors import CaseActor
from sitrep.ontology import QUADS, quad
from sitrep.records import Stance
from sitrep.web.cards import KINDS, country, sector
from sitrep.web.dossier import MOST_OTHERS, Claimed, Deed, Dossier, Other, dossier
from sitrep.web.index import Index
from sitrep.web.parts.elements import Tag, button
from sitrep.web.parts.frame import frame, missing, page_state
from sitrep.web.parts.labels import (
    act,
    actor_address,
    credibility_label,
    day,
    event_address,
    incident_address,
    quad_dot,
    sources_label,
    status_label,
)
from sitrep.web.parts.living import keep_current
from sitrep.web.parts.network import Network
from sitrep.web.parts.sheet import use_sheet
from sitrep.web.parts.timeline import Timeline
from sitrep.web.situation import situation
from sitrep.web.state import AppState
from sitrep.web.theme import QUAD_NAMES, quad_class
from sitrep.web.view import Found, View

Role = Literal["all", "did", "suffered"]
_ROLES: Final[tuple[tuple[Role, str], ...]] = (
    ("all", "All"),
    ("did", "As doer"),
    ("suffered", "As recipient"),
)
_SHOWN: Final = 60
_LEAST_OTHERS: Final = 3  # that a picture says more of than a line each
_CLAIMS: Final = 40
# What the types of each quad category come to between two actors.
_VERBS: Final = ("meets, agrees", "supports, yields", "accuses, demands", "fights, coerces")
_STANCES: Final[dict[Stance, str]] = {
    "asserts": "Says so",
    "attributes": "Says so",
    "denies": "Denies it",
    "expects": "Speaks of it as planned, possible or called for",
}


@ui.page("/actor/{id}")
async def actor_page(request: Request, id: str) -> None:
    state = page_state(request)
    try:
        read = await asyncio.to_thread(_read, state, id)
    except KeyError:
        missing(
            request, "actor", "/actors",
            why="A decision may have merged it with another, or split it.", link=("/actors", "All actors"),
        )  # fmt: skip
        return
    with frame(request, read.found.actor.name, "/actors", "actor") as heading:
        use_sheet("actor")

        def show(now: _Read) -> None:
            heading.say(now.found.actor.name)
            _show(now)

        keep_current(state, read, lambda: _read(state, id), show)


@dataclass(frozen=True, slots=True)
class _Read:
    found: Dossier
    index: Index = field(compare=False)


def _read(state: AppState, id: str) -> _Read:
    index = state.desk.index()
    with state.desk.reading() as case:
        return _Read(dossier(case, index, id), index)


def _show(read: _Read) -> None:
    found = read.found
    _show_facts(found.actor)
    if found.others:
        _show_network(found)
    with Tag("div", "", "columns actor-columns"):
        with Tag("div"):
            _Deeds(read.index, found).build()
        with Tag("div"):
            _show_claims(found.claims)
            _show_names(found.actor)


def _show_facts(actor: CaseActor) -> None:
    with Tag("p", "", "actor-facts"):
        if actor.kind:
            Tag("span", KINDS.get(actor.kind, actor.kind))
        if actor.country:
            Tag("span", country(actor.country))
        for code in actor.sectors:
            Tag("span", sector(code), title=code)
        Tag("span", "in 1 report" if actor.reports == 1 else f"in {actor.reports} reports")
        if actor.decision:
            Tag("span", "merged or split by a reviewer", "muted")


# ---------------------------------------------------------------------------------------------- with whom


def _show_network(found: Dossier) -> None:
    with Tag("section", "", "panel"):
        Tag("h2", "With whom")
        if len(found.others) < _LEAST_OTHERS:
            _show_others(found.others)
            return
        with Tag("div", "", "network-row"):
            with Tag("div", "", "network-side"):
                Network(
                    found.actor.id,
                    found.actor.name,
                    found.others[:MOST_OTHERS],
                    found.ties,
                    label=f"Network of {found.actor.name}: the table beside it says the same",
                )
                with Tag("p", "", "network-legend muted small"):
                    for name, verb in zip(QUADS, _VERBS, strict=True):
                        with Tag("span", "", quad_class(name)):
                            Tag("span", "", "stroke", aria_hidden="true")
                            Tag("span", verb)
                    Tag("span", "thicker: more incidents · dashed: words that name nobody")
            _show_others(found.others)


def _show_others(others: Sequence[Other]) -> None:
    with Tag("div", "", "others", tabindex=0, role="group", aria_label="Incidents with each"):  # noqa: SIM117
        with Tag("table", "", "plain others-table"):
            with Tag("thead"), Tag("tr"):
                Tag("th", "With", scope="col")
                for name, verb in zip(QUADS, _VERBS, strict=True):
                    Tag("th", verb, "num", scope="col", title=QUAD_NAMES[name])
            with Tag("tbody"):
                for other in others:
                    with Tag("tr"):
                        with Tag("th", "", scope="row"):
                            if other.is_named:
                                Tag("a", other.name, href=actor_address(other.id))
                            else:
                                Tag("span", other.name)
                        for name, count in zip(QUADS, other.counts, strict=True):
                            with Tag("td", "", "num"):
                                if count:
                                    Tag("span", f"{count:,}", f"tally {quad_class(name)}")


# --------------------------------------------------------------------------------------------- what it did


class _Deeds:
    """The incidents of an actor on a timeline and in a list, all of them or those of one role."""

    def __init__(self, index: Index, found: Dossier) -> None:
        self.index, self.found, self.role = index, found, _ROLES[0][0]

    def build(self) -> None:
        with Tag("section", "", "panel"):
            with Tag("div", "", "row deeds-head"):
                Tag("h2", "Part in events")
                with Tag("div", "", "chips push", role="group", aria_label="Which part"):
                    self.chips = {role: self._chip(role) for role, _ in _ROLES if self.found.deeds}
            if not self.found.deeds:
                Tag("p", "Takes part in no incident of this case.", "muted")
                return
            self.timeline = Timeline(label=f"Timeline of {self.found.actor.name}")
            self.list = Tag("ol", "", "list deeds")
            self.more = Tag("p", "", "small")
        self.show()

    def _chip(self, role: Role) -> Tag:
        return button("", lambda: self.choose(role))

    def choose(self, role: Role) -> None:
        self.role = role
        self.show()

    def show(self) -> None:
        deeds = _of(self.found.deeds, self.role)
        for role, name in _ROLES:
            chip = self.chips[role]
            chip.set_text(f"{name} {len(_of(self.found.deeds, role)):,}")
            chip.props["aria-pressed"] = "true" if role == self.role else "false"
            chip.classes(add="on" if role == self.role else "", remove="" if role == self.role else "on")
            chip.update()
        entries = [deed.entry for deed in deeds]
        bars = situation(self.index, Found(entries, entries, []), View())
        self.timeline.show(bars.step, bars.bars)
        self.list.clear()
        with self.list:
            for deed in deeds[:_SHOWN]:
                _show_deed(deed)
        self.more.clear()
        with self.more:
            if len(deeds) > _SHOWN:
                Tag(
                    "a",
                    f"All {len(deeds):,} on the map and in the table",
                    href=f"/?actor={self.found.actor.id}",
                )


def _of(deeds: Sequence[Deed], role: Role) -> list[Deed]:
    return [deed for deed in deeds if role == "all" or (deed.did if role == "did" else deed.suffered)]


def _show_deed(deed: Deed) -> None:
    entry = deed.entry
    with Tag("li", "", "deed"):
        with Tag("span", "", "deed-day num muted small"):
            Tag("span", day(entry.day))
            if not entry.dated:
                Tag("span", "reported")
        with Tag("div", "", "deed-what"):
            with Tag("p", "", "row deed-line"):
                quad_dot(entry.quad, entry.status)
                Tag("a", act(entry.type, entry.mode), "title-link", href=incident_address(entry.id))
                if entry.status != "happened":
                    status_label(entry.status)
                Tag("span", "doer" if deed.did else "recipient", "part")
            who = "; ".join(entry.actors) or "nobody named"
            whom = "; ".join(entry.recipients)
            Tag("p", f"{who} → {whom}" if whom else who, "small deed-who")
            told = [entry.site.name] if entry.site else []
            told += [sources_label(entry.sources), f"credibility {entry.credibility}"]
            if entry.differs:
                told.append("accounts differ")
            Tag("p", " · ".join(told), "muted small")


# ------------------------------------------------------------------------------------------ what it claims


def _show_claims(claims: Sequence[Claimed]) -> None:
    with Tag("section", "", "panel"):
        Tag("h2", "Claims, and what became of them")
        if not claims:
            Tag("p", "No event of this case is told on this actor's word.", "muted")
            return
        with Tag("ul", "", "list claims"):
            for claim in claims[:_CLAIMS]:
                _show_claim(claim)
        if len(claims) > _CLAIMS:
            Tag("p", f"The last {_CLAIMS} of {len(claims):,} claims.", "muted small")


def _show_claim(claim: Claimed) -> None:
    said = claim.said
    status = said.status
    with Tag("li"):
        with Tag("p", "", "row deed-line"):
            quad_dot(quad(said.type), status)
            Tag("a", act(said.type, claim.mode), "title-link", href=event_address(said.claim.telling))
            if status != "happened":
                status_label(status)
            Tag("span", day(said.claim.said), "num muted small push")
        Tag("blockquote", said.sentence, "words small")
        with Tag("p", "", "claim-fate small"):
            Tag(
                "span",
                f"{_STANCES[said.claim.stance]} · told by {said.publisher or 'an unnamed publisher'}",
                "muted",
            )
            if claim.entry is not None:
                with Tag("a", "", "fate", href=incident_address(claim.entry.id)):
                    credibility_label(claim.entry.credibility)
                    Tag("span", sources_label(claim.entry.sources))
        if claim.answers:
            with Tag("details", "", "answers"):
                number = len(claim.answers)
                Tag(
                    "summary",
                    "Contradicted by 1 other" if number == 1 else f"Contradicted by {number} others",
                )
                for answer in claim.answers:
                    with Tag("div", "", "answer"):
                        with Tag("p", "", "small"):
                            Tag("a", answer.source, href=event_address(answer.key))
                            Tag("span", f" in {answer.publisher or 'an unnamed publisher'}", "muted")
                        Tag("blockquote", answer.sentence, "words small")


# ------------------------------------------------------------------------------------------ what it is called


def _show_names(actor: CaseActor) -> None:
    by: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for one in actor.wordings:
        by[one.publisher or ""].append((one.wording, one.reports))
    with Tag("section", "", "panel"):
        Tag("h2", "Names, by publisher")
        if not by:
            Tag("p", "No report calls this actor by a name.", "muted")
            return
        with Tag("table", "", "plain names-table"):
            with Tag("thead"), Tag("tr"):
                Tag("th", "Publisher", scope="col")
                Tag("th", "Names and descriptions, with the reports that use them", scope="col")
            with Tag("tbody"):
                for publisher in sorted(by, key=lambda one: (not one, one.casefold())):
                    with Tag("tr"):
                        Tag("th", publisher or "not named", scope="row")
                        with Tag("td"), Tag("div", "", "wordings"):
                            for wording, reports in by[publisher]:
                                with Tag("span", "", "wording"):
                                    Tag("span", wording)
                                    Tag("span", f"{reports:,}", "num muted")
