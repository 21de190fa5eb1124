"""Who holds which place, as the text states it.

`statements` finds the words; here they become records: the holder is an actor, what is held a place below the
level of a country ("held Germany to a draw" is no occupation), the days are those of the clause or, in the
present tense, that of publication. A statement without a day of its own in the past tense is no record: it
does not say when.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Token

from sitrep.coding.actors.component import actors_at
from sitrep.coding.annotations import span_of, tokens_at
from sitrep.coding.attribution.voices import find_sources
from sitrep.coding.control.statements import Statement, find_statements
from sitrep.coding.grammar.modality import modality
from sitrep.records import Control, Place, Spans

_HOLDERS: Final = frozenset({"person", "group", "organisation", "state"})
_COUNTRIES: Final = "PCL"  # GeoNames feature codes of political entities begin so


def find_control(doc: Doc) -> tuple[Control, ...]:
    """The statements of control in `doc`, each bound to one place, one holder and its days."""
    found: list[Control] = []
    for statement in find_statements(doc):
        found.extend(_records(doc, statement))
    once = {(c.place, c.holder, c.earliest, c.latest, c.trigger): c for c in reversed(found)}
    ordered = sorted(once.values(), key=lambda control: (control.trigger, control.place))
    return tuple(replace(control, id=f"h{number}") for number, control in enumerate(ordered, start=1))


def _records(doc: Doc, statement: Statement) -> Iterator[Control]:
    holder = min(
        actors_at(doc._.actors, span_of(doc[statement.holder])), key=lambda actor: actor.id, default=None
    )
    if holder is None or holder.kind not in _HOLDERS:
        return
    verb = doc[statement.trigger[0]]
    earliest, latest, inferred = _days(doc, verb)
    if earliest is None and latest is None:
        return
    trigger: Spans = tuple(span_of(doc[index]) for index in statement.trigger)
    status = modality(verb)
    for index in statement.held:
        place = _place_at(doc, doc[index])
        if place is None or (place.feature or "").startswith(_COUNTRIES):
            continue
        yield Control(
            id="",
            place=place.id,
            holder=holder.id,
            earliest=earliest,
            latest=latest,
            inferred=inferred,
            status=status,
            according_to=find_sources(doc, trigger, status),
            trigger=trigger,
            evidence=(span_of(verb.sent),),
        )


def _place_at(doc: Doc, token: Token) -> Place | None:
    found = [
        (end - start, place)
        for place in doc._.places
        for start, end in place.mentions
        if start <= token.idx < end
    ]
    return max(found, key=lambda pair: (pair[0], pair[1].id), default=(0, None))[1]


def _days(doc: Doc, verb: Token) -> tuple[date | None, date | None, bool]:
    """First and last day it is said to hold for, and whether the last is only that of publication."""
    clause = _clause(verb)
    published: date | None = doc._.published
    times = [t for t in doc._.times if any(t.start <= token.idx < t.end for token in clause)]
    finite = _finite(verb)
    ended = finite is not None and finite.tag_ == "VBD"
    for time in times:
        before = tokens_at(doc, (time.start, time.end))
        if time.earliest is None and time.latest is None:
            continue
        if len(before) and before[0].i > 0 and "since" in {before[0].lower_, doc[before[0].i - 1].lower_}:
            return time.earliest, (None if ended else published), not ended
        return time.earliest, time.latest, False
    return (None, None, False) if ended else (published, published, True)


def _clause(verb: Token) -> list[Token]:
    """The words of the verb's own clause: its subtree without the clauses below it."""
    top = verb
    while top.pos_ not in {"VERB", "AUX"} and top.dep_ not in {"ROOT", "appos"} and top.head is not top:
        top = top.head
    below = {
        token
        for child in top.subtree
        if child is not top
        and child.dep_ in {"ccomp", "advcl", "relcl", "conj"}
        and child.pos_ in {"VERB", "AUX"}
        for token in child.subtree
    }
    return [token for token in top.subtree if token not in below]


def _finite(word: Token) -> Token | None:
    """The tensed verb of the clause: the auxiliary before the verb where it has one."""
    verb = word
    while verb.pos_ not in {"VERB", "AUX"} and verb.head is not verb:
        verb = verb.head
    if verb.pos_ not in {"VERB", "AUX"} or (word is not verb and word.dep_ in {"appos", "amod", "acl"}):
        return None
    helper = next((child for child in verb.children if child.dep_ in {"aux", "auxpass"}), None)
    found = helper if helper is not None else verb
    if found.tag_ == "VBN" and verb.dep_ in {"acl", "amod"}:
        return None
    return found


@Language.component(
    "sitrep_control",
    assigns=["doc._.control"],
    requires=["token.dep", "token.tag", "doc._.actors", "doc._.places", "doc._.times", "doc._.attributions"],
)
def set_control(doc: Doc) -> Doc:
    """The spaCy component: stores what `find_control` says."""
    doc._.control = find_control(doc)
    return doc
