"""What a statement travelled by: Twitter, Al Jazeera, a statement, a press conference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Final, Literal

from spacy.tokens import Doc, Token

MediumKind = Literal["channel", "genre"]

# "in a tweet", "on state television", "via his account", "speaking to Reuters", "told Al Jazeera".
CARRIERS: Final = frozenset(
    {"in", "on", "via", "through", "at", "during", "by", "over", "to", "from", "with"}
)
LONGEST: Final = 3  # words in the longest entry of media.tsv
BEFORE: Final = 6  # "in a lengthy and angry post": how far before a medium its preposition may stand

# "This came in a tweet", "The remarks were made at a rally", "He was speaking at a press conference".
REFERRING: Final = frozenset(
    {"this", "that", "these", "it", "statement", "remark", "remarks", "comment", "comments", "announcement"}
)
DELIVERING: Final = frozenset(
    {"come", "make", "deliver", "appear", "be", "publish", "post", "issue", "release", "broadcast", "speak"}
)


SPREADING: Final = frozenset({"carry", "broadcast", "publish", "air"})


@dataclass(frozen=True)
class MediaLexicon:
    """What `data/media.tsv` knows, by words in lower case."""

    entries: dict[str, tuple[MediumKind, str]]  # whether a channel or a genre, and the name to record
    press: frozenset[str]  # words in the names of outlets: "tv", "agency"

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """What a word may be that begins an entry: few words do, and only from those is one looked up."""
        return frozenset(words[:end] for words in self.entries for end in range(len(words) + 1))


@cache
def default_media() -> MediaLexicon:
    """The lexicon that comes with sitrep. Raises `ValueError` naming the line that it cannot read."""
    text = (files("sitrep.coding") / "data" / "media.tsv").read_text(encoding="utf-8")
    return read_media(text, "media.tsv")


def read_media(text: str, name: str) -> MediaLexicon:
    """The lexicon in the lines of a media file. A word may be both an entry and press."""
    entries: dict[str, tuple[MediumKind, str]] = {}
    press: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match line.split("\t"):
            case [words, "press", ""]:
                press.add(words)
            case [words, ("channel" | "genre") as kind, medium] if medium:
                entries[words] = "channel" if kind == "channel" else "genre", medium
            case _:
                raise ValueError(
                    f"{name}, line {number}: found {line!r}; write the words, channel, press or genre, "
                    "and the name to record (none for press), a tab between."
                )
    return MediaLexicon(entries, frozenset(press))


def find_medium(doc: Doc, tokens: Iterable[int], media: MediaLexicon) -> str | None:
    """The medium that `tokens` name after a preposition or as who was told; a channel before a genre."""
    at = sorted(tokens)
    inside = set(at)
    genre: str | None = None
    covered: set[int] = set()
    for i in at:
        if i in covered:
            continue
        first = doc[i]
        begins = first.lower_.rstrip(".") in media.beginnings
        for size in range(LONGEST, 0, -1) if begins else ():
            if not all(k in inside for k in range(i, i + size)):
                continue
            entry = media.entries.get(doc[i : i + size].text.lower().rstrip("."))
            if entry is None:
                continue
            if first.pos_ != "ADP" and not (_is_carried(doc[i + size - 1], i) or _is_carried(first, i)):
                continue
            covered.update(range(i, i + size))
            kind, name = entry
            if kind == "channel":
                return name
            genre = genre or name
            break
        else:
            outlet = _outlet_at(first, inside, media) or _carrier_at(first, inside)
            if outlet is not None:
                return outlet
    return genre


def who_quotes(cue: Token, media: MediaLexicon) -> str | None:
    """The medium that quotes somebody: "state television quoted the minister as saying …"."""
    verb = cue.head.head
    if cue.dep_ != "pcomp" or cue.head.lower_ != "as" or verb.lemma_ not in ("quote", "cite"):
        return None
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if subject is None:
        return None
    words = [token for token in subject.subtree if token.pos_ != "DET"]
    for size in range(LONGEST, 0, -1):
        for n in range(len(words) - size + 1):
            entry = media.entries.get(" ".join(token.lower_ for token in words[n : n + size]))
            if entry is not None:
                return entry[1]
    named = [token for token in words if token.pos_ == "PROPN"]
    if media.press.isdisjoint(token.lower_ for token in named):
        return None
    return subject.doc[named[0].i : named[-1].i + 1].text


def _outlet_at(token: Token, inside: set[int], media: MediaLexicon) -> str | None:
    """The whole name of an outlet that starts at `token`, told by a word like "TV" or "Agency" in it."""
    doc = token.doc
    if token.pos_ != "PROPN" or (token.i > 0 and doc[token.i - 1].pos_ == "PROPN"):
        return None
    end = token.i
    while end in inside and doc[end].pos_ == "PROPN":
        end += 1
    words = [doc[k].lower_ for k in range(token.i, end)]
    if len(words) < 2 or media.press.isdisjoint(words):
        return None
    return doc[token.i : end].text if _is_carried(doc[end - 1], token.i) else None


def _carrier_at(token: Token, inside: set[int]) -> str | None:
    """Who spread it: the name after "carried by", "broadcast by", "published by"."""
    if token.pos_ != "PROPN" or token.dep_ not in ("pobj", "compound"):
        return None
    name = token if token.dep_ == "pobj" else token.head
    if name.dep_ != "pobj" or name.head.lower_ not in ("by", "on") or name.head.head.lemma_ not in SPREADING:
        return None
    first = token.i
    return token.doc[first : name.i + 1].text if all(k in inside for k in range(first, name.i + 1)) else None


def _is_carried(token: Token, start: int) -> bool:
    """Whether the noun phrase of `token` hangs on a carrying preposition or is whom somebody told."""
    head = token
    while head.dep_ in ("compound", "nmod", "amod", "poss", "appos", "conj", "det") and head.head.i != head.i:
        head = head.head
    if head.dep_ == "dobj":
        return head.head.lemma_ in ("tell", "inform")
    if head.dep_ == "dative":
        return True
    if head.dep_ == "pobj":
        return head.head.lower_ in CARRIERS
    before = token.doc[max(0, start - BEFORE) : start]
    return any(t.lower_ in CARRIERS and t.pos_ == "ADP" for t in before)


def is_about_delivery(sentence: Iterable[Token]) -> bool:
    """Whether a sentence says how the words before it were delivered: "This came in a tweet"."""
    root = next((t for t in sentence if t.dep_ == "ROOT" and not t.is_space), None)
    if root is None or root.lemma_ not in DELIVERING:
        return False
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return False
    if subject.lower_ in REFERRING or subject.lemma_ in REFERRING:
        return True
    return root.lemma_ == "speak" and subject.lower_ in ("he", "she", "they")
