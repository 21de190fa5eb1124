"""A case: one SQLite file that reports are added to, and what follows from them together."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

from sitrep.case import gold
from sitrep.case.contents import digest
from sitrep.case.deriving import derive
from sitrep.case.evaluate import Evaluation, evaluate
from sitrep.case.file import CaseError, open_for_reading, open_for_writing, snapshot, transaction
from sitrep.case.filters import Filter
from sitrep.case.overview import Overview
from sitrep.case.queries import actors, claims, control, events, incidents, reports, search
from sitrep.case.queries.actors import CaseActor
from sitrep.case.queries.claims import Said
from sitrep.case.queries.control import Ground, Held
from sitrep.case.queries.reports import InCase
from sitrep.case.queries.search import Hit
from sitrep.case.reports import delete_report, number_of, read_report, write_report
from sitrep.case.review import Review
from sitrep.records import Coder, Document, Incident, Report, Telling

Added = Literal["added", "replaced", "unchanged"]


class Case:
    """An open case. Close it, or use it in a `with`.

    Reading never waits for somebody who adds, and sees whole reports only. A case may be open in any number
    of processes and be added to in several; within one process, use one `Case` a thread.
    """

    def __init__(self, path: str | Path, *, create: bool = True, read_only: bool = False) -> None:
        """As `open_case`."""
        self.path = Path(path)
        self._writer: sqlite3.Connection | None = None
        if not read_only:
            self._writer = open_for_writing(self.path, create=create)
            self._make()
        self._reader = open_for_reading(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._reader.close()
        if self._writer is not None:
            self._writer.close()

    # ------------------------------------------------------------------------------------------------ adding

    def add(self, report: Report) -> Added:
        """Keep a report and find what follows from it, in one transaction.

        The same report by the same coder changes nothing. One that was coded otherwise takes the place of
        the earlier, and what people decided on its events stays with the words that they decided on.
        Raises `CaseError` where the case cannot be written.
        """
        with self._writing() as writer:
            number = number_of(writer, report.id)
            if number is None:
                number = write_report(writer, report)
                derive.settle(writer, derive.add(writer, number, report))
                return "added"
            before = read_report(writer, number)
            # One page found in two places is one report, from where it was found first.
            if replace(before, source=report.source) == report:
                return "unchanged"
            touched = derive.remove(writer, number, before)
            delete_report(writer, number)
            write_report(writer, report, number)
            derive.settle(writer, derive.add(writer, number, report) | touched)
            return "replaced"

    def add_all(self, reports: Iterable[Report]) -> Iterator[tuple[Report, Added]]:
        """`add` each report as it comes."""
        for report in reports:
            yield report, self.add(report)

    def remove(self, id: str) -> bool:
        """Take a report, and all that followed from it, out of the case; False if it holds none of that id.

        Decisions on its events stay, and count again if the report is added again.
        """
        with self._writing() as writer:
            number = number_of(writer, id)
            if number is None:
                return False
            touched = derive.remove(writer, number, read_report(writer, number))
            delete_report(writer, number)
            derive.settle(writer, touched)
            return True

    def holds(self, document: Document, coder: Coder) -> bool:
        """Whether the case holds what this coder makes of this document: it need not be coded again."""
        with snapshot(self._reader, self.path):
            number = number_of(self._reader, document.id)
            if number is None:
                return False
            report = read_report(self._reader, number)
        fields = (
            "url", "publisher", "section", "title", "authors", "published", "language", "text", "removed"
        )  # fmt: skip
        return report.coder == coder and all(
            getattr(report, field) == getattr(document, field) for field in fields
        )

    def rebuild(self, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
        """Find all that is derived anew, in one transaction; readers see what was there until it is done."""
        writer = self._writable()
        with transaction(writer, self.path):
            derive.rebuild(writer, self.path, progress)

    @property
    def is_current(self) -> bool:
        """Whether what is derived was found by this version's rules; if not, `rebuild`."""
        with snapshot(self._reader, self.path):
            return derive.is_current(self._reader)

    # ----------------------------------------------------------------------------------------------- reading

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """All that the block asks is of one moment, however much is added meanwhile."""
        with snapshot(self._reader, self.path):
            yield

    @property
    def version(self) -> int:
        """A number that differs once anything in the file has changed, whoever changed it.

        It says nothing to another `Case`, be it of the same file.
        """
        [version] = self._reader.execute("PRAGMA data_version").fetchone()
        return int(version)

    def __len__(self) -> int:
        """How many reports it holds."""
        with snapshot(self._reader, self.path):
            [count] = self._reader.execute("SELECT count(*) FROM report").fetchone()
            return int(count)

    def report(self, id: str) -> Report:
        """The report of that id, equal to the one that was added. Raises `KeyError` if there is none."""
        with snapshot(self._reader, self.path):
            number = number_of(self._reader, id)
            if number is None:
                raise KeyError(id)
            return read_report(self._reader, number)

    def reports(self) -> Iterator[Report]:
        """Every report, in the order of their days, then ids."""
        with snapshot(self._reader, self.path):
            numbers = self._reader.execute("SELECT number FROM report ORDER BY published, id").fetchall()
        for (number,) in numbers:
            with snapshot(self._reader, self.path):
                yield read_report(self._reader, number)

    def texts(self, ids: Iterable[str]) -> dict[str, str]:
        """The texts alone of these reports, by id; those it does not have are left out."""
        with self._reading() as connection:
            return reports.texts(connection, ids)

    def known_of(self, report: str) -> InCase:
        """What the case makes of the records of the report of that id; empty if it has none."""
        with self._reading() as connection:
            return reports.in_case(connection, report)

    def events(self, asked: Filter = Filter(), limit: int | None = None) -> list[dict[str, Any]]:  # noqa: B008
        """Rows of `event_table`, in the order of days."""
        with self._reading() as connection:
            return list(events.rows(connection, asked, limit))

    def tellings(self, asked: Filter = Filter()) -> list[Telling]:  # noqa: B008
        """Events as the case reads them, with parties, place and sources."""
        with self._reading() as connection:
            return list(events.tellings(connection, asked))

    def incidents(
        self,
        asked: Filter = Filter(),  # noqa: B008
        least_sources: int = 1,
        limit: int | None = None,
    ) -> list[Incident]:
        """Incidents of which some telling is asked for, in the order of days."""
        with self._reading() as connection:
            return list(incidents.incidents(connection, asked, least_sources, limit))

    def incident_ids(self, asked: Filter = Filter()) -> set[str]:  # noqa: B008
        """Ids of the incidents of which some telling is asked for."""
        with self._reading() as connection:
            return incidents.ids(connection, asked)

    def incident(self, id: str) -> Incident:
        """The incident of that id. Raises `KeyError` if there is none."""
        with self._reading() as connection:
            found = incidents.incident(connection, id)
        if found is None:
            raise KeyError(id)
        return found

    def actors(
        self,
        name: str | None = None,
        country: str | None = None,
        least_reports: int = 1,
        limit: int | None = None,
    ) -> list[CaseActor]:
        """Actors across reports, the most reported first, with what each publisher calls them."""
        with self._reading() as connection:
            return list(actors.actors(connection, name, country, least_reports, limit))

    def claims(
        self,
        asked: Filter = Filter(),  # noqa: B008
        contradicted: bool = False,
        limit: int | None = None,
    ) -> list[Said]:
        """What each source has said, a source at a time."""
        with self._reading() as connection:
            return list(claims.said(connection, asked, contradicted, limit))

    def control(
        self,
        place: str | None = None,
        country: str | None = None,
        at: date | None = None,
        holder: str | None = None,
    ) -> list[Held]:
        """Who held which place when."""
        with self._reading() as connection:
            return list(control.held(connection, place, country, at, holder))

    def grounds(self, keys: Collection[str]) -> dict[str, Ground]:
        """What holdings rest on: the words of these tellings and statements, by key."""
        with self._reading() as connection:
            return control.grounds(connection, keys)

    def search(
        self,
        words: str,
        asked: Filter = Filter(),  # noqa: B008
        limit: int | None = 20,
    ) -> list[Hit]:
        """Reports that hold the words, best first."""
        with self._reading() as connection:
            return list(search.search(connection, words, asked, limit))

    def derived(self) -> str:
        """A digest of all that is derived: equal for two cases with the same reports and decisions."""
        with self._reading() as connection:
            return digest(connection)

    def evaluate(self, keys: Sequence[str] | None = None) -> Evaluation:
        """How accurate the coder is on this case's material, by what people decided (on these events)."""
        with self._reading() as connection:
            return evaluate(connection, keys)

    def gold(self, task: str) -> list[dict[str, Any]]:
        """What people decided, in the format of the scorer of `task`. Raises `CaseError` for another."""
        if task not in gold.TASKS:
            raise CaseError(f'There is no gold set "{task}"; there are {", ".join(gold.TASKS)}.')
        with self._reading() as connection:
            return list(gold.TASKS[task](connection))

    @property
    def overview(self) -> Overview:
        """What it holds, a line each."""
        return Overview(self._reading)

    @property
    def review(self) -> Review:
        """What people decide on this case."""
        return Review(self._reading, self._writing)

    # ------------------------------------------------------------------------------------------------- inside

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with snapshot(self._reader, self.path):
            yield self._reader

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        writer = self._writable()
        with transaction(writer, self.path):
            self._check_current(writer)
            yield writer

    def _make(self) -> None:
        writer = self._writable()
        [made] = writer.execute("SELECT count(*) FROM setting WHERE name = 'rules'").fetchone()
        if not made:
            with transaction(writer, self.path):
                [made] = writer.execute("SELECT count(*) FROM setting WHERE name = 'rules'").fetchone()
                if not made:
                    derive.make(writer)

    def _writable(self) -> sqlite3.Connection:
        if self._writer is None:
            raise CaseError(
                f"{self.path} was opened for reading only. Open it without read_only to change it."
            )
        return self._writer

    def _check_current(self, writer: sqlite3.Connection) -> None:
        if not derive.is_current(writer):
            raise CaseError(
                f"{self.path}: what follows from its reports was found by another version's rules. "
                f"Bring it up to date with: sitrep rebuild --case {self.path}"
            )


def open_case(path: str | Path, *, create: bool = True, read_only: bool = False) -> Case:
    """The case in the file at `path`, made if it is missing: add reports to it, ask it, review it.

    With `read_only` nothing is written and nothing is made. Raises `CaseError`, saying what to do.
    """
    return Case(path, create=create, read_only=read_only)
