"""How many were killed, injured or in the crowd, from the words around an event.

A count belongs to an event that its own verb names, or to one in the same sentence that grammar links it to
("the shelling killed 12", "opened fire, killing 12", "12 were killed in the raid"). Where its own sentence
tells of none, it belongs to the event that it takes up by a noun ("14 died in the attack"), else to the last
violent event of the sentence before it.

Where two sources count the same people, the range holds both accounts: 12 to 15 for the mayor's 12 and the
hospital's 15, and also where the one said "at least 12" and the other 15. Of several counts by one voice the
first stands, since a report leads with its total, unless a later one says that the toll rose. A toll of
several places together is a range from nought for each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from spacy.tokens import Doc, Token

from sitrep.coding.annotations import span_of, tokens_at
from sitrep.coding.merge.anaphora import happening_at, is_anaphor, taken_up
from sitrep.coding.merge.quantities import SCALES, Range, read_range
from sitrep.coding.status.negation import is_negated
from sitrep.coding.status.operators import Operators
from sitrep.coding.status.reading import read_status
from sitrep.coding.status.voices import whose_word
from sitrep.records import Event, Span, Toll

Kind = Literal["killed", "injured", "crowd"]

# Verbs whose object (subject, in the passive) is the victim, and those whose subject is.
_HARM: Final[dict[str, Kind]] = {
    "kill": "killed", "slay": "killed", "murder": "killed", "assassinate": "killed", "massacre": "killed",
    "behead": "killed", "execute": "killed", "slaughter": "killed",
    "injure": "injured", "wound": "injured", "hurt": "injured", "maim": "injured",
}  # fmt: skip
_DIE: Final = frozenset({"die", "perish"})
_NOUNS: Final[dict[str, tuple[Kind, ...]]] = {
    "death": ("killed",),
    "fatality": ("killed",),
    "injury": ("injured",),
    "casualty": ("killed", "injured"),
}
_STATES: Final[dict[str, Kind]] = {
    "dead": "killed",
    "wounded": "injured",
    "injured": "injured",
    "hurt": "injured",
}
_LIVES: Final = frozenset({"claim", "take", "lose", "cost"})
_TOLL_MOVES: Final = frozenset(
    {"rise", "stand", "climb", "reach", "hit", "grow", "increase", "pass", "exceed", "be"}
)
_SPARED: Final = frozenset({"himself", "herself", "themselves", "itself"})
# Nouns of one thing that are several people, or no person: "killed a family" is not one.
_NOT_ONE: Final = frozenset(
    {
        "family", "group", "unit", "patrol", "crowd", "team", "police", "army", "militia", "gang", "couple",
        "battalion", "brigade", "crew", "number", "people", "bill", "plan", "deal", "proposal", "project",
        "horse", "cow", "dog", "animal", "livestock", "cattle", "squad", "column", "convoy", "village",
        "town", "population", "generation", "hope", "hopes", "chance", "idea", "talk", "process", "pair",
        "staff", "rest", "party",
    }
)  # fmt: skip
# Of several phrases that count by different voices, these may count the same people as any other does.
_ANY_PEOPLE: Final = frozenset(
    {"people", "person", "dead", "death", "fatality", "victim", "casualty", "injury", "wounded", "injured"}
)
_RISES: Final = frozenset({"rise", "climb", "grow", "increase", "reach", "hit", "pass", "exceed", "go"})
# How a crowd is counted apart from the verb that tells what it did.
_TAKE_PART: Final = frozenset({"attend", "participate", "join", "gather", "assemble", "take", "turn"})
_DRAWS: Final = frozenset({"draw", "attract", "gather"})
_ESTIMATE: Final = frozenset({"put", "estimate", "place"})
_VIOLENT: Final = frozenset({"ASSAULT", "PROTEST", "COERCE"})
_LINKS: Final = frozenset(
    {
        "advcl", "conj", "xcomp", "relcl", "acl", "ccomp", "pcomp", "prep", "pobj", "agent", "dep", "nsubj",
        "nsubjpass", "dobj", "oprd", "acomp", "attr", "nummod", "compound", "amod",
    }
)  # fmt: skip
_GATHERING: Final = frozenset({"by", "of", "with", "from"})
_OTHER_NUMBERS: Final = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})
_CLIMB: Final = 12
_LONG: Final = 31  # days: the dead of a year are not those of the attack told before


@dataclass(frozen=True, slots=True)
class _Count:
    """One count as the text gives it; `anchor` is the word that says what happened to those counted."""

    kind: Kind
    anchor: Token
    toll: Toll


def set_tolls(doc: Doc, events: Sequence[Event], operators: Operators) -> tuple[Event, ...]:
    """`events` with what `doc` says of their dead, injured and crowds. Without a parse, as they are."""
    if not events or not doc.has_annotation("DEP"):
        return tuple(events)
    triggers = [_trigger(doc, event) for event in events]
    named: dict[int, list[int]] = {}  # by token, the events whose trigger it is in
    for index, trigger in enumerate(triggers):
        for token in trigger:
            named.setdefault(token.i, []).append(index)
    found: list[dict[Kind, list[Toll]]] = [{} for _ in events]
    for index, event in enumerate(events):
        if event.type == "PROTEST":
            crowd = _crowd(doc, triggers[index])
            if crowd is not None:
                found[index]["crowd"] = [crowd]
    told: dict[int, list[int]] = {}  # by the start of a sentence, whose tolls it tells on
    for count in (*_counts(doc, operators), *_crowds(doc)):
        owners = _owners(doc, count, events, triggers, named, told)
        told.setdefault(count.anchor.sent.start, []).extend(owners)
        for index in owners:
            found[index].setdefault(count.kind, []).append(count.toll)
    wordings = Counter(event.trigger for event in events)
    return tuple(
        replace(
            event,
            killed=_in_all(doc, kinds.get("killed", ()), event.killed, wordings[event.trigger]),
            injured=_in_all(doc, kinds.get("injured", ()), event.injured, wordings[event.trigger]),
            crowd=_in_all(doc, kinds.get("crowd", ()), event.crowd, wordings[event.trigger]),
        )
        for event, kinds in zip(events, found, strict=True)
    )


def _in_all(doc: Doc, tolls: Iterable[Toll], known: Toll | None, places: int) -> Toll | None:
    """Several counts of one kind as one, for an event that one wording tells of as many `places`."""
    total = None
    for toll in tolls:
        if total is None:
            total = toll
        elif (both := in_two_accounts(doc, total, toll)) is not None:
            total = both
        elif _is_revised(doc, toll):
            total = toll
    if total is None or places == 1:
        return total if total is not None else known
    return replace(total, low=0)


def in_two_accounts(doc: Doc, one: Toll, other: Toll) -> Toll | None:
    """Two sources' counts of the same people as one range; None where they are not two accounts of them.

    What one of them leaves open is closed by the other, if that is greater ("at least 12" and 15: 12 to 15).
    """
    voices, others = ({_voice(doc, span) for span in toll.spans} for toll in (one, other))
    if voices & others or not _count_alike(doc, one, other):
        return None
    if any(len(toll.spans) > 1 and len(heard) == 1 for toll, heard in ((one, voices), (other, others))):
        return None  # a sum of several kinds of people, "two guards and a priest", is an account of its own
    high = max((toll.high for toll in (one, other) if toll.high is not None), default=None)
    if high is not None and high < max(one.low, other.low):
        high = None  # 15 and "more than 20"
    return Toll(min(one.low, other.low), high, tuple(sorted({*one.spans, *other.spans})))


def _voice(doc: Doc, span: Span) -> tuple[str, ...]:
    """Who counts: whose word the phrase stands on, or who "put the toll at" it."""
    for above in tokens_at(doc, span)[-1].ancestors:
        if above.lemma_.lower() in _ESTIMATE and (subjects := _subjects(above)):
            return (*whose_word(doc, span), subjects[0].lower_)
    return whose_word(doc, span)


def _count_alike(doc: Doc, one: Toll, other: Toll) -> bool:
    """Whether two phrases may count the same people: not "30 people" and "26 rebels", nor "five others"."""
    heads = [tokens_at(doc, toll.spans[-1])[-1] for toll in (one, other)]
    if any(
        token.lower_ in ("another", "other", "others", "more")
        for toll in (one, other)
        for span in toll.spans
        for token in tokens_at(doc, span)
    ):
        return False
    words = {head.lemma_.lower() for head in heads if head.pos_ != "NUM"}
    if len(words) < 2 or words <= _ANY_PEOPLE:
        return True
    # "nine passengers", and then "14 people": those counted first may be among the others
    return heads[1].lemma_.lower() in _ANY_PEOPLE and other.low > one.low


def _is_revised(doc: Doc, toll: Toll) -> bool:
    """Whether a count says what a toll rose to: "the death toll has climbed to 15"."""
    token = tokens_at(doc, toll.spans[-1])[-1]
    return any(
        above.lemma_.lower() in _RISES and any(child.lemma_.lower() == "toll" for child in above.children)
        for above in token.ancestors
    )


def add_up(tolls: Iterable[Toll]) -> Toll | None:
    """Counts of different people as one; open where one is open. None without any."""
    tolls = list(tolls)
    if not tolls:
        return None
    highs = [toll.high for toll in tolls]
    spans = tuple(sorted({span for toll in tolls for span in toll.spans}))
    high = None if any(high is None for high in highs) else sum(high for high in highs if high is not None)
    return Toll(sum(toll.low for toll in tolls), high, spans)


def _trigger(doc: Doc, event: Event) -> list[Token]:
    return [token for span in event.trigger for token in tokens_at(doc, span)]


# ----------------------------------------------------------------------------------- counts in the text


def _counts(doc: Doc, operators: Operators) -> Iterator[_Count]:
    for token in doc:
        for kind, people in _people_at(token):
            toll = _count_of(people)
            if toll is None:
                continue
            done = read_status(doc, [token.i], operators) == "happened" and not is_negated(token)
            if done or toll.high == 0:  # not "could kill thousands", "did not kill two men"
                yield _Count(kind, token, toll)


def _people_at(token: Token) -> Iterator[tuple[Kind, Token]]:
    """Who was harmed, by what a word says: the head of the phrase that counts them, with the kind of harm."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("VERB", "AUX") or token.tag_ == "VBN":
        if lemma in _HARM:
            people = _victims(token)
            if people is not None:
                yield _HARM[lemma], people
        elif lemma in _DIE:
            people = next((child for child in token.children if child.dep_ == "nsubj"), None)
            if people is not None:
                yield "killed", people
        elif lemma == "shoot" and any(child.lower_ == "dead" for child in token.children):
            people = _victims(token)
            if people is not None:
                yield "killed", people
        elif lemma in _LIVES:
            for child in token.children:
                if child.dep_ == "dobj" and child.lemma_.lower() == "life":
                    inner = [part for prep in child.children if prep.lower_ == "of" for part in prep.children]
                    yield "killed", inner[0] if inner else child
    if token.lower_ in _STATES and (
        token.dep_ in ("oprd", "acomp", "ccomp", "dobj", "attr", "conj", "amod", "advcl")
    ):
        yield from _left(token)
    if token.pos_ == "NOUN" and lemma in _NOUNS:
        for kind in _NOUNS[lemma]:
            count = _count_of(token)
            if count is not None and (lemma != "casualty" or count.high == 0):
                yield kind, token
    if lemma == "toll" and _counts_deaths(token):
        number = _of_toll(token)
        if number is not None:
            yield "killed", number


