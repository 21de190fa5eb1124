"""What is watched, what was seen there, and what has become of it.

Each method is one transaction, so a kill leaves all of a step or nothing. An entry is `delivered` only after
it was.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from sitrep.records import Document, from_json, to_json
from sitrep.watch.entries import Child, Contents, Entry
from sitrep.watch.fetch import Answer, Problem
from sitrep.watch.lists import Listed
from sitrep.watch.store import Store

# waiting: to be fetched; read: to be delivered; all others are done with: delivered, the same as another
# (duplicate), without a story (skipped), not given to us (refused), from before the watch (old), gone, and
# failed too often or too long.
EntryState = Literal[
    "waiting", "read", "delivered", "duplicate", "skipped", "refused", "old", "gone", "failed"
]


@dataclass(frozen=True, slots=True)
class Watched:
    """One source as it is remembered; the fields are `state.sql`'s."""

    url: str
    is_listed: bool
    parent: str | None
    title: str | None
    kind: str | None
    moved_to: str | None
    is_private: bool
    etag: str | None
    last_modified: str | None
    digest: str | None
    day: date | None
    since: date | None
    asked: float | None
    answered: float | None
    failures: int
    failing_since: float | None
    problem: str | None
    next_try: float | None
    gone_since: float | None

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for what has changed only."""
        stated = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in stated.items() if value}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One entry that is to be fetched, or to be delivered."""

    key: str
    url: str | None
    source: str
    seen: float
    published: date | None
    title: str | None
    publisher: str | None
    carried: str | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Block:
    """Bytes that were being appended to a file when it was last heard of."""

    path: Path
    start: int
    length: int
    digest: str
    entry: str | None


