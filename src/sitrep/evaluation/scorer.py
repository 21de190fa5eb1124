"""Gold and what a coder (or a second annotator) made of the same stories in; the scores out.

Detection: an event is found if it belongs to one of gold and its type is right. Record: it is right if type,
status, parties, place, days, source and tolls all are. Gold events flagged crime, sum, inner or doubtful, and
what belongs to them, count neither way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from sitrep.evaluation.compared import ComparedEvent, events_of
from sitrep.evaluation.gold import NEUTRAL, GoldDocument
from sitrep.evaluation.intervals import Interval, f1_interval
from sitrep.evaluation.judging import FieldName, Judgement, judge, verdict
from sitrep.evaluation.matching import match
from sitrep.records import Report, words

FIELD_NAMES: Final[tuple[FieldName, ...]] = get_args(FieldName)

# "wrong" and "sound" are coded events that belong to one of gold. "no_gold" belong to none, "twice" to one
# that a better fit has taken. "missed" is an event of gold that nothing coded belongs to.
Failing = Literal["wrong", "sound", "no_gold", "twice", "missed"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One record that is not right, by its type and trigger; `fields` are those that are missing or false."""

    what: Failing
    type: str
    trigger: str
    fields: Mapping[str, Judgement]


@dataclass(frozen=True, slots=True)
class StoryMistakes:
    """What is not right of one story; never empty."""

    id: str
    title: str | None
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """How many events are found, whatever else is said of them. `main`: recall of those flagged main."""

    recall: float | None
    precision: float | None
    f1: float
    f1_interval: Interval | None
    main: float | None
    main_gold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """How many records are right in every field; `sound_precision`: how many at least say nothing false."""

    recall: float | None
    precision: float | None
    f1: float
    f1_interval: Interval | None
    sound_precision: float | None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Coded events by their verdict. `of_these_twice` are the ones of `no_gold` that repeat an event."""

    right: int
    sound: int
    wrong: int
    no_gold: int
    of_these_twice: int


@dataclass(frozen=True, slots=True)
class FieldScore:
    """One field over the events that belong together; `share` are the right and wider ones of all."""

    right: int
    wider: int
    missing: int
    false: int
    share: float | None


@dataclass(frozen=True, slots=True)
class TypeScore:
    """How many events of a type gold has, how many were coded, and how many of these gold has too."""

    gold: int
    coded: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All that is measured. Shares are rounded to 4 digits; those of nothing are None."""

    documents: int
    gold: int
    coded: int
    detection: Detection
    record: Records
    verdicts: Verdicts
    fields: Mapping[str, FieldScore]
    types: Mapping[str, TypeScore]
    stories: tuple[StoryMistakes, ...]


@dataclass(frozen=True, slots=True)
class _Coded:
    """What became of one coded event; `judgements` is empty where it belongs to no gold event."""

    index: int  # among the events of its report
    type: str
    failing: Failing | None
    judgements: Mapping[FieldName, Judgement]
    trigger: str

    @property
    def found(self) -> bool:
        return self.judgements.get("type") == "right"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What became of one gold event."""

    type: str
    main: bool
    matched: bool
    found: bool
    trigger: str


@dataclass(frozen=True, slots=True)
class _Story:
    document: GoldDocument
    coded: tuple[_Coded, ...]
    wanted: tuple[_Wanted, ...]


def score(gold: Sequence[GoldDocument], predictions: Mapping[str, Report | GoldDocument]) -> Scores:
    """Score predictions, by the gold documents' ids. A document without one counts as one without events."""
    stories = [_scored(document, predictions.get(document.id)) for document in gold]
    coded = [one for story in stories for one in story.coded]
    wanted = [one for story in stories for one in story.wanted]
    verdicts = _verdicts(coded)
    found = sum(one.found for one in coded)
    main = [one for one in wanted if one.main]
    recall, precision = _ratio(found, len(wanted)), _ratio(found, len(coded))
    whole_recall, whole_precision = _ratio(verdicts.right, len(wanted)), _ratio(verdicts.right, len(coded))
    coded_counts = [len(story.coded) for story in stories]
    gold_counts = [len(story.wanted) for story in stories]
    return Scores(
        documents=len(gold),
        gold=len(wanted),
        coded=len(coded),
        detection=Detection(
            recall=recall,
            precision=precision,
            f1=_f1(precision, recall),
            f1_interval=f1_interval(
                [sum(one.found for one in story.coded) for story in stories], coded_counts, gold_counts
            ),
            main=_ratio(sum(one.found for one in main), len(main)),
            main_gold=len(main),
        ),
        record=Records(
            recall=whole_recall,
            precision=whole_precision,
            f1=_f1(whole_precision, whole_recall),
            f1_interval=f1_interval(
                [sum(one.failing is None for one in story.coded) for story in stories],
                coded_counts,
                gold_counts,
            ),
            sound_precision=_ratio(verdicts.right + verdicts.sound, len(coded)),
        ),
        verdicts=verdicts,
        fields={name: _field_score(name, coded) for name in FIELD_NAMES},
        types=_types(coded, wanted),
        stories=tuple(
            StoryMistakes(story.document.id, story.document.title, mistakes)
            for story in stories
            if (mistakes := tuple(_mistakes(story)))
        ),
    )


