"""A brief as one HTML page that needs nothing else: print it, mail it, put it on a site."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from sitrep.brief.document import Brief, Note, Sentence
from sitrep.brief.figures import draw_map, draw_timeline
from sitrep.brief.markdown import covered
from sitrep.brief.phrases import day


def to_html(brief: Brief) -> str:
    """The whole page. Words of reports stand in it as text; nothing of theirs is markup."""
    style = (files("sitrep.brief") / "data" / "brief.css").read_text(encoding="utf-8")
    return (
        "<!doctype html>\n"
        f'<html lang="en"><head><meta charset="utf-8"><title>{escape(brief.title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{style}</style></head>\n<body><main>\n{body(brief)}</main></body></html>\n"
    )


def body(brief: Brief) -> str:
    """What stands between the page's `main` tags."""
    numbers = {note: number for number, note in enumerate(brief.notes(), start=1)}
    figures = [draw_map(brief.marks), draw_timeline(brief.bars, brief.start, brief.end)]
    drawn = "".join(f"<figure>{figure}</figure>\n" for figure in figures if figure)
    sections = "".join(
        f"<section><h2>{escape(section.heading)}</h2>\n<ul>\n"
        + "".join(_item(sentence, numbers) for sentence in section.sentences)
        + "</ul></section>\n"
        for section in brief.sections
    )
    notes = "".join(_footnote(note, number) for note, number in numbers.items())
    return (
        f"<h1>{escape(brief.title)}</h1>\n<p class='covered'>{escape(covered(brief))}</p>\n{drawn}{sections}"
        f"<section class='notes'><h2>Sources</h2>\n<ol>\n{notes}</ol></section>\n"
    )


def _item(sentence: Sentence, numbers: dict[Note, int]) -> str:
    marks = " ".join(
        f"<a href='#n{numbers[note]}' aria-label='Source {numbers[note]}'>{numbers[note]}</a>"
        for note in sentence.notes
    )
    quoted = "".join(f" <q>{escape(' '.join(quote.split()))}</q>" for quote in sentence.quotes)
    assessed = f" <span class='assessed'>{escape(sentence.assessment)}</span>" if sentence.assessment else ""
    return f"<li>{escape(sentence.text)}{quoted}<sup>{marks}</sup>{assessed}</li>\n"


def _footnote(note: Note, number: int) -> str:
    where = escape(note.where)
    if note.where.startswith(("http://", "https://")):
        where = f"<a href='{escape(note.where, quote=True)}' rel='noreferrer'>{where}</a>"
    title = f"<cite>{escape(note.title)}</cite>, " if note.title else ""
    published = day(note.published) if note.published else "undated"
    publisher = f"{escape(note.publisher)}, " if note.publisher else ""
    return f"<li id='n{number}'><q>{escape(note.words)}</q> {publisher}{title}{published}, {where}</li>\n"