class State:
    """What is known of sources, entries and files. Its methods may be called from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ----------------------------------------------------------------------------------------------- sources

    def watch(self, sources: Sequence[Listed], since: date, *, is_stated: bool) -> None:
        """These are watched, and no others. `since` holds for new ones; for all if a user stated it."""
        with self._store.writing() as db:
            db.execute("UPDATE source SET is_listed = 0")
            db.executemany(
                "INSERT INTO source (url, title, since, is_listed) VALUES (?, ?, ?, 1)"
                " ON CONFLICT (url) DO UPDATE SET title = coalesce(excluded.title, title), is_listed = 1",
                [(one.url, one.title, _text(since)) for one in sources],
            )
            if is_stated:
                # What they listed of earlier days was left alone, so they are to be read whole again.
                db.execute(
                    "UPDATE source SET since = ?, etag = NULL, last_modified = NULL, digest = NULL"
                    " WHERE since IS NOT ?",
                    (_text(since), _text(since)),
                )

    def source(self, url: str) -> Watched:
        [found] = self._sources("url = ?", (url,))
        return found

    def sources(self) -> list[Watched]:
        return self._sources("TRUE ORDER BY rowid", ())

    def children(self, url: str) -> list[Watched]:
        """The sitemaps that an index names, the last changed first."""
        return self._sources("parent = ? ORDER BY day DESC, url", (url,))

    def unchanged(self, url: str, now: float) -> None:
        with self._store.writing() as db:
            db.execute(f"UPDATE source SET {ANSWERED} WHERE url = :url", {"now": now, "url": url})

    def failed(self, url: str, problem: Problem, now: float, next_try: float) -> None:
        """A source gave no answer; one that is gone is not asked again, one that was late is no failure."""
        with self._store.writing() as db:
            if problem.kind == "late":
                db.execute("UPDATE source SET next_try = ? WHERE url = ?", (next_try, url))
                return
            db.execute(
                "UPDATE source SET asked = :now, failures = failures + 1, problem = :problem,"
                # Where redirects led before may be wrong by now: the listed address is asked the next time.
                " moved_to = NULL, failing_since = coalesce(failing_since, :now), next_try = :next_try,"
                " gone_since = CASE WHEN :gone THEN :now END WHERE url = :url",
                {
                    "now": now, "problem": problem.reason, "next_try": next_try, "url": url,
                    "gone": problem.kind == "gone",
                },
            )  # fmt: skip

    def note(self, url: str, answer: Answer, contents: Contents, digest: str, now: float) -> Counter[str]:
        """Keep what a source lists and that it was answered: how many entries came to which state.

        An entry that is known already, under whatever way of writing its address, is not counted.
        """
        source, counts = self.source(url), Counter[str]()
        is_first = source.answered is None
        with self._store.writing() as db:
            for entry in contents.entries:
                if entry.day and source.since and entry.day < source.since:
                    continue  # not even kept: it will be as old the next time
                state, reason = _first_state(entry, contents, is_first)
                if self._note_entry(db, entry, url, state, reason, now):
                    counts[state] += 1
            self._note_children(db, source, contents.children, answer.is_private)
            db.execute(
                f"UPDATE source SET {ANSWERED}, kind = :kind, title = coalesce(title, :title),"
                " moved_to = coalesce(:moved_to, moved_to), is_private = :is_private, etag = :etag,"
                " last_modified = :last_modified, digest = :digest WHERE url = :url",
                {
                    "now": now, "url": url, "kind": contents.kind, "title": contents.title,
                    "moved_to": answer.moved_to, "is_private": answer.is_private,
                    "etag": answer.headers.get("etag"),
                    "last_modified": answer.headers.get("last-modified"), "digest": digest,
                },
            )  # fmt: skip
        return counts

    def _note_entry(
        self, db: sqlite3.Connection, entry: Entry, url: str, state: str, reason: str | None, now: float
    ) -> bool:
        marks = [f"url:{entry.key}"]
        if _holder(db, marks) is not None:  # a page that redirects led here, or the entry itself
            return False
        db.execute(
            "INSERT INTO entry"
            " (key, url, source, seen, state, reason, day, published, title, publisher, carried)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                entry.key, entry.url, url, now, state, reason, _text(entry.day),
                _text(entry.published), entry.title, entry.publisher,
                entry.carried if state == "waiting" else None,
            ),
        )  # fmt: skip
        _mark(db, marks, entry.key)
        return True

    def _note_children(
        self, db: sqlite3.Connection, parent: Watched, children: Iterable[Child], is_private: bool
    ) -> None:
        for child in children:
            db.execute(
                "INSERT INTO source (url, parent, since, is_private, day) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (url) DO UPDATE SET day = excluded.day",
                (child.url, parent.url, _text(parent.since), is_private, _text(child.day)),
            )

    def _sources(self, where: str, values: Sequence[Any]) -> list[Watched]:
        rows = self._store.rows(f"SELECT {WATCHED} FROM source WHERE {where}", values)
        return [_watched(row) for row in rows]

    # ----------------------------------------------------------------------------------------------- entries

    def due(self, now: float) -> list[Waiting]:
        """The entries to be fetched now, the latest days first."""
        return self._entries(
            "state = 'waiting' AND coalesce(next_try, 0) <= ? ORDER BY day DESC NULLS FIRST, seen, rowid",
            (now,),
        )

    def to_deliver(self) -> list[tuple[Waiting, Document]]:
        """The entries that are read and not delivered yet, with their documents."""
        rows = self._store.rows(f"SELECT document, {WAITING} FROM entry WHERE state = 'read' ORDER BY rowid")
        return [(_waiting(row), from_json(Document, json.loads(document))) for document, *row in rows]

    def read(
        self, entry: Waiting, document: Document, marks: Sequence[str], final_url: str | None, fetched: float
    ) -> str | None:
        """Keep what was read until it is delivered; what it is the same as, if it is known already."""
        with self._store.writing() as db:
            same = _holder(db, marks, but=entry.key)
            db.execute(
                "UPDATE entry SET state = :state, reason = :reason, document = :document, fetched = :fetched,"
                " final_url = :final_url, digest = :digest, carried = NULL, next_try = NULL WHERE key = :key",
                {
                    "state": "duplicate" if same else "read",
                    "reason": f"the same as {same}" if same else None,
                    "document": None if same else json.dumps(to_json(document)),
                    "fetched": fetched, "final_url": final_url, "digest": document.id, "key": entry.key,
                },
            )  # fmt: skip
            _mark(db, marks, entry.key)
            self._forget_writing(db)
            return same

    def done(self, key: str, state: EntryState, reason: str | None = None) -> None:
        """An entry is done with; what was kept to fetch or deliver it is dropped."""
        with self._store.writing() as db:
            _done(db, key, state, reason)
            self._forget_writing(db)

    def again(self, key: str, reason: str | None, next_try: float, attempts: int) -> None:
        """An entry is to be tried again."""
        with self._store.writing() as db:
            db.execute(
                "UPDATE entry SET next_try = ?, attempts = ?, reason = coalesce(?, reason) WHERE key = ?",
                (next_try, attempts, reason, key),
            )

    def counts(self) -> dict[str, Counter[str]]:
        """How many entries of each source are in which state."""
        found: dict[str, Counter[str]] = {}
        rows = self._store.rows("SELECT source, state, count(*) FROM entry GROUP BY source, state")
        for source, state, count in rows:
            found.setdefault(source, Counter())[state] = count
        return found

    def _entries(self, where: str, values: Sequence[Any]) -> list[Waiting]:
        rows = self._store.rows(f"SELECT {WAITING} FROM entry WHERE {where}", values)
        return [_waiting(row) for row in rows]

    # ------------------------------------------------------------------------------------------------- files

    def begin_writing(self, block: Block) -> None:
        """Say what is about to be appended to a file; `read` and `done` say that it is there."""
        with self._store.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO writing VALUES (?, ?, ?, ?, ?)",
                (str(block.path), block.start, block.length, block.digest, block.entry),
            )

    def writings(self) -> list[Block]:
        """What was being appended when the last run ended; none where it ended by itself."""
        rows = self._store.rows("SELECT path, start, length, digest, entry FROM writing")
        return [
            Block(Path(path), start, length, digest, entry) for path, start, length, digest, entry in rows
        ]

    def end_writing(self, delivered: str | None = None) -> None:
        """Nothing is being appended any more; `delivered` is the entry that was."""
        with self._store.writing() as db:
            self._forget_writing(db)
            if delivered is not None:
                _done(db, delivered, "delivered", None)

    def _forget_writing(self, db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM writing")


WATCHED: Final = (
    "url, is_listed, parent, title, kind, moved_to, is_private, etag, last_modified, digest, day, since,"
    " asked, answered, failures, failing_since, problem, next_try, gone_since"
)
WAITING: Final = "key, url, source, seen, published, title, publisher, carried, attempts"
ANSWERED: Final = (
    "asked = :now, answered = :now, failures = 0, failing_since = NULL, problem = NULL, next_try = NULL"
)


def _first_state(entry: Entry, contents: Contents, is_first: bool) -> tuple[EntryState, str | None]:
    if contents.kind == "sitemap":
        # A sitemap lists all that its site ever published: what has no day and was there before is old.
        if is_first and entry.day is None:
            return "old", "there before the watch began, without a day"
        if entry.language and entry.language != "en":
            return "skipped", f'in the language "{entry.language}", as its sitemap says'
    return "waiting", None


def _holder(db: sqlite3.Connection, marks: Sequence[str], but: str | None = None) -> str | None:
    """The address of the entry that has one of these marks."""
    for mark in marks:
        row = db.execute(
            "SELECT coalesce(url, key), key FROM mark JOIN entry ON key = entry WHERE mark = ?",
            (mark,),
        ).fetchone()
        if row and row[1] != but:
            return str(row[0])
    return None


def _mark(db: sqlite3.Connection, marks: Iterable[str], key: str) -> None:
    db.executemany("INSERT OR IGNORE INTO mark VALUES (?, ?)", [(mark, key) for mark in marks])


def _done(db: sqlite3.Connection, key: str, state: EntryState, reason: str | None) -> None:
    db.execute(
        "UPDATE entry SET state = ?, reason = ?, document = NULL, carried = NULL, next_try = NULL"
        " WHERE key = ?",
        (state, reason, key),
    )


def _watched(row: Sequence[Any]) -> Watched:
    values = dict(zip(WATCHED.split(", "), row, strict=True))
    values["is_listed"], values["is_private"] = bool(values["is_listed"]), bool(values["is_private"])
    values["day"], values["since"] = _day(values["day"]), _day(values["since"])
    return Watched(**values)


def _waiting(row: Sequence[Any]) -> Waiting:
    values = dict(zip(WAITING.split(", "), row, strict=True))
    values["published"] = _day(values["published"])
    return Waiting(**values)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
