"""Stories in, sheets with numbered sentences out; a person's annotation in, gold and its faults out.

The format of an annotation is described in docs/annotating.md: a `#doc` line a story, a line an event, a `+`
line for each further telling of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, cast, get_args

from sitrep.evaluation.gold import (
    FLAGS,
    Flag,
    GoldDocument,
    GoldEvent,
    GoldParty,
    GoldPlace,
    Mention,
    TollRange,
)
from sitrep.evaluation.sentences import find_words, sentence_spans
from sitrep.evaluation.stories import Story
from sitrep.ontology import EVENT_TYPES
from sitrep.records import Span, Spans, Status

STATUSES: Final[tuple[str, ...]] = get_args(Status)
FIELDS: Final = ("by", "to", "at", "on", "who", "toll", "flags")
_TOLL: Final = re.compile(r"(killed|injured|crowd)\s+(\d+)(?:(\+)|-(\d+))?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of an annotation: where, what was found, what to do."""

    file: str
    line: int
    document: str | None  # id of the story; None before the first
    found: str
    advice: str

    def __str__(self) -> str:
        story = f" ({self.document})" if self.document else ""
        return f"{self.file}, line {self.line}{story}: {self.found} {self.advice}"


@dataclass(frozen=True, slots=True)
class Annotation:
    """What an annotation says. Lines with a fault are in no document."""

    documents: tuple[GoldDocument, ...] = ()
    faults: tuple[Fault, ...] = ()


def sheet(story: Story) -> str:
    """A story as it is annotated: what is known of it, and its sentences with their numbers."""
    lines = [
        f"#doc {story.id}",
        f"title: {story.title or '-'}",
        f"published: {story.published or 'not known'}",
    ]
    for number, (start, end) in enumerate(sentence_spans(story.text), start=1):
        lines.append(f"[{number}] {' '.join(story.text[start:end].split())}")
    return "\n".join(lines)


def read_annotation(lines: Iterable[str], stories: Mapping[str, Story], file: str) -> Annotation:
    """The gold that an annotation of these stories gives, and all its faults; `file` is named in them."""
    reading = _Reading(stories, file)
    for number, line in enumerate(lines, start=1):
        reading.take(number, line.strip())
    return Annotation(tuple(_document(page) for page in reading.pages), tuple(reading.faults))


class _Unreadable(Exception):
    """A line that says nothing readable."""

    def __init__(self, found: str, advice: str) -> None:
        super().__init__(found)
        self.found, self.advice = found, advice


@dataclass(slots=True)
class _Page:
    """The story whose lines are being read."""

    story: Story
    sentences: list[Span]
    line: int
    events: list[GoldEvent] = field(default_factory=list)
    after_fault: bool = False  # the last event line could not be read, so its `+` lines belong to nothing


@dataclass(slots=True)
class _Reading:
    stories: Mapping[str, Story]
    file: str
    pages: list[_Page] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    page: _Page | None = None
    begun: bool = False

    def take(self, number: int, line: str) -> None:
        if not line or line.startswith("//"):
            return
        try:
            if line.startswith("#doc"):
                self._open(number, line.removeprefix("#doc").strip())
            elif self.page is not None:
                _take_line(self.page, line)
            elif not self.begun:
                raise _Unreadable(
                    "stands before the first #doc line.", 'Write "#doc" and the id of the story above it.'
                )
        except _Unreadable as fault:
            document = self.page.story.id if self.page else None
            self.faults.append(Fault(self.file, number, document, fault.found, fault.advice))

    def _open(self, number: int, id: str) -> None:
        self.begun, self.page = True, None
        if id not in self.stories:
            raise _Unreadable(
                f'there is no story "{id}".',
                "Copy the #doc line from the sheet, or give the file that has it.",
            )
        earlier = next((page.line for page in self.pages if page.story.id == id), None)
        if earlier is not None:
            raise _Unreadable(
                f'"{id}" is already annotated, from line {earlier}.', "Put the lines of a story together."
            )
        story = self.stories[id]
        self.page = _Page(story, sentence_spans(story.text), number)
        self.pages.append(self.page)


