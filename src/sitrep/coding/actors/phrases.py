"""The noun phrases of a sentence, from tags and tables, and the table entries in them.

The parser of a small model often fails on foreign names, so phrases are built from its tags.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from sitrep.coding.actors.countries import Name
from sitrep.coding.actors.lexicon import Found, Role, entries_in, roles
from sitrep.coding.actors.lists import ActorList, listed_entries, with_listed
from sitrep.coding.actors.mention import Chunk
from sitrep.coding.tables import Word, actor_words, words_of

_INSIDE: Final = frozenset(
    ("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "CD", "HYPH", "VBN", "VBG", "AFX", "FW", "$", "ADD")
)
_NOUNS: Final = frozenset({"NN", "NNS", "NNP", "NNPS", "CD", "FW"})
_OPENERS: Final = frozenset({"DT", "PDT", "PRP$", "WP$"})
_PORTFOLIOS: Final = actor_words()["portfolios"]


class Phrases:
    """The base noun phrases of one sentence, and the entries of the tables in it."""

    def __init__(
        self,
        doc: Doc,
        tokens: TokenSpan,
        surnames: frozenset[str],
        listed: ActorList,
        all_tokens: list[Token],
    ) -> None:
        self.doc = doc
        self.token = all_tokens  # a list: `doc[i]` makes a new token each time
        self.listed = listed
        self.full_surnames = surnames
        self.tokens = tokens
        self.entries = list(self._entries())
        self.entry_ending = {entry.end: entry for entry in self.entries}
        self.entry_at = {i: entry for entry in self.entries for i in range(entry.start, entry.end)}
        self.chunks = list(self._chunks())
        self.chunk_at = {chunk.start: chunk for chunk in self.chunks}

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

        for entry in with_listed(entries_in(words, cities=False), tuple(self._listed(words))):
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

    def _listed(self, words: Sequence[Word]) -> Iterator[Found]:
        """The names of the user's list, but for what the recogniser has for a person's by itself."""
        for found in listed_entries(words, self.listed, self.doc._.published):
            start, end = (
                self.tokens.start_char + at for at in (words[found.start].start, words[found.end - 1].end)
            )
            span = self.doc.char_span(start, end, alignment_mode="expand")
            ending = roles().match(words, found.end - 1)
            body = ending is not None and ending[1].kind in ("organisation", "group", "press")
            if span is not None and (body or all(token.ent_type_ != "PERSON" for token in span)):
                yield found

    def _chunks(self) -> Iterator[Chunk]:
        at, stop = self.tokens.start, self.tokens.end
        while at < stop:
            start = at
            while at < stop and self.token[at].tag_ in _OPENERS:
                at += 1
            core = at
            while at < stop and self._goes_on(at, core):
                at += 1
            end = at
            # "a day earlier | police": the article is the day's
            dated = start < core < end and self.token[start].ent_type_ in ("DATE", "TIME")
            start = self._core(core, end) if dated or start >= core else start
            core = max(core, start)
            while end > core and self.token[end - 1].tag_ not in _NOUNS and not self._ends_entry(end):
                end -= 1
            if end > core:
                pieces = list(self._split(start, end))
                yield from pieces
                if end < stop and self.token[end].tag_ == "POS":
                    # "Haftar's forces": the owner, and the whole with the owner in it.
                    yield replace(pieces[-1], possessor=True)
                    at = end + 1
                    continue
                at = max(at, end)
            at = max(at, start + 1)

    def _core(self, start: int, end: int) -> int:
        """Past what stands before the phrase but is not of it: "last year | Russia"."""
        while start < end - 1 and (
            self.token[start].ent_type_ in ("DATE", "TIME")
            or self.token[start].tag_ == "HYPH"
            or (  # "shot dead | four protesters"
                start
                and self.token[start].lower_ == "dead"
                and self.token[start - 1].lemma_ in ("shoot", "gun", "stab", "beat", "hack")
            )
            or (
                start
                and self.token[start].lower_ in ("least", "most")
                and self.token[start - 1].lower_ == "at"
            )
        ):
            start += 1
        return start

    def _goes_on(self, at: int, core: int) -> bool:
        token = self.token[at]
        if at > core and token.ent_type_ in ("DATE", "TIME") and token.ent_iob_ == "B":
            return False  # "abducted dozens of men | last week"
        if at > core and self.token[at - 1].dep_ == "dative":
            return False  # "gave the army | two helicopters"
        before = self.token[at - 1]
        if at > core and before.tag_ == "NNS" and before.dep_ in ("pobj", "dobj") and token.text.islower():
            return False  # "despite reports | security forces had killed"
        if token.tag_ in _INSIDE:
            if token.tag_ in ("VBN", "VBG"):
                return token.dep_ in ("amod", "compound") or token.text[0].isupper() or at in self.entry_at
            return True
        if at in self.entry_at:
            entry = self.entry_at[at]
            return entry.start >= core and (
                entry.end - entry.start > 1 or token.pos_ in ("PROPN", "NOUN", "ADJ")
            )
        if token.tag_ == "RB" and at == core and at and at + 1 < self.tokens.end:
            # "Arland's | internationally recognised government"
            opened = self.token[at - 1].tag_ in ("POS", "DT", "PRP$")
            return opened and token.lower_.endswith("ly") and self.token[at + 1].tag_ in ("VBN", "JJ")
        return (
            token.tag_ != "POS"
            and token.text in ('"', "“", "”", "'", "‘", "’")
            and core < at
            and self._quoted_name(at)
        )

    def _quoted_name(self, at: int) -> bool:
        return (
            at + 1 < self.tokens.end
            and self.token[at + 1].tag_ in ("NNP", "NN", "NNS")
            and self.token[at - 1].tag_ in _INSIDE
        )

    def _ends_entry(self, end: int) -> bool:
        entry = self.entry_ending.get(end)
        return entry is not None and not (isinstance(entry.entry, Role) and entry.entry.kind is None)

    def _split(self, start: int, end: int) -> Iterator[Chunk]:
        """Part a run where a person's name follows what is no title of it: "of Interior | Jane Doe"."""
        if (name := self._after_portfolio(start, end)) is not None:
            yield Chunk(start, name)
            yield Chunk(name, end)
            return
        for i in range(start + 1, end):
            if (
                self.token[i].ent_type_ == "PERSON"
                and self.token[i].ent_iob_ == "B"
                and self.token[i - 1].tag_ in ("NNP", "NNPS", "NN", "NNS")
            ):
                before = self.entry_ending.get(i)
                titled = before and (
                    (isinstance(before.entry, Role) and before.entry.kind == "person")
                    or self._is_people(before.start, i)
                )
                if not titled and self._name_end(i, end) == end and self.token[i - 1].ent_type_ != "PERSON":
                    yield Chunk(start, i)
                    yield Chunk(i, end)
                    return
        yield Chunk(start, end)

    def _after_portfolio(self, start: int, end: int) -> int | None:
        """Where a name starts after the portfolio of an office: "Minister of Health | Jane Doe"."""
        if not self._is_portfolio(start):
            return None
        at = next((i for i in range(start, end) if self.token[i].lower_ in _PORTFOLIOS), end)
        while at < end and self.token[at].lower_ in _PORTFOLIOS:
            at += 1
        name = self.doc[at:end]
        return at if len(name) > 1 and all(t.tag_ in ("NNP", "HYPH", "FW") for t in name) else None

    def _is_portfolio(self, start: int) -> bool:
        """Does the phrase at `start` follow "minister of"?"""
        if start < self.tokens.start + 2 or self.token[start - 1].lower_ not in ("of", "for"):
            return False
        office = self.entry_ending.get(start - 1)
        return office is not None and isinstance(office.entry, Role) and office.entry.kind == "person"

    def _name_end(self, start: int, end: int) -> int:
        at = start
        while at < end and (
            self.token[at].ent_type_ == "PERSON" or self.token[at].tag_ in ("NNP", "HYPH", "FW")
        ):
            at += 1
        return at

    def _first(self, chunk: Chunk) -> int:
        first = chunk.start
        while first < chunk.end - 1 and self.token[first].tag_ in _OPENERS:
            first += 1
        return first

    def _title_before(self, start: int, first: int) -> bool:
        entry = self.entry_ending.get(start)
        return (
            entry is not None
            and entry.start >= first
            and isinstance(entry.entry, Role)
            and entry.entry.kind == "person"
        )

    def _is_people(self, start: int, end: int) -> bool:
        """Is it a demonym alone: "the Chilean" of "the Chilean Ana Rojas"?"""
        entry = self.entry_ending.get(end)
        return (
            entry is not None
            and entry.start == start
            and isinstance(entry.entry, Name)
            and entry.entry.kind == "demonym"
        )
