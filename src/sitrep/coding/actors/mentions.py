"""Which noun phrases of a text are actors: names, and phrases whose head noun is somebody who can act.

The parser and the name recogniser of a small model often fail on foreign names, so phrases are built
from tags and tables, and what a title or an apposition says of a name goes before the recogniser's label.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from sitrep.coding.actors.countries import Name, city_names, country_names
from sitrep.coding.actors.describe import Found, Organisation, Role, entries_in
from sitrep.coding.tables import actor_words, fold, singular, words_of

Sort = Literal["person", "name", "state", "people", "description"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One noun phrase that names an actor: tokens `start` to `end`, exclusive; `head` is its head's token.

    `name` are the tokens of a proper name in it, without title; `titles` the tokens of each phrase that
    says what the actor is. `entry` is the table's entry of the name or head, where a table has it.
    """

    start: int
    end: int
    head: int
    sort: Sort
    name: tuple[int, int] | None = None
    titles: tuple[tuple[int, int], ...] = ()
    entry: Organisation | Role | Name | None = None
    plural: bool = False
    definite: bool = False
    alias: tuple[int, int] | None = None  # a second name: an acronym in brackets, an apposition
    modifiers: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class _Chunk:
    start: int
    end: int  # without a possessive ending
    possessor: bool = False


