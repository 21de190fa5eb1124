"""Why a source gave no document, in the one form of words that every reader uses."""

from __future__ import annotations

from sitrep.read.settings import ReadSettings
from sitrep.records import Skipped


def too_long(source: str, size: str) -> Skipped:
    return Skipped(
        source,
        f"is too long for one report ({size}).",
        "Give each report a file, or a line of a .jsonl file, of its own.",
    )


def not_text(source: str, kind: str) -> Skipped:
    return Skipped(source, f"is {kind}, not text.", "Save its text as .txt or .html first.")


def without_story(source: str) -> Skipped:
    return Skipped(
        source,
        "has no story in it.",
        "Sitrep reads prose of at least one sentence; leave out lists, menus and pages of pictures.",
    )


def not_accepted(source: str, language: str, settings: ReadSettings) -> Skipped:
    return Skipped(
        source,
        f'is in the language "{language}", not "{settings.language}".',
        "Translate it first; Sitrep codes English.",
    )


def no_date(source: str, field: str, value: str) -> Skipped:
    shown = value if len(value) <= 40 else value[:40] + "…"
    return Skipped(
        source,
        f'"{field}" is "{shown}", which is not a calendar date.',
        "Write it as YYYY-MM-DD, or leave it out to code the report without one.",
    )