def _document(page: _Page) -> GoldDocument:
    story = page.story
    return GoldDocument(
        id=story.id,
        title=story.title,
        published=story.published,
        text=story.text,
        events=tuple(replace(event, id=f"g{number}") for number, event in enumerate(page.events, start=1)),
    )


def _take_line(page: _Page, line: str) -> None:
    if line.startswith("+"):
        mention = _mention(page, [cell.strip() for cell in line[1:].split("|")])
        if page.after_fault:
            return
        if not page.events:
            raise _Unreadable('a "+" line has no event above it.', "Put it under the line of its event.")
        last = page.events[-1]
        page.events[-1] = replace(last, mentions=(*last.mentions, mention))
        return
    page.after_fault = True
    page.events.append(_event(page, [cell.strip() for cell in line.split("|")]))
    page.after_fault = False


def _event(page: _Page, cells: list[str]) -> GoldEvent:
    if len(cells) < 4:
        raise _Unreadable(
            f"an event has at least 4 cells, this line has {len(cells)}.",
            "Write: sentence | trigger | TYPE mode | status.",
        )
    mention = _mention(page, cells)
    type, mode = _kind(cells[2])
    if cells[3] not in STATUSES:
        raise _Unreadable(f'unknown status "{cells[3]}".', f"Write one of {', '.join(STATUSES)}.")
    given: dict[str, Any] = {}
    for cell in filter(None, cells[4:]):
        given |= _field(page.story.text, mention.sentence, cell)
    return GoldEvent(
        id="",  # numbered when the document is whole
        type=type,
        mode=mode,
        status=cast(Status, cells[3]),
        mentions=(mention,),
        actors=given.get("actors", ()),
        recipients=given.get("recipients", ()),
        place=given.get("place"),
        earliest=given.get("earliest"),
        latest=given.get("latest"),
        according_to=given.get("according_to", ()),
        killed=given.get("killed"),
        injured=given.get("injured"),
        crowd=given.get("crowd"),
        flags=given.get("flags", ()),
    )


def _mention(page: _Page, cells: list[str]) -> Mention:
    """The first two cells of a line: the number of a sentence, and words that stand in it."""
    count = len(page.sentences)
    try:
        number = int(cells[0].lstrip("S"))
    except ValueError:
        raise _Unreadable(
            f'"{cells[0]}" is no number of a sentence.',
            f"Begin the line with one from 1 to {count}, then a bar.",
        ) from None
    if not 1 <= number <= count:
        raise _Unreadable(f"there is no sentence {number}.", f"The sheet numbers them from 1 to {count}.")
    if len(cells) < 2:
        raise _Unreadable("there is no trigger.", "Write: sentence | trigger.")
    sentence = page.sentences[number - 1]
    trigger = find_words(cells[1], page.story.text, sentence)
    if trigger is None:
        raise _Unreadable(f'"{cells[1]}" is not in sentence {number}.', _advice_on_words(page, cells[1]))
    return Mention(trigger=trigger, sentence=sentence)


def _advice_on_words(page: _Page, words: str) -> str:
    elsewhere = [
        str(number)
        for number, sentence in enumerate(page.sentences, start=1)
        if find_words(words, page.story.text, sentence)
    ]
    if elsewhere:
        return f"It stands in {', '.join(elsewhere)}: correct the number."
    return 'Copy the words from the sheet; part what does not stand side by side with "…".'


def _kind(cell: str) -> tuple[str, str | None]:
    type, _, mode = (part.strip() for part in cell.partition(" "))
    if type not in EVENT_TYPES:
        raise _Unreadable(f'unknown type "{type}".', f"Write one of {', '.join(EVENT_TYPES)}.")
    modes = EVENT_TYPES[type].modes
    if mode and mode not in modes:
        known = f"Write one of {', '.join(modes)}, or none." if modes else "Leave it out: the type has none."
        raise _Unreadable(f'{type} has no mode "{mode}".', known)
    return type, mode or None


