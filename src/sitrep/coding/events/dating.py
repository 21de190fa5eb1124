"""When an act took place, as its own clause says or one that its grammar links to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from spacy.tokens import Token

from sitrep.coding.annotations import tokens_at
from sitrep.coding.attribution.linking import time_of
from sitrep.coding.events.propositions import Proposition
from sitrep.coding.events.reading import Reading
from sitrep.coding.times.calendar import Days, Unit, days_of, moved, shifted
from sitrep.records import Span, Time

# Between a verb and the day on which it was done: "said late on Thursday".
_LEADING: Final = frozenset({"ADP", "ADV", "DET"})
_AFTER: Final = frozenset({"after", "since"})
_OF_PHRASE: Final = frozenset({"DET", "ADJ", "PROPN", "NOUN", "NUM"})
_LINKS: Final = _AFTER | {"before"}
_WHEN: Final = frozenset({"in", "during", "at", "on", "since", "after", "throughout", "amid", "before"})
_MARKS: Final = frozenset({"mark", "advmod", "prep"})
# "Hours after", "shortly before": the day of the one is that of the other, or the next to it.
_CLOSELY: Final = frozenset(
    {"hour", "minute", "second", "moment", "shortly", "immediately", "soon", "just", "right"}
)
_MORE: Final = re.compile(r"(?i)(?:more than|at least|over)\b")
_LESS: Final = re.compile(r"(?i)(?:less than|under|within)\b")
_UNITS: Final[dict[str, Unit]] = {"D": "D", "W": "W", "M": "M", "Y": "Y", "E": "E"}
_LENGTH: Final = re.compile(r"P(T?)(\d+)(?:\.\d+)?([A-Z])")


_FROM_NOW: Final = re.compile(
    r"(?:earlier )?(?:today|this morning|this afternoon|this evening|tonight|yesterday|last night)"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """The first and the last day that an act may have been on; None where the text does not bound it.

    `inferred` says that another act's day bounds it and that it has none of its own.
    """

    earliest: date | None = None
    latest: date | None = None
    inferred: bool = False


_UNDATED: Final = Dated()


class Dating:
    """Finds the days of the acts of one text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.acts = reading.acts
        self.published: date | None = self.doc._.published
        # By where they stand, so that a long text is not searched for each of its acts.
        self._dates: dict[int, list[tuple[Time, Token]]] = {}  # by their main words
        self._lengths: dict[int, Time] = {}  # durations by their ends
        for time in self.doc._.times:
            tokens = tokens_at(self.doc, (time.start, time.end))
            if not len(tokens):
                continue
            if time.earliest is not None or (time.latest is not None and time.type != "DURATION"):
                self._dates.setdefault(tokens.root.i, []).append((time, tokens.root))
            if time.type == "DURATION":
                self._lengths.setdefault(time.end, time)
        self._voices: dict[int, tuple[Span, ...]] = {}  # of a source and its cue, by the words in them
        for told in self.doc._.attributions if self._dates else ():
            spans = (*told.source.spans, *told.cue.spans)
            for span in spans:
                for token in tokens_at(self.doc, span):
                    self._voices.setdefault(token.i, spans)

    def dated(self, act: Proposition) -> Dated:
        """The days of an act: of its own clause or one that shares them, else as another act's bound them."""
        linked = self.reading.linked(act)
        for one in linked:
            found = self._own(one)
            if found is not None:
                return found
        for one in linked:
            found = self._beside(one)
            if found is not None:
                return found
        return _UNDATED

    def _own(self, act: Proposition) -> Dated | None:
        if not self._dates:
            return None
        nearest = min(
            (
                (time, root)
                for token in self.reading.clause(act)
                for time, root in self._dates.get(token.i, ())
                if not self._is_of_governor(act, root)
                and not _is_of_noun(act, root)
                and not self._is_of_source(act, root)
            ),
            key=lambda found: self._distance(act, found[1]),
            default=None,
        )
        return None if nearest is None else self._as_said(nearest[0])

    def _as_said(self, time: Time) -> Dated:
        """A time as its speaker counts it: "this morning" in words that were said on Wednesday."""
        earliest, latest = time.earliest, time.latest
        wording = self.reading.text[time.start : time.end].lower()
        if self.published is None or not _FROM_NOW.fullmatch(wording):
            return Dated(earliest, latest)
        for quoted in self.doc._.attributions:
            if quoted.kind == "indirect" or not any(
                start <= time.start < end for start, end in quoted.content.spans
            ):
                continue
            name = time_of(quoted, self.doc._.times, self.doc)
            said = next((one for one in self.doc._.times if one.id == name), None)
            if said is not None and said.earliest is not None and said.earliest == said.latest:
                days = (said.earliest - self.published).days
                return Dated(
                    None if earliest is None else moved(earliest, "D", days),
                    None if latest is None else moved(latest, "D", days),
                )
        return Dated(earliest, latest)

    def _distance(self, act: Proposition, root: Token) -> tuple[int, int]:
        """How far a time stands from an act, by the parse and then by the words: a dateline's day is far."""
        return sum(1 for _ in root.ancestors), abs(root.i - act.head)

    def _is_of_governor(self, act: Proposition, root: Token) -> bool:
        """Whether a time is that of the verb above: "said on Thursday it had captured the town".

        The parser hangs it on the clause that follows. It stands right behind the verb, before the subject.
        """
        verb = self.doc[act.head]
        while verb.dep_ == "conj" and verb.head.i < verb.i:
            verb = verb.head
        governor = verb.head
        if verb.dep_ != "ccomp" or not governor.i < root.i < verb.i:
            return False
        subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is None or root.i > subject.left_edge.i:
            return False
        between = self.doc[governor.i + 1 : root.i]
        return all(token.pos_ in _LEADING or token.ent_type_ in {"DATE", "TIME"} for token in between)

    def _is_of_source(self, act: Proposition, root: Token) -> bool:
        """Whether a time says when a source spoke: "were killed, according to an official on Sunday"."""
        word, voice = self.doc[act.head].idx, self._voices.get(root.i)
        return voice is not None and not any(start <= word < end for start, end in voice)

    # ------------------------------------------------------------------------------- counted from another act

    def _beside(self, act: Proposition) -> Dated | None:
        """The days of an act that are counted from another's: "entered the town a year after rebels took it".

        Also those that another act only bounds: "entered it on Monday after rebels took it", "has killed ten
        since it attacked on Monday".
        """
        link = self._link(act)
        if link is None:
            return self._since(act)
        mark, governor = link
        if mark.lower_ == "since":
            return None
        anchor = self._days_at(governor)
        side = -1 if mark.lower_ in _AFTER else 1
        length = self._lengths.get(mark.idx) or self._lengths.get(mark.idx - 1)
        counted = _counted(length, self.doc.text, anchor, side, self.published) if length else None
        if counted is not None or anchor is None:
            return counted
        if mark.i and self.doc[mark.i - 1].lemma_.lower() in _CLOSELY:
            if side < 0:
                return Dated(moved(anchor[0], "D", -1), anchor[1])
            return Dated(anchor[0], moved(anchor[1], "D", 1))
        return Dated(None, anchor[1], True) if side < 0 else Dated(anchor[0], None, True)

    def _link(self, act: Proposition) -> tuple[Token, Token] | None:
        """The "after" or "before" that an act stands behind, and the verb that it is beside."""
        head = self.doc[act.light if act.light is not None else act.head]
        if head.dep_ == "advcl":
            for child in head.children:
                if child.lower_ in _LINKS and child.dep_ in _MARKS and child.i < head.i:
                    return child, head.head
        if head.dep_ in {"pobj", "pcomp"} and head.head.lower_ in _LINKS:
            return head.head, head.head.head
        subject = next((child for child in head.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is None:
            return None
        # a parse that cuts the phrase: "after the paramilitary | Desert Forces seized the city"
        at = subject.left_edge.i - 1
        while at > max(0, subject.i - 6) and self.doc[at].pos_ in _OF_PHRASE:
            at -= 1
        mark = self.doc[max(at, 0)]
        lost = mark.lower_ in _LINKS and mark.head.i < mark.i and mark.head.pos_ in {"VERB", "AUX"}
        return (mark, mark.head) if lost else None

    def _days_at(self, governor: Token) -> Days | None:
        act = self.acts.get(governor.i)
        if act is None:
            return None
        for one in self.reading.linked(act):
            own = self._own(one)
            if own is not None:
                return None if own.earliest is None or own.latest is None else (own.earliest, own.latest)
        return None

    def _since(self, act: Proposition) -> Dated | None:
        """ "Has killed ten since it attacked on Monday": from then until now."""
        if not self._dates or act.form != "verb":
            return None
        for child in self.doc[act.head].children:
            if child.dep_ == "advcl" and any(
                part.lower_ == "since" and part.dep_ in _MARKS for part in child.children
            ):
                inner = self.acts.get(child.i)
                own = self._own(inner) if inner is not None else None
                if own is not None and own.earliest is not None:
                    return Dated(own.earliest, None)
        return None


def _is_of_noun(act: Proposition, root: Token) -> bool:
    """Whether a time is that of a thing told of: "last year's vote", "to protest against the May 3 coup".

    What took place "in the 1967 war" or "at Monday's talks" is of that time itself.
    """
    noun, first = root.head, root.left_edge
    if noun.dep_ == "pobj" and noun.head.lower_ in _WHEN:
        return False
    if root.dep_ != "poss" and not (first.i and first.nbor(-1).tag_ in {"DT", "PRP$", "POS"}):
        return False  # "last month rebels attacked"
    return (
        root.dep_ in {"poss", "compound", "nmod", "nummod"}
        and root.head.i not in act.trigger
        and root.head.pos_ in {"NOUN", "PROPN"}
        and root.head.ent_type_ not in {"DATE", "TIME"}
    )


def _counted(length: Time, text: str, anchor: Days | None, side: int, published: date | None) -> Dated | None:
    """The days so long before (`side` -1) or after another act's; without those, as the report allows."""
    match = _LENGTH.fullmatch(length.value or "")
    if match is None:
        return None
    clock, number, unit = bool(match[1]), int(match[2]), match[3]
    if anchor is None:
        if published is None or side > 0 or clock:
            return None
        return Dated(None, moved(published, unit, -number), True)
    first, last = anchor
    if clock:
        days = -(-number // 24) if unit == "H" else 1
        return Dated(moved(first, "D", -days), last) if side < 0 else Dated(first, moved(last, "D", days))
    wording = text[length.start : length.end]
    if _MORE.match(wording):
        if side < 0:
            return Dated(None, moved(last, unit, -number))
        return Dated(moved(first, unit, number), None)
    if _LESS.match(wording):
        if side < 0:
            return Dated(moved(first, unit, -number), last)
        return Dated(first, moved(last, unit, number))
    begin, end = _stretch(first, unit, side * number), _stretch(last, unit, side * number)
    return None if begin is None or end is None else Dated(begin[0], end[1])


def _stretch(day: date, unit: str, amount: int) -> Days | None:
    """The day, week, month or year so many of them away, as "two years ago" is that whole year."""
    known: Unit | None = _UNITS.get(unit)
    return days_of(shifted(day, known, amount)) if known is not None else None
