"""The component that gives every event of a text its status and the sources that vouch for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from sitrep.coding.annotations import tokens_at
from sitrep.coding.status.operators import Operators, read_operators
from sitrep.coding.status.reading import read_status
from sitrep.coding.status.voices import find_sources
from sitrep.records import Event

# Types that are acts of speech: a day in their clause may be that of what is asked, agreed or threatened.
SPOKEN: Final = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})


def set_status(doc: Doc, operators: Operators) -> Iterator[Event]:
    """The events of `doc` with their status and the attributions that carry them."""
    for event in doc._.events:
        tokens = [token.i for span in event.trigger for token in tokens_at(doc, span)]
        status = read_status(doc, tokens, operators)
        if status == "denied" and event.type == "REJECT" and not _refuses(doc, tokens, operators):
            status = "happened"  # "will not release them" is the refusal, and the refusal took place
        event = replace(event, status=status)
        if status == "happened" and _lies_ahead(event, doc._.published):
            if event.type in SPOKEN or any(doc[index].tag_ in ("VBD", "VBN") for index in tokens):
                event = replace(event, earliest=None, latest=None)  # "called for a truce from Friday"
            else:
                event = replace(event, status="planned")  # "meet on Friday", in a report of Thursday
        yield replace(event, according_to=find_sources(doc, event.trigger, event.status))


def _refuses(doc: Doc, trigger: Iterable[int], operators: Operators) -> bool:
    """Whether a trigger says itself that something is refused, so that to negate it is to accept."""
    return any(
        operators.get((doc[index].lemma_.lower(), kind, takes)) == "denied"
        for index in trigger
        for kind in ("verb", "noun")
        for takes in ("clause", "noun")
    )


def _lies_ahead(event: Event, published: date | None) -> bool:
    return published is not None and event.earliest is not None and event.earliest > published


@Language.factory(
    "sitrep_status",
    assigns=["doc._.events"],
    requires=["token.dep", "token.tag", "token.lemma", "doc._.events", "doc._.attributions"],
)
def make_status(nlp: Language, name: str) -> StatusReader:
    return StatusReader()


class StatusReader:
    """The spaCy component: stores what `set_status` says."""

    def __init__(self) -> None:
        self.operators = read_operators()

    def __call__(self, doc: Doc) -> Doc:
        doc._.events = tuple(set_status(doc, self.operators))
        return doc