def _field(text: str, sentence: Span, cell: str) -> dict[str, Any]:
    """What one cell after the status says, by the names of `GoldEvent`'s fields."""
    name, _, value = (part.strip() for part in cell.partition(":"))
    if name not in FIELDS:
        raise _Unreadable(f'unknown field "{name}" in "{cell}".', f"The fields are {', '.join(FIELDS)}.")
    if not value:
        raise _Unreadable(f'"{name}:" is empty.', "Leave the field out instead.")
    match name:
        case "by":
            return {"actors": _parties(text, sentence, value.split(";"))}
        case "to":
            return {"recipients": _parties(text, sentence, value.split(";"))}
        case "who":
            return {"according_to": _parties(text, sentence, value.split(">"))}
        case "at":
            return {"place": _place(text, sentence, value)}
        case "on":
            earliest, latest = _days(value)
            return {"earliest": earliest, "latest": latest}
        case "toll":
            return dict(_toll(part.strip()) for part in value.split(","))
        case _:
            return {"flags": _flags(value)}


def _parties(text: str, sentence: Span, items: list[str]) -> tuple[GoldParty, ...]:
    return tuple(_party(text, sentence, item) for item in map(str.strip, items) if item)


def _party(text: str, sentence: Span, item: str) -> GoldParty:
    """ "he = Fathi Pashaga": the words of the sentence, then the fullest name; "?" before it: optional."""
    here, _, fullest = (part.strip() for part in item.lstrip("? ").partition("="))
    local = find_words(here, text, sentence) if here else None
    anywhere = local or (_in_story(here, text) if here else None)
    name = _in_story(fullest, text) if fullest else anywhere
    if name is None:
        raise _Unreadable(f'"{item}" names nobody.', "Write the words of the sentence, or = and a name.")
    start, end = name[0]
    return GoldParty(
        local=local[0] if local else None,
        name=name[0],
        text=text[start:end],
        optional=item.startswith("?"),
    )


def _in_story(words: str, text: str) -> Spans:
    found = find_words(words, text, (0, len(text)))
    if found is None:
        raise _Unreadable(f'"{words}" is not in the story.', "Copy the words from the sheet.")
    return found


def _place(text: str, sentence: Span, value: str) -> GoldPlace:
    names = [name.strip() for name in value.split(">")]
    (span, *_), *coarser = ((find_words(name, text, sentence) or _in_story(name, text)) for name in names)
    return GoldPlace(span=span, text=names[0], coarser=tuple(spans[0] for spans in coarser))


def _days(value: str) -> tuple[date | None, date | None]:
    earliest, *rest = value.split("..")
    if len(rest) > 1:
        raise _Unreadable(f'"{value}" is no range of days.', "Write 2020-06-22..2020-06-24.")
    first, last = _day(earliest), _day(rest[0] if rest else earliest)
    if first and last and last < first:
        raise _Unreadable(f'"{value}" ends before it begins.', "Write the earlier day first.")
    return first, last


def _day(written: str) -> date | None:
    written = written.strip()
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise _Unreadable(f'"{written}" is not a calendar date.', "Write it as YYYY-MM-DD.") from None


def _toll(written: str) -> tuple[str, TollRange]:
    found = _TOLL.fullmatch(written)
    if found is None:
        raise _Unreadable(f'"{written}" is no toll.', 'Write "killed 13", "injured 5+" or "crowd 100-200".')
    what, low, at_least, high = found.groups()
    return what, (int(low), None if at_least else int(high or low))


def _flags(value: str) -> tuple[Flag, ...]:
    for flag in value.split():
        if flag not in FLAGS:
            raise _Unreadable(f'unknown flag "{flag}".', f"The flags are {', '.join(FLAGS)}.")
    return cast(tuple[Flag, ...], tuple(value.split()))
