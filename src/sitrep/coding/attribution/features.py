"""What the attribution tagger looks at: each word as a possible cue, and each word around a given cue.

Features are strings, as in a conditional random field's template. The same functions make them in training
and in use, so the two cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from spacy.attrs import DEP, ENT_TYPE, HEAD, LEMMA, ORTH, POS, TAG
from spacy.strings import StringStore
from spacy.tokens import Doc

from sitrep.coding.attribution.cues import CueLexicon

# Labels of the tagger, in the order of its weights: other, source, cue, content.
LABELS: Final = ("O", "S", "Q", "C")
OTHER, SOURCE, CUE, CONTENT = range(4)

# Parts of speech that head a cue in the training data; the rest together are under one in a hundred.
DASHES: Final = frozenset("-–—―")
CUE_PARTS: Final = frozenset({"VERB", "AUX", "NOUN", "ADJ", "ADP", "SCONJ", "ADV"})

FINITE: Final = frozenset({"VBD", "VBP", "VBZ", "MD"})

# What somebody puts at a number.
MEASURES: Final = frozenset(
    {"toll", "number", "figure", "count", "total", "cost", "loss", "damage", "strength"}
)

# "In the words of one diplomat, the deal is dead."
IN_THE_WORDS_OF: Final = frozenset(("the", noun, "of") for noun in ("words", "view", "opinion", "eyes"))

CLAUSES: Final = frozenset({"ccomp", "xcomp", "relcl", "advcl", "acl", "parataxis"})
HIGHEST_GOVERNOR: Final = 12  # steps up the parse to a governing verb

LONGEST_PATH: Final = 5  # steps of a dependency path that are told apart
WIDEST_REGION: Final = 260  # words around one cue that are tagged


@dataclass(frozen=True, slots=True)
class Parse:
    """A doc's annotation as plain lists by token: asking spaCy's tokens one by one is much slower."""

    words: list[str]  # lower case
    shapes: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]]
    entities: list[str]
    sentences: list[int]  # number of its sentence, by token
    bounds: list[tuple[int, int]]  # first token and end of each sentence
    quoted_in: Sequence[int | None]
    breaks: list[bool]  # a paragraph ends with this token


def read_parse(doc: Doc, quoted_in: Sequence[int | None]) -> Parse:
    strings = doc.vocab.strings
    rows = doc.to_array([ORTH, LEMMA, POS, TAG, DEP, ENT_TYPE, HEAD])
    orths, *columns, steps = rows.T.tolist() if len(doc) else [[] for _ in range(7)]
    # Each different string is looked up once.
    word_of = {key: strings[key] for key in set(orths)}
    lower_of = {key: _one_line(word.lower()) for key, word in word_of.items()}
    shape_of = {key: _shape(word) for key, word in word_of.items()}
    break_of = {key: "\n" in word for key, word in word_of.items()}
    lemmas, pos, tags, deps, entities = (_named(column, strings) for column in columns)
    # An unsigned array holds a head before its token as 2 ** 64 less the distance.
    heads = [i + (step if step < 1 << 63 else step - (1 << 64)) for i, step in enumerate(steps)]
    children: list[list[int]] = [[] for _ in doc]
    for i, head in enumerate(heads):
        if head != i:
            children[head].append(i)
    bounds = [(sentence.start, sentence.end) for sentence in doc.sents]
    return Parse(
        words=[lower_of[key] for key in orths],
        shapes=[shape_of[key] for key in orths],
        lemmas=[_one_line(lemma.lower()) for lemma in lemmas],
        pos=pos,
        tags=tags,
        deps=deps,
        heads=heads,
        children=children,
        entities=entities,
        sentences=[n for n, (start, end) in enumerate(bounds) for _ in range(start, end)],
        bounds=bounds,
        quoted_in=quoted_in,
        breaks=[break_of[key] for key in orths],
    )


def _named(column: Sequence[int], strings: StringStore) -> list[str]:
    names = {key: strings[key] for key in set(column)}
    return [names[key] for key in column]


def _one_line(word: str) -> str:
    return word.replace("\n", " ")  # names of features are kept one a line


def _shape(word: str) -> str:
    if word[:1].isupper():
        return "A" if word.isupper() else "Aa"
    return "9" if word[:1].isdigit() else "a" if word[:1].isalpha() else "."


def word_names(parse: Parse) -> list[str]:
    """Lemma and part of speech of each token, as the list of words that never head a cue has them."""
    return [f"{lemma}|{pos}" for lemma, pos in zip(parse.lemmas, parse.pos, strict=True)]


def is_candidate(parse: Parse, i: int) -> bool:
    """Whether a word may head a cue at all."""
    if parse.words[i] == ":":
        return True
    if parse.words[i] in DASHES:
        return i > 0 and parse.quoted_in[i - 1] is not None and parse.quoted_in[i] is None
    return parse.pos[i] in CUE_PARTS and parse.deps[i] not in ("aux", "auxpass") and parse.shapes[i] != "."


def is_sure(parse: Parse, cues: CueLexicon, i: int) -> bool:
    """Whether a word is a cue whatever its weights say.

    The training articles are of one country and one year; these hold anywhere: "according to", a verb of
    saying with "that …", "quoted as saying", and a noun with both its source and "that …".
    """
    if parse.words[i] == "according":
        return i + 1 < len(parse.words) and parse.words[i + 1] == "to"
    if parse.words[i] == "in":
        return tuple(parse.words[i + 1 : i + 4]) in IN_THE_WORDS_OF
    below = parse.children[i]
    labels = {parse.deps[c] for c in below}
    clauses = [c for c in below if parse.deps[c] in ("ccomp", "acl")]
    marks = {parse.words[k] for c in clauses for k in parse.children[c] if parse.deps[k] == "mark"}
    that = "that" in marks
    frames = cues.of(parse.lemmas[i], parse.pos[i])
    if parse.pos[i] == "VERB":
        if is_quoted_as(parse, i) or _calls_on(parse, i) or _puts_at(parse, i):
            return True
        finite = that or any(_is_finite(parse, c) for c in clauses)
        said = finite and frames >= {"clause", "quote"} and "neg" not in labels
        return said and ("nsubj" in labels or "nsubjpass" in labels)
    by = any(parse.deps[c] == "poss" or parse.words[c] == "by" for c in below)
    return parse.pos[i] == "NOUN" and that and by and "clause" in frames


def _is_finite(parse: Parse, i: int) -> bool:
    """Whether the verb of a clause has a subject and a tense of its own."""
    below = parse.children[i]
    return any(parse.deps[c] in ("nsubj", "nsubjpass") for c in below) and any(
        parse.tags[c] in FINITE for c in (i, *below)
    )


def _calls_on(parse: Parse, i: int) -> bool:
    """Whether a word is the "called" of "called on the mayor to resign"."""
    if parse.lemmas[i] != "call" or parse.pos[i] != "VERB":
        return False
    below = parse.children[i]
    on = any(parse.words[c] in ("on", "upon", "for") and parse.deps[c] in ("prep", "prt") for c in below)
    told = any(
        parse.deps[c] in ("xcomp", "ccomp", "advcl")
        and any(parse.words[k] == "to" and parse.deps[k] == "aux" for k in parse.children[c])
        for c in below
    )
    # The parser hangs it as a participle on a long subject: "X, the mayor, called on …".
    misread = parse.deps[i] == "acl" and parse.deps[parse.heads[i]] == "ROOT" and parse.words[i - 1] == ","
    return (
        on and told and (misread or parse.tags[i] in FINITE or any(parse.deps[c] == "nsubj" for c in below))
    )


def asks(parse: Parse, cues: CueLexicon, i: int) -> bool:
    """Whether a word is the "urged" of "the mayor urged them to stay", also where somebody else tells it.

    The training articles seldom mark what is asked in somebody else's words.
    """
    if not cues.of(parse.lemmas[i], parse.pos[i]) >= {"infinitive", "listener"} or parse.pos[i] != "VERB":
        return False
    below = parse.children[i]
    to_do = any(
        parse.deps[c] in ("xcomp", "ccomp", "advcl")
        and any(parse.words[k] == "to" for k in parse.children[c])
        for c in below
    )
    finite = parse.tags[i] in FINITE | {"VBN"}
    # "promised an inquiry and asked the families to wait": the subject is that of the verb it is joined to.
    whose = [*below, *(parse.children[parse.heads[i]] if parse.deps[i] == "conj" else ())]
    return to_do and finite and any(parse.deps[c] == "nsubj" for c in whose)


def _puts_at(parse: Parse, i: int) -> bool:
    """Whether a word is the "put" of "put the number of dead at 18"."""
    if parse.lemmas[i] != "put":
        return False
    measured = any(parse.deps[c] == "dobj" and parse.lemmas[c] in MEASURES for c in parse.children[i])
    end = parse.bounds[parse.sentences[i]][1]
    return measured and any(
        parse.words[k] == "at" and any(parse.tags[j] == "CD" for j in range(k + 1, min(k + 4, end)))
        for k in range(i + 1, end - 1)
    )


def is_quoted_as(parse: Parse, i: int) -> bool:
    """Whether a word is the "saying" of "quoted as saying"."""
    head = parse.heads[i]
    return (
        parse.deps[i] == "pcomp"
        and parse.words[head] == "as"
        and parse.lemmas[parse.heads[head]] in ("quote", "cite")
    )


# -------------------------------------------------------------- word as cue


def cue_features(parse: Parse, cues: CueLexicon, i: int) -> list[str]:
    """Features of token `i` as the head of a cue."""
    lemma, pos, dep, head = parse.lemmas[i], parse.pos[i], parse.deps[i], parse.heads[i]
    size = len(parse.words)
    before = parse.words[i - 1] if i else ""
    after = parse.words[i + 1] if i + 1 < size else ""
    below = parse.children[i]
    frames = cues.of(lemma, pos)
    labels = sorted({parse.deps[c] for c in below})
    found = [
        "b",
        f"l={lemma}",
        f"lp={lemma}|{pos}",
        f"p={pos}",
        f"t={parse.tags[i]}",
        f"d={dep}",
        f"pd={pos}|{dep}",
        f"ld={lemma}|{dep}",
        f"hl={parse.lemmas[head]}",
        f"hld={parse.lemmas[head]}|{dep}",
        f"hp={parse.pos[head]}|{dep}|{pos}",
        f"w-={before}",
        f"w+={after}",
        f"lw-={before}|{lemma}",
        f"lw+={lemma}|{after}",
        f"p+={parse.pos[i + 1] if i + 1 < size else ''}|{pos}",
        f"p-={parse.pos[i - 1] if i else ''}|{pos}",
        f"w++={parse.words[i + 2] if i + 2 < size else ''}|{pos}",
        f"f={'+'.join(sorted(frames))}",
        f"ds={'+'.join(labels)}|{pos}",
        f"sure={is_sure(parse, cues, i)}|{pos}",
    ]
    found.extend(f"f1={frame}|{dep}" for frame in sorted(frames))
    for label in labels:
        found.append(f"c={label}|{pos}")
        found.append(f"lc={lemma}|{label}")
        found.extend(f"fc={frame}|{label}" for frame in sorted(frames))
    subject = None
    for c in below:
        label = parse.deps[c]
        if label in ("nsubj", "nsubjpass"):
            subject = c
        elif label in ("dobj", "attr", "oprd", "acomp"):
            found.append(f"o={parse.lemmas[c]}|{lemma}")
            found.append(f"op={parse.pos[c]}|{parse.entities[c]}|{label}|{pos}")
            found.append(f"ol={parse.lemmas[c]}|{label}")
        elif label in ("prep", "mark", "prt", "neg", "aux", "poss", "agent"):
            found.append(f"x={label}|{parse.words[c]}|{pos}")
            found.append(f"lx={lemma}|{parse.words[c]}")
        elif label in ("ccomp", "xcomp", "acl", "advcl"):
            marks = "+".join(parse.words[k] for k in parse.children[c] if parse.deps[k] in ("mark", "aux"))
            found.append(f"m={label}|{marks}|{pos}")
            found.append(f"ct={label}|{parse.tags[c]}|{pos}")
    if subject is None and pos in ("VERB", "AUX"):
        found.append(f"nosubj|{dep}|{parse.tags[i]}")
        up = [c for c in parse.children[head] if parse.deps[c] in ("nsubj", "nsubjpass")]
        if up and dep in ("conj", "xcomp", "advcl", "acl", "ccomp"):
            found.extend(_subject_features(parse, up[0], "hs"))
    elif subject is not None:
        found.extend(_subject_features(parse, subject, "s"))
        found.append(f"sl={parse.lemmas[subject]}|{lemma}")
        found.append(f"sf={'+'.join(sorted(frames))}|{_animacy(parse, subject)}")
    if pos not in ("VERB", "NOUN"):
        previous = i - 1 if i and not parse.breaks[i - 1] else None
        found.append(f"pb={previous is None}|{pos}|{parse.words[i]}")
        shapes = parse.shapes[i - 2] if i > 1 else "", parse.shapes[i - 1] if i else ""
        found.append(f"ps={shapes[0]}|{shapes[1]}|{parse.words[i]}")
        line = next((i - k for k in range(i - 1, max(-1, i - 8), -1) if parse.breaks[k]), 9)
        found.append(f"line={line}|{parse.words[i]}")
    found.extend(_quotation_features(parse, i))
    governor = _governor(parse, cues, i)
    found.append(f"gov={governor}|{pos}")
    found.append(f"govl={governor}|{lemma}")
    return list(dict.fromkeys(found))


def _governor(parse: Parse, cues: CueLexicon, i: int) -> str:
    """The nearest word of the lexicon in whose clause the word stands: is it told inside a telling?"""
    found, at = "none", i
    for step in range(1, HIGHEST_GOVERNOR):
        label, head = parse.deps[at], parse.heads[at]
        if head == at:
            break
        if label in CLAUSES:
            frames = cues.of(parse.lemmas[head], parse.pos[head])
            if frames:
                side = "<" if head < i else ">"
                return f"{label}|{'quote' in frames}|{min(step, 3)}|{side}"
            found = label
        at = head
    return found


def _subject_features(parse: Parse, subject: int, name: str) -> list[str]:
    return [
        f"{name}={parse.lemmas[subject]}",
        f"{name}p={parse.tags[subject]}|{parse.entities[subject]}",
        f"{name}d={parse.deps[subject]}|{_animacy(parse, subject)}",
    ]


def _animacy(parse: Parse, i: int) -> str:
    if parse.pos[i] == "PRON":
        return parse.words[i]
    return parse.entities[i] or parse.pos[i]


def _quotation_features(parse: Parse, i: int) -> list[str]:
    """Whether the word stands in a quotation, and how far the nearest one in its sentence is."""
    quoted = parse.quoted_in
    start, end = parse.bounds[parse.sentences[i]]
    inside = quoted[i]
    backwards = range(i - 1, max(start, i - 12) - 1, -1)
    left = next((k for k in backwards if quoted[k] not in (None, inside)), None)
    right = next((k for k in range(i + 1, min(end, i + 12)) if quoted[k] not in (None, inside)), None)
    found = [f"q={inside is not None}"]
    frame = parse.pos[i]
    if left is not None:
        found.append(f"ql={min(i - left, 6)}|{frame}")
    if right is not None:
        found.append(f"qr={min(right - i, 6)}|{frame}")
    if left is None and right is None:
        found.append(f"q0|{frame}")
    ending = range(end - 1, start, -1)
    last = next((parse.words[k] for k in ending if parse.shapes[k] != "." or parse.words[k] == ":"), "")
    if last == ":":
        found.append(f"colon|{frame}|{end - i < 6}")
    before = start - 1
    if inside is None and before >= 0 and quoted[before] is not None and i - start < 8:
        found.append(f"qb|{frame}")
    return found


# ------------------------------------------------------- words around a cue


def region_of(parse: Parse, i: int, extra: Sequence[int]) -> list[int]:
    """The tokens that are tagged for the cue at `i`: its sentence, and what speaks on around it.

    That is the sentences of the rules' findings (`extra`), and sentences in the same paragraph that a
    quotation ties to it.
    """
    n = parse.sentences[i]
    chosen = {n, *(parse.sentences[k] for k in extra)}
    first, last = min(chosen), max(chosen)
    if parse.quoted_in[i] is None:
        # “One. Two,” she said. “Three.”
        while first > 0 and _ties(parse, first - 1, first):
            first -= 1
        while last + 1 < len(parse.bounds) and _ties(parse, last, last + 1):
            last += 1
    start, end = parse.bounds[first][0], parse.bounds[last][1]
    if end - start > WIDEST_REGION:
        start = max(start, min(i - WIDEST_REGION // 2, end - WIDEST_REGION))
        end = min(end, start + WIDEST_REGION)
    return [k for k in range(start, end) if not parse.words[k].isspace()]


def _ties(parse: Parse, one: int, two: int) -> bool:
    """Whether a quotation runs over the border of two sentences, or starts right after the first one ends."""
    end = parse.bounds[one][1]
    begin = parse.bounds[two][0]
    last = end - 1
    while last > parse.bounds[one][0] and parse.words[last].isspace():
        if parse.breaks[last]:
            return False
        last -= 1
    return parse.quoted_in[begin] is not None and (
        parse.quoted_in[begin] == parse.quoted_in[last] or parse.shapes[last] == "."
    )


def tag_features(
    parse: Parse,
    cues: CueLexicon,
    i: int,
    region: Sequence[int],
    ruled: dict[int, int],
    strengths: str,
) -> list[list[str]]:
    """Features of each token of `region` for the cue at `i`; `ruled` is the rules' label by token."""
    paths = _paths(parse, i)
    lemma, pos = parse.lemmas[i], parse.pos[i]
    frame = "+".join(sorted(cues.of(lemma, pos))) or pos
    dep = parse.deps[i]
    own = parse.quoted_in[i]
    sentence = parse.sentences[i]
    rows: list[list[str]] = []
    labels = [ruled.get(k, OTHER) for k in region]
    has_source, has_content = SOURCE in labels, CONTENT in labels
    state = f"{has_source:d}{has_content:d}"
    size = len(region)
    stretch, finite = _stretches(parse, region)
    own_stretch = stretch[region.index(i)] if i in region else -1
    since = _since_source(parse, region, labels)
    for n, k in enumerate(region):
        label = labels[n]
        previous = labels[n - 1] if n else 9
        following = labels[n + 1] if n + 1 < size else 9
        word, tag = parse.words[k], parse.tags[k]
        path, branch = paths.get(k, ("X", "X"))
        side = "=" if k == i else "<" if k < i else ">"
        distance = abs(k - i)
        near = side + str(distance if distance < 4 else 4 if distance < 7 else 7 if distance < 15 else 15)
        quoted = parse.quoted_in[k]
        quote = "-" if quoted is None else "o" if quoted == own else "q"
        w_before = parse.words[region[n - 1]] if n else ""
        w_after = parse.words[region[n + 1]] if n + 1 < size else ""
        t_before = parse.tags[region[n - 1]] if n else ""
        t_after = parse.tags[region[n + 1]] if n + 1 < size else ""
        p_before = paths.get(region[n - 1], ("X", "X"))[1] if n else ""
        p_after = paths.get(region[n + 1], ("X", "X"))[1] if n + 1 < size else ""
        q_before, q_after = _quote_at(parse, region, n - 1, own), _quote_at(parse, region, n + 1, own)
        same = parse.sentences[k] - sentence
        here = f"{label}{side}"
        rows.append(
            [
                "b",
                f"r={label}",
                f"r3={previous}{label}{following}",
                f"rs={label}|{state}|{quote}",
                f"rq={label}|{quote}|{side}|{same if -2 < same < 2 else 2}",
                f"rst={label}|{strengths}",
                f"rf={label}|{frame}",
                f"rb={label}|{branch}",
                f"rt={previous}{label}{following}|{tag}",
                f"rw={previous}{label}{following}|{word}",
                f"br={branch}",
                f"bs={branch}|{side}|{state}",
                f"bf={branch}|{frame}",
                f"bl={branch}|{lemma}",
                f"b3={p_before}|{branch}|{p_after}",
                f"pa={path}",
                f"pf={path}|{pos}|{dep}",
                f"n={near}",
                f"nt={near}|{tag}",
                f"nw={near}|{word}",
                f"w={word}",
                f"wb={here}|{word}|{w_before}",
                f"wa={here}|{word}|{w_after}",
                f"t3={t_before}|{tag}|{t_after}",
                f"qs={quote}|{side}|{dep}",
                f"qw={quote}|{word}|{branch}",
                f"q3={quote}|{q_before}|{q_after}|{side}",
                f"st={stretch[n] == own_stretch}|{finite[n]}|{side}|{quote}",
                f"sp={stretch[n] == own_stretch}|{finite[n]}|{side}|{tag}",
                f"so={since[n]}|{side}|{state}",
                f"sw={since[n]}|{side}|{word}",
                f"sr={since[n]}|{label}|{tag}",
                f"e={parse.entities[k]}|{branch}",
                f"d={parse.deps[k]}|{branch}|{side}",
            ]
        )
    return rows


