"""What people decide on a case: who, when and why, bound to the evidence, and everything undoable.

Each decision is one transaction: the decision and all that follows from it. The command line and the web app
stand on this.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, Final

from sitrep.case import decisions as decided
from sitrep.case.binding import event_of, target_of
from sitrep.case.corrections import ReviewError, changes_in_words, check_changes, check_point
from sitrep.case.decisions import BETWEEN_EVENTS, ON_EVENTS, Decision, Kind
from sitrep.case.deriving import derive
from sitrep.case.deriving.derive import Touched
from sitrep.case.filters import places_named
from sitrep.case.queries import judging
from sitrep.case.queries.judging import Waiting
from sitrep.case.reports import full_id, number_of, read_report
from sitrep.case.rows import to_text
from sitrep.records import Event, Place, Report
from sitrep.situation.grades import GRADES
from sitrep.situation.places import place_key

ANCHORS: Final = 40  # tellings of an incident that a join or part is bound to, on each side

Writing = Callable[[], AbstractContextManager[sqlite3.Connection]]


class Review:
    """Decisions on one case. `who` is a person's name as they give it; `at` is now unless given.

    Every method raises `ReviewError`, saying what to do, where there is nothing of that kind to decide on.
    """

    def __init__(self, reading: Writing, writing: Writing) -> None:
        self._reading, self._writing = reading, writing

    # ------------------------------------------------------------------------------------- on one event

    def accept(self, event: str, *, who: str, why: str | None = None, at: datetime | None = None) -> Decision:
        """The event is right as the case reads it."""
        return self._on_event("accept", event, {}, who, why, at)

    def reject(self, event: str, *, who: str, why: str | None = None, at: datetime | None = None) -> Decision:
        """The report tells no such event. It leaves incidents, claims and control; its record stays."""
        return self._on_event("reject", event, {}, who, why, at)

    def correct(
        self,
        event: str,
        changes: Mapping[str, Any],
        *,
        who: str,
        why: str | None = None,
        at: datetime | None = None,
    ) -> Decision:
        """The event is right but for the fields in `changes` (docs/case.md). The coder's values are kept."""
        with self._writing() as connection:
            report, found, _ = _event(connection, event)
            kept = check_changes(report, found, changes)
            return self._decide(connection, "correct", target_of(report, found), kept, who, why, at)

    def correct_in_words(
        self,
        event: str,
        changes: Mapping[str, str],
        *,
        who: str,
        why: str | None = None,
        at: datetime | None = None,
    ) -> Decision:
        """`correct`, with the changes as people write them: parties and places by words of the report."""
        with self._reading() as connection:
            report, found, _ = _event(connection, event)
        return self.correct(event, changes_in_words(report, found, changes), who=who, why=why, at=at)

    def _on_event(
        self,
        kind: Kind,
        event: str,
        value: Mapping[str, Any],
        who: str,
        why: str | None,
        at: datetime | None,
    ) -> Decision:
        with self._writing() as connection:
            report, found, _ = _event(connection, event)
            return self._decide(connection, kind, target_of(report, found), value, who, why, at)

    # ------------------------------------------------------------------------ on actors, places, incidents

    def merge_actors(
        self, actors: Sequence[str], *, who: str, why: str | None = None, at: datetime | None = None
    ) -> Decision:
        """These actors (ids, or keys of names) are one."""
        with self._writing() as connection:
            keys = sorted({key for actor in actors for key in _name_keys(connection, actor)})
            if len(keys) < 2:
                raise ReviewError("Merging takes two actors or more that are not one already.")
            return self._decide(connection, "merge_actors", {"names": keys}, {}, who, why, at)

    def split_actor(
        self, names: Sequence[str], *, who: str, why: str | None = None, at: datetime | None = None
    ) -> Decision:
        """These names (keys) are not who the others are that they stand with; among themselves they are."""
        with self._writing() as connection:
            for name in names:
                _name_keys(connection, name)
            return self._decide(connection, "split_actor", {"names": sorted(names)}, {}, who, why, at)

    def pin_place(
        self,
        place: str,
        latitude: float,
        longitude: float,
        *,
        name: str | None = None,
        country: str | None = None,
        geonameid: int | None = None,
        only_in: str | None = None,
        who: str,
        why: str | None = None,
        at: datetime | None = None,
    ) -> Decision:
        """This place (key or name) lies here: in all reports, or `only_in` the one of that id."""
        check_point(latitude, longitude)
        with self._writing() as connection:
            keys, _ = _pinned_keys(connection, place)
            target = {"places": keys} | ({"only_in": only_in} if only_in else {})
            value: dict[str, Any] = {"latitude": latitude, "longitude": longitude}
            value |= {"name": name} if name else {}
            value |= {"country": country} if country else {}
            value |= {"geonameid": geonameid} if geonameid is not None else {}
            return self._decide(connection, "pin_place", target, value, who, why, at)

    def join(
        self, one: str, other: str, *, who: str, why: str | None = None, at: datetime | None = None
    ) -> Decision:
        """Two incidents (ids), or events (keys), are one."""
        with self._writing() as connection:
            target = {"one": _anchors(connection, one), "other": _anchors(connection, other)}
            return self._decide(connection, "join", target, {}, who, why, at)

    def part(
        self, events: Sequence[str], *, who: str, why: str | None = None, at: datetime | None = None
    ) -> Decision:
        """These events (keys) are not of the incident that they stand in with others."""
        with self._writing() as connection:
            parted = [anchor for event in events for anchor in _anchors(connection, event)]
            incidents = {
                row[0]
                for event in events
                for row in connection.execute(
                    "SELECT incident FROM telling WHERE event = ? AND incident NOT NULL",
                    (_event_number(connection, event),),
                )
            }
            rest = [
                anchor
                for incident in sorted(incidents)
                for anchor in _anchors(connection, incident)
                if anchor not in parted
            ]
            if not rest:
                raise ReviewError("These events stand with no others: there is nothing to part them from.")
            return self._decide(connection, "part", {"one": parted, "other": rest}, {}, who, why, at)

    def grade(
        self,
        publisher: str,
        grade: str | None,
        *,
        who: str,
        why: str | None = None,
        at: datetime | None = None,
    ) -> Decision:
        """How reliable a publisher is, by the Admiralty code: A to F, or None to take the grade away."""
        with self._writing() as connection:
            publisher = _publisher(connection, publisher, grade)
            target, value = {"publisher": publisher}, {"grade": grade}
            return self._decide(connection, "grade", target, value, who, why, at)

    # ---------------------------------------------------------------------------------- decisions themselves

    def undo(
        self, decision: str, *, who: str, why: str | None = None, at: datetime | None = None
    ) -> Decision:
        """Take a decision (id) back. Both stay in the log."""
        with self._writing() as connection:
            made = decided.of_id(connection, decision)
            if made is None:
                raise ReviewError(f'There is no decision "{decision}". List them with: sitrep review log')
            if made.kind == "undo" or made.undone:
                raise ReviewError(f"{decision} is undone or an undoing itself. Decide anew instead.")
            before = touched_by(connection, made)
            undone = _write(connection, "undo", {"decision": decision}, {}, who, why, at)
            derive.settle(connection, touched_by(connection, made) | before)
            return undone

    def log(self) -> tuple[Decision, ...]:
        """Every decision ever made, in order, with what took it back."""
        with self._reading() as connection:
            return decided.log(connection)

    def unbound(self) -> tuple[Decision, ...]:
        """Decisions in force on events that the coder no longer finds so: a person should look again."""
        with self._reading() as connection:
            return tuple(
                made
                for made in decided.log(connection)
                if made.kind in ON_EVENTS and not made.undone and not _is_bound(connection, made)
            )

    def grades(self) -> dict[str, str | None]:
        """Every publisher of the case, with the grade it was given."""
        with self._reading() as connection:
            given = decided.grades(decided.elsewhere(connection))
            return {
                row[0]: given.get(row[0])
                for row in connection.execute(
                    "SELECT DISTINCT publisher FROM report WHERE publisher NOT NULL ORDER BY publisher"
                )
            }

    def waiting(self, limit: int | None = None, offset: int = 0) -> list[Waiting]:
        """Events that nobody has judged, the least certain first."""
        with self._reading() as connection:
            return list(judging.waiting(connection, limit, offset))

    def progress(self) -> tuple[int, int]:
        """How many events are judged, and how many there are."""
        with self._reading() as connection:
            return judging.progress(connection)

    def sample(self, size: int, seed: int = 0) -> list[str]:
        """Keys of events to judge, drawn evenly from all; those decided on already are among them.

        Accuracy measured on what somebody happened to look at is not that of the coder; on a sample it is.
        The same seed draws the same, and a larger sample holds the smaller.
        """
        with self._reading() as connection:
            keys = [
                row[0]
                for row in connection.execute(
                    "SELECT r.id || '/' || e.id FROM event e JOIN report r ON r.number = e.report"
                )
            ]
        return sorted(keys, key=lambda key: hashlib.sha256(f"{seed} {key}".encode()).digest())[:size]

    def _decide(
        self,
        connection: sqlite3.Connection,
        kind: Kind,
        target: Mapping[str, Any],
        value: Mapping[str, Any],
        who: str,
        why: str | None,
        at: datetime | None,
    ) -> Decision:
        made = _write(connection, kind, target, value, who, why, at)
        derive.settle(connection, touched_by(connection, made))
        return made


