"""What a case holds, a line each: for lists, maps and networks, where whole records would be slow."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from datetime import date

from sitrep.case.queries import actors, claims, incidents, network, reports, sites
from sitrep.case.queries.actors import ActorLine
from sitrep.case.queries.claims import ClaimLine
from sitrep.case.queries.incidents import IncidentLine
from sitrep.case.queries.network import Tie
from sitrep.case.queries.reports import ReportLine
from sitrep.records import Place

Reading = Callable[[], AbstractContextManager[sqlite3.Connection]]


class Overview:
    """Lines of one case. Whole records are the case's own: `Case.incidents`, `Case.actors`, `Case.claims`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def incidents(self) -> list[IncidentLine]:
        """Every incident, in the order of ids."""
        with self._reading() as connection:
            return list(incidents.lines(connection))

    def places(self) -> list[Place]:
        """Every place, in the order of keys, which are their ids."""
        with self._reading() as connection:
            return list(sites.sites(connection))

    def reports(
        self, publisher: str | None = None, limit: int | None = None, offset: int = 0
    ) -> list[ReportLine]:
        """Reports, the last published first."""
        with self._reading() as connection:
            return list(reports.lines(connection, publisher, limit, offset))

    def count_reports(self, publisher: str | None = None) -> int:
        with self._reading() as connection:
            return reports.count(connection, publisher)

    def days(self) -> tuple[date | None, date | None]:
        """When the first and the last report were published; None where none says when."""
        with self._reading() as connection:
            return reports.days(connection)

    def publishers(self) -> list[str]:
        """Those whose reports it has, the commonest first."""
        with self._reading() as connection:
            return reports.publishers(connection)

    def actors(self, name: str | None = None, limit: int | None = None) -> list[ActorLine]:
        """Actors, the most reported first; `name` is part of any of their names."""
        with self._reading() as connection:
            return list(actors.lines(connection, name, limit))

    def count_actors(self, name: str | None = None) -> int:
        with self._reading() as connection:
            return actors.count(connection, name)

    def actor_names(self, ids: Collection[str]) -> dict[str, str]:
        """The names of those of `ids` that are actors of the case."""
        with self._reading() as connection:
            return actors.names(connection, ids)

    def actors_of(self, names: Collection[str]) -> dict[str, str]:
        """Which actor (id) each of these keys of names belongs to; a key of no actor is left out."""
        with self._reading() as connection:
            return actors.of_names(connection, names)

    def roles(self, actor: str) -> dict[str, frozenset[str]]:
        """The incidents that an actor (id) has a part in, each with its roles: "actor", "recipient"."""
        with self._reading() as connection:
            return network.roles(connection, actor)

    def ties(self, actor: str) -> list[Tie]:
        """What an actor (id) did to others and they to it."""
        with self._reading() as connection:
            return network.ties(connection, actor)

    def ties_among(self, ids: Collection[str]) -> list[Tie]:
        """What any of these actors did to each other."""
        with self._reading() as connection:
            return network.ties_among(connection, ids)

    def claims(self, keys: Iterable[str]) -> list[ClaimLine]:
        """The claims on these events (keys), in their order."""
        with self._reading() as connection:
            return list(claims.lines(connection, keys))
