"""Where a given verb's act happened: {"id", "text", "verb": [s, e]} to {"id", "locations": [[s, e]]}."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sitrep import load
from sitrep.coding.annotations import span_of, tokens_at
from sitrep.coding.events.locations import LocationModel, locate_act
from sitrep.records import Span

NEEDED: Final = frozenset({"sitrep_paragraphs", "sitrep_places"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is coded, and the way between its offsets and those of the record."""

    text: str
    origins: tuple[int, ...]  # of each of its characters, the place in the record; then that of its end

    def inside(self, span: Sequence[int]) -> Span:
        """A span of the record, in the coded text."""
        places = [number for number, origin in enumerate(self.origins[:-1]) if span[0] <= origin < span[1]]
        return (places[0], places[-1] + 1) if places else (0, 0)

    def outside(self, span: Span) -> Span:
        """A span of the coded text, in the record."""
        return self.origins[span[0]], self.origins[span[1] - 1] + 1


def read_text(text: str) -> Reading:
    """The text with single blanks, and the apostrophes that some of the set have lost: "Peru   s army"."""
    kept: list[tuple[str, int]] = []
    for number, character in enumerate(text.replace("   s ", "'s   ")):
        if not character.isspace():
            kept.append((character, number))
        elif kept and kept[-1][0] != " ":
            kept.append((" ", number))
    return Reading("".join(character for character, _ in kept), (*(number for _, number in kept), len(text)))


def predict(records: Iterable[dict[str, Any]], gold: Path) -> Iterator[dict[str, Any]]:
    nlp, model = load(), LocationModel()
    # What else the pipeline finds has no say in where.
    unused = [name for name in nlp.pipe_names if name.startswith("sitrep_") and name not in NEEDED]
    with nlp.select_pipes(disable=unused):
        for record in records:
            reading = read_text(record["text"])
            doc = nlp(reading.text)
            words = tokens_at(doc, reading.inside(record["verb"]))
            found = locate_act(doc, words[0], model) if len(words) else ()
            yield {
                "id": record["id"],
                "locations": [reading.outside(span_of(location.name)) for location in found],
            }
