"""A report into its tables, out of them again as it was, and away."""

from __future__ import annotations

import sqlite3
from typing import Any, Final

from sitrep.case.rows import day, from_text, spans, to_day, to_text, to_toll, toll_columns
from sitrep.records import (
    Actor,
    Attribution,
    Coder,
    Content,
    Control,
    Cue,
    Event,
    Identity,
    Place,
    Removed,
    Report,
    Source,
    Time,
    from_json,
    to_json,
    words,
)

# From the leaves up: what refers goes before what is referred to.
TABLES: Final = (
    "control",
    "event_source",
    "event_party",
    "event",
    "attribution",
    "time",
    "place",
    "actor",
    "removed",
)
BETWEEN: Final = " … "  # the parts of what two spans cut out

Row = tuple[Any, ...]


def number_of(connection: sqlite3.Connection, id: str) -> int | None:
    """The number of the report of that id in this file."""
    row = connection.execute("SELECT number FROM report WHERE id = ?", (id,)).fetchone()
    return int(row[0]) if row else None


def full_id(connection: sqlite3.Connection, start: str) -> str | None:
    """The one report id that starts so, with or without "sha256:"; None if none does, or several do."""
    for prefix in (start, f"sha256:{start}"):
        found = connection.execute(
            "SELECT id FROM report WHERE id >= ? AND id < ? LIMIT 2", (prefix, f"{prefix}\U0010ffff")
        ).fetchall()
        if len(found) == 1:
            return str(found[0][0])
    return None


def write_report(connection: sqlite3.Connection, report: Report, number: int | None = None) -> int:
    """Put `report` into its tables, as `number` if that is given; returns its number."""
    row = connection.execute(
        "INSERT INTO report (number, id, source, url, publisher, section, title, authors, published,"
        " language, text, coder) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
        (
            number, report.id, report.source, report.url, report.publisher, report.section, report.title,
            to_text(report.authors), day(report.published), report.language, report.text,
            _coder_number(connection, report.coder),
        ),
    ).fetchone()  # fmt: skip
    number = int(row[0])
    text = report.text
    connection.executemany(
        "INSERT INTO removed VALUES (?, ?, ?, ?)",
        [(number, position, cut.text, cut.reason) for position, cut in enumerate(report.removed)],
    )
    connection.executemany(
        "INSERT INTO actor VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (number, actor.id, position, actor.name, actor.kind, actor.country, to_text(actor.sectors),
             actor.description, to_text(actor.aliases), to_text(actor.mentions), actor.inferred,
             actor.identity and to_text(to_json(actor.identity)))
            for position, actor in enumerate(report.actors)
        ],
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (number, place.id, position, place.name, place.geonameid, place.latitude, place.longitude,
             place.country, place.admin1, place.feature, to_text(place.mentions), place.confidence,
             place.inferred)
            for position, place in enumerate(report.places)
        ],
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO time VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (number, time.id, position, time.start, time.end, time.type, time.value, day(time.earliest),
             day(time.latest))
            for position, time in enumerate(report.times)
        ],
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO attribution VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (number, said.id, position, said.kind, to_text(said.source.spans), said.source.actor,
             to_text(said.cue.spans), to_text(said.content.spans), said.medium, said.time,
             said.within)
            for position, said in enumerate(report.attributions)
        ],
    )  # fmt: skip
    connection.executemany(
        f"INSERT INTO event VALUES (NULL{', ?' * 26})",
        [
            (number, event.id, event.type, event.mode, to_text(event.contexts), event.quad, event.score,
             event.place, day(event.earliest), day(event.latest), event.inferred, event.status,
             to_text(event.trigger), to_text(event.evidence), *toll_columns(event.killed),
             *toll_columns(event.injured), *toll_columns(event.crowd), event.confidence,
             BETWEEN.join(words(text, event.trigger)), BETWEEN.join(words(text, event.evidence)))
            for event in report.events
        ],
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO event_party VALUES (?, ?, ?, ?, ?)",
        [
            (number, event.id, role, position, actor)
            for event in report.events
            for role, actors in (("actor", event.actors), ("recipient", event.recipients))
            for position, actor in enumerate(actors)
        ],
    )
    connection.executemany(
        "INSERT INTO event_source VALUES (?, ?, ?, ?)",
        [
            (number, event.id, position, said)
            for event in report.events
            for position, said in enumerate(event.according_to)
        ],
    )
    connection.executemany(
        f"INSERT INTO control VALUES (NULL{', ?' * 13})",
        [
            (number, control.id, control.place, control.holder, day(control.earliest), day(control.latest),
             control.inferred, control.status, to_text(control.according_to), to_text(control.trigger),
             to_text(control.evidence), BETWEEN.join(words(text, control.trigger)),
             BETWEEN.join(words(text, control.evidence)))
            for control in report.control
        ],
    )  # fmt: skip
    return number


def delete_report(connection: sqlite3.Connection, number: int) -> None:
    for table in TABLES:
        connection.execute(f"DELETE FROM {table} WHERE report = ?", (number,))
    connection.execute("DELETE FROM report WHERE number = ?", (number,))


def _coder_number(connection: sqlite3.Connection, coder: Coder) -> int:
    stated = (coder.sitrep, to_text(coder.models))
    found = connection.execute("SELECT number FROM coder WHERE sitrep = ? AND models = ?", stated).fetchone()
    if found is None:
        found = connection.execute(
            "INSERT INTO coder (sitrep, models) VALUES (?, ?) RETURNING number", stated
        ).fetchone()
    return int(found[0])