def _event_number(connection: sqlite3.Connection, key: str) -> int:
    _, event, number = _event(connection, key)
    row = connection.execute(
        "SELECT number FROM event WHERE report = ? AND id = ?", (number, event.id)
    ).fetchone()
    return int(row[0])


def _is_bound(connection: sqlite3.Connection, made: Decision) -> bool:
    number = number_of(connection, made.target["report"])
    return number is not None and event_of(read_report(connection, number), made) is not None


def _event(connection: sqlite3.Connection, key: str) -> tuple[Report, Event, int]:
    """The report, event and report number of an event key, the report's id as full as it need be.

    Raises `ReviewError` if there is none, or are several.
    """
    start, _, name = key.rpartition("/")
    id = full_id(connection, start) if start else None
    number = number_of(connection, id) if id else None
    if number is not None:
        report = read_report(connection, number)
        for event in report.events:
            if event.id == name:
                return report, event, number
    raise ReviewError(f'The case has no one event "{key}". List them with: sitrep events')


def _name_keys(connection: sqlite3.Connection, actor: str) -> list[str]:
    """The keys of all names of an actor of the case (by id), or the one key that `actor` is."""
    keys = [
        row[0]
        for row in connection.execute("SELECT key FROM name WHERE actor = ? OR key = ?", (actor, actor))
    ]
    if not keys:
        raise ReviewError(f'The case has no actor or name "{actor}". List them with: sitrep actors')
    return sorted(keys)


