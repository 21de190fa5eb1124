"""What the heads are told beside the encoder's vectors: grammar, distances and kinds, as rows of tables.

Every feature is a small number. Those of the parse (paths, tags, roles) are numbered by a `Vocabulary` that
comes with the weights and says how many values each feature has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from sitrep.coding.grammar.paths import OTHER_SENTENCE, form, path, role
from sitrep.coding.reader.candidates import Candidate
from sitrep.records import Attribution, Place, Span, Time

KINDS: Final = (
    "person", "group", "organisation", "state", "people", "press", "place", "phrase", "source", "time",
    "count",
)  # fmt: skip
UNKNOWN: Final = 0  # the row of whatever a vocabulary does not hold

# Upper bounds of the buckets that distances and numbers are put in.
_TOKENS: Final = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89)
_SENTENCES: Final = (-12, -6, -4, -3, -2, -1, 0, 1, 2, 4)
_RANKS: Final = (0, 1, 2, 3, 5, 9)
_COUNTS: Final = (0, 1, 2, 9, 99, 999)
_DAYS: Final = (-3650, -366, -90, -31, -14, -7, -2, -1, 0, 1, 7, 31)
_LENGTHS: Final = (0, 1, 6, 31, 366)

# Features of one word of the text that may tell an event.
WORD_FEATURES: Final = ("form", "role", "sentence", "governor")
# Features of such a word together with one mention of a candidate.
PAIR_FEATURES: Final = (
    "path", "sentences", "tokens", "kind", "tag", "role", "rank", "mentions", "voice", "extra", "more",
)  # fmt: skip
# Features of two words that may tell the same event.
LINK_FEATURES: Final = ("path", "sentences", "tokens", "same lemma", "between", "tag")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of the parse that are frequent enough to be learned; UNKNOWN is every other."""

    paths: Mapping[str, int]
    forms: Mapping[str, int]
    roles: Mapping[str, int]

    @classmethod
    def of(cls, paths: Sequence[str], forms: Sequence[str], roles: Sequence[str]) -> Vocabulary:
        return cls(*({name: row for row, name in enumerate(n, start=1)} for n in (paths, forms, roles)))

    def word_sizes(self) -> dict[str, int]:
        forms, roles = len(self.forms) + 1, len(self.roles) + 1
        return {"form": forms, "role": roles, "sentence": len(_RANKS) + 1, "governor": forms}

    def pair_sizes(self) -> dict[str, int]:
        return {
            "path": len(self.paths) + 1,
            "sentences": len(_SENTENCES) + 1,
            "tokens": 2 * (len(_TOKENS) + 1),
            "kind": len(KINDS),
            "tag": len(self.forms) + 1,
            "role": len(self.roles) + 1,
            "rank": len(_RANKS) + 1,
            "mentions": len(_RANKS) + 1,
            "voice": len(_VOICES),
            "extra": 24,
            "more": 24,
        }

    def link_sizes(self) -> dict[str, int]:
        return {
            "path": len(self.paths) + 1,
            "sentences": len(_SENTENCES) + 1,
            "tokens": len(_TOKENS) + 1,
            "same lemma": 2,
            "between": len(_RANKS) + 1,
            "tag": len(self.forms) + 1,
        }


# How a word and a mention stand to what somebody is said to have said.
_VOICES: Final = (
    "apart", "inner source", "outer source", "cue's source", "both in content", "word in content",
    "mention in content", "other source",
)  # fmt: skip


