"""The brief as a document, before it is Markdown, HTML or PDF: sections of sentences with footnotes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Note:
    """What a sentence rests on: the words of a report, and which report that is."""

    words: str
    report: str  # its id
    publisher: str | None
    title: str | None
    published: date | None
    where: str  # its address, or the file it was read from


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement, told from at least one note.

    `assessment` says how far it may be believed, and why; None is the brief's usual one, or that none is due.
    """

    text: str
    notes: tuple[Note, ...]
    assessment: str | None = None
    quotes: tuple[str, ...] = ()  # words of the sources that say more than the text


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One place on the map: what of it happened there, most severe first."""

    name: str
    latitude: float
    longitude: float
    quad: str
    incidents: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the timeline: how many incidents of each quad category."""

    day: date
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole. `usual` is the assessment of those sentences that have none of their own."""

    title: str
    start: date
    end: date
    reports: int
    publishers: int
    sections: tuple[Section, ...]
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    usual: str | None = None

    def notes(self) -> tuple[Note, ...]:
        """Every note once, in the order in which sentences first rest on it: footnote n is the nth."""
        return tuple(
            dict.fromkeys(
                note for section in self.sections for sentence in section.sentences for note in sentence.notes
            )
        )