def _counts_deaths(toll: Token) -> bool:
    """Whether a toll is of the dead: "the death toll", or just "the toll"."""
    named = {child.lower_ for child in toll.children if child.dep_ in ("compound", "amod", "nmod")}
    return "death" in named or (not named and any(child.lower_ == "the" for child in toll.children))


def _victims(verb: Token) -> Token | None:
    children = list(verb.children)
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in children)
    for child in children:
        if child.dep_ == "nsubjpass" or (child.dep_ == "dobj" and not passive):
            return child
    if verb.tag_ == "VBN":
        if verb.dep_ == "acl":  # "12 people killed in the raid"
            return verb.head
        subject = next((child for child in children if child.dep_ == "nsubj"), None)
        has = any(child.dep_ == "aux" and child.lemma_.lower() == "have" for child in children)
        if subject is not None and not has:  # "12 were killed and 30 wounded"
            return subject
        over = next(
            (
                part
                for child in children
                if child.dep_ == "prep" and child.i < verb.i
                for part in child.children
            ),
            None,
        )
        if (
            over is not None and verb.dep_ == "conj" and over.pos_ in ("NUM", "NOUN")
        ):  # "and over a thousand wounded"
            return over
    return None


def _left(state: Token) -> Iterator[tuple[Kind, Token]]:
    """ "left 12 dead and dozens wounded": the numbers before a state, below the verb "leave"."""
    verb, steps = state, 0
    while verb.dep_ != "ROOT" and verb.lemma_.lower() != "leave" and steps < _CLIMB and verb.head.i != verb.i:
        verb, steps = verb.head, steps + 1
    if verb.lemma_.lower() != "leave":
        return
    kind = _STATES[state.lower_]
    if state.pos_ == "VERB" and state.lemma_.lower() in _HARM:
        return  # read as a verb with its own victims
    counted = next(
        (child for child in state.children if child.dep_ in ("nsubj", "nsubjpass", "nummod")), None
    )
    if counted is None and state.dep_ in ("oprd", "acomp"):
        counted = next(
            (child for child in state.head.children if child.dep_ == "dobj" and child.i < state.i), None
        )
    if counted is None and state.dep_ == "amod":
        counted = state.head
    if counted is not None:
        yield kind, counted


