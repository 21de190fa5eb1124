"""How well the coder did against an annotation, as a person reads it on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sitrep.evaluation.intervals import Interval
from sitrep.evaluation.scorer import Mistake, Scores, StoryMistakes
from sitrep.terminal import counted

WHAT_FAILED = {
    "missed": "missed",
    "no_gold": "not in the annotation",
    "twice": "coded twice",
    "wrong": "something false",
    "sound": "something missing",
}
STYLES = {"missed": "red", "no_gold": "red", "twice": "yellow", "wrong": "red", "sound": "yellow"}


def scores_view(scores: Scores) -> RenderableType:
    """The figures, recall first, then fields and types; the mistakes that `scores` still holds come last."""
    verdicts = scores.verdicts
    told = (
        f"{scores.documents:,} stor{'y' if scores.documents == 1 else 'ies'}, "
        f"{counted(scores.gold, 'event')} annotated, {scores.coded:,} coded: {verdicts.right:,} right, "
        f"{verdicts.sound:,} with something missing, {verdicts.wrong:,} with something false, "
        f"{verdicts.no_gold:,} not in the annotation ({verdicts.of_these_twice:,} of these coded twice)"
    )
    parts: list[RenderableType] = [Text(told), _figures(scores), _fields(scores), _types(scores)]
    return Group(*parts, *(_story(story) for story in scores.stories))


def _figures(scores: Scores) -> Table:
    table = _table("", "Recall", "Precision", "F1", "95 % interval of F1")
    found, record = scores.detection, scores.record
    table.add_row(
        "events found",
        _share(found.recall),
        _share(found.precision),
        f"{found.f1:.2f}",
        _interval(found.f1_interval),
    )
    if found.main_gold:
        table.add_row(f"  of {found.main_gold:,} in headline or lead", _share(found.main))
    table.add_row(
        "records right in every field",
        _share(record.recall),
        _share(record.precision),
        f"{record.f1:.2f}",
        _interval(record.f1_interval),
    )
    table.add_row("records with nothing false", "", _share(record.sound_precision))
    return table


def _fields(scores: Scores) -> Table:
    table = _table("Field, where both have the event", "Right", "Wider", "Missing", "False", "Share right")
    for name, one in scores.fields.items():
        counts = (one.right, one.wider, one.missing, one.false)
        table.add_row(name.replace("_", " "), *(f"{count:,}" for count in counts), _share(one.share))
    return table


def _types(scores: Scores) -> Table:
    table = _table("Type", "Annotated", "Coded", "Found with this type")
    for name, one in scores.types.items():
        table.add_row(name, f"{one.gold:,}", f"{one.coded:,}", f"{one.right:,}")
    return table


def _story(story: StoryMistakes) -> RenderableType:
    head = Text(f"\n{story.id}", style="bold").append(
        f" {story.title}" if story.title else "", style="not bold"
    )
    return Group(head, *_lines(story.mistakes))


def _lines(mistakes: Iterable[Mistake]) -> Iterable[Text]:
    for one in mistakes:
        line = Text(f"  {WHAT_FAILED[one.what]}: ", style=STYLES[one.what])
        line.append(f"{one.type} “{one.trigger}”", style="default")
        fields = ", ".join(f"{name.replace('_', ' ')} {found}" for name, found in one.fields.items())
        yield line.append(f"  {fields}" if fields else "", style="dim")


def _table(first: str, *numbers: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    table.add_column(first)
    for name in numbers:
        table.add_column(name, justify="right")
    return table


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"


def _interval(interval: Interval | None) -> str:
    return "–" if interval is None else f"{interval[0]:.2f} to {interval[1]:.2f}"