class Features:
    """The features of one text. Arrays are int32 [rows, features], in the order of the names above."""

    def __init__(self, doc: Doc, vocabulary: Vocabulary) -> None:
        self.doc = doc
        self.vocabulary = vocabulary
        self.sentence = _sentence_numbers(doc)
        self.forms = [form(token) for token in doc]
        self.roles = [role(token) for token in doc]
        self._form_rows = np.array(
            [vocabulary.forms.get(name, UNKNOWN) for name in self.forms], dtype=np.int32
        )
        self._role_rows = np.array(
            [vocabulary.roles.get(name, UNKNOWN) for name in self.roles], dtype=np.int32
        )
        self.voices = _Voices(doc, doc._.attributions)
        self._places: dict[str, Place] = {place.id: place for place in doc._.places}
        self._countries = Counter(place.country for place in self._places.values())
        self._times: dict[str, Time] = {time.id: time for time in doc._.times}
        self._attributions = {found.id: found for found in doc._.attributions}

    def of_words(self, words: Sequence[int]) -> NDArray[np.int32]:
        known = self.vocabulary
        rows = [
            (
                known.forms.get(self.forms[i], UNKNOWN),
                known.roles.get(self.roles[i], UNKNOWN),
                _bucket(self.sentence[i], _RANKS),
                known.forms.get(self.forms[self.doc[i].head.i], UNKNOWN),
            )
            for i in words
        ]
        return np.array(rows, dtype=np.int32).reshape(len(rows), len(WORD_FEATURES))

    def of_mentions(
        self,
        words: Sequence[int],
        mentions: Sequence[int],
        candidates: Sequence[Candidate],
        ranks: Sequence[int],
    ) -> NDArray[np.int32]:
        """A word with a mention of a candidate in each row; `ranks` number the candidates of one kind.

        All four are equally long: int32 [rows, features].
        """
        sentences = np.asarray(self.sentence)
        word, head = np.asarray(words, dtype=np.int64), np.asarray(mentions, dtype=np.int64)
        found = np.zeros((len(words), len(PAIR_FEATURES)), dtype=np.int32)
        found[:, 0] = self._path_rows(head, word)
        found[:, 1] = _buckets(sentences[head] - sentences[word], _SENTENCES)
        distance = head - word
        found[:, 2] = _buckets(np.abs(distance), _TOKENS) + (distance > 0) * (len(_TOKENS) + 1)
        found[:, 4] = self._form_rows[head]
        found[:, 5] = self._role_rows[head]
        found[:, 6] = _buckets(np.asarray(ranks, dtype=np.int64), _RANKS)
        attributed = self.voices.attributed
        known: dict[int, tuple[int, int, int, dict[int, int]]] = {}
        for row, candidate in enumerate(candidates):
            told = known.get(id(candidate))
            if told is None:
                order = {token: at for at, token in reversed(list(enumerate(candidate.heads)))}
                told = KINDS.index(candidate.kind), *self._extra(candidate), order
                known[id(candidate)] = told
            kind, extra, more, order = told
            found[row, 3], found[row, 9], found[row, 10] = kind, extra, more
            found[row, 7] = order[mentions[row]]
            if attributed[words[row]] or attributed[mentions[row]]:
                found[row, 8] = self._voice(words[row], mentions[row], candidate)
        found[:, 7] = _buckets(found[:, 7], _RANKS)
        return found

    def _path_rows(self, ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int32]:
        """The rows of the paths; only two words of one sentence have one to be looked for."""
        known, sentences = self.vocabulary.paths, np.asarray(self.sentence)
        found = np.full(len(ones), known.get(OTHER_SENTENCE, UNKNOWN), dtype=np.int32)
        for row in np.flatnonzero(sentences[ones] == sentences[others]).tolist():
            found[row] = known.get(path(self.doc, int(ones[row]), int(others[row])), UNKNOWN)
        return found

    def of_links(self, word: int, others: Sequence[int]) -> NDArray[np.int32]:
        """A word with each of those before it: int32 [others, features]."""
        known = self.vocabulary
        lemma = self.doc[word].lemma_.lower()
        rows = [
            (
                known.paths.get(self.path(other, word), UNKNOWN),
                _bucket(self.sentence[other] - self.sentence[word], _SENTENCES),
                _bucket(abs(other - word), _TOKENS),
                int(self.doc[other].lemma_.lower() == lemma),
                _bucket(len(others) - at, _RANKS),
                known.forms.get(self.forms[other], UNKNOWN),
            )
            for at, other in enumerate(others)
        ]
        return np.array(rows, dtype=np.int32).reshape(len(rows), len(LINK_FEATURES))

    def path(self, one: int, other: int) -> str:
        if self.sentence[one] != self.sentence[other]:
            return OTHER_SENTENCE
        return path(self.doc, one, other)

    def _voice(self, word: int, head: int, candidate: Candidate) -> int:
        if candidate.kind == "source":
            attribution = self._attributions[candidate.id or ""]
            return self.voices.of_attribution(word, attribution)
        return self.voices.of_mention(word, head)

    def _extra(self, candidate: Candidate) -> tuple[int, int]:
        """Two numbers that say of a candidate what its kind and words do not."""
        if candidate.kind == "place":
            place = self._places[candidate.id or ""]
            return _feature_class(place), 1 + _bucket(self._inside(place), _RANKS)
        if candidate.kind == "time":
            return self._of_time(self._times[candidate.id or ""])
        if candidate.kind == "count" and candidate.count is not None:
            low, high = candidate.count
            return _bucket(low, _COUNTS), 1 + int(high is None)
        if candidate.kind == "source":
            attribution = self._attributions[candidate.id or ""]
            return 1 + ("direct", "indirect", "mixed").index(attribution.kind), 1 + int(
                bool(attribution.source.spans)
            )
        return 0, 0

    def _inside(self, place: Place) -> int:
        """How many other places of the text lie in the same country."""
        return self._countries[place.country] if place.country is not None else 0

    def _of_time(self, time: Time) -> tuple[int, int]:
        published: date | None = self.doc._.published
        first, last = time.earliest or time.latest, time.latest or time.earliest
        assert first is not None and last is not None
        length = _bucket((last - first).days, _LENGTHS)
        if published is None:
            return 0, 1 + length
        return 1 + _bucket((first - published).days, _DAYS), 1 + length


