"""A brief as PDF, set by Typst, whose compiler comes whole in its Python wheel."""

from __future__ import annotations

import json
import tempfile
from importlib.resources import files
from pathlib import Path

from sitrep.brief.document import Brief
from sitrep.brief.figures import draw_map, draw_timeline
from sitrep.brief.markdown import covered
from sitrep.brief.phrases import day


def to_pdf(brief: Brief) -> bytes:
    """The brief as the bytes of a PDF. Raises `ImportError`, saying what to do, where typst is missing."""
    try:
        import typst
    except ImportError:
        raise ImportError(
            "A brief as PDF needs the package typst. Install it with: pip install typst"
        ) from None
    numbers = {note: number for number, note in enumerate(brief.notes(), start=1)}
    # The words of reports go to Typst as data, where no character of theirs is markup.
    content = {
        "title": brief.title,
        "covered": covered(brief),
        "map": bool(brief.marks),
        "timeline": bool(brief.bars),
        "sections": [
            {
                "heading": section.heading,
                "sentences": [
                    {
                        "text": sentence.text,
                        "quotes": list(sentence.quotes),
                        "notes": [numbers[note] for note in sentence.notes],
                        "assessment": sentence.assessment or "",
                    }
                    for sentence in section.sentences
                ],
            }
            for section in brief.sections
        ],
        "notes": [
            {
                "words": note.words,
                "source": ", ".join(part for part in (note.publisher or "", note.title or "") if part),
                "published": day(note.published) if note.published else "undated",
                "where": note.where,
            }
            for note in numbers
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "brief.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        (here / "map.svg").write_text(draw_map(brief.marks), encoding="utf-8")
        (here / "timeline.svg").write_text(
            draw_timeline(brief.bars, brief.start, brief.end), encoding="utf-8"
        )
        template = (files("sitrep.brief") / "data" / "brief.typ").read_bytes()
        (here / "brief.typ").write_bytes(template)
        return bytes(typst.compile(str(here / "brief.typ"), root=folder))
