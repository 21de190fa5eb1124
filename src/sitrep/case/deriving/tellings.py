"""Each event as the case reads it, after what people decided, and which others it may be one with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sitrep.case.binding import NO_VERDICT, Reading, Verdict, read_corrected, target_event
from sitrep.case.decisions import BETWEEN_EVENTS, Decision, of_report
from sitrep.case.deriving import sites
from sitrep.case.reports import read_report
from sitrep.case.rows import day, number_of_key, record, record_text, to_text, toll_columns
from sitrep.records import Party, Report, Stated, Telling
from sitrep.situation.control import control_keys
from sitrep.situation.incidents import block_keys, same_incident
from sitrep.situation.places import place_key
from sitrep.situation.tellings import stated_in, tellings_of


@dataclass(slots=True)
class Changed:
    """What writing tellings touched: events whose incidents, and places whose control, must be found anew."""

    events: set[int] = field(default_factory=set)
    rewritten: set[int] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


def write(connection: sqlite3.Connection, number: int, elsewhere: Sequence[Decision]) -> Changed:
    """Make the tellings of a report anew; what came out as it was is left alone."""
    report = read_report(connection, number)
    reading = read_corrected(report, of_report(connection, report.id), elsewhere)
    origin = connection.execute(
        "SELECT r.id FROM copy_group g JOIN report r ON r.number = g.origin WHERE g.report = ?", (number,)
    ).fetchone()[0]
    sites.remove(connection, number)
    sites.add(connection, number, reading.report)
    changed = Changed()
    called = _merged_names(elsewhere)
    _write_stated(connection, number, _stated(reading, origin, called), changed)
    events = dict(connection.execute("SELECT id, number FROM event WHERE report = ?", (number,)))
    for telling in tellings_of(reading.report, origin):
        event = events[telling.event.id]
        verdict = reading.verdicts.get(telling.event.id, NO_VERDICT)
        _write(connection, event, number, _renamed(telling, called), verdict, changed)
    _bind_anchors(connection, report, events, elsewhere, changed)
    return changed


def _bind_anchors(
    connection: sqlite3.Connection,
    report: Report,
    events: Mapping[str, int],
    elsewhere: Sequence[Decision],
    changed: Changed,
) -> None:
    """Bind the joins and parts that are about events of this report; those that moved are touched."""
    before = _anchors(connection, events.values())
    connection.executemany(
        "DELETE FROM decision_anchor WHERE decision = ? AND side = ? AND event = ?", sorted(before)
    )
    for made in elsewhere:
        for side in ("one", "other"):
            for target in made.target.get(side, ()) if made.kind in BETWEEN_EVENTS else ():
                if target["report"] != report.id:
                    continue
                # However the words are coded: two tellings of one thing stay so.
                event = target_event(report, target, corrected={"type": None, "place": None})
                if event is not None:
                    connection.execute(
                        "INSERT OR IGNORE INTO decision_anchor VALUES (?, ?, ?)",
                        (made.id, side, events[event.id]),
                    )
    changed.events |= {event for _, _, event in before ^ _anchors(connection, events.values())}


def _anchors(connection: sqlite3.Connection, events: Iterable[int]) -> set[tuple[str, str, int]]:
    return {
        tuple(row)
        for event in events
        for row in connection.execute(
            "SELECT decision, side, event FROM decision_anchor WHERE event = ?", (event,)
        )
    }


def forget(connection: sqlite3.Connection, number: int) -> Changed:
    """Remove the tellings of a report and all that leads to them."""
    changed = Changed()
    _write_stated(connection, number, (), changed)
    for (event,) in connection.execute("SELECT event FROM telling WHERE report = ?", (number,)).fetchall():
        _forget(connection, event, changed)
    sites.remove(connection, number)
    changed.events -= {
        event for (event,) in connection.execute("SELECT number FROM event WHERE report = ?", (number,))
    }
    return changed


def _write(
    connection: sqlite3.Connection,
    event: int,
    report: int,
    telling: Telling,
    verdict: Verdict,
    changed: Changed,
) -> None:
    now = (record_text(telling), verdict.decision, to_text(verdict.fields))
    before = connection.execute(
        "SELECT record, decision, corrected FROM telling WHERE event = ?", (event,)
    ).fetchone()
    connection.execute("DELETE FROM decision_event WHERE event = ?", (event,))
    if before is not None and before != now:
        _forget(connection, event, changed)
    connection.executemany(
        "INSERT INTO decision_event VALUES (?, ?)", [(decision, event) for decision in verdict.decisions]
    )
    if before == now:
        return
    counts = verdict.decision != "rejected"
    told = telling.event
    place = place_key(telling.place) if telling.place else None
    tolls = [toll_columns(toll)[:2] for toll in (told.killed, told.injured, told.crowd)]
    connection.execute(
        f"INSERT INTO telling VALUES (?{', ?' * 21}, NULL)",
        (
            event, report, told.type, told.mode, to_text(told.contexts), told.quad, told.score, told.status,
            day(told.earliest), day(told.latest), told.inferred, place, *tolls[0], *tolls[1], *tolls[2],
            told.confidence, *now[1:], now[0],
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO telling_party VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (event, role, position, party.name, party.key, party.kind, party.country, to_text(party.sectors))
            for role, parties in (
                ("actor", telling.actors), ("recipient", telling.recipients), ("source", telling.sources)
            )
            for position, party in enumerate(parties)
        ],
    )  # fmt: skip
    if not counts:
        return
    _link(connection, event, telling)
    changed.events.add(event)
    changed.rewritten.add(event)
    for place in control_keys([telling], []):
        connection.execute("INSERT INTO control_ground (place, event) VALUES (?, ?)", (place, event))
        changed.places.add(place)


def _link(connection: sqlite3.Connection, event: int, telling: Telling) -> None:
    keys = _block_numbers(telling)
    marks = ", ".join("?" * len(keys))
    found = connection.execute(
        "SELECT t.event, t.record FROM telling t WHERE t.event IN"
        f" (SELECT event FROM block WHERE key IN ({marks})) ORDER BY t.event",
        tuple(keys),
    ).fetchall()
    links = [
        (other, reason)
        for other, text in found
        if (reason := same_incident(telling, telling_of(text))) is not None
    ]
    connection.executemany("INSERT OR IGNORE INTO block VALUES (?, ?)", [(key, event) for key in keys])
    connection.executemany(
        "INSERT INTO link VALUES (?, ?, ?)",
        [
            pair
            for other, reason in links
            for pair in ((event, other, reason), (other, event, reason))
        ],
    )  # fmt: skip


def _block_numbers(telling: Telling) -> list[int]:
    """The keys under which a telling meets others, as numbers.

    Two keys share a number once in many million cases; then two tellings are compared that need not be.
    """
    return [number_of_key(key) for key in block_keys(telling)]


def _forget(connection: sqlite3.Connection, event: int, changed: Changed) -> None:
    linked = [row[0] for row in connection.execute("SELECT other FROM link WHERE event = ?", (event,))]
    connection.executemany(
        "DELETE FROM link WHERE event = ? AND other = ?",
        [pair for other in linked for pair in ((event, other), (other, event))],
    )
    text, incident = connection.execute(
        "SELECT record, incident FROM telling WHERE event = ?", (event,)
    ).fetchone()
    connection.executemany(
        "DELETE FROM block WHERE key = ? AND event = ?",
        [(key, event) for key in _block_numbers(telling_of(text))],
    )
    # Tellings that people joined with it are no neighbours by links.
    members = {
        row[0] for row in connection.execute("SELECT event FROM telling WHERE incident = ?", (incident,))
    }
    if incident is not None:
        delete_incidents(connection, [incident])
    changed.events |= (set(linked) | members) - {event}
    changed.places |= {
        row[0] for row in connection.execute("SELECT place FROM control_ground WHERE event = ?", (event,))
    }
    for table in ("control_ground", "telling_party", "decision_event", "decision_anchor", "telling"):
        connection.execute(f"DELETE FROM {table} WHERE event = ?", (event,))


def delete_incidents(connection: sqlite3.Connection, incidents: Iterable[str]) -> None:
    keys = [(incident,) for incident in incidents]
    connection.executemany("UPDATE telling SET incident = NULL WHERE incident = ?", keys)
    connection.executemany("DELETE FROM account WHERE incident = ?", keys)
    connection.executemany("DELETE FROM claim WHERE incident = ?", keys)
    connection.executemany("DELETE FROM incident WHERE id = ?", keys)


def _write_stated(
    connection: sqlite3.Connection, number: int, stated: Sequence[Stated], changed: Changed
) -> None:
    old = connection.execute("SELECT control FROM stated WHERE report = ?", (number,)).fetchall()
    for (control,) in old:
        changed.places |= {
            row[0]
            for row in connection.execute("SELECT place FROM control_ground WHERE control = ?", (control,))
        }
        connection.execute("DELETE FROM control_ground WHERE control = ?", (control,))
    connection.execute("DELETE FROM stated WHERE report = ?", (number,))
    numbers = dict(connection.execute("SELECT id, number FROM control WHERE report = ?", (number,)))
    for one in stated:
        control = numbers[one.control.id]
        connection.execute(
            "INSERT INTO stated VALUES (?, ?, ?, ?)", (control, number, one.holder.key, record_text(one))
        )
        for place in control_keys([], [one]):
            connection.execute("INSERT INTO control_ground (place, control) VALUES (?, ?)", (place, control))
            changed.places.add(place)


def _stated(reading: Reading, origin: str, called: Mapping[str, str]) -> tuple[Stated, ...]:
    return tuple(
        replace(one, holder=_called(one.holder, called), sources=_all_called(one.sources, called))
        if called
        else one
        for one in stated_in(reading.report, origin)
    )


def _merged_names(decisions: Sequence[Decision]) -> dict[str, str]:
    """Each key that people merged with others to the one of these that stands for all."""
    called: dict[str, str] = {}
    for decision in decisions:
        if decision.kind == "merge_actors":
            heads = {called.get(key, key) for key in decision.names}
            together = {key for key, head in called.items() if head in heads} | heads | set(decision.names)
            called |= dict.fromkeys(together, min(together))
        elif decision.kind == "split_actor":
            for key in decision.names:
                called.pop(key, None)
    return called


def _renamed(telling: Telling, called: Mapping[str, str]) -> Telling:
    if not called:
        return telling
    return replace(
        telling,
        actors=_all_called(telling.actors, called),
        recipients=_all_called(telling.recipients, called),
        sources=_all_called(telling.sources, called),
    )


def _all_called(parties: tuple[Party, ...], called: Mapping[str, str]) -> tuple[Party, ...]:
    return tuple(_called(party, called) for party in parties)


def _called(party: Party, called: Mapping[str, str]) -> Party:
    return replace(
        party,
        key=called.get(party.key, party.key) if party.key else None,
        ties=tuple(sorted({called.get(key, key) for key in party.ties})),
    )


# A report is compared with those of its days again and again; decoding them was half the cost of an add.
@lru_cache(maxsize=8192)
def telling_of(text: str) -> Telling:
    """The telling that a row holds as text."""
    return record(Telling, text)