def _stretches(parse: Parse, region: Sequence[int]) -> tuple[list[int], list[int]]:
    """By token: the number of its stretch between quotation marks, and its finite verbs (up to 3)."""
    numbers: list[int] = []
    verbs: list[int] = []
    last: int | None = -1
    for k in region:
        if parse.quoted_in[k] != last:
            last = parse.quoted_in[k]
            verbs.append(0)
        numbers.append(len(verbs) - 1)
        verbs[-1] += parse.tags[k] in FINITE
    return numbers, [min(3, verbs[n]) for n in numbers]


def _since_source(parse: Parse, region: Sequence[int], labels: Sequence[int]) -> list[str]:
    """By token: how it stands to the rules' source: in it, before it, or commas and verbs after it."""
    found: list[str] = []
    commas, verbs, state = 0, 0, "b"
    for n, k in enumerate(region):
        if labels[n] == SOURCE:
            commas, verbs, state = 0, 0, "a"
            found.append("i")
            continue
        if labels[n] == CONTENT or parse.quoted_in[k] is not None:
            state = "x" if state == "a" else state
        commas += parse.words[k] == ","
        verbs += parse.tags[k] in FINITE
        found.append(f"{state}{min(commas, 3)}{min(verbs, 2)}" if state == "a" else state)
    return found