def _pinned_keys(connection: sqlite3.Connection, place: str) -> tuple[list[str], str]:
    """The coder's keys of what the case shows as one place, and its name. Raises `ReviewError`."""
    keys = places_named(connection, place)
    # A province stands for all in it when asked for; pinned is the place itself.
    named = [key for key in keys if key == place] or keys
    rows = [
        row
        for key in named
        for row in connection.execute("SELECT number, key, name FROM site WHERE key = ?", (key,))
    ]
    exact = [row for row in rows if place in (row[1], row[2])] or rows
    if len(exact) != 1:
        shown = "; ".join(f"{name} ({key})" for _, key, name in exact)
        raise ReviewError(f'"{place}" may be {shown}. Say which by its key.')
    [(site, _, name)] = exact
    mentions = connection.execute(
        "SELECT p.name, p.geonameid, p.country FROM site_mention m JOIN place p"
        " ON p.report = m.report AND p.id = m.place WHERE m.site = ?",
        (site,),
    )
    found = {
        place_key(Place(id="", name=its_name, geonameid=geonameid, country=country, mentions=()))
        for its_name, geonameid, country in mentions
    }
    return sorted(found), name


def _write(
    connection: sqlite3.Connection,
    kind: Kind,
    target: Mapping[str, Any],
    value: Mapping[str, Any],
    who: str,
    why: str | None,
    at: datetime | None,
) -> Decision:
    """Write a decision down. Nothing follows from it yet: see `touched_by`."""
    if not who.strip():
        raise ReviewError("Say who decides: --by NAME, or set the environment variable SITREP_WHO.")
    when = (at or datetime.now(UTC)).astimezone(UTC)
    stated = to_text([kind, target, value, who, when.isoformat()])
    id = "d" + hashlib.sha256(stated.encode()).hexdigest()[:16]
    connection.execute(
        "INSERT OR IGNORE INTO decision (id, kind, target, value, who, at, why) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (id, kind, to_text(target), to_text(value), who, when.isoformat(timespec="microseconds"), why),
    )
    made = decided.of_id(connection, id)
    assert made is not None  # just written
    return made


