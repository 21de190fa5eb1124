"""Who did it to whom, in a sentence: {"id", "text"} to {"id", "actors": [[s, e]], "recipients": [[s, e]]}.

The sentence's main event decides: the one whose trigger is nearest to the root of the parse. In an act that
its parties do together each of them is both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from spacy.tokens import Doc

from sitrep import load
from sitrep.coding.annotations import tokens_at
from sitrep.coding.reader.component import EventReader
from sitrep.coding.reader.ledger import Thresholds
from sitrep.records import Actor, Event, Span, Spans

_MUTUAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})


def predict(records: Iterable[dict[str, Any]], gold: Path) -> Iterator[dict[str, Any]]:
    nlp = load()
    reader = nlp.get_pipe("sitrep_reader")
    assert isinstance(reader, EventReader)
    reader.thresholds = Thresholds(event=0.0, lead=0.0)  # each sentence has an event, however unlikely
    for record in records:
        actors, recipients = main_parties(nlp(record["text"]))
        yield {"id": record["id"], "actors": actors, "recipients": recipients}


def main_parties(doc: Doc) -> tuple[Spans, Spans]:
    """The spans of who acts and of who is acted on in the main event of `doc`."""
    events: tuple[Event, ...] = doc._.events
    if not events:
        return (), ()
    main = min(events, key=lambda event: _depth(doc, event.trigger))
    known: dict[str, Actor] = {actor.id: actor for actor in doc._.actors}
    actors = tuple(_nearest(known[name].mentions, main.trigger[0]) for name in main.actors)
    recipients = tuple(_nearest(known[name].mentions, main.trigger[0]) for name in main.recipients)
    if main.type in _MUTUAL:
        return (*actors, *recipients), (*actors, *recipients)
    return actors, recipients


def _depth(doc: Doc, trigger: Spans) -> tuple[int, int]:
    words = [token for span in trigger for token in tokens_at(doc, span)]
    return min(((sum(1 for _ in word.ancestors), word.i) for word in words), default=(len(doc), 0))


def _nearest(mentions: Spans, trigger: Span) -> Span:
    return min(mentions, key=lambda span: abs(span[0] - trigger[0]))
