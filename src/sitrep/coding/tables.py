"""Tables of words: how they are read from `coding/data`, and how a longest entry is found in running text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Generic, NamedTuple, TypeVar

T = TypeVar("T")

_WORD: Final = re.compile(r"[^\W_]+(?:['’.&+][^\W_]+)*(?:\.(?=\w)|\+)?|[^\W_]+", re.UNICODE)
_POSSESSIVE: Final = re.compile(r"['’]s?$|['’]s$")
_HYPHENS: Final = "-‐‑‒–"


class Word(NamedTuple):
    """One word of a phrase without a possessive ending. `joined`: a hyphen ties it to the word before it."""

    text: str
    key: str
    start: int
    end: int
    joined: bool = False


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """A word as tables are searched by: no case, accents, dots or possessive ending."""
    text = _POSSESSIVE.sub("", text.replace("’", "'"))
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.casefold().replace(".", "")


def words_of(text: str) -> list[Word]:
    """The words of `text`, parted at blanks, punctuation and hyphens."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        if "'" in word or "’" in word:
            possessive = _POSSESSIVE.search(word)
            end -= len(possessive.group()) if possessive else 0
        joined = bool(found) and start - found[-1].end == 1 and text[start - 1] in _HYPHENS
        word = text[start:end]
        found.append(Word(word, fold(word), start, end, joined))
    return found


def singular(key: str) -> str:
    """A plural noun's singular, by rule; any other word as it is."""
    if key in _IRREGULAR:
        return _IRREGULAR[key]
    if key.endswith("men") and len(key) > 4:
        return key[:-3] + "man"
    if key.endswith("ies") and len(key) > 4:
        return key[:-3] + "y"
    if key.endswith(("sses", "shes", "ches", "xes", "zes")):
        return key[:-2]
    if key.endswith("s") and not key.endswith(("ss", "us", "is")) and len(key) > 2:
        return key[:-1]
    return key


_IRREGULAR: Final = {
    "men": "man", "women": "woman", "people": "people", "children": "child", "schoolchildren": "schoolchild",
    "wives": "wife", "thieves": "thief", "elves": "elf", "attorneys": "attorney", "passersby": "passerby",
    "midwives": "midwife", "housewives": "housewife", "news": "news", "movies": "movie", "series": "series",
    "persons": "person", "personnel": "personnel", "media": "media", "police": "police", "staff": "staff",
    "troops": "troops", "marines": "marine", "headquarters": "headquarters", "grandchildren": "grandchild",
}  # fmt: skip


class PhraseTable(Generic[T]):
    """Phrases of one or more words with a value each; the longest that starts at a word is found.

    A phrase with a capital matches only capitalised words, one that is all capitals only capitals, so
    that "us" is not the United States; `loose` drops that for text that has no capitals at all.
    """

    def __init__(self) -> None:
        self._entries: dict[str, list[tuple[tuple[str, ...], str, T]]] = {}
        self._longest = 1

    def add(self, phrase: str, value: T) -> None:
        """Add one phrase. The first value that a phrase is given stays."""
        words = words_of(phrase)
        if not words:
            raise ValueError(f"{phrase!r} holds no word.")
        keys = tuple(word.key for word in words)
        listed = self._entries.setdefault(keys[0], [])
        cased = _case_of(words)
        if any(known == keys and case == cased for known, case, _ in listed):
            return
        listed.append((keys, cased, value))
        listed.sort(key=lambda entry: -len(entry[0]))
        self._longest = max(self._longest, len(keys))

    def values(self) -> Iterator[T]:
        """The value of every phrase."""
        for listed_here in self._entries.values():
            for _, _, value in listed_here:
                yield value

    def firsts(self) -> frozenset[str]:
        """The words that entries start with."""
        return frozenset(self._entries)

    def match(self, words: Sequence[Word], at: int, loose: bool = False) -> tuple[int, T] | None:
        """How many words from `at` on are an entry, the last of them perhaps in the plural, and its value."""
        best: tuple[int, T] | None = None
        ahead: tuple[str, ...] = ()
        for start in forms_of(words[at].key):
            entries = self._entries.get(start)
            if not entries:
                continue
            ahead = ahead or tuple(word.key for word in words[at : at + self._longest])
            for keys, case, value in entries:
                length = len(keys)
                if best and length <= best[0]:
                    break
                if length > len(ahead):
                    continue
                last = ahead[length - 1]
                if keys[:-1] == ahead[: length - 1]:
                    if keys[-1] != last and keys[-1] not in forms_of(last):
                        continue
                elif not (length > 1 and _plural_first(ahead, keys)):
                    continue
                run = words[at : at + length]
                if _case_fits(run, case, loose, plural=last != keys[-1]):
                    best = length, value
                    break
        return best


@lru_cache(maxsize=1 << 16)
def forms_of(key: str) -> tuple[str, ...]:
    """A word as an entry may have it: as it stands, or in the singular ("Israelis" only drops its s)."""
    one = singular(key)
    if one == key and len(key) > 4 and key.endswith(("is", "us")):
        return key, key[:-1]
    return (key,) if one == key else (key, one)


def _plural_first(ahead: tuple[str, ...], keys: tuple[str, ...]) -> bool:
    # "attorneys general", "members of parliament": the plural sits on the first word.
    return singular(ahead[0]) == keys[0] and ahead[1 : len(keys)] == keys[1:]


def _case_of(words: Sequence[Word]) -> str:
    if all(word.text == word.text.lower() for word in words):
        return "any"
    letters = "".join(word.text for word in words)
    return "capitals" if letters.isupper() and len(letters) <= 6 else "capitalised"


def _case_fits(run: Sequence[Word], case: str, loose: bool, plural: bool) -> bool:
    if case == "any":
        return True
    if case == "capitals":
        texts = [word.text for word in run]
        texts[-1] = texts[-1].removesuffix("s") if plural else texts[-1]  # "F-16s"
        return all(text == text.upper() for text in texts)
    return (
        (loose and len(run[0].key) > 3) or run[-1].text[0].isupper() or any(w.text[0].isupper() for w in run)
    )


def read_table(name: str, columns: int) -> Iterator[list[str]]:
    """The rows of `coding/data/<name>`; lines that start with "#" are its header and its headings.

    Raises `ValueError` with the number of a line that has not exactly `columns` fields, or an empty one.
    """
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    yield from parse_table(text, name, columns)


@cache
def actor_words() -> dict[str, frozenset[str]]:
    """The classes of `actor_words.tsv` by name."""
    return {name: frozenset(listed(words)) for name, words in read_table("actor_words.tsv", 2)}


def parse_table(text: str, name: str, columns: int) -> Iterator[list[str]]:
    """`read_table` for a text in hand."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        if len(fields) != columns:
            raise ValueError(
                f"{name}, line {number}: {len(fields)} fields, not {columns}. Part them with tabs."
            )
        if not all(fields):
            raise ValueError(f"{name}, line {number}: an empty field. Write - where there is nothing to say.")
        yield fields


def listed(field: str, separator: str = ",") -> list[str]:
    """The items of one field; "-" is none."""
    return [] if field == "-" else [item.strip() for item in field.split(separator) if item.strip()]