def _of_toll(noun: Token) -> Token | None:
    """The number of "a death toll of 45", "the death toll rose to 45"."""
    places = [noun]
    if noun.dep_ == "nsubj" and noun.head.lemma_.lower() in _TOLL_MOVES:
        places.append(noun.head)
        direct = next(
            (c for c in noun.head.children if c.dep_ in ("dobj", "attr") and _count_of(c) is not None), None
        )
        if direct is not None:
            return direct
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in ("put", "raise", "revise", "bring", "lower"):
        places.append(noun.head)  # "put the death toll at 45"
    for place in places:
        for child in place.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "to", "at"):
                for part in child.children:
                    if part.dep_ == "pobj" and _count_of(part) is not None:
                        return part
    return None


# ----------------------------------------------------------------------------------- one phrase


def _count_of(head: Token) -> Toll | None:
    """How many people a phrase is, its coordinated parts added up; None where it does not say."""
    parts = [
        head,
        *(
            part
            for part in head.conjuncts
            if part.i > head.i and part.pos_ in ("NOUN", "PROPN", "NUM", "PRON")
        ),
    ]
    counts = [(part, _single(part)) for part in parts if part.lower_ not in _SPARED]
    known = [count for _, count in counts if count is not None]
    if not known:
        return None
    total = add_up(known)
    if total is not None and len(known) < len(counts):
        return replace(total, high=None)  # "two guards and civilians": somebody is not counted
    return total


