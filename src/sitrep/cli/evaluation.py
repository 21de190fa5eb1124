"""`sitrep annotate` and `sitrep evaluate`: say what is right, and measure the coder against it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from sitrep.case.evaluate import Evaluation
from sitrep.cli import case_views
from sitrep.cli.app import FAILED, Tally, app, talk
from sitrep.cli.case import CaseFile, Rows, Shape, opened, show
from sitrep.cli.coding import coded
from sitrep.cli.evaluation_views import scores_view
from sitrep.evaluation.annotation import Annotation, read_annotation, sheet
from sitrep.evaluation.gold import GoldDocument, GoldError, gold_line
from sitrep.evaluation.inputs import load_gold, load_predictions
from sitrep.evaluation.scorer import Scores, score
from sitrep.evaluation.stories import Story, read_stories
from sitrep.read import ReadSettings
from sitrep.read.jsonl import read_lines
from sitrep.records import Document, Report
from sitrep.terminal import counted, with_progress


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise typer.BadParameter(f'There is no file "{text}".')
    return path


@app.command(
    "annotate",
    epilog="Example: sitrep read examples/ > stories.jsonl && sitrep annotate stories.jsonl > sheet.txt",
)
def annotate_command(
    stories: Annotated[
        Path,
        typer.Argument(
            parser=_file,
            metavar="STORIES.jsonl",
            help='A story a line, with "id" and "text": what read writes.',
        ),
    ],
    check: Annotated[
        list[Path] | None,
        typer.Option(parser=_file, metavar="FILE", help="Check an annotation: every fault by its line."),
    ] = None,
    compile: Annotated[
        list[Path] | None,
        typer.Option(
            parser=_file, metavar="FILE", help="Print an annotation as gold, a story a line of JSON."
        ),
    ] = None,
) -> None:
    """Print stories as sheets with numbered sentences, to be annotated; or check or compile an annotation.

    How to annotate is in docs/annotating.md.
    """
    if check and compile:
        raise typer.BadParameter("goes without --check: compiling checks as well.", param_hint="--compile")
    with _faults_said():
        held = read_stories(stories)
    if not check and not compile:
        sys.stdout.write("\n\n".join(map(sheet, held.values())) + "\n")
        return
    annotation = _read_all(check or compile or [], held)
    for fault in annotation.faults:
        _say(str(fault), "red")
    if check:
        _summarise(annotation, held)
    elif not annotation.faults:
        sys.stdout.writelines(map(gold_line, annotation.documents))
    else:
        _say("Nothing is compiled before these are corrected.")
    if annotation.faults:
        raise typer.Exit(FAILED)


def _read_all(files: Sequence[Path], stories: Mapping[str, Story]) -> Annotation:
    read = Annotation()
    for path in files:
        with path.open(encoding="utf-8") as file:
            more = read_annotation(file, stories, str(path))
        read = Annotation(read.documents + more.documents, read.faults + more.faults)
    return read


def _summarise(annotation: Annotation, stories: Mapping[str, Story]) -> None:
    annotated = {document.id for document in annotation.documents}
    missing = [id for id in stories if id not in annotated]
    for id in missing:
        _say(f"not annotated yet: {id}")
    events = sum(len(document.events) for document in annotation.documents)
    counts = (_stories(len(annotated)), counted(events, "event"), counted(len(annotation.faults), "fault"))
    print(f"{', '.join(counts)}, {len(missing):,} not annotated yet")


@app.command(
    "evaluate",
    epilog="Example: sitrep evaluate stories.jsonl --gold annotation.txt --show 3",
)
def evaluate_command(
    stories: Annotated[
        Path | None,
        typer.Argument(
            parser=_file, metavar="STORIES.jsonl", help="Annotated stories; compiled gold needs no --gold."
        ),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(
            parser=_file, metavar="FILE", help="The annotation of these stories, as written or compiled."
        ),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--coded",
            parser=_file,
            metavar="FILE",
            help="Score this instead of coding now: reports of `sitrep code`, or a second annotation.",
        ),
    ] = None,
    shown: Annotated[
        int, typer.Option("--show", metavar="N", min=0, help="Show what is not right of the first N stories.")
    ] = 0,
    case: CaseFile = None,
    sample: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Only the events of `sitrep review sample N`: a fair draw."),
    ] = None,
    seed: Annotated[int, typer.Option(help="The draw's seed.")] = 0,
    format: Shape = None,
    json: Annotated[
        bool, typer.Option("--json", help="One JSON object: the same as --format jsonl.")
    ] = False,
) -> None:
    """Say how accurate the coder is: on stories that you annotated, or by what people decided on a case.

    With STORIES.jsonl, the stories are coded and compared with your annotation (docs/annotating.md). Without,
    the decisions of `sitrep review` on a case are counted.
    """
    shape = Rows.jsonl if json else format
    if stories is None:
        if gold is not None or against is not None or shown:
            raise typer.BadParameter(
                "Say which stories --gold, --coded and --show are about.", param_hint="STORIES.jsonl"
            )
        _by_decisions(case, sample, seed, shape)
        return
    if sample is not None:
        raise typer.BadParameter("draws from a case; it goes without STORIES.jsonl.", param_hint="--sample")
    tally = Tally()
    with _faults_said():
        held = read_stories(stories)
        documents = load_gold(gold or stories, held)
        if against is not None:
            predictions = load_predictions(against, held)
        else:
            predictions = dict(_coded_now(stories, held, documents, tally))
    if len(documents) < len(held):
        _say(f"{_stories(len(held) - len(documents))} not annotated, and left out.")
    scores = score(documents, predictions)
    scores = replace(scores, stories=scores.stories[:shown])
    show([scores], shape, lambda _: scores_view(scores), _flat_scores, "")
    if against is None:
        tally.finish()


def _coded_now(
    path: Path, stories: Mapping[str, Story], gold: Sequence[GoldDocument], tally: Tally
) -> Iterator[tuple[str, Report]]:
    """What the coder makes of each annotated story, by its id."""
    annotated = {document.id for document in gold}
    ids = {story.where: story.id for story in stories.values() if story.id in annotated}

    def wanted() -> Iterator[Document]:
        lines = read_lines([path.read_bytes()], str(path), ReadSettings())
        yield from tally.documents(one for one in lines if one.source in ids)

    reports = with_progress(tally.reports(coded(wanted())), talk, "coding", total=len(ids))
    for report in reports:
        yield ids[report.source], report


def _flat_scores(scores: Scores) -> dict[str, Any]:
    found, record = scores.detection, scores.record
    flat: dict[str, Any] = {"documents": scores.documents, "gold": scores.gold, "coded": scores.coded}
    for name, one in (("events", found), ("records", record)):
        low, high = one.f1_interval or (None, None)
        flat |= {f"{name}_recall": one.recall, f"{name}_precision": one.precision, f"{name}_f1": one.f1}
        flat |= {f"{name}_f1_low": low, f"{name}_f1_high": high}
    flat |= {"main_recall": found.main, "sound_precision": record.sound_precision}
    return flat | {name: one.share for name, one in scores.fields.items()}


def _by_decisions(case: Path | None, sample: int | None, seed: int, shape: Rows | None) -> None:
    with opened(case) as opened_case:
        keys = None if sample is None else opened_case.review.sample(sample, seed)
        found = opened_case.evaluate(keys)
    if not found.judged:
        _say("Nobody has judged an event yet. Begin with: sitrep review walk --sample 50")
        return
    show([found], shape, lambda _: case_views.evaluation_view(found), _flat_evaluation, "")
    if keys is None:
        _say(
            "These are events that people happened to judge. For the coder's accuracy, judge a sample: "
            "sitrep review walk --sample 50"
        )


def _flat_evaluation(found: Evaluation) -> dict[str, Any]:
    flat: dict[str, Any] = {"judged": found.judged}
    for name in ("events", "untouched", "found_again"):
        one = getattr(found, name)
        flat |= {name: one.share, f"{name}_low": one.low, f"{name}_high": one.high, f"{name}_of": one.of}
    for name, one in found.fields:
        flat |= {name: one.share, f"{name}_low": one.low, f"{name}_high": one.high}
    return flat


@contextmanager
def _faults_said() -> Iterator[None]:
    """What is wrong with a file is said, and ends the command with 1."""
    try:
        yield
    except GoldError as error:
        _say(str(error), "red")
        raise typer.Exit(FAILED) from error


def _say(text: str, style: str | None = None) -> None:
    talk.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


def _stories(number: int) -> str:
    return f"{number:,} stor{'y' if number == 1 else 'ies'}"
