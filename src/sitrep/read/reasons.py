"""Why a line was cut, told from its look and place. The model decides; these put its decision in words."""

from __future__ import annotations

import difflib
import re

WORD = re.compile(r"\w+")
# Tried in this order: "Subscribe to comments" is a form, "More newsletters" a subscription.
KINDS = (
    ("tags", r"^\W*(?:tags?|(?:related )?topics?|keywords?|filed (?:under|in))\s*(?::|$)"),
    ("reading time", r"^\W*\w+[ -]min(?:ute)?s?[ -]read\W*$"),
    ("cookie notice", r"\bcookies?\b|\bgdpr\b|\bconsent\b|your privacy"),
    ("copyright notice", r"©|\bcopyright\b|all rights reserved|terms (?:of|and)\b|privacy policy"),
    (
        "share or comment form",
        r"\b(?:comments?|reply|replies|e-?mail(?: address)?|log ?in|sign ?in|register|password|captcha)\b"
        r"|\brequired fields?\b|\b(?:shares?|tweet|retweet|pin it|print|copy link)\b"
        r"|\b(?:whatsapp|facebook|twitter|linkedin|reddit|telegram|instagram)\b",
    ),
    ("subscription", r"\b(?:subscri\w+|newsletters?|sign up|free trial|membership|donate|support us)\b"),
    (
        "related links",
        r"\b(?:related|more (?:from|on|stories|news|in)|read (?:more|next|also)|see also|also read)\b"
        r"|\b(?:most (?:read|popular|viewed)|recommended|trending|latest (?:news|stories))\b"
        r"|\bpopular (?:posts|stories)\b"
        r"|\byou (?:may|might) (?:also )?like\b|\b(?:show|load) more\b|\b(?:next|previous) article\b",
    ),
    ("advertisement", r"\b(?:advertis\w+|sponsored|promoted|paid content)\b"),
    (
        "navigation",
        r"\b(?:skip to|back to top|menu|home ?page|search|contact us|about us|site ?map|next|previous)\b"
        r"|\b(?:toggle|close|navigation)\b|[›»]",
    ),
    (
        "credit",
        r"^(?:photo|image|picture|credit|source|video|graphic|illustration)s?\b"
        r"|\b(?:getty|reuters|afp|ap) ?(?:images|photo)",
    ),
)
PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in KINDS)
SHORT_WORDS = 12  # beyond that, one telling word in a line no longer tells what the line is


def reason_for(line: str, *, title: str | None, before_story: bool, section: str | None = None) -> str:
    """The kind of furniture that `line` is, "furniture" where nothing tells."""
    if title and near_copy(line, title):
        return "repeats the headline"
    if section and line == section:
        return "section label"
    n_words = len(WORD.findall(line))
    for kind, pattern in PATTERNS:
        long_ones = kind in ("cookie notice", "copyright notice")
        if (n_words <= SHORT_WORDS or long_ones) and pattern.search(line):
            return kind
    if before_story and n_words <= 4:
        return "navigation"
    if not before_story and 5 <= n_words <= 25 and not line.endswith((".", "!", "”", '"')):
        return "related links"
    return "furniture"


def near_copy(line: str, title: str) -> bool:
    """Whether `line` says the headline again, whatever its quotation marks, capitals and last word or two."""
    a, b = WORD.findall(line.lower()), WORD.findall(title.lower())
    if a == b:
        return bool(a)
    if len(b) < 4 or not 0.7 < len(a) / len(b) < 1.4:
        return False
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.85