def read_report(connection: sqlite3.Connection, number: int) -> Report:
    """The report of that number, equal to the one that was written. Raises `KeyError` if there is none."""
    head = connection.execute(
        "SELECT id, source, url, publisher, section, title, authors, published, language, text, c.sitrep,"
        " c.models FROM report JOIN coder c ON c.number = coder WHERE report.number = ?",
        (number,),
    ).fetchone()
    if head is None:
        raise KeyError(number)
    id, source, url, publisher, section, title, authors, published, language, text, version, models = head

    def rows(columns: str, table: str, order: str = "position") -> list[Row]:
        return connection.execute(
            f"SELECT {columns} FROM {table} WHERE report = ? ORDER BY {order}", (number,)
        ).fetchall()

    parties: dict[tuple[str, str], list[str]] = {}
    for event, role, actor in rows("event, role, actor", "event_party"):
        parties.setdefault((event, role), []).append(actor)
    sources: dict[str, list[str]] = {}
    for event, attribution in rows("event, attribution", "event_source"):
        sources.setdefault(event, []).append(attribution)
    return Report(
        id=id,
        source=source,
        url=url,
        publisher=publisher,
        section=section,
        title=title,
        authors=tuple(from_text(authors)),
        published=to_day(published),
        language=language,
        text=text,
        removed=tuple(Removed(*row) for row in rows("text, reason", "removed")),
        actors=tuple(_actor(row) for row in rows(ACTOR, "actor")),
        places=tuple(_place(row) for row in rows(PLACE, "place")),
        times=tuple(_time(row) for row in rows(TIME, "time")),
        attributions=tuple(_attribution(row) for row in rows(ATTRIBUTION, "attribution")),
        events=tuple(_event(row, parties, sources) for row in rows(EVENT, "event", order="number")),
        control=tuple(_control(row) for row in rows(CONTROL, "control", order="number")),
        coder=Coder(version, from_text(models)),
    )


ACTOR: Final = "id, name, kind, country, sectors, description, aliases, mentions, inferred, identity"
PLACE: Final = (
    "id, name, geonameid, latitude, longitude, country, admin1, feature, mentions, confidence, inferred"
)
TIME: Final = 'id, start, "end", type, value, earliest, latest'
ATTRIBUTION: Final = "id, kind, source, actor, cue, content, medium, time, within"
EVENT: Final = (
    'id, type, mode, contexts, quad, score, place, earliest, latest, inferred, status, "trigger", evidence,'
    " killed_low, killed_high, killed_spans, injured_low, injured_high, injured_spans,"
    " crowd_low, crowd_high, crowd_spans, confidence"
)
CONTROL: Final = 'id, place, holder, earliest, latest, inferred, status, according_to, "trigger", evidence'


def _actor(row: Row) -> Actor:
    id, name, kind, country, sectors, description, aliases, mentions, inferred, identity = row
    return Actor(
        id=id,
        name=name,
        kind=kind,
        country=country,
        sectors=tuple(from_text(sectors)),
        description=description,
        aliases=tuple(from_text(aliases)),
        mentions=spans(mentions),
        inferred=bool(inferred),
        identity=identity and from_json(Identity, from_text(identity)),
    )


def _place(row: Row) -> Place:
    id, name, geonameid, latitude, longitude, country, admin1, feature, mentions, confidence, inferred = row
    return Place(
        id=id,
        name=name,
        geonameid=geonameid,
        latitude=latitude,
        longitude=longitude,
        country=country,
        admin1=admin1,
        feature=feature,
        mentions=spans(mentions),
        confidence=confidence,
        inferred=bool(inferred),
    )


def _time(row: Row) -> Time:
    id, start, end, type, value, earliest, latest = row
    return Time(id, start, end, type, value, to_day(earliest), to_day(latest))


def _attribution(row: Row) -> Attribution:
    id, kind, source, actor, cue, content, medium, time, within = row
    return Attribution(
        id=id,
        kind=kind,
        source=Source(spans(source), actor),
        cue=Cue(spans(cue)),
        content=Content(spans(content)),
        medium=medium,
        time=time,
        within=within,
    )


def _event(row: Row, parties: dict[tuple[str, str], list[str]], sources: dict[str, list[str]]) -> Event:
    id, type, mode, contexts, quad, score, place, earliest, latest, inferred, status = row[:11]
    trigger, evidence, *tolls, confidence = row[11:]
    return Event(
        id=id,
        type=type,
        mode=mode,
        contexts=tuple(from_text(contexts)),
        quad=quad,
        score=score,
        actors=tuple(parties.get((id, "actor"), ())),
        recipients=tuple(parties.get((id, "recipient"), ())),
        place=place,
        earliest=to_day(earliest),
        latest=to_day(latest),
        inferred=bool(inferred),
        status=status,
        according_to=tuple(sources.get(id, ())),
        trigger=spans(trigger),
        evidence=spans(evidence),
        killed=to_toll(*tolls[:3]),
        injured=to_toll(*tolls[3:6]),
        crowd=to_toll(*tolls[6:]),
        confidence=confidence,
    )


def _control(row: Row) -> Control:
    id, place, holder, earliest, latest, inferred, status, according_to, trigger, evidence = row
    return Control(
        id=id,
        place=place,
        holder=holder,
        earliest=to_day(earliest),
        latest=to_day(latest),
        inferred=bool(inferred),
        status=status,
        according_to=tuple(from_text(according_to)),
        trigger=spans(trigger),
        evidence=spans(evidence),
    )
