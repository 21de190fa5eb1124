"""The lines of a page in; what the line model sees of each, its look, its place and its words, out."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BUCKETS = 8192  # of hashed words
WORDS_A_LINE = 40
PROSE_WORDS = (
    14  # a line of more words that ends a sentence is prose; menus, labels and most headlines are shorter
)
AROUND = 5  # lines on each side whose likeness counts

WORD = re.compile(r"\w+(?:['’]\w+)?")
# Letters of scripts that put no spaces between words; two of them count as a word.
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
BULLET = re.compile(r"^(?:[•◦▪▸►‣·*+o○●■□–—-]|\(?\d{1,2}[.)])\s+")
SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]]*(?=\s|$)|[。！？]""")
ENDS_SENTENCE = re.compile(r"""[.!?。！？]["'”’)\]」]*$""")
DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?[\s.]+)?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s,]+\d{1,4}\b"
    r"|\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b",
    re.IGNORECASE,
)
AGO = re.compile(
    r"\b\d+ ?(?:m|h|d|mins?|hrs?|minutes?|hours?|days?|weeks?|months?|years?) ago\b", re.IGNORECASE
)
CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
ADDRESS = re.compile(r"https?://|www\.|\w@\w|(?:^|\s)[@#]\w|\.(?:com|org|net|co\.uk)\b", re.IGNORECASE)
DIVIDERS = re.compile(r"[|»›>←→]|\s[/·•]\s")
RIGHTS = re.compile(r"©|\bcopyright\b|all rights reserved", re.IGNORECASE)
READER = re.compile(r"\b(?:you|your|yours|please)\b", re.IGNORECASE)
WRITER = re.compile(r"\b(?:i|me|my|we|our|us)\b", re.IGNORECASE)
TOLD = re.compile(r"\b(?:said|says|told|added|according|reported|was|were|had|has)\b", re.IGNORECASE)
# A headline and its teaser run together, as crawlers leave them: "Talks ResumeThe delegates met".
GLUED = re.compile(r"[a-z0-9’'][A-Z][a-z]?|[.!?][A-Z]")
COMMENT = re.compile(
    r"\bcomments?\b|\brepl(?:y|ies)\b|\bsays:$|\bwrote:$|\breport abuse\b|\bpermalink\b|\bvotes?\b",
    re.IGNORECASE,
)
MORE = re.compile(
    r"\b(?:related|more (?:from|on|in|news|stories)|read (?:more|next|also)|also read|see also|recommended"
    r"|latest|popular|trending|you (?:may|might)|top stories|most read|most viewed|editors?['’]? picks?"
    r"|up next|don['’]t miss"
    r"|about the author|newsletters?|sign up|subscribe|share this)\b",
    re.IGNORECASE,
)
_FUNCTION_WORDS = """
    a an the of to in on at by for with from as and or but nor that which who whom whose this these those
    it its he she they his her their him them is are was were be been being has have had do does did not no
    will would can could may might should than then there when where while after before during about into
    over under between against more most also said says
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, with what its place on the page shows."""

    text: str  # without indentation; a bullet is kept
    indent: int
    blanks_before: int