def _single(head: Token) -> Toll | None:
    """The count of one phrase without what is coordinated with it."""
    tokens = _phrase(head)
    doc = head.doc
    start, end = span_of(doc[tokens[0].i : tokens[-1].i + 1])
    dated = [token for token in tokens if token.ent_type_ in _OTHER_NUMBERS]
    if dated and head not in dated:  # "the 1999 shooting death"
        tokens = [token for token in tokens if token not in dated]
    found: Range | None = read_range(" ".join(token.text for token in tokens))
    singular = head.tag_ == "NN" and head.pos_ == "NOUN" and head.lower_ not in SCALES
    if found is not None and singular and found != (1, 1) and found[0] > 0:
        return None  # a singular noun is not counted by the number before it: "the 41 Division soldier"
    alone = any(child.dep_ == "det" and child.lower_ in ("a", "an", "another") for child in head.children)
    if found is None and singular and alone and head.lemma_.lower() not in _NOT_ONE:
        found = (1, 1)
    if found is None and head.pos_ == "PROPN" and head.ent_type_ == "PERSON":
        found = (1, 1)
    if found is None or (head.pos_ == "PRON" and found != (0, 0)):
        return None
    if head.ent_type_ in _OTHER_NUMBERS:
        return None
    return Toll(found[0], found[1], ((start, end),))