_INSIDE: Final = frozenset(
    ("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "CD", "HYPH", "VBN", "VBG", "AFX", "FW", "$", "ADD")
)
_NOUNS: Final = frozenset({"NN", "NNS", "NNP", "NNPS", "CD", "FW"})
_OPENERS: Final = frozenset({"DT", "PDT", "PRP$", "WP$"})
_PLACE_NOUNS: Final = actor_words()["place nouns"]
# After these a state is somebody: "the attack on Kuwait" is on a place, "sanctions against Iran" on a state.
_ACTOR_PREPOSITIONS: Final = frozenset(
    {"by", "with", "against", "between", "among", "for", "and", "like", "versus"}
)
# What is done to a state under "of" or "on" makes it a party.
_DEEDS: Final = actor_words()["deeds"]
_DEEDS_OF_STATE: Final = actor_words()["deeds of state"]
# What is given or imposed: whoever stands after its "to" or "on" is a party, "sent aid to Laos".
_GOODS: Final = actor_words()["goods"]
_GIVING: Final = actor_words()["giving"]
# Things that strike for their owner, who is the actor: "Danish warships", "the navy's drones".
_INSTRUMENTS: Final = actor_words()["instruments"]
# What a capital does as a town and not for its state.
_LIVED_BY_CITIES: Final = actor_words()["lived by cities"]
_ABROAD: Final = actor_words()["abroad"]
_SPONSORED: Final = actor_words()["sponsored"] | {"made", "built"}
_TIED: Final = frozenset(
    {"loyal", "linked", "allied", "affiliated", "belonging", "close", "aligned", "opposed", "faithful"}
)
# Nouns of the tables that are mostly a place or thing: actors only as somebody who does something.
_SITES: Final = actor_words()["sites"]
_PORTFOLIOS: Final = actor_words()["portfolios"]
_IN_NAMES: Final = actor_words()["in names"]
_THINGS: Final = actor_words()["things"]
_NO_ACTORS: Final = frozenset({"social media", "hundreds", "thousands", "millions"})
_DETERMINERS_OF_ONE: Final = frozenset({"the", "a", "an", "its", "his", "her", "their", "another"})


def find_mentions(doc: Doc) -> list[Mention]:
    """The actor mentions of `doc`, but for pronouns, in text order, an outer phrase before what it holds."""
    full = _full_surnames(doc)
    sentences = [_Sentence(doc, tokens, full) for tokens in _sentences(doc)]
    known = frozenset(
        key
        for sentence in sentences
        for mention in sentence.base
        if mention.sort == "person"
        for key in _surname(doc, mention)
    )
    found: list[Mention] = []
    for sentence in sentences:
        sentence.recognise(known)
        found += sentence.mentions()
    places = _places(doc)
    kept = {m for m in found if not _is_place(doc, m, places, full)}
    return sorted(kept, key=lambda mention: (mention.start, -mention.end))


def _places(doc: Doc) -> frozenset[str]:
    """Names that the report uses as a place somewhere: "in Arza", "the port of Arza", "Arza, the capital"."""
    found = set()
    for token in doc:
        if token.tag_ not in ("NNP", "NNPS") or (token.i and doc[token.i - 1].tag_ in ("NNP", "NNPS")):
            continue
        end = token.i + 1
        while end < len(doc) and (doc[end].tag_ in ("NNP", "NNPS") or doc[end].ent_iob_ == "I"):
            end += 1
        before = doc[token.i - 1].lower_ if token.i else ""
        named = before == "of" and token.i > 1 and singular(doc[token.i - 2].lower_) in _PLACE_NOUNS
        apposed = (
            end + 2 < len(doc)
            and doc[end].text == ","
            and doc[end + 1].lower_ in ("the", "a")
            and any(singular(t.lower_) in _PLACE_NOUNS for t in doc[end + 2 : end + 4])
        )
        inside = before in ("in", "near", "outside", "at") and token.ent_type_ != "PERSON"
        if named or apposed or inside:
            found.add(" ".join(fold(t.text) for t in doc[token.i : end]))
    return frozenset(found)


def _is_place(doc: Doc, mention: Mention, places: frozenset[str], surnames: frozenset[str]) -> bool:
    """Is it a place that only the recogniser calls a person or body: "Arza" beside "the port of Arza"?"""
    if mention.sort not in ("person", "name") or mention.entry or mention.titles or not mention.name:
        return False
    start, end = mention.name
    name = " ".join(fold(t.text) for t in doc[start:end])
    if mention.sort == "person" and end - start == 1 and name in surnames:
        return False
    if name in places:
        return True
    match = city_names().match(words_of(doc[start:end].text) or words_of("x"), 0)
    return mention.sort == "person" and match is not None and match[0] == end - start


def _full_surnames(doc: Doc) -> frozenset[str]:
    """Surnames of whom the report names more fully somewhere: such a surname alone is no town."""
    return frozenset(
        fold(t.text)
        for t in doc
        if t.ent_type_ == "PERSON" and t.ent_iob_ == "I" and doc[t.i - 1].tag_ in ("NNP", "NNPS", "HYPH")
    )


def _surname(doc: Doc, mention: Mention) -> list[str]:
    return [fold(doc[mention.name[1] - 1].text)] if mention.name else []


def _sentences(doc: Doc) -> Iterator[TokenSpan]:
    # A newline ends a sentence even where nothing has said so, and no sentence is longer than 300 tokens.
    start = 0
    for token in doc:
        if token.i > start and (token.is_sent_start or token.i - start >= 300):
            yield doc[start : token.i]
            start = token.i
        if token.is_space and "\n" in token.text:
            yield doc[start : token.i]
            start = token.i + 1
    if start < len(doc):
        yield doc[start:]


class _Sentence:
    """The working state of one sentence."""

    def __init__(self, doc: Doc, tokens: TokenSpan, surnames: frozenset[str]) -> None:
        self.doc = doc
        self.full_surnames = surnames
        self.tokens = tokens
        self.entries = list(self._entries())
        self.entry_ending = {entry.end: entry for entry in self.entries}
        self.entry_at = {i: entry for entry in self.entries for i in range(entry.start, entry.end)}
        self.chunks = list(self._chunks())
        self.chunk_at = {chunk.start: chunk for chunk in self.chunks}
        self.base = [mention for chunk in self.chunks if (mention := self._mention(chunk))]

    def _entries(self) -> Iterator[Found]:
        """The table entries of the sentence, with token numbers for word numbers."""
        text = self.tokens.text
        offset = self.tokens.start_char if len(self.tokens) else 0
        words = words_of(text)
        starts = [token.idx for token in self.tokens]

        def token_at(character: int) -> int:
            return self.tokens.start + bisect_right(starts, character) - 1

        def placed(entry: Found, first: int = 0) -> Found:
            start = token_at(offset + words[first + entry.start].start)
            end = token_at(offset + words[first + entry.end - 1].end - 1) + 1
            return Found(start, end, entry.entry)

        for entry in entries_in(words, cities=False):
            whole = placed(entry)
            owned = [t for t in self.doc[whole.start : whole.end] if t.tag_ == "POS"]
            if owned and isinstance(entry.entry, Role) and "'" not in entry.entry.term:
                # "the army's spokesman" is the army and a spokesman, not an "army spokesman".
                for first in range(entry.start, entry.end):
                    yield from (
                        placed(part, first) for part in entries_in(words[first : first + 1], cities=False)
                    )
                continue
            yield whole

    # --- base noun phrases

    def _chunks(self) -> Iterator[_Chunk]:
        doc, at, stop = self.doc, self.tokens.start, self.tokens.end
        while at < stop:
            start = at
            while at < stop and doc[at].tag_ in _OPENERS:
                at += 1
            core = at
            while at < stop and self._goes_on(at, core):
                at += 1
            end = at
            start = start if start < core else self._core(core, end)
            core = max(core, start)
            while end > core and doc[end - 1].tag_ not in _NOUNS and not self._ends_entry(end):
                end -= 1
            if end > core:
                pieces = list(self._split(start, end))
                yield from pieces
                if end < stop and doc[end].tag_ == "POS":
                    # "Haftar's forces": the owner, and the whole with the owner in it.
                    yield replace(pieces[-1], possessor=True)
                    at = end + 1
                    continue
                at = max(at, end)
            at = max(at, start + 1)

    def _core(self, start: int, end: int) -> int:
        """Past what stands before the phrase but is not of it: "last year | Russia"."""
        while start < end - 1 and (
            self.doc[start].ent_type_ in ("DATE", "TIME")
            or self.doc[start].tag_ == "HYPH"
            or (start and self.doc[start].lower_ in ("least", "most") and self.doc[start - 1].lower_ == "at")
        ):
            start += 1
        return start

    def _goes_on(self, at: int, core: int) -> bool:
        token = self.doc[at]
        if at > core and token.ent_type_ in ("DATE", "TIME") and token.ent_iob_ == "B":
            return False  # "abducted dozens of men | last week"
        if token.tag_ in _INSIDE:
            if token.tag_ in ("VBN", "VBG"):
                return token.dep_ in ("amod", "compound") or token.text[0].isupper() or at in self.entry_at
            return True
        if at in self.entry_at:
            entry = self.entry_at[at]
            return entry.start >= core and (
                entry.end - entry.start > 1 or token.pos_ in ("PROPN", "NOUN", "ADJ")
            )
        return (
            token.tag_ != "POS"
            and token.text in ('"', "“", "”", "'", "‘", "’")
            and core < at
            and self._quoted_name(at)
        )

    def _quoted_name(self, at: int) -> bool:
        return (
            at + 1 < self.tokens.end
            and self.doc[at + 1].tag_ in ("NNP", "NN", "NNS")
            and self.doc[at - 1].tag_ in _INSIDE
        )

    def _ends_entry(self, end: int) -> bool:
        entry = self.entry_ending.get(end)
        return entry is not None and not (isinstance(entry.entry, Role) and entry.entry.kind is None)

    def _split(self, start: int, end: int) -> Iterator[_Chunk]:
        """Part a run where a person's name follows what is no title of it: "of Interior | Jane Doe"."""
        doc = self.doc
        if (name := self._after_portfolio(start, end)) is not None:
            yield _Chunk(start, name)
            yield _Chunk(name, end)
            return
        for i in range(start + 1, end):
            if (
                doc[i].ent_type_ == "PERSON"
                and doc[i].ent_iob_ == "B"
                and doc[i - 1].tag_ in ("NNP", "NNPS", "NN", "NNS")
            ):
                before = self.entry_ending.get(i)
                titled = before and isinstance(before.entry, Role) and before.entry.kind == "person"
                if not titled and self._name_end(i, end) == end and doc[i - 1].ent_type_ != "PERSON":
                    yield _Chunk(start, i)
                    yield _Chunk(i, end)
                    return
        yield _Chunk(start, end)

    def _after_portfolio(self, start: int, end: int) -> int | None:
        """Where a name starts after the portfolio of an office: "Minister of Health | Jane Doe"."""
        if not self._is_portfolio(start):
            return None
        at = next((i for i in range(start, end) if self.doc[i].lower_ in _PORTFOLIOS), end)
        while at < end and self.doc[at].lower_ in _PORTFOLIOS:
            at += 1
        name = self.doc[at:end]
        return at if len(name) > 1 and all(t.tag_ in ("NNP", "HYPH", "FW") for t in name) else None

    def _is_portfolio(self, start: int) -> bool:
        """Does the phrase at `start` follow "minister of"?"""
        if start < self.tokens.start + 2 or self.doc[start - 1].lower_ not in ("of", "for"):
            return False
        office = self.entry_ending.get(start - 1)
        return office is not None and isinstance(office.entry, Role) and office.entry.kind == "person"

    def _name_end(self, start: int, end: int) -> int:
        at = start
        while at < end and (self.doc[at].ent_type_ == "PERSON" or self.doc[at].tag_ in ("NNP", "HYPH", "FW")):
            at += 1
        return at

    # --- mentions

    def recognise(self, surnames: frozenset[str]) -> None:
        """Take for a person what bears the surname of one in the report, whatever the recogniser says."""
        persons = {
            mention.start: mention for mention in self.base if mention.sort == "person" or mention.entry
        }
        for chunk in self.chunks:
            first = self._first(chunk)
            start = chunk.end - 1
            if fold(self.doc[start].text) not in surnames or not self.doc[start].text[0].isupper():
                continue
            if any(mention.end == chunk.end for mention in persons.values()) or self.entry_ending.get(
                chunk.end
            ):
                continue
            while start > first and self._name_part(start - 1):
                start -= 1
            titles = ((first, start),) if start > first and self._title_before(start, first) else ()
            self.base = [mention for mention in self.base if mention.end != chunk.end]
            self.base.append(
                Mention(
                    chunk.start if titles or start == first else start,
                    chunk.end,
                    chunk.end - 1,
                    "person",
                    name=(start, chunk.end),
                    titles=titles,
                )
            )

    def _first(self, chunk: _Chunk) -> int:
        first = chunk.start
        while first < chunk.end - 1 and self.doc[first].tag_ in _OPENERS:
            first += 1
        return first

    def mentions(self) -> list[Mention]:
        """All mentions of the sentence."""
        wholes, rests = self._owners_wholes()
        found = sorted([m for m in self.base if m.start not in rests] + wholes, key=lambda m: m.start)
        by_start: dict[int, Mention] = {}
        for mention in found:
            if mention.start not in by_start or mention.end > by_start[mention.start].end:
                by_start[mention.start] = mention
        # From the right, so that a complement is whole before what it completes takes it in.
        for start in sorted(by_start, reverse=True):
            by_start[start] = self._completed(by_start[start], by_start)
        merged: set[int] = set()
        for start in sorted(by_start, reverse=True):
            if start not in merged:
                self._rename(start, by_start, merged)
        for start in sorted(by_start):
            if start not in merged:
                by_start[start] = self._joined(by_start[start], by_start, merged)
        kept = [mention for start, mention in by_start.items() if start not in merged]
        return kept + [
            owner
            for owner in found
            if owner.start in by_start and owner.end < by_start[owner.start].end and self._is_owner(owner)
        ]

    def _is_owner(self, mention: Mention) -> bool:
        return mention.end < self.tokens.end and self.doc[mention.end].tag_ == "POS"

    def _owners_wholes(self) -> tuple[list[Mention], set[int]]:
        """ "Haftar's forces" from the owner "Haftar" and the rest "forces", and where such a rest starts."""
        by_start = {mention.start: mention for mention in self.base}
        wholes: list[Mention] = []
        rests: set[int] = set()
        owner_start: dict[int, int] = {}
        for chunk in self.chunks:
            if chunk.possessor:
                owner_start[chunk.end + 1] = owner_start.get(chunk.start, chunk.start)
        for chunk in self.chunks:
            rest = by_start.get(chunk.start)
            if rest and chunk.start in owner_start and not chunk.possessor:
                start = owner_start[chunk.start]
                titles = tuple((start if first <= chunk.end else first, end) for first, end in rest.titles)
                wholes.append(replace(rest, start=start, titles=titles, definite=True))
                rests.add(chunk.start)
        return wholes, rests

    def _mention(self, chunk: _Chunk) -> Mention | None:
        doc, end = self.doc, chunk.end
        last = self.entry_ending.get(end)
        first = self._first(chunk)
        if last and last.start < chunk.start:
            last = None
        definite = (
            doc[chunk.start].lower_ in ("the", "this", "that", "these", "those")
            or doc[chunk.start].tag_ == "PRP$"
        )
        modifiers = frozenset(t.lower_ for t in doc[first : end - 1] if t.tag_ not in ("HYPH", "CD"))
        mention = Mention(chunk.start, end, end - 1, "description", definite=definite, modifiers=modifiers)
        if doc[chunk.start].lower_ == "no":
            return None  # "no group has claimed the attack"
        if last is None and (capital := self._metonym(mention, first)) is not None:
            return capital
        name = self._person_name(chunk, first)
        if name is not None:
            titles = ((first, name),) if name > first and self._title_before(name, first) else ()
            start = chunk.start if titles or name == first else name
            return replace(mention, start=start, sort="person", name=(name, end), titles=titles)
        if last is None:
            return self._named_by_recogniser(mention, first)
        entry = last.entry
        if isinstance(entry, Role):
            if entry.kind is None:
                return None
            if entry.term in _INSTRUMENTS:
                return self._owner_of_instrument(mention, first, last.start)
            plural = doc[end - 1].tag_ in ("NNS", "NNPS") or entry.kind == "people"
            if (
                doc[end - 1].tag_.startswith("V")
                or entry.term in _NO_ACTORS
                or (
                    entry.term in ("country", "nation", "capital")
                    and not any(t.lower_ in ("two", "both", "three") for t in doc[chunk.start : end])
                )
                or ((entry.term in _SITES or entry.term in _THINGS) and not self._is_party(end - 1, mention))
            ):
                return None
            return replace(
                mention,
                entry=entry,
                plural=plural,
                modifiers=frozenset(
                    t.lower_ for t in doc[first : last.start] if t.tag_ not in ("HYPH", "CD")
                ),
            )
        if isinstance(entry, Organisation):
            if (
                last.start > 0
                and doc[last.start - 1].lower_ in ("on", "via", "through")
                and entry.sectors[:1] != ("GOV",)
            ):
                return None  # a medium, or a page: "on Twitter"
            return replace(
                mention,
                sort="name",
                name=(last.start, end),
                entry=entry,
                titles=((first, last.start),) if last.start > first else (),
            )
        return self._state(mention, last, entry)

    def _owner_of_instrument(self, mention: Mention, first: int, noun: int) -> Mention | None:
        """ "Danish" in "Danish warships": the state or body whose they are; without one there is no actor."""
        for start in range(first, noun):
            owner = self.entry_at.get(start)
            if owner is None or owner.start != start or owner.end > noun:
                continue
            if isinstance(owner.entry, Role):
                if owner.entry.kind == "organisation":  # "the navy" of "navy ships"
                    return replace(mention, start=first, end=owner.end, head=owner.end - 1, entry=owner.entry)
                continue
            following = self.doc[owner.end]
            if following.tag_ == "HYPH" or fold(following.text) in _SPONSORED:
                continue  # "Danish-made drones" may be anybody's
            if isinstance(owner.entry, Organisation):
                sort: Sort = "name"
            elif owner.entry.kind in ("state", "demonym"):
                later = [self.entry_at[i].entry for i in range(owner.end, noun) if i in self.entry_at]
                if any(isinstance(body, Role) and body.kind == "organisation" for body in later):
                    continue  # "Danish navy ships": the navy's
                sort = "state"
            else:
                continue
            return Mention(start, owner.end, owner.end - 1, sort, name=(start, owner.end), entry=owner.entry)
        return None

    def _is_party(self, at: int, mention: Mention) -> bool:
        """Does the noun at token `at` do something, or is it dealt with, so that it is no site or thing?"""
        if mention.end < len(self.doc) and self.doc[mention.end].tag_ == "POS":
            return True
        top = _first_of_list(self.doc[at])
        if top.dep_ == "nsubj":
            return top.head.pos_ == "VERB"
        return top.dep_ == "agent" or (
            top.dep_ == "pobj" and top.head.lower_ in _ACTOR_PREPOSITIONS - {"for", "among"}
        )

    def _state(self, mention: Mention, last: Found, entry: Name) -> Mention | None:
        doc, end = self.doc, mention.end
        if entry.kind == "demonym":
            token = doc[end - 1]
            if token.tag_ in ("NNPS", "NNS") or (
                mention.definite
                and token.tag_ in ("JJ", "NNP")
                and end - mention.start == 2
                and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
            ):
                return replace(mention, sort="people", name=(last.start, end), entry=entry, plural=True)
            if token.tag_ in ("NN", "NNP") and doc[mention.start].lower_ in ("a", "an", "another"):
                return replace(
                    mention, sort="description", entry=Role("national", ("CVL",), "weak", "person")
                )
            return None
        if entry.kind == "state" and self._acts(end - 1, mention):
            return replace(mention, sort="state", name=(last.start, end), entry=entry)
        return None

    def _acts(self, at: int, mention: Mention) -> bool:
        """Is the state at token `at` a party here, and not just where something is?"""
        token = self.doc[at]
        if mention.end < len(self.doc) and self.doc[mention.end].tag_ == "POS":
            return True
        top = _first_of_list(token)
        if top.dep_ in ("nsubj", "nsubjpass", "dobj", "dative", "iobj"):
            return True
        if top.dep_ == "agent" or (top.dep_ == "pobj" and top.head.lower_ in _ACTOR_PREPOSITIONS):
            return True
        return top.dep_ == "pobj" and self._is_dealt_with(top.head)

    def _is_dealt_with(self, preposition: Token) -> bool:
        """Is what stands after a preposition given, sent or done something: "aid to Laos", "ban on Iran"?"""
        if preposition.lower_ not in ("of", "on", "to", "from", "upon"):
            return False
        governor = preposition.head
        if governor.lemma_.lower() in _DEEDS:
            return True
        if preposition.lower_ == "of":
            return False
        if governor.lemma_.lower() in _GOODS:
            return True
        if governor.pos_ != "VERB":
            return False
        objects = [child for child in governor.children if child.dep_ in ("dobj", "nsubjpass")]
        # "two tonnes of aid"
        objects += [inner for o in objects for of in o.children if of.lower_ == "of" for inner in of.children]
        if any(child.lemma_.lower() in _GOODS for child in objects):
            return True
        return governor.lemma_.lower() in _GIVING and preposition.lower_ != "from"

    def _person_name(self, chunk: _Chunk, first: int) -> int | None:
        """Where a person's name starts that ends the chunk."""
        doc, end = self.doc, chunk.end
        last = doc[end - 1]
        if last.tag_ not in ("NNP", "NNPS", "NN", "FW", "NNS", "CD", "JJ") or not last.text[0].isupper():
            return None
        ending = self.entry_ending.get(end)
        # A table's word is no name, unless the recogniser calls it one and the words before it too.
        if ending and not (
            last.ent_type_ == "PERSON"
            and ending.end - ending.start == 1
            and end - first > 1
            and doc[end - 2].ent_type_ == "PERSON"
        ):
            return None
        start = end - 1
        while start > first and self._name_part(start - 1):
            start -= 1
        titled = self._title_before(start, first) or self._follows_portfolio(start)
        labelled = any(doc[i].ent_type_ == "PERSON" for i in range(start, end))
        if not titled and not labelled:
            return None
        if not titled and self._is_place_here(start, end):
            return None
        return start

    def _follows_portfolio(self, start: int) -> bool:
        at = start
        while at > self.tokens.start and self.doc[at - 1].lower_ in _PORTFOLIOS:
            at -= 1
        return at < start and self._is_portfolio(at)

    def _name_part(self, i: int) -> bool:
        token = self.doc[i]
        entry = self.entry_at.get(i)
        if entry is not None and not (token.ent_type_ == "PERSON" and isinstance(entry.entry, Name)):
            return (
                token.ent_type_ == "PERSON"
                and token.ent_iob_ == "I"
                and isinstance(entry.entry, Role)
                and (entry.entry.use in ("faint", "modifier"))
            )
        if token.tag_ == "HYPH" or token.text == "-":
            return True
        if token.lower_ in _IN_NAMES:
            return True
        return token.text[0].isupper() and (
            token.tag_ in ("NNP", "NNPS", "FW") or token.ent_type_ == "PERSON"
        )

    def _title_before(self, start: int, first: int) -> bool:
        entry = self.entry_ending.get(start)
        return (
            entry is not None
            and entry.start >= first
            and isinstance(entry.entry, Role)
            and entry.entry.kind == "person"
        )

    def _is_place_here(self, start: int, end: int) -> bool:
        """A name that the recogniser calls a person, in the place of a place: "the city of Walid"."""
        doc = self.doc
        top = doc[end - 1]
        for _ in range(8):
            if top.ent_type_ in ("GPE", "LOC", "FAC") and top.i != end - 1:
                return True
            if top.dep_ != "conj":
                break
            top = top.head
        if start and doc[start - 1].lower_ in ("in", "at", "near", "outside", "around"):
            return True
        before = doc[start - 1] if start else None
        return (
            before is not None
            and before.lower_ == "of"
            and before.i > 0
            and singular(doc[before.i - 1].lower_) in _PLACE_NOUNS
        ) or (
            top.dep_ == "pobj" and top.head.lower_ == "of" and singular(top.head.head.lower_) in _PLACE_NOUNS
        )

    def _named_by_recogniser(self, mention: Mention, first: int) -> Mention | None:
        doc, end = self.doc, mention.end
        last = doc[end - 1]
        if singular(last.lower_) in _INSTRUMENTS:
            return self._owner_of_instrument(mention, first, end - 1)
        if (
            last.ent_type_ not in ("ORG", "NORP")
            or not last.text[0].isupper()
            or last.tag_ not in ("NNP", "NNPS", "NN", "NNS", "FW")
        ):
            return None
        start = end - 1
        while start > first and doc[start].ent_iob_ == "I":
            start -= 1
        if start > 0 and doc[start - 1].lower_ in ("in", "at", "near", "on", "into", "via"):
            return None
        if last.ent_type_ == "NORP":
            if start == self.tokens.start and end - start == 1:
                return None  # a capital that only opens the sentence: "Protests"
            if last.tag_ not in ("NNPS", "NNS") and not (
                mention.definite and last.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj")
            ):
                return None
            return replace(mention, sort="people", name=(start, end), plural=True)
        if city_names().match(words_of(doc[start:end].text) or words_of("x"), 0):
            return None
        if start > 0 and singular(doc[start - 1].lower_) in _PLACE_NOUNS:
            return None  # "the German island Amrum"
        return replace(
            mention, sort="name", name=(start, end), titles=((first, start),) if start > first else ()
        )

    def _metonym(self, mention: Mention, first: int) -> Mention | None:
        """A capital that does what a government does: "Lima recalled its ambassador"."""
        doc, end = self.doc, mention.end
        words = words_of(doc[first:end].text)
        if doc[end - 1].tag_ not in ("NNP", "NNPS") or (
            doc[end - 1].ent_type_ == "PERSON"
            and (end - first > 1 or fold(doc[first].text) in self.full_surnames)
        ):
            return None
        match = city_names().match(words, 0) if words else None
        if match is None or match[0] < len(words) or match[1].kind != "capital":
            return None
        top = _first_of_list(doc[end - 1])
        verb = top.head
        if (
            (top.dep_ == "nsubj" and self._does_as_state(verb))
            or (top.dep_ == "pobj" and verb.head.pos_ == "VERB" and self._is_dealt_with(verb))
            or (top.dep_ in ("dobj", "dative") and verb.lemma_.lower() in ("tell", "accuse", "urge", "warn"))
            or (top.dep_ == "pobj" and verb.lower_ == "between" and verb.head.pos_ != "AUX")
            or top.dep_ == "agent"
        ):
            return replace(mention, sort="state", name=(first, end), entry=match[1])
        return None

    def _does_as_state(self, verb: Token) -> bool:
        """Is it the government that does this: a deed of state, or anything done to something else?"""
        lemma = verb.lemma_.lower()
        if lemma in _DEEDS_OF_STATE:
            return True
        deeds = any(child.dep_ in ("dobj", "ccomp") for child in verb.children)
        return deeds and verb.pos_ == "VERB" and lemma not in _LIVED_BY_CITIES

    # --- growth

    def _completed(self, mention: Mention, by_start: dict[int, Mention]) -> Mention:
        """The mention with what follows "of", "for", "loyal to" and their like."""
        if mention.sort not in ("description", "name") or (
            mention.sort == "name" and mention.entry is not None
        ):
            return mention
        for _ in range(4):
            grown = self._complement_end(mention, by_start)
            if grown <= mention.end:
                break
            mention = replace(mention, end=grown)
        return mention

    def _complement_end(self, mention: Mention, by_start: dict[int, Mention]) -> int:
        doc, at, stop = self.doc, mention.end, self.tokens.end
        if at + 1 >= stop:
            return at
        word = doc[at].lower_
        role = mention.entry if isinstance(mention.entry, Role) else None
        if word in _TIED and doc[at + 1].lower_ in ("to", "with") and mention.plural | (role is not None):
            at += 1
        elif word == "of":
            pass
        elif (
            word == "for" and (role is None or role.kind != "person") and doc[mention.head].text[0].isupper()
        ):
            if doc[at + 1].tag_ not in ("NNP", "NNPS") and not doc[at + 1].text[0].isupper():
                return mention.end  # "the Institute for Policy Studies" is one name
        elif word in ("for", "at"):
            if role is None or role.kind != "person" or mention.plural:
                return mention.end
        elif word == "on":
            if role is None or role.term not in ("commission", "committee", "council", "rapporteur"):
                return mention.end
        elif word == "to":
            if doc[mention.head].lemma_.lower() not in _ABROAD:
                return mention.end
        elif word == "from":
            origin = self.chunk_at.get(at + 1)
            if role is None or not mention.plural or not origin or not doc[origin.end - 1].text[0].isupper():
                return mention.end
        elif word == "in":
            if role is None or (
                role.kind not in ("organisation", "group") and doc[mention.head].lemma_.lower() not in _ABROAD
            ):
                return mention.end
            if doc[at + 1].ent_type_ not in ("GPE", "LOC") and not country_names().match(
                words_of(doc[at + 1].text) or words_of("x"), 0
            ):
                return mention.end
        else:
            return mention.end
        if at + 1 in by_start:
            return by_start[at + 1].end
        chunk = self.chunk_at.get(at + 1)
        if chunk is None:
            return mention.end
        end = chunk.end
        if doc[end - 1].ent_type_ in ("DATE", "TIME"):
            return mention.end
        if (
            word == "of"
            and end + 1 < stop
            and doc[end].lower_ == "and"
            and role
            and role.term.endswith(("minister", "ministry", "secretary"))
        ):
            second = self.chunk_at.get(end + 1)  # "Minister of Trade and Industry"
            if second and second.start not in by_start:
                end = second.end
        return end

    def _joined(self, mention: Mention, by_start: dict[int, Mention], merged: set[int]) -> Mention:
        """The mention with its apposition: a title before or after a name, an acronym in brackets."""
        doc, stop = self.doc, self.tokens.end
        following = by_start.get(mention.end)
        if (
            following
            and mention.sort == "description"
            and following.sort == "person"
            and self._one_person(mention)
        ):
            merged.add(following.start)
            mention = self._with_name(mention, following)
        mention = self._bracketed(mention)
        for _ in range(2):
            at = mention.end
            if at + 1 >= stop or doc[at].text != ",":
                break
            if doc[at + 1].tag_ == "CD" and at + 2 < stop and doc[at + 2].text == ",":
                at += 2  # an age
            other = by_start.get(at + 1) or self._unlabelled(at + 1)
            if other is None or other.start in merged:
                break
            other = self._relabelled(mention, other)
            closed = (
                other.end >= stop
                or doc[other.end].text in (",", ".", ")", ";", ":", "”", '"', "—", "–", "-")
                or (doc[other.end].tag_ in ("VBD", "VBZ", "VBP", "MD", "WP", "POS", "HYPH"))
            )
            if (
                mention.sort == "description"
                and other.sort == "person"
                and not mention.name
                and self._one_person(mention)
            ):
                if not (
                    (closed and doc[mention.start].lower_ in _DETERMINERS_OF_ONE | {"former"})
                    or (closed and self._owned(mention))
                ):
                    break
                merged.add(other.start)
                mention = self._with_name(mention, other)
            elif (
                self._is_body(mention)
                and doc[mention.head].text[0].isupper()
                and closed
                and (
                    other.sort == "description"
                    and not other.plural
                    and doc[other.start].lower_ in ("a", "an")
                )
            ):  # "the People's Front, an armed group"
                merged.add(other.start)
                mention = replace(mention, end=other.end, titles=((self._bare_start(other), other.end),))
            elif (
                mention.sort == "person"
                and not mention.titles
                and self._is_body(other)
                and closed
                and (doc[other.start].lower_ in ("a", "an", "the"))
            ):  # "Kentro Zoi, a charity": the recogniser took the name for a person's
                merged.add(other.start)
                mention = replace(
                    mention, sort="name", end=other.end, titles=((self._bare_start(other), other.end),)
                )
            elif mention.sort == "person" and other.sort == "description" and self._one_person(other):
                if mention.titles and self._names_another(other, by_start):
                    break
                merged.add(other.start)
                mention = replace(
                    mention, end=other.end, titles=(*mention.titles, (self._bare_start(other), other.end))
                )
            else:
                break
        return mention

    def _rename(self, start: int, by_start: dict[int, Mention], merged: set[int]) -> None:
        """Join "the Water Board, Aquala," and let what ends with the board end with its name."""
        doc, mention = self.doc, by_start[start]
        at = mention.end
        other = by_start.get(at + 1) if at + 1 < self.tokens.end and doc[at].text == "," else None
        if other is None or other.sort != "name" or not other.name or other.start in merged:
            return
        if not (
            isinstance(mention.entry, Role)
            and mention.entry.kind in ("organisation", "group")
            and not mention.plural
            and (mention.definite or doc[mention.start].lower_ in ("a", "an"))
        ):
            return
        if other.end < self.tokens.end and doc[other.end].text not in (",", ".", ")", ";", ":"):
            return
        merged.add(other.start)
        by_start[start] = replace(mention, end=other.end, alias=other.name)
        for outer in [m for m in by_start.values() if m.end == at and m.start < start]:
            by_start[outer.start] = replace(outer, end=other.end)

    def _names_another(self, title: Mention, by_start: dict[int, Mention]) -> bool:
        """Does a name follow a title that would else belong to the name before it: "X, the mayor, Y, ..."?"""
        at = title.end
        other = by_start.get(at + 1) if at + 1 < self.tokens.end and self.doc[at].text == "," else None
        return other is not None and other.sort == "person" and not other.titles

    def _unlabelled(self, start: int) -> Mention | None:
        """A run of two or more capitalised words that neither the recogniser nor a table knows."""
        chunk = self.chunk_at.get(start)
        if chunk is None or chunk.possessor or chunk.end - start < 2 or chunk.end in self.entry_ending:
            return None
        if not all(t.text[0].isupper() or t.tag_ == "HYPH" for t in self.doc[start : chunk.end]):
            return None
        return Mention(start, chunk.end, chunk.end - 1, "name", name=(start, chunk.end))

    def _relabelled(self, title: Mention, other: Mention) -> Mention:
        """After the title of one person, what only the recogniser calls an organisation is a person."""
        if (
            title.sort == "description"
            and self._one_person(title)
            and other.sort == "name"
            and other.entry is None
            and (other.name and other.name[1] - other.name[0] > 1 and other.name[0] == other.start)
        ):
            return replace(other, sort="person", titles=())
        return other

    def _is_body(self, mention: Mention) -> bool:
        return (
            mention.sort == "description"
            and isinstance(mention.entry, Role)
            and mention.entry.kind in ("organisation", "press")
            and (not mention.plural)
        )

    def _owned(self, mention: Mention) -> bool:
        return mention.definite

    def _one_person(self, mention: Mention) -> bool:
        return isinstance(mention.entry, Role) and mention.entry.kind == "person" and not mention.plural

    def _bare_start(self, mention: Mention) -> int:
        start = mention.start
        while start < mention.head and self.doc[start].tag_ in _OPENERS:
            start += 1
        return start

    def _with_name(self, title: Mention, name: Mention) -> Mention:
        return replace(name, start=title.start, titles=((self._bare_start(title), title.end), *name.titles))

    def _bracketed(self, mention: Mention) -> Mention:
        doc, at, stop = self.doc, mention.end, self.tokens.end
        if (
            at + 2 < stop
            and doc[at].text == "("
            and doc[at + 2].text == ")"
            and doc[at + 1].text.isupper()
            and len(doc[at + 1]) > 1
            and (mention.name or doc[self._bare_start(mention)].text[0].upper() == doc[at + 1].text[0])
        ):
            return replace(mention, end=at + 3, alias=(at + 1, at + 2))
        return mention


def _first_of_list(token: Token) -> Token:
    """The token that carries the role of a list: "Chile" in "between Chile, Peru and Bolivia"."""
    for _ in range(8):
        if token.dep_ not in ("conj", "appos", "compound", "nmod"):
            break
        token = token.head
    return token
