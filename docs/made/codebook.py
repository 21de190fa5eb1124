"""The tables of the codebook page, made from those that the coder itself reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import groupby
from typing import Final

from sitrep import ontology

_ARROWS: Final = {"both": "⇄", "from": "→", "to": "←"}


def quads() -> Iterator[str]:
    """The four quads with their types."""
    types = ontology.EVENT_TYPES.values()
    linked = {
        quad: ", ".join(f"[{one.name}](#{one.name}) {one.score:g}" for one in types if one.quad == quad)
        for quad in ontology.QUADS
    }
    return _table(("quad", "types, with their scores"), linked.items())


def types() -> Iterator[str]:
    """A section a type, with its modes."""
    for one in ontology.EVENT_TYPES.values():
        yield f"### {one.name} {{ #{one.name} }}\n"
        need = " Needs a recipient." if one.needs_recipient else ""
        yield f"{one.definition} *{one.quad.capitalize()}, {one.score:g}.*{need}\n"
        if one.modes:
            yield from _table(
                ("mode", "score", "is"),
                (
                    (f"`{mode.name}`", "–" if mode.score is None else f"{mode.score:g}", mode.meaning)
                    for mode in one.modes.values()
                ),
            )


def contexts() -> Iterator[str]:
    return _codes("context", "is", ontology.CONTEXTS)


def sectors() -> Iterator[str]:
    return _codes("code", "who", ontology.SECTORS)


def international() -> Iterator[str]:
    return _codes("code", "who", ontology.INTERNATIONAL)


def crosswalk() -> Iterator[str]:
    """The crosswalk, a fold-out table for each root of CAMEO."""
    for root, group in groupby(_crosswalk_lines(), key=lambda line: line[0][:2]):
        yield f'??? note "CAMEO {root}"\n'
        rows = ((f"`{cameo}`", _ARROWS[way], _plover(*code)) for cameo, way, *code, _ in group)
        yield from (f"    {line}" for line in _table(("CAMEO", "", "PLOVER"), rows))


def differences() -> Iterator[str]:
    """The lines of the crosswalk that are not as printed, and why."""
    return _table(
        ("CAMEO", "Sitrep reads", "why"),
        (
            (f"`{cameo}` {_ARROWS[way]}", _plover(*code), why)
            for cameo, way, *code, why in _crosswalk_lines()
            if why
        ),
    )


def _crosswalk_lines() -> list[list[str]]:
    """CAMEO's code, way, type, mode, contexts, and why the line differs from print."""
    text = (files("sitrep") / "data" / "cameo_crosswalk.tsv").read_text(encoding="utf-8")
    found = (line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return sorted([cell.strip() for cell in line] for line in found)


def _plover(type: str, mode: str, contexts: str) -> str:
    said = f"{type}, {mode}" if mode else type
    return f"{said} ({contexts.replace(';', ', ')})" if contexts else said


def _codes(head: str, meaning: str, codes: dict[str, str]) -> Iterator[str]:
    return _table((head, meaning), ((f"`{code}`", text) for code, text in codes.items()))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{' --- |' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""
