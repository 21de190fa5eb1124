"""Words that attribute: `say`, `accuse`, `claim` (noun), and which of their complements is the content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

FRAMES: Final = frozenset({"clause", "quote", "infinitive", "object", "as", "listener"})
PARTS_OF_SPEECH: Final = frozenset({"VERB", "NOUN", "ADJ"})


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """Frames by lemma and coarse part of speech (`data/cues.tsv` says what each frame means)."""

    frames: dict[tuple[str, str], frozenset[str]]

    def of(self, lemma: str, part_of_speech: str) -> frozenset[str]:
        """The frames of a word; empty where it does not attribute. Auxiliaries count as verbs."""
        pos = {"AUX": "VERB", "PROPN": "NOUN"}.get(part_of_speech, part_of_speech)
        return self.frames.get((lemma.lower(), pos), frozenset())


@cache
def default_cues() -> CueLexicon:
    """The lexicon that comes with sitrep. Raises `ValueError` naming the line that it cannot read."""
    text = (files("sitrep.coding") / "data" / "cues.tsv").read_text(encoding="utf-8")
    return CueLexicon(read_cues(text, "cues.tsv"))


def read_cues(text: str, name: str) -> dict[tuple[str, str], frozenset[str]]:
    """Frames by lemma and part of speech, from the lines of a cue file."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        where = f"{name}, line {number}"
        if len(fields) != 3:
            raise ValueError(f"{where}: found {line!r}; write lemma, part of speech, frames, a tab between.")
        lemma, pos, frames = fields[0], fields[1], frozenset(fields[2].split())
        if pos not in PARTS_OF_SPEECH:
            known = ", ".join(sorted(PARTS_OF_SPEECH))
            raise ValueError(f"{where}: part of speech {pos!r}; write one of {known}.")
        if not frames or not frames <= FRAMES:
            raise ValueError(f"{where}: frames {fields[2]!r}; write some of {', '.join(sorted(FRAMES))}.")
        if (lemma, pos) in found:
            raise ValueError(f"{where}: {lemma} ({pos}) is there twice; keep one line with all its frames.")
        found[lemma, pos] = frames
    return found
