"""Files that a person wants compared in, whichever form they have; gold and predictions out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sitrep.evaluation.annotation import read_annotation
from sitrep.evaluation.gold import GoldDocument, GoldError, gold_of, json_rows
from sitrep.evaluation.offsets import is_textless, textless_of, with_text
from sitrep.evaluation.stories import Story
from sitrep.records import Report, from_json

_LINE: Final = re.compile(r", line (\d+)$")


def load_gold(path: Path, stories: Mapping[str, Story]) -> list[GoldDocument]:
    """Gold from an annotation, from what one was compiled to, or from gold that is kept without its texts.

    Raises `GoldError`: with all faults of an annotation, or where gold has a document that is no story.
    """
    if _is_json(path):
        texts = {story.id: story.text for story in stories.values()}
        documents = [_gold_of(where, row, texts) for where, row in json_rows(path)]
    else:
        with path.open(encoding="utf-8") as file:
            annotation = read_annotation(file, stories, str(path))
        if annotation.faults:
            raise GoldError("\n".join(map(str, annotation.faults)))
        documents = list(annotation.documents)
    if not documents:
        raise GoldError(f"{path}: has no annotated story. Begin each with its #doc line from the sheet.")
    for document in documents:
        if document.id not in stories:
            raise GoldError(f'{path}: "{document.id}" is none of the stories. Give the file that has it.')
    return documents


def load_predictions(path: Path, stories: Mapping[str, Story]) -> dict[str, Report | GoldDocument]:
    """What is to be scored, by the stories' ids: reports that `sitrep code` wrote, or a second annotation.

    A report belongs to the story of the line that its `source` names, else to the one at its own place in the
    file. Raises `GoldError`.
    """
    if not _is_report(path):
        return {document.id: document for document in load_gold(path, stories)}
    at_line = {_line_of(story.where): story.id for story in stories.values()}
    in_order = list(stories)
    reports: dict[str, Report | GoldDocument] = {}
    for place, (where, row) in enumerate(json_rows(path)):
        report = _report_of(where, row)
        line = _line_of(report.source)
        id = at_line.get(line) if line is not None else in_order[place] if place < len(in_order) else None
        if id is None:
            raise GoldError(
                f"{where}: there is no story for the report of {report.source}. "
                "Code the stories themselves: sitrep code STORIES.jsonl -o REPORTS.jsonl"
            )
        reports[id] = report
    return reports


def _is_json(path: Path) -> bool:
    with path.open(encoding="utf-8") as file:
        return next((line for line in file if line.strip()), "").lstrip().startswith("{")


def _is_report(path: Path) -> bool:
    return _is_json(path) and "coder" in next(json_rows(path))[1]


def _gold_of(where: str, row: Mapping[str, Any], texts: Mapping[str, str]) -> GoldDocument:
    if is_textless(row):
        return with_text(textless_of(where, row), texts)
    if "events" not in row:
        raise GoldError(f"{where}: is a story that nobody has annotated. Give its annotation: --gold FILE")
    return gold_of(GoldDocument, where, row)


def _report_of(where: str, row: Mapping[str, Any]) -> Report:
    try:
        return from_json(Report, row)
    except (ValueError, TypeError, AttributeError) as error:
        raise GoldError(f"{where}: is no report of this version ({error}). Code the stories anew.") from None


def _line_of(where: str) -> int | None:
    found = _LINE.search(where)
    return int(found[1]) if found else None
