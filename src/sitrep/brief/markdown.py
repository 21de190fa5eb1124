"""A brief as Markdown with footnotes, which GitHub, Pandoc and Obsidian read."""

from __future__ import annotations

import re
from typing import Final

from sitrep.brief.document import Brief, Note
from sitrep.brief.phrases import day

# What Markdown or HTML would take for markup in the words of a report.
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|~])")


def to_markdown(brief: Brief) -> str:
    """The brief as one Markdown text."""
    numbers = {note: number for number, note in enumerate(brief.notes(), start=1)}
    lines = [f"# {brief.title}", "", covered(brief), ""]
    for section in brief.sections:
        lines += [f"## {section.heading}", ""]
        for sentence in section.sentences:
            marks = "".join(f"[^{numbers[note]}]" for note in sentence.notes)
            assessed = f" *{escaped(sentence.assessment)}.*" if sentence.assessment else ""
            quoted = "".join(f" “{escaped(quote)}”" for quote in sentence.quotes)
            lines.append(f"- {escaped(sentence.text)}{quoted}{marks}{assessed}")
        lines.append("")
    lines += [f"[^{number}]: {footnote(note)}" for note, number in numbers.items()]
    return "\n".join(lines) + "\n"


def covered(brief: Brief) -> str:
    """What the brief was written from, and how far most of it may be believed."""
    reports = f"{brief.reports:,} report{'' if brief.reports == 1 else 's'}"
    publishers = f"{brief.publishers:,} publisher{'' if brief.publishers == 1 else 's'}"
    usual = f" What says no more is {brief.usual[0].lower()}{brief.usual[1:]}." if brief.usual else ""
    written = f"Written by Sitrep from {reports} of {publishers}."
    return f"{written} Each sentence rests on the words in its footnote.{usual}"


def footnote(note: Note) -> str:
    source = ", ".join(
        part
        for part in (
            escaped(note.publisher or ""),
            f"“{escaped(note.title)}”" if note.title else "",
            day(note.published) if note.published else "undated",
            f"<{note.where}>" if note.where.startswith(("http://", "https://")) else escaped(note.where),
        )
        if part
    )
    return f"“{escaped(note.words)}” {source}."


def escaped(text: str) -> str:
    """Text as Markdown shows it, letter for letter, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
