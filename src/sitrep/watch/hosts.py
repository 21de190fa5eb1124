"""What is known of each host: its next turn, how long it is left alone, and its robots.txt."""

from __future__ import annotations

from sitrep.watch.store import Store


class Hosts:
    """Each method is one transaction, and may be called from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def turn(self, host: str) -> tuple[float, float]:
        """When a host's next turn is by its spacing, and until when it is put off."""
        row = self._store.row("SELECT next_turn, off_until FROM host WHERE name = ?", (host,))
        return (float(row[0]), float(row[1])) if row else (0.0, 0.0)

    def keep_turn(self, host: str, next_turn: float) -> None:
        self._keep_host(host, "next_turn = max(next_turn, :at)", next_turn)

    def put_off(self, host: str, until: float) -> None:
        self._keep_host(host, "off_until = max(off_until, :at)", until)

    def count_busy(self, host: str) -> int:
        self._keep_host(host, "busy = busy + 1", 0.0)
        return self._busy(host)

    def clear_busy(self, host: str) -> None:
        if self._busy(host):  # it hardly ever is, and each write waits for the disk
            self._keep_host(host, "busy = 0", 0.0)

    def robots(self, origin: str, since: float) -> str | None:
        row = self._store.row("SELECT text FROM robots WHERE origin = ? AND asked >= ?", (origin, since))
        return str(row[0]) if row else None

    def keep_robots(self, origin: str, text: str, at: float) -> None:
        with self._store.writing() as db:
            db.execute("INSERT OR REPLACE INTO robots VALUES (?, ?, ?)", (origin, text, at))

    def _busy(self, host: str) -> int:
        row = self._store.row("SELECT busy FROM host WHERE name = ?", (host,))
        return int(row[0]) if row else 0

    def _keep_host(self, host: str, change: str, at: float) -> None:
        with self._store.writing() as db:
            db.execute("INSERT OR IGNORE INTO host (name) VALUES (?)", (host,))
            db.execute(f"UPDATE host SET {change} WHERE name = :host", {"host": host, "at": at})