def _phrase(head: Token) -> list[Token]:
    """The head and what stands before it in its own phrase; after "and", only what follows it."""
    left = head.i
    before = [child for child in head.lefts if child.dep_ not in ("relcl", "acl", "punct", "cc")]
    if before:
        left = min(child.left_edge.i for child in before)
    if (
        head.dep_ == "pobj"
        and head.head.lower_ in ("over", "under", "above", "around", "about")
        and head.head.i < left
    ):
        left = head.head.i  # "over a thousand" is read as a preposition and its object
    return list(head.doc[left : head.i + 1])


def _crowd(doc: Doc, trigger: Sequence[Token]) -> Toll | None:
    """How many took part in a gathering, by its verb's subject or its noun's "of" and "by"."""
    inside = {token.i for token in trigger}
    for token in trigger:
        for child in token.children:
            if child.i in inside:
                continue
            if child.dep_ == "nsubj":
                return _people(child)
            if child.dep_ in ("prep", "agent") and child.lower_ in _GATHERING:
                for part in child.children:
                    if part.dep_ == "pobj" and (toll := _people(part)) is not None:
                        return toll
        if token.dep_ == "nsubj" and token.head.lemma_.lower() in _DRAWS:
            for child in token.head.children:
                if child.dep_ == "dobj":
                    return _people(child)
        if token.dep_ in ("conj", "xcomp", "advcl") and token.head.i not in inside:
            subject = next((child for child in token.head.children if child.dep_ == "nsubj"), None)
            if subject is not None:
                return _people(subject)
    return None


def _people(head: Token) -> Toll | None:
    toll = _count_of(head)
    return toll if toll is not None and toll.low > 1 else None


def _crowds(doc: Doc) -> Iterator[_Count]:
    """Counts of a crowd told before: "20,000 took part", "police put the crowd at 5,000"."""
    for token in doc:
        lemma = token.lemma_.lower()
        people: Token | None = None
        if token.pos_ == "VERB" and lemma in _TAKE_PART:
            particles = {child.lower_ for child in token.children if child.dep_ in ("dobj", "prt")}
            if lemma not in ("take", "turn") or particles & {"part", "out"}:
                people = next(iter(_subjects(token)), None)
        elif lemma in _ESTIMATE and any(
            child.dep_ == "dobj" and (child.lower_ == "crowd" or is_anaphor(child, "PROTEST"))
            for child in token.children
        ):
            people = next(
                (
                    part
                    for child in token.children
                    if child.lower_ == "at"
                    for part in child.children
                    if part.dep_ == "pobj"
                ),
                None,
            )
        elif lemma in _DRAWS and any(is_anaphor(subject, "PROTEST") for subject in _subjects(token)):
            people = next((child for child in token.children if child.dep_ == "dobj"), None)
        toll = _people(people) if people is not None else None
        if toll is not None and not is_negated(token):
            yield _Count("crowd", token, toll)


# ----------------------------------------------------------------------------------- whose count


def _owners(
    doc: Doc,
    count: _Count,
    events: Sequence[Event],
    triggers: Sequence[Sequence[Token]],
    named: Mapping[int, Sequence[int]],
    told: Mapping[int, Sequence[int]],
) -> list[int]:
    """Indexes of the events that a count belongs to: one event, in as many places as it is told of.

    `named` says which events each token names, `told` to which the counts of the sentences before it belong.
    """
    if count.kind == "crowd":
        return _gathering_before(doc, count, events, triggers, told)
    if count.anchor.i in named:  # if it is an event of a kind that has no such count, then of none
        return [index for index in dict.fromkeys(named[count.anchor.i]) if _has_victims(events[index])]
    sentence = count.anchor.sent
    around = sorted({index for i in range(sentence.start, sentence.end) for index in named.get(i, ())})
    here = [index for index in around if _has_victims(events[index])]
    linked = [index for index in here if any(_is_linked(token, count.anchor) for token in triggers[index])]
    if linked:
        nearest = min(abs(token.i - count.anchor.i) for index in linked for token in triggers[index])
        return [i for i in linked if any(abs(token.i - count.anchor.i) == nearest for token in triggers[i])]
    if here or not _takes_up(count.anchor):
        return []
    noun = happening_at(count.anchor)
    if noun is not None:
        index = taken_up(noun, [event if _has_victims(event) else None for event in events])
        fit = [i for i, event in enumerate(events) if _has_victims(event)]
        return [] if index is None else _in_all_places(index, fit, events)
    before = _sentence_before(doc, sentence.start)
    near = {index for i in range(*before) for index in named.get(i, ())} | set(told.get(before[0], ()))
    recent = [
        index
        for index in sorted(near)
        if _has_victims(events[index])
        and events[index].status == "happened"
        and not _is_of_another_time(doc, count.anchor, events[index])
    ]
    if not recent or events[recent[-1]].type != "ASSAULT":
        return []
    last = max(recent, key=lambda index: triggers[index][0].i)
    return _in_all_places(last, recent, events)


