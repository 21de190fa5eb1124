"""Lines that are furniture by their wording alone, wherever they stand: buttons, counters, headings of lists.

The line model judges by look and place as well, and lets some of them through where the page is a small one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitrep.read.line_features import ENDS_SENTENCE, Line, word_count

LONGEST = 30  # words of "Tags: …" or "Photo: …"; a longer line has a sentence of the story run into it
_LISTS = (
    r"(?:related|recommended|popular|trending|latest|top|further|more)"
    r" (?:articles?|stories|stor(?:y|ies) from .+|topics?|posts?|news|content|links?|reading|headlines"
    r"|coverage)"
    r"|related|recommended(?: for you)?|trending(?: now)?"
    r"|(?:also|more) (?:on|from|in|about)(?: [\w&’']+){1,3}"
    r"|you (?:may|might) (?:also )?(?:like|be interested in|have missed)"
    r"|(?:most|best) (?:read|viewed|popular|shared|commented)(?: today| this week| now)?"
    r"|editors?['’]?s? (?:picks?|choice)"
    r"|read (?:more|next|also|on)|also read|see also|don['’]t miss|up next|what to read next"
    r"|(?:around|from) the web|in case you missed it|explore more"
)
LIST_HEADING = re.compile(rf"^\W*(?:{_LISTS})\W*$", re.IGNORECASE)
LABEL = re.compile(
    r"^\W*(?:"
    r"(?:\d+|one|two|three|four|five)[ -]min(?:ute)?s?[ -]read|reading time\W+\d+ min(?:ute)?s?"
    r"|advertisements?|advertising|sponsored(?: content)?"
    r"|(?:story|article) continues below(?: (?:this )?ad\w*)?"
    r"|share|tweet|retweet|print|e-?mail|pin it"
    r"|facebook|twitter|whatsapp|linkedin|telegram|reddit|instagram"
    r"|(?:share|save|print|e-?mail|listen to|bookmark)(?: on| via| to)?"
    r" (?:this(?: (?:article|story|page|post))?|article|story"
    r"|facebook|twitter|whatsapp|linkedin|telegram|x|e-?mail)"
    r"|copy link|(?:\d[\d,.]*k? )?(?:shares?|comments?|views|likes)|(?:comments?|shares?|views)\W+\d+"
    r"|(?:view|show|hide|read|load|post|see)(?: all| the| more)* comments?(?:\W+\d+)?|post comment"
    r"|leave a (?:reply|comment)|join the (?:conversation|discussion)|comments are (?:now )?closed"
    r"|(?:show|load|view|see|learn|find out) (?:more|less|all)|continue reading|back to top"
    r"|skip to (?:main )?content"
    r"|(?:subscribe|sign up)(?: now| here| today)?(?: (?:to|for) (?:our|the|my) [\w\s’']{1,40})?"
    r"|follow us(?: on \w+)?|(?:download|get) (?:our|the) app"
    r"|cookie (?:settings|policy|preferences)|accept (?:all )?cookies"
    r"|(?:log|sign) in|log in or register|register|my account|close|menu|search"
    r"|\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,4})?"
    r")\W*$",
    re.IGNORECASE,
)
PREFIXED = re.compile(
    r"^\W{0,3}(?:tags?|topics?|keywords?|categor(?:y|ies)|filed (?:under|in)|(?:more|read)(?: (?:on|about))?"
    r"|related(?: (?:stor(?:y|ies)|articles?|news|coverage))?"
    r"|also read|read also|read more|read next|see also|don['’]t miss"
    r"|(?:previous|next)(?: (?:article|story|post))?"
    r"|(?:file )?photo(?:graph)?s?(?: credit)?|images?(?: credit| source)?|picture(?: credit)?"
    r"|caption|watch|listen)"
    r"\s*:\s+\S",
    re.IGNORECASE,
)
# What a site asks of its readers; no report begins a sentence so.
APPEAL = re.compile(
    r"^\W*(?:(?:click|tap|press) (?:here|below)|you(?:['’]re| are) receiving this"
    r"|(?:sign up|subscribe) (?:to|for|now)"
    r"|(?:join|follow) (?:us|our)|unsubscribe|support our (?:work|journalism|reporting)|download our"
    r"|view all posts|don['’]t forget to (?:share|subscribe|follow))\b",
    re.IGNORECASE,
)
RIGHTS_LINE = re.compile(
    r"^\W*(?:©|\(c\)|copyright\b)\W*(?:©|\(c\)|copyright\b)?\W*(?:19|20)\d\d\b|\ball rights reserved\b",
    re.IGNORECASE,
)
QUOTES = tuple("“\"‘'«")


def is_label(text: str) -> bool:
    """Whether a line is a button, counter, heading of links, appeal, line of tags, credit or notice."""
    if LABEL.match(text) or LIST_HEADING.match(text):
        return True
    if word_count(text) > LONGEST or text.startswith(QUOTES):
        return False
    return any(pattern.search(text) for pattern in (PREFIXED, APPEAL, RIGHTS_LINE))


def listed_under_headings(lines: Sequence[Line]) -> list[bool]:
    """Which lines are the links under a heading such as "You may also like".

    The list ends at the first line that ends as a sentence does; a headline may end with a question mark.
    """
    listed, within = [], False
    for line in lines:
        ends = ENDS_SENTENCE.search(line.text) is not None and not line.text.endswith("?")
        within = bool(LIST_HEADING.match(line.text)) or (within and not ends)
        listed.append(within)
    return listed
