"""The lexicon of words that name political events, `data/triggers.tsv`, and how it is asked.

A line of the table is one sense that several words share, its columns parted by tabs:

    form       "verb" or "noun"; "class" names a list of words for `needs`, "mode" gives a type's mode by
               words of the clause
    words      lemmas, parted by commas; "hand over" is the verb with that particle, "be ready" the adjective
    needs      what the proposition must show for this sense, all of it; "-" asks nothing
                 object, to, from, …    something stands in that slot
                 object:actor           an actor stands there; also person, name (a person by name), state,
                                        place, named (a place by its name), abstract (no actor)
                 object:@talks          a word of that class stands there
                 complement[:@class]    a clause says what is agreed, asked, threatened
                 infinitive[:@class]    the same, where that clause is an infinitive: "told them to leave"
                 infinitive-object      what that infinitive's own object is: "asked them to hold talks"
                 obligation             that clause says what must or should be: "said they must leave"
                 undertaking            that clause says what will be: "agreed that they would leave"
                 possibility            that clause says what may be: "warned that it might"
                 own[:@class]           that clause says what the subject itself does: "warned that it would"
                 no-object, no-complement, no-owner
                 passive                the verb is in the passive
                 whom                   an actor other than the subject fills a slot of the recipient
                 several                two or more parties act together
                 light[:@class]         a light verb lends the noun its subject
                 compound:@class        the noun is modified by such a word
                 no-press               the noun is not modified by "press" or "news"
    type       PLOVER's; "-" for a sense that is no event
    mode       PLOVER's, or "-"
    actor, recipient, place
               the slots where each stands: subject, object, a preposition, owner ("X's decision",
               "the headquarters of X": whose thing the object is), owner-of-PREPOSITION, content
               (the recipient of the act that is agreed or offered), complement-subject, dative (the first
               of two objects); "-" for none

Of the lines whose needs are met the one with most needs gives the sense, and of several such the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Literal

Slots = tuple[str, ...]

FORMS: Final = ("verb", "noun", "class", "mode")
_KINDS: Final = frozenset({"actor", "person", "name", "state", "place", "named", "abstract"})


class LexiconError(ValueError):
    """A line of the lexicon that cannot be read."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a proposition must show: a filled (or empty) slot, and of what kind or class."""

    slot: str
    filler: str | None = None  # "actor" …, or "@talks"


@dataclass(frozen=True, slots=True)
class Sense:
    """One line of the lexicon: what its words mean where its needs are met."""

    form: Literal["verb", "noun"]
    needs: tuple[Need, ...]
    type: str | None
    mode: str | None
    actor: Slots
    recipient: Slots
    place: Slots
    line: int


@dataclass(frozen=True, slots=True)
class TriggerLexicon:
    """Senses by form and word, word classes by name, and modes by type with the words that show them."""

    senses: Mapping[tuple[str, str], tuple[Sense, ...]]
    classes: Mapping[str, frozenset[str]]
    modes: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]

    def of(self, form: str, lemma: str) -> tuple[Sense, ...]:
        """The senses of a word, to be tried in this order."""
        return self.senses.get((form, lemma), ())

    @property
    def nouns(self) -> frozenset[str]:
        return frozenset(word for form, word in self.senses if form == "noun")


def read_lexicon(table: str | None = None) -> TriggerLexicon:
    """The lexicon in `table`, by default sitrep's own. Raises `LexiconError`, naming a bad line."""
    if table is None:
        table = files("sitrep.coding").joinpath("data/triggers.tsv").read_text(encoding="utf-8")
    senses: dict[tuple[str, str], list[Sense]] = {}
    classes: dict[str, frozenset[str]] = {}
    modes: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for number, line in enumerate(table.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [column.strip() for column in line.split("\t")]
        match columns:
            case ["class", name, words]:
                classes[name] = classes.get(name, frozenset()) | frozenset(_listed(words))
            case ["mode", kind, mode, words]:
                modes.setdefault(kind, []).append((mode, frozenset(_listed(words))))
            case [("verb" | "noun") as form, words, needs, kind, mode, actor, recipient, place]:
                sense = Sense(
                    form=form,
                    needs=tuple(_need(need, number) for need in needs.split() if need != "-"),
                    type=None if kind == "-" else kind,
                    mode=None if mode == "-" else mode,
                    actor=_listed(actor) or ("subject",),
                    recipient=_listed(recipient),
                    place=_listed(place),
                    line=number,
                )
                for word in _listed(words):
                    senses.setdefault((form, word), []).append(sense)
            case _:
                raise LexiconError(
                    f"triggers.tsv, line {number}: {len(columns)} columns after {columns[0]!r}. A verb or "
                    "noun has 8, a mode 4, a class 3, parted by tabs."
                )
    for group in senses.values():
        for sense in group:
            for need in sense.needs:
                if need.filler and need.filler.startswith("@") and need.filler not in classes:
                    raise LexiconError(f"triggers.tsv, line {sense.line}: no class is named {need.filler}.")
    return TriggerLexicon(
        senses={
            key: tuple(sorted(group, key=lambda sense: -len(sense.needs))) for key, group in senses.items()
        },
        classes=classes,
        modes={kind: tuple(found) for kind, found in modes.items()},
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(",") if word.strip() and word.strip() != "-")


def _need(text: str, number: int) -> Need:
    slot, _, filler = text.partition(":")
    if filler and not filler.startswith("@") and filler not in _KINDS:
        raise LexiconError(
            f"triggers.tsv, line {number}: {filler!r} is no kind of argument. Write one of "
            f"{', '.join(sorted(_KINDS))}, or the @name of a class."
        )
    return Need(slot, filler or None)
