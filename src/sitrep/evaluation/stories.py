"""A JSON Lines file in; the stories to be annotated out, their texts exactly as the file has them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sitrep.evaluation.gold import GoldError, json_rows


@dataclass(frozen=True, slots=True)
class Story:
    """One story to annotate, and where it stands ("stories.jsonl, line 3")."""

    id: str
    title: str | None
    published: str | None
    text: str
    where: str


def read_stories(path: Path) -> dict[str, Story]:
    """The stories of a file by their ids, in the file's order.

    A line needs "id" and "text"; "title" and "published" may stand there, whatever else does is passed over:
    what `sitrep read` and `sitrep code` write will do, and so will compiled gold. Raises `GoldError`.
    """
    stories: dict[str, Story] = {}
    for where, row in json_rows(path):
        id, text = row.get("id"), row.get("text")
        if not isinstance(id, str) or not id.strip():
            raise GoldError(
                f'{where}: has no "id". Give each story a short one: {{"id": "gao-1", "text": "…"}}.'
            )
        if not isinstance(text, str):
            raise GoldError(f'{where}: has no "text". Give the story\'s text: {{"id": "{id}", "text": "…"}}.')
        if id in stories:
            raise GoldError(
                f'{where}: "{id}" is also the id of {stories[id].where}. Give each story its own.'
            )
        stories[id] = Story(id, row.get("title"), row.get("published"), text, where)
    return stories