def _has_victims(event: Event) -> bool:
    return event.type in _VIOLENT and event.status != "planned"


def _is_of_another_time(doc: Doc, anchor: Token, event: Event) -> bool:
    """Whether a count's sentence counts the dead of other days than an event's, or of a long time."""
    sentence = anchor.sent
    for time in doc._.times:
        if not sentence.start_char <= time.start < sentence.end_char:
            continue
        if time.earliest is None or time.latest is None:
            if "year" in doc.text[time.start : time.end].lower():
                return True
            continue
        before = event.earliest is not None and time.latest < event.earliest
        after = event.latest is not None and event.latest < time.earliest
        if before or after or (time.latest - time.earliest).days > _LONG:
            return True
    return False


def _in_all_places(index: int, among: Sequence[int], events: Sequence[Event]) -> list[int]:
    return [other for other in among if events[other].trigger == events[index].trigger]


def _gathering_before(
    doc: Doc,
    count: _Count,
    events: Sequence[Event],
    triggers: Sequence[Sequence[Token]],
    told: Mapping[int, Sequence[int]],
) -> list[int]:
    """The last protest told, in this sentence or the one before: nothing else may have gathered since."""
    start = count.anchor.sent.start
    before = _sentence_before(doc, start)[0]
    recent = [
        index
        for index, event in enumerate(events)
        if event.type == "PROTEST"
        and event.status == "happened"
        and (
            index in told.get(before, ())
            or any(before <= token.i < count.anchor.i for token in triggers[index])
        )
    ]
    if not recent or any(count.anchor in trigger for trigger in triggers):
        return []
    last = max(recent, key=lambda index: triggers[index][0].i)
    return _in_all_places(last, recent, events)


def _takes_up(anchor: Token) -> bool:
    """Whether a sentence without an event of its own tells on what the one before it did.

    "Nine died", "the blast killed nine" and "the toll rose" do; "a landslide killed nine" and "rebels burned
    the camp, killing nine" tell of something else.
    """
    if anchor.pos_ not in ("VERB", "AUX"):
        return True
    verb = anchor
    while verb.dep_ == "conj" and verb.head.i != verb.i and not _subjects(verb):
        verb = verb.head
    if verb.dep_ in ("advcl", "acl", "relcl", "xcomp") and verb.tag_ == "VBG":
        return False
    if verb.lemma_.lower() in _DIE or any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return not any(child.dep_ == "agent" for child in verb.children)
    return all(
        subject.pos_ in ("PRON", "NUM") or is_anaphor(subject, "ASSAULT") for subject in _subjects(verb)
    )


def _subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]


def _is_linked(token: Token, anchor: Token) -> bool:
    """Whether two words tell of one happening: one hangs on the other, or is the subject above it."""
    above, below = _chain(anchor), _chain(token)
    if token.i in above or anchor.i in below:
        return True
    return token.dep_ in ("nsubj", "nsubjpass") and token.head.i in above


def _chain(token: Token) -> set[int]:
    """The word and those that it hangs on, through the clauses of one happening."""
    found = {token.i}
    for _ in range(_CLIMB):
        if token.head.i == token.i or token.dep_ not in _LINKS:
            break
        token = token.head
        found.add(token.i)
    return found


def _sentence_before(doc: Doc, start: int) -> tuple[int, int]:
    end = start
    while end > 0 and doc[end - 1].is_space:
        end -= 1
    if end == 0:
        return 0, 0
    sentence = doc[end - 1].sent
    return sentence.start, end
