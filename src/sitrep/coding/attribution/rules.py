"""What the parse says of a word that is a cue: its source and its content, before anything learned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spacy.tokens import Token

from sitrep.coding.attribution.features import IN_THE_WORDS_OF
from sitrep.coding.attribution.findings import FINITE, Finding, Reading, trim

SUBJECTS: Final = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS: Final = frozenset({"nsubjpass", "csubjpass"})
LONGEST_APPOSITION: Final = 30
LONGEST_SPEAKER: Final = 6  # words before the colon of a transcript: "SENATOR DOE:"
DASHES: Final = frozenset("-–—―")

# Read for a word that the lexicon does not know: whatever complement it has.
ANY_FRAME: Final = frozenset({"clause", "infinitive", "object", "quote"})


def find_at(reading: Reading, i: int) -> Finding:
    """The attribution that the word at `i` makes as a cue; without content where the parse shows none."""
    token = reading.doc[i]
    frames = reading.cues.of(token.lemma_, token.pos_)
    found = _by_part_of_speech(reading, token, frames)
    found.takes_quotation = "quote" in frames or not found.content
    return found


def _by_part_of_speech(reading: Reading, token: Token, frames: frozenset[str]) -> Finding:
    if token.lower_ == "according":
        found = _according_to(token)
        if found is not None:
            return found
    if token.lower_ == "in":
        found = _in_the_words_of(token)
        if found is not None:
            return found
    if token.text == ":":
        return _of_colon(reading, token)
    if token.text in DASHES:
        return _of_dash(reading, token)
    if token.pos_ in ("NOUN", "PROPN"):
        return _of_noun(token, frames or ANY_FRAME)
    found = _of_verb(reading, token, frames or ANY_FRAME)
    if not found.content and frames and "quote" not in frames:
        return _of_verb(reading, token, ANY_FRAME)
    return found


def _of_verb(reading: Reading, verb: Token, frames: frozenset[str]) -> Finding:
    content = _content_of_verb(verb, frames)
    source = source_of(verb)
    cue = _verb_group(verb)
    on = next((c for c in verb.children if c.lower_ in ("on", "upon") and c.i == cue[-1] + 1), None)
    if verb.lemma_ == "call" and on is not None:  # "called on | the mayor to resign"
        cue.append(on.i)
        asked = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and _is_infinitive(c)]
        content = sorted({*content, *(i for c in (on, *asked) for i in _subtree(c) if i != on.i)})
    if verb.lemma_ == "put" and not content:  # "put the number of dead at 18"
        content = sorted({i for c in verb.children if c.dep_ in ("dobj", "prep") for i in _subtree(c)})
    if source is None or source.i in content:
        return Finding(verb.i, [], cue, content)
    phrase = _phrase(source)
    main = next((c for c in source.children if c.dep_ == "acl" and _is_main_verb(c)), None)
    if main is not None and source.i < main.i <= verb.i:
        phrase = trim(verb.doc, [i for i in phrase if i < main.i])
    if not phrase:  # a quotation mark that the parser took for the speaker
        return Finding(verb.i, [], cue, content)
    return Finding(verb.i, _with_apposition(reading, phrase, cue), cue, content)


# What an apposition after the comma may start with: "a historian", "former minister", "who …", "65".
APPOSING: Final = frozenset({"DT", "NN", "NNS", "NNP", "NNPS", "JJ", "WP", "WDT", "CD", "PRP$"})


def _with_apposition(reading: Reading, source: list[int], cue: Sequence[int]) -> list[int]:
    """The source with what stands after it between commas: parsers often hang that elsewhere.

    "X, a historian who was there, recalled": all between the source and the cue. "…, said X, who leads the
    party": up to the end of the sentence, the quotation, or the next comma that does not go on apposing.
    """
    doc, last = reading.doc, source[-1]
    if last + 2 >= len(doc) or doc[last + 1].text != "," or doc[last + 2].tag_ not in APPOSING:
        return source
    stop = cue[0] if cue[0] > last else len(doc)
    end = last + 2
    while end < stop and end - last < LONGEST_APPOSITION and not doc[end].is_sent_start:
        token = doc[end]
        if reading.quoted_in[end] != reading.quoted_in[last] or "\n" in token.text or token.text in ";:":
            break
        if token.text == "," and stop == len(doc) and end + 1 < stop and doc[end + 1].tag_ not in APPOSING:
            break
        end += 1
    if stop < len(doc) and (end < stop or doc[stop - 1].text != ","):
        return source
    return [*source, *trim(doc, range(last + 1, end))] if end > last + 2 else source


# The frame of the lexicon that a complement fills, by its dependency label.
FRAME_OF: Final = {
    "ccomp": "clause",
    "xcomp": "infinitive",
    "dobj": "object",
    "nsubjpass": "object",
    "oprd": "object",
}


def _is_judgement(child: Token) -> bool:
    """ "as barbaric", "of shelling the town", "for the attack"."""
    return child.dep_ == "prep" and child.lower_ in ("as", "of", "for")


def _content_of_verb(verb: Token, frames: frozenset[str]) -> list[int]:
    clauses: list[Token] = []
    objects: list[Token] = []
    for child in verb.children:
        frame = FRAME_OF.get(child.dep_)
        if frame in ("clause", "infinitive") and frame in frames:
            clauses.append(child)
        elif (frame == "object" and frame in frames) or (_is_judgement(child) and frames & {"as", "object"}):
            objects.append(child)
    if verb.dep_ == "parataxis" and "clause" in frames and not clauses:
        around = set(_subtree(verb))
        return [t.i for t in verb.sent if t.i not in around]
    chosen = clauses or objects
    if not clauses and not any(child.dep_ != "prep" or child.lower_ == "as" for child in objects):
        return []
    return sorted({i for child in chosen for i in _subtree(child)})


def _of_colon(reading: Reading, colon: Token) -> Finding:
    """A line of a transcript, "DOE: I never said so.": the rest of the paragraph. Others say nothing."""
    doc = colon.doc
    start = colon.i
    while start > 0 and "\n" not in doc[start - 1].text and colon.i - start <= LONGEST_SPEAKER:
        start -= 1
    speaker = [i for i in range(start, colon.i) if any(c.isalnum() for c in doc[i].text)]
    if not speaker or colon.i - start > LONGEST_SPEAKER or not all(doc[i].text[0].isupper() for i in speaker):
        return Finding(colon.i, [], [colon.i], [])
    end = colon.i + 1
    while end < len(doc) and "\n" not in doc[end].text:
        end += 1
    return Finding(colon.i, speaker, [colon.i], trim(doc, range(colon.i + 1, end)))


def _of_dash(reading: Reading, dash: Token) -> Finding:
    """A quotation signed with a dash, “…” — Jane Doe, Springfield: who stands after it."""
    doc = dash.doc
    quotation = reading.quoted_in[dash.i - 1] if dash.i else None
    end = dash.i + 1
    while end < len(doc) and "\n" not in doc[end].text and doc[end].text != ",":
        end += 1
    if quotation is None or end - dash.i > LONGEST_SPEAKER + 1:
        return Finding(dash.i, [], [dash.i], [])
    return Finding(dash.i, trim(doc, range(dash.i + 1, end)), [dash.i], list(reading.tokens_in[quotation]))


def _of_noun(noun: Token, frames: frozenset[str]) -> Finding:
    """ "a statement by the ministry that …", "her warning that …"."""
    wanted = {"acl", "ccomp", "relcl"} if "clause" in frames else {"acl"}
    content: list[int] = []
    source: Token | None = None
    for child in noun.children:
        if child.dep_ in wanted and child.i > noun.i:
            marks = [c for c in child.children if c.dep_ == "mark" and c.lower_ in ("that", "whether")]
            if (marks and "clause" in frames) or ("infinitive" in frames and _is_infinitive(child)):
                content = _subtree(child)
        elif child.dep_ == "poss":
            source = child
        elif child.dep_ == "prep" and child.lower_ in ("by", "from"):
            source = next((c for c in child.children if c.dep_ == "pobj"), source)
    if not content:
        about = [c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "about", "on", "for")]
        content = sorted(i for c in about for i in _subtree(c) if i != c.i)
    if source is None and noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
        source = source_of(noun.head)
    return Finding(noun.i, _phrase(source) if source is not None else [], [noun.i], content)


def _is_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _according_to(according: Token) -> Finding | None:
    if according.i + 1 >= len(according.doc):
        return None
    to = according.doc[according.i + 1]
    objects = [child for head in (to, according) for child in head.children if child.dep_ == "pobj"]
    source = objects[0] if objects else None
    if source is None:
        return None
    phrase = _phrase(source)
    verb = according.head if according.head.i != to.i else to.head
    aside = {according.i, to.i, *phrase}
    content = [i for i in _subtree(verb) if i not in aside]
    return Finding(according.i, phrase, [according.i, to.i], content)


def _in_the_words_of(preposition: Token) -> Finding | None:
    """ "In the words of one diplomat, …": the rest of the clause."""
    doc, i = preposition.doc, preposition.i
    if tuple(t.lower_ for t in doc[i + 1 : i + 4]) not in IN_THE_WORDS_OF:
        return None
    source = next((child for child in doc[i + 3].children if child.dep_ == "pobj"), None)
    if source is None:
        return None
    cue = [i, i + 1, i + 2, i + 3]
    phrase = _phrase(source)
    aside = {*cue, *phrase}
    return Finding(i, phrase, cue, [k for k in _subtree(preposition.head) if k not in aside])


def source_of(verb: Token, depth: int = 0) -> Token | None:
    """The head of the phrase that does the saying, wanting or judging."""
    passive = any(child.dep_ in ("auxpass", *PASSIVE_SUBJECTS) for child in verb.children)
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
        if child.dep_ in SUBJECTS and not passive and child.lower_ not in ("it", "there"):
            return child
    if passive or depth > 4:
        return None
    head = verb.head
    if verb.dep_ == "pcomp" and head.head.lemma_ in ("quote", "cite"):
        # "was quoted as saying", "quoting the minister as saying": who is quoted, not who quotes.
        quoted = [c for c in head.head.children if c.dep_ in ("nsubjpass", "dobj")]
        return quoted[-1] if quoted else None
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        if verb.tag_ in FINITE and head.tag_ == "VB" and head.dep_ in ("xcomp", "ccomp", "advcl"):
            head = head.head  # "X called on them to go and urged them to hurry": hung on "go"
        return source_of(head, depth + 1)
    if verb.dep_ in ("advcl", "xcomp", "pcomp") and not any(c.dep_ == "mark" for c in verb.children):
        if verb.dep_ == "pcomp":
            head = head.head
        if head.pos_ in ("VERB", "AUX"):
            subject = next((c for c in head.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS), None)
            return subject if subject is not None else source_of(head, depth + 1)
    if verb.dep_ == "acl" and (verb.tag_ == "VBG" or _is_main_verb(verb)):
        return head
    return None


def _is_main_verb(verb: Token) -> bool:
    """A main verb that the parser took for a participle: the sentence has no other one."""
    if verb.head.dep_ != "ROOT" or verb.head.pos_ not in ("NOUN", "PROPN"):
        return False
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and verb.i > 0 and verb.doc[verb.i - 1].text == ",")


def _phrase(head: Token) -> list[int]:
    return trim(head.doc, _subtree(head))


def _subtree(token: Token) -> list[int]:
    # Sorted: the subtree of a crossing arc does not come in the order of the text.
    return sorted(t.i for t in token.subtree)


def _verb_group(verb: Token) -> list[int]:
    """The verb with its auxiliaries, particles and negation, as far as they stand together."""
    parts = {verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "prt"))}
    first, last = verb.i, verb.i
    while first - 1 in parts or (first - 2 in parts and verb.doc[first - 1].dep_ == "advmod"):
        first -= 1 if first - 1 in parts else 2
    while last + 1 in parts:
        last += 1
    return list(range(first, last + 1))