class _Voices:
    """Which words stand in the content, the cue or the source of which attribution."""

    def __init__(self, doc: Doc, attributions: Sequence[Attribution]) -> None:
        size = len(doc)
        self.content: list[list[str]] = [[] for _ in range(size)]  # inner ones last
        self.cue: list[set[str]] = [set() for _ in range(size)]
        self.source: list[set[str]] = [set() for _ in range(size)]
        width = {a.id: sum(end - start for start, end in a.content.spans) for a in attributions}
        for attribution in sorted(attributions, key=lambda a: -width[a.id]):
            for index in _tokens(doc, attribution.content.spans):
                self.content[index].append(attribution.id)
            for index in _tokens(doc, attribution.cue.spans):
                self.cue[index].add(attribution.id)
            for index in _tokens(doc, attribution.source.spans):
                self.source[index].add(attribution.id)
        # Two words of which neither stands in any of them are apart, and need not be asked about.
        self.attributed = [bool(self.content[i] or self.cue[i] or self.source[i]) for i in range(size)]

    def of_mention(self, word: int, head: int) -> int:
        sources, inside = self.source[head], self.content[word]
        if sources & self.cue[word]:
            return 3
        for depth, name in enumerate(reversed(inside)):
            if name in sources:
                return 1 if depth == 0 else 2
        if inside and set(inside) & set(self.content[head]):
            return 4
        if sources:
            return 7
        if inside:
            return 5
        return 6 if self.content[head] else 0

    def of_attribution(self, word: int, attribution: Attribution) -> int:
        inside = self.content[word]
        if attribution.id in self.cue[word]:
            return 3
        if attribution.id in inside:
            return 1 if inside[-1] == attribution.id else 2
        return 5 if inside else 0


def _tokens(doc: Doc, spans: Sequence[Span]) -> list[int]:
    found: list[int] = []
    for span in spans:
        tokens: Any = doc.char_span(*span, alignment_mode="expand")
        found.extend(token.i for token in tokens or ())
    return found


def _sentence_numbers(doc: Doc) -> list[int]:
    number, found = -1, []
    for token in doc:
        number += bool(token.is_sent_start) or token.i == 0
        found.append(number)
    return found


def _bucket(value: int, bounds: Sequence[int]) -> int:
    """The number of bounds below `value`: 0 up to len(bounds)."""
    return sum(value > bound for bound in bounds)


def _buckets(values: NDArray[Any], bounds: Sequence[int]) -> NDArray[Any]:
    return np.searchsorted(np.asarray(bounds), values, side="left")


def _feature_class(place: Place) -> int:
    feature = place.feature or ""
    classes = ("PCL", "ADM1", "ADM", "PPLC", "PPLA", "PPL", "RGN", "CONT", "AREA", "AIR", "OCN", "SEA")
    for number, name in enumerate(classes, start=2):
        if feature.startswith(name):
            return number
    return 1 if place.geonameid is None else len(classes) + 2
