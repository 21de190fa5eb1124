"""How place names are made comparable: one key for many spellings, a rougher one for transliterations."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS: Final = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "ə": "a",
        "þ": "th",
        "ħ": "h",
        "ŋ": "n",
    }
)
# Marks that one transliteration writes and the next leaves out; a full stop only abbreviates.
_DROPPED: Final = re.compile(r"['’‘`´ʻʼʾʿ′ʹ.]")
_SPACES: Final = re.compile(r"[\W_]+")
_SHORT: Final = {
    "saint": "st",
    "sainte": "ste",
    "mount": "mt",
    "mountain": "mt",
    "fort": "ft",
    "and": "",
    "the": "",
}
_ARTICLE: Final = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az|il|ul) (?=\w{3})")
_HEAD: Final = re.compile(
    r" (?:district|governorate|province|region|county|municipality|prefecture|state|parish|department|oblast|"
    r"city)$"
)


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The spelling under which the gazetteer keeps `name`: "Saint-Denis" and "St. Denis" are one."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    if not plain.isascii():
        plain = "".join(c for c in plain.translate(_LETTERS) if not unicodedata.combining(c))
    plain = _SPACES.sub(" ", _DROPPED.sub("", plain)).strip()
    words = [_SHORT.get(word, word) for word in plain.split(" ")]
    return " ".join(word for word in words if word) or plain


def without_article(key: str) -> str:
    """A name's key without the Arabic article: "al jufrah" is "jufrah"."""
    return _ARTICLE.sub("", key)


# Letters that stand for one consonant in some romanisation, longest first.
_CONSONANTS: Final = (
    ("tch", "s"), ("sch", "s"), ("kh", "k"), ("gh", "k"), ("sh", "s"), ("ch", "s"), ("th", "t"), ("dh", "d"),
    ("ph", "f"), ("ck", "k"), ("zh", "j"), ("dj", "j"), ("q", "k"), ("g", "k"), ("c", "k"), ("x", "k"),
    ("z", "s"),
)  # fmt: skip
_VOWELS: Final = re.compile(r"(?<!^)[aeiouyw]+")
_WEAK: Final = re.compile(r"(?<!^)[ah ]+")
_TWICE: Final = re.compile(r"(.)\1+")
_LAST_H: Final = re.compile(r"h(?= |$)")


def without_head(key: str) -> str:
    """A division's key without its kind: "jufra district" is "jufra"."""
    return _HEAD.sub("", key)


def sounding(key: str) -> str:
    """A key with every vowel alike and consonants as romanisations confuse them.

    Which vowel is written differs between romanisations, where one stands much less: "jafra" and "al
    jufrah" are both "jafra", "jafarah" is not.
    """
    bare = without_head(without_article(key))
    for letters, sound in _CONSONANTS:
        bare = bare.replace(letters, sound)
    return _TWICE.sub(r"\1", _LAST_H.sub("", _VOWELS.sub("a", _TWICE.sub(r"\1", bare))))


def skeleton(key: str) -> str:
    """The consonants of a key, under which transliterations of one name are kept together: "jafra" is
    "jfr"."""
    return _TWICE.sub(r"\1", _WEAK.sub("", sounding(key)))