def touched_by(connection: sqlite3.Connection, decision: Decision) -> Touched:
    """What a decision, or its undoing, makes to be found anew."""
    if decision.kind in ON_EVENTS:
        number = number_of(connection, decision.target["report"])
        return Touched(reports=set() if number is None else {number})
    if decision.kind in BETWEEN_EVENTS:
        numbers = {
            number
            for side in ("one", "other")
            for target in decision.target[side]
            if (number := number_of(connection, target["report"])) is not None
        }
        return Touched(reports=numbers, events=_anchored(connection, decision))
    if decision.kind in {"merge_actors", "split_actor"}:
        keys = _tied(connection, decision.names)
        return Touched(
            changed_names=set(keys),
            reports=_numbers(connection, "SELECT report FROM name_mention WHERE key = ?", keys),
        )
    if decision.kind == "pin_place":
        return Touched(reports=_reports_with(connection, decision))
    publisher = decision.target["publisher"]
    return Touched(
        events=_numbers(
            connection,
            "SELECT t.event FROM telling t JOIN report r ON r.number = t.report"
            " WHERE r.publisher = ? AND t.decision IS NOT 'rejected'",
            [publisher],
        ),
        regraded=True,
    )


def _anchored(connection: sqlite3.Connection, decision: Decision) -> set[int]:
    return _numbers(connection, "SELECT event FROM decision_anchor WHERE decision = ?", [decision.id])


def _numbers(connection: sqlite3.Connection, query: str, values: Sequence[str]) -> set[int]:
    return {row[0] for value in values for row in connection.execute(query, (value,))}


def _tied(connection: sqlite3.Connection, names: Sequence[str]) -> list[str]:
    """These keys, those of the actors they belong to, and those that any merge ties to them."""
    keys = set(names)
    merges = [made for made in decided.log(connection) if made.kind == "merge_actors"]
    before: set[str] = set()
    while keys != before:
        before = set(keys)
        for made in merges:
            if keys & set(made.names):
                keys |= set(made.names)
        for key in before:
            keys |= {
                row[0]
                for row in connection.execute(
                    "SELECT o.key FROM name n JOIN name o ON o.actor = n.actor WHERE n.key = ?", (key,)
                )
            }
    return sorted(keys)


def _reports_with(connection: sqlite3.Connection, decision: Decision) -> set[int]:
    """The reports whose coder named a place that is pinned."""
    keys = set(decision.target["places"])
    only_in = decision.target.get("only_in")
    rows = connection.execute("SELECT DISTINCT report, name, geonameid, country FROM place")
    found = {
        report
        for report, name, geonameid, country in rows
        if place_key(Place(id="", name=name, geonameid=geonameid, country=country, mentions=())) in keys
    }
    return found if only_in is None else found & {number_of(connection, only_in) or 0}


def _anchors(connection: sqlite3.Connection, what: str) -> list[dict[str, Any]]:
    """The targets of an incident's tellings, or of the one event that `what` is the key of."""
    if "/" in what:
        report, event, _ = _event(connection, what)
        return [target_of(report, event)]
    rows = connection.execute(
        "SELECT r.number, e.id FROM telling t JOIN event e ON e.number = t.event"
        " JOIN report r ON r.number = t.report WHERE t.incident = ? ORDER BY r.id, t.event LIMIT ?",
        (what, ANCHORS),
    ).fetchall()
    if not rows:
        raise ReviewError(f'The case has no incident "{what}". List them with: sitrep incidents')
    found = []
    for number, id in rows:
        report = read_report(connection, number)
        [event] = [event for event in report.events if event.id == id]
        found.append(target_of(report, event))
    return found


def _publisher(connection: sqlite3.Connection, asked: str, grade: str | None) -> str:
    """The publisher as the case spells it. Raises `ReviewError` where there is none, or no such grade."""
    if grade is not None and grade not in GRADES:
        raise ReviewError(f'"{grade}" is no grade. Sources are graded {GRADES[0]} to {GRADES[-1]}, or none.')
    known = {row[0] for row in connection.execute("SELECT DISTINCT publisher FROM report")} - {None}
    found = {asked} & known or {name for name in known if name.casefold() == asked.casefold()}
    if len(found) != 1:
        raise ReviewError(f'No report of this case is by "{asked}". List them with: sitrep grade')
    return str(found.pop())