def judged_events(document: GoldDocument, prediction: Report | GoldDocument) -> dict[int, Failing | None]:
    """What each event of a prediction is worth, by its place there: None is right. Without neutral ones."""
    return {one.index: one.failing for one in _scored(document, prediction).coded}


def _scored(document: GoldDocument, prediction: Report | GoldDocument | None) -> _Story:
    gold = events_of(document, document.text)
    events = events_of(prediction, document.text) if prediction else []
    matching = match(events, gold)
    neutral = {j for j, event in enumerate(gold) if event.flags & NEUTRAL}
    near_neutral = {i for i, j in matching.candidates if j in neutral}
    near_any = {i for i, _ in matching.candidates}
    coded = []
    for i, event in enumerate(events):
        j = matching.gold_of.get(i)
        if event.flags & NEUTRAL or j in neutral or (j is None and i in near_neutral):
            continue
        trigger = _first_words(event, document.text)
        if j is None:
            coded.append(_Coded(i, event.type, "twice" if i in near_any else "no_gold", {}, trigger))
            continue
        judgements = judge(event, gold[j])
        worth = verdict(judgements)
        coded.append(_Coded(i, event.type, None if worth == "right" else worth, judgements, trigger))
    wanted = []
    for j, event in enumerate(gold):
        if j not in neutral:
            mine = matching.coded_of.get(j)
            found = mine is not None and events[mine].type == event.type
            trigger = _first_words(event, document.text)
            wanted.append(_Wanted(event.type, "main" in event.flags, mine is not None, found, trigger))
    return _Story(document, tuple(coded), tuple(wanted))


def _first_words(event: ComparedEvent, text: str) -> str:
    return " ".join(words(text, event.trigger[:1])[0].split()) if event.trigger else ""


def _mistakes(story: _Story) -> Iterator[Mistake]:
    for one in story.coded:
        if one.failing is not None:
            fields: dict[str, Judgement] = {
                name: found for name, found in one.judgements.items() if found in ("missing", "false")
            }
            yield Mistake(one.failing, one.type, one.trigger, fields)
    for lost in story.wanted:
        if not lost.matched:
            yield Mistake("missed", lost.type, lost.trigger, {})


def _verdicts(coded: Sequence[_Coded]) -> Verdicts:
    counts = Counter(one.failing for one in coded)
    nowhere = counts["no_gold"] + counts["twice"]
    return Verdicts(counts[None], counts["sound"], counts["wrong"], nowhere, counts["twice"])


def _field_score(name: FieldName, coded: Sequence[_Coded]) -> FieldScore:
    counts = Counter(one.judgements[name] for one in coded if one.judgements)
    share = _ratio(counts["right"] + counts["wider"], counts.total())
    return FieldScore(counts["right"], counts["wider"], counts["missing"], counts["false"], share)


def _types(coded: Sequence[_Coded], wanted: Sequence[_Wanted]) -> dict[str, TypeScore]:
    in_gold = Counter(one.type for one in wanted)
    in_coded = Counter(one.type for one in coded)
    right = Counter(one.type for one in coded if one.found)
    return {
        type: TypeScore(in_gold[type], in_coded[type], right[type]) for type in sorted(in_gold | in_coded)
    }


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _f1(precision: float | None, recall: float | None) -> float:
    """Of the rounded shares, so that a reader who reckons it from what is printed gets the same."""
    return round(2 * precision * recall / (precision + recall), 4) if precision and recall else 0.0