def _quote_at(parse: Parse, region: Sequence[int], n: int, own: int | None) -> str:
    if not 0 <= n < len(region):
        return "."
    quoted = parse.quoted_in[region[n]]
    return "-" if quoted is None else "o" if quoted == own else "q"


def _paths(parse: Parse, cue: int) -> dict[int, tuple[str, str]]:
    """From the cue to each token of its sentence: the whole dependency path, and the branch it starts with.

    The branch is the steps up and the first step down: all words of the clause that the cue takes share it.
    """
    start, end = parse.bounds[parse.sentences[cue]]
    found: dict[int, tuple[str, str]] = {cue: ("", "")}
    up, at = "", cue
    steps = 0
    while parse.heads[at] != at and start <= parse.heads[at] < end:
        up = up + "^" + parse.deps[at] if steps < 3 else up
        at = parse.heads[at]
        steps += 1
        found[at] = (up, up)
    waiting = list(found)
    depth = dict.fromkeys(found, 0)
    while waiting:
        top = waiting.pop()
        path, branch = found[top]
        for child in parse.children[top]:
            if child in found or not start <= child < end:
                continue
            depth[child] = depth[top] + 1
            label = parse.deps[child]
            if depth[child] == 1:
                marked = ""
                if label in ("prep", "mark", "agent", "advmod"):
                    marked = ":" + parse.words[child]
                elif label in ("ccomp", "xcomp", "acl", "advcl"):
                    marked = ":" + parse.tags[child]
                branch_of = f"{path}!{label}{marked}"
            else:
                branch_of = branch
            longer = f"{path}!{label}" if depth[child] <= LONGEST_PATH - 2 else path
            found[child] = (longer, branch_of)
            waiting.append(child)
    return found
