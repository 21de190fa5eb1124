"""Who did it to whom, in a sentence: {"id", "text"} to {"id", "actors": [[s, e]], "recipients": [[s, e]]}.

The sentence's main event decides: of the propositions that the lexicon knows, the one nearest to the root of
the parse. In an act that its parties do together each of them is both. Where the lexicon knows none, the main
verb's subject and object stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from spacy.tokens import Doc, Token

from sitrep import load
from sitrep.coding.annotations import span_of
from sitrep.coding.events.arguments import Tokens, coordinated
from sitrep.coding.events.propositions import Proposition, find_propositions
from sitrep.coding.events.senses import Parties, SenseReader
from sitrep.coding.events.triggers import Sense, TriggerLexicon, read_lexicon
from sitrep.records import Span, Spans

# What such a preposition starts is no part of the party's own phrase: "sanctions on Iran over its missiles".
_ADJUNCTS: Final = frozenset({
    "over", "following", "after", "before", "amid", "during", "despite", "since", "as", "including", "from",
    "by", "against",
})  # fmt: skip
_SPEECH: Final = frozenset({
    "say", "announce", "state", "add", "tell", "claim", "report", "declare", "note", "explain", "confirm",
    "reveal", "insist", "stress", "acknowledge", "show", "believe", "think", "warn", "know", "hear", "mean",
    "see", "find", "issue", "hope",
})  # fmt: skip
_PRONOUNS: Final = frozenset({"he", "she", "it", "they"})
# "Accused the army of murder": what these say of somebody, which the parser may hang on the name.
_OF_WHAT: Final = frozenset({"accuse", "suspect", "convict", "warn", "deprive", "rob"})
_NO_PARTIES: Final = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})


def predict(records: Iterable[dict[str, Any]], gold: Path) -> Iterator[dict[str, Any]]:
    nlp, lexicon = load(), read_lexicon()
    for record in records:
        actors, recipients = main_parties(nlp(record["text"]), lexicon)
        yield {"id": record["id"], "actors": actors, "recipients": recipients}


def main_parties(doc: Doc, lexicon: TriggerLexicon) -> tuple[Spans, Spans]:
    """The spans of who acts and of who is acted on in the main event of `doc`."""
    reader = SenseReader(doc, lexicon, Parties.of(doc), find_propositions(doc, lexicon.nouns))
    read = sorted(
        ((act, reader.sense_of(act)) for act in reader.by_head.values()), key=lambda pair: _rank(doc, *pair)
    )
    for act, sense in read:
        if sense is not None and (sense.type is not None or sense.recipient):
            actors, recipients = _of_sense(reader, act, sense)
            if actors:
                return _spans(doc, actors), _spans(doc, recipients)
    for act, _ in read:
        if act.form == "verb" and act.lemma not in _SPEECH and act.agents:
            return _spans(doc, act.agents), _spans(doc, _affected(reader, act) or act.patients)
    for act, _ in read:
        if act.agents:
            return _spans(doc, act.agents), ()
    return (), ()


def _rank(doc: Doc, act: Proposition, sense: Sense | None) -> tuple[int, int, int]:
    word = doc[act.light if act.light is not None else act.head]
    return (sum(1 for _ in word.ancestors), -len(sense.needs) if sense is not None else 0, act.head)


def _of_sense(reader: SenseReader, act: Proposition, sense: Sense) -> tuple[Tokens, Tokens]:
    subjects = reader.slot(act, sense.actor[0])
    actors = tuple(dict.fromkeys(token for slot in sense.actor for token in reader.slot(act, slot)))
    recipients = _filled(reader, act, sense)
    if sense.actor == ("object",):  # a host is no less a party than the guest
        return (*actors, *recipients), (*actors, *recipients)
    if len(sense.actor) > 1 and not recipients and len(actors) > 1:
        others = tuple(token for token in actors if token not in subjects)
        if (sense.type == "CONSULT" and act.form == "noun") or not others:
            return actors, actors
        return subjects, others
    return actors, recipients or _affected(reader, act)


def _filled(reader: SenseReader, act: Proposition, sense: Sense) -> Tokens:
    for slot in sense.recipient:
        if slot == "content" and sense.type == "AGREE":
            continue  # whom a promised act will be done to is no party to the promise
        tokens = reader.slot(act, slot)
        found = tuple(token for token in tokens if reader.is_actor(reader.doc[token]))
        if found and slot in {"owner", "owner-of-on", "owner-of-at", "owner-of-against"}:
            things = act.patients if slot == "owner" else reader.slot(act, slot.removeprefix("owner-of-"))
            kept = tuple(
                thing for thing in things if any(child.dep_ == "poss" for child in reader.doc[thing].children)
            )
            found = kept or found
        if found:
            return found
    for slot in (*sense.recipient, *sense.place):
        if slot.startswith("owner") or slot == "content":
            continue
        things = tuple(t for t in reader.slot(act, slot) if reader.doc[t].ent_type_ not in _NO_PARTIES)
        if things:
            return things
    return ()


def _affected(reader: SenseReader, act: Proposition) -> Tokens:
    """The first party named after the act inside its clause, where its own slots name none."""
    word = reader.doc[act.light if act.light is not None else act.head]
    for token in word.subtree:
        if (
            token.i > act.head
            and token.i not in (*act.agents, *act.patients)
            and token.dep_ in {"dobj", "pobj", "dative", "poss", "conj", "nsubj", "nsubjpass"}
            and token.ent_type_ not in _NO_PARTIES
            and token.pos_ not in {"NUM", "PRON"}
            and reader.is_actor(token)
        ):
            return coordinated(token)
    return ()


def _spans(doc: Doc, heads: Iterable[int]) -> Spans:
    return tuple(dict.fromkeys(_phrase(_named(doc[head])) for head in heads))


def _named(token: Token) -> Token:
    """What a pronoun stands for inside its sentence: the subject of the clause that governs its own."""
    if token.lower_ not in _PRONOUNS or token.dep_ not in {"nsubj", "nsubjpass"}:
        return token
    for verb in list(token.head.ancestors):
        for child in verb.children:
            if child.dep_ in {"nsubj", "nsubjpass"} and child.pos_ != "PRON":
                return child
    return token


def _phrase(head: Token) -> Span:
    """The noun phrase of `head`, from its first word to the last that is no clause or aside."""
    inside = [head]
    if head.pos_ == "NOUN" and any(child.dep_ == "poss" for child in head.children):
        # "X's request for Y" is X's request: what follows says what it is about.
        return span_of(head.doc[head.left_edge.i])[0], span_of(head)[1]
    for token in inside:
        inside.extend(child for child in token.children if not _is_aside(child, head))
    first, last = min(token.i for token in inside), max(token.i for token in inside)
    doc = head.doc
    if "(" in doc[first : last + 1].text and last + 1 < len(doc) and doc[last + 1].text == ")":
        last += 1
    return span_of(doc[first])[0], span_of(doc[last])[1]


def _is_aside(token: Token, head: Token) -> bool:
    if token.dep_ in {
        "relcl",
        "advcl",
        "punct",
        "parataxis",
        "dep",
        "ccomp",
        "predet",
        "preconj",
        "npadvmod",
    }:
        return True
    if token.dep_ == "acl":
        return True
    if token.dep_ == "prep" and any(child.ent_type_ in {"DATE", "TIME"} for child in token.children):
        return True
    if token.head != head:
        return token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"}
    if token.dep_ == "appos" and head.ent_type_ == "GPE":
        return True
    if token.dep_ == "prep":
        if token.lower_ == "of" and head.dep_ == "dobj" and head.head.lemma_ in _OF_WHAT:
            return True
        return token.lower_ in _ADJUNCTS
    return token.dep_ in {"cc", "conj"} or (token.dep_ == "advmod" and token.i > head.i)