def features(lines: Sequence[Line]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Shapes, float32 [n_lines, n_shapes], and hashed words, int64 [n_lines, WORDS_A_LINE]; 0 is none."""
    tokens = [[word.lower() for word in WORD.findall(line.text)] for line in lines]
    words = np.zeros((len(lines), WORDS_A_LINE), np.int64)
    for row, line_tokens in zip(words, tokens, strict=True):
        hashed = [_bucket(word) for word in _telling(line_tokens)][:WORDS_A_LINE]
        row[: len(hashed)] = hashed
    sizes = [word_count(line.text) for line in lines]
    look = [_look(line, t, size) for line, t, size in zip(lines, tokens, sizes, strict=True)]
    place = _place(lines, tokens, sizes)
    return np.concatenate([np.array(look, np.float32), place], axis=1), words


def word_count(text: str) -> int:
    """The number of words, also in scripts that do not part them."""
    return len(WORD.findall(text)) + len(UNSPACED.findall(text)) // 2


def _telling(tokens: list[str]) -> list[str]:
    """The words at both ends of a line and the pairs at its start: where furniture gives itself away."""
    tokens = ["0" * len(word) if word.isdigit() else word for word in tokens]
    ends = tokens[:16] + tokens[16:][-6:]
    pairs = [f"{a} {b}" for a, b in zip(["<", *tokens[:7]], [*tokens[:8], ">"], strict=False)]
    whole = ["= " + " ".join(tokens)] if len(tokens) <= 6 else []
    return whole + pairs + ends


def _bucket(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "replace")) % (BUCKETS - 1) + 1


def _look(line: Line, tokens: list[str], size: int) -> list[float]:
    """What one line looks like by itself; `size` is its number of words."""
    text = line.text
    bullet = BULLET.match(text)
    body = text[bullet.end() :] if bullet else text
    n_chars, n_words = len(body) or 1, size or 1
    surface = WORD.findall(body)
    sentences = len(SENTENCE_END.findall(body))
    first = body[:1]
    letters = [c for c in body if c.isalpha()]
    return [
        math.log1p(n_chars) / 6,
        math.log1p(n_words) / 5,
        n_words < 3,
        n_words < 6,
        n_words > PROSE_WORDS,
        n_words > 30,
        min(sentences, 5) / 5,
        min(n_words / max(sentences, 1), 60) / 60,
        bool(ENDS_SENTENCE.search(body)),
        body.endswith(":"),
        body.endswith(("…", "...")),
        body.endswith(("”", '"', "’", "'")),
        body.endswith("?"),
        first.islower(),
        first.isupper(),
        first.isdigit(),
        first in "“\"'‘",
        bool(bullet),
        line.indent > 0,
        min(line.indent, 12) / 12,
        min(line.blanks_before, 3) / 3,
        sum(w[:1].isupper() for w in surface) / n_words,
        sum(c.isdigit() for c in body) / n_chars,
        sum(not c.isalnum() and not c.isspace() for c in body) / n_chars,
        sum(w in FUNCTION_WORDS for w in tokens) / n_words,
        min(body.count(","), 5) / 5,
        bool(letters) and all(c.isupper() for c in letters),
        not letters,
        bool(ADDRESS.search(body)),
        bool(DIVIDERS.search(body)),
        bool(RIGHTS.search(body)),
        bool(READER.search(body)),
        bool(WRITER.search(body)),
        bool(TOLD.search(body)),
        bool(DATE.search(body)),
        bool(AGO.search(body)),
        bool(CLOCK.search(body)),
        bool(COMMENT.search(body)) and n_words < 12,
        bool(MORE.search(body)) and n_words < 12,
        bool(GLUED.search(body)),
        any(c in body for c in '“”"'),
        body.startswith(("By ", "BY ")),
        "(" in body,
        first in "[(",
    ]


def _place(lines: Sequence[Line], tokens: list[list[str]], sizes: list[int]) -> NDArray[np.float32]:
    """Where each line stands on its page: float32 [n_lines, 21]."""
    n = len(lines)
    keys = [" ".join(t) or line.text for t, line in zip(tokens, lines, strict=True)]
    total, seen = Counter(keys), Counter[str]()
    prose = np.array(
        [
            size > PROSE_WORDS and bool(SENTENCE_END.search(x.text))
            for size, x in zip(sizes, lines, strict=True)
        ]
    )
    chars = np.array([len(line.text) for line in lines], np.float64)
    prose_chars = chars * prose
    told = prose_chars.sum() or 1.0
    # Words of the page's prose: a line about the same things is more likely part of the story.
    content = [{w for w in t if len(w) > 3 and w not in FUNCTION_WORDS} for t in tokens]
    in_prose = Counter(w for words, is_prose in zip(content, prose, strict=True) if is_prose for w in words)
    indents = Counter[int]()
    for line, size in zip(lines, prose_chars, strict=True):
        indents[line.indent] += int(size)
    main_indent = indents.most_common(1)[0][0]
    short = np.array([size < 12 for size in sizes])
    comments = np.array([bool(COMMENT.search(line.text)) for line in lines]) & short
    more = np.array([bool(MORE.search(line.text)) for line in lines]) & short
    glued = np.array([bool(GLUED.search(line.text)) for line in lines])
    place = np.zeros((n, 21), np.float32)
    before_chars = before_prose = since_comment = since_more = 0.0
    for i, line in enumerate(lines):
        others = [in_prose[w] - prose[i] for w in content[i]]
        near = slice(max(0, i - AROUND), i + AROUND + 1)
        place[i] = (
            i / n,
            before_chars / chars.sum(),
            before_prose / told,
            (told - before_prose - prose_chars[i]) / told,
            min(seen[keys[i]], 2) / 2,
            min(total[keys[i]] - seen[keys[i]] - 1, 2) / 2,
            sum(o > 0 for o in others) / (len(others) or 1),
            sum(o > 2 for o in others) / (len(others) or 1),
            line.indent == main_indent,
            min(lines[i + 1].blanks_before, 3) / 3 if i + 1 < n else 1.0,
            math.log1p(n) / 7,
            told / (chars.sum() or 1.0),
            math.log1p(told) / 12,
            prose[near].mean(),
            short[near].mean(),
            comments[near].mean(),
            glued[near].mean(),
            # Headings of what follows a story weigh on the lines below them, and less so further down.
            since_comment,
            since_more,
            comments[i + 1 : i + 4].any(),
            more[i + 1 : i + 4].any(),
        )
        since_comment = 1.0 if comments[i] else since_comment * 0.95
        since_more = 1.0 if more[i] else since_more * 0.95
        seen[keys[i]] += 1
        before_chars += chars[i]
        before_prose += prose_chars[i]
    return place
