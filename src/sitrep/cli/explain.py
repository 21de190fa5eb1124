"""`sitrep explain`: for each sentence, what was considered and why it became what it did."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sitrep.cli.app import Field, Published, Shown, Sources, Tally, app, print_each, settings
from sitrep.cli.coding import loaded
from sitrep.coding.explaining import Explanation, SentenceExplained, explain
from sitrep.read import read
from sitrep.records import to_json

_STYLES = {"kept": "bold green", "unlikely": "dim", "private crime": "yellow", "sum of many events": "yellow"}


@app.command("explain", epilog="Example: sitrep explain examples/zuwara-meeting.txt")
def explain_command(
    sources: Sources, published: Published = None, field: Field = None, format: Shown = None
) -> None:
    """Show for each sentence which events were considered, and why each was kept or left out."""
    tally = Tally()
    nlp = loaded()
    documents = tally.documents(read(sources, settings(published, field)))
    print_each((explain(document, nlp) for document in documents), format, _view, _line, "explaining")
    tally.finish()


def _line(explanation: Explanation) -> str:
    row: Any = to_json(explanation)
    return json.dumps(row, ensure_ascii=False) + "\n"


def _view(explanation: Explanation) -> RenderableType:
    parts: list[RenderableType] = [Text(explanation.title or explanation.source, style="bold")]
    parts.extend(Padding(_sentence(sentence), (1, 0, 0, 0)) for sentence in explanation.sentences)
    return Padding(Group(*parts), (0, 0, 1, 0))


def _sentence(sentence: SentenceExplained) -> RenderableType:
    lines: list[RenderableType] = [Text(sentence.text)]
    if not sentence.considered:
        lines.append(Text("  nothing considered", style="dim"))
    for found in sentence.considered:
        what = found.type + (f" {found.mode}" if found.mode else "")
        line = Text(f"  {found.verdict:10}", style=_STYLES.get(found.verdict, ""))
        line.append(f" {what} “{found.words}”: {found.reason}", style="default")
        lines.append(line)
    return Group(*lines)
