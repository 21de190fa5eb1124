"""Whom a pronoun stands for, where only one can be meant: he, she, they, it and their object forms.

A speaker who goes on speaking, the only fitting subject of the sentence or of the one before. Two that
fit, a thing in between or a doubtful verb leave the pronoun unresolved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token

from sitrep.coding.actors.cluster import Cluster
from sitrep.coding.actors.gender import Gender, gender_of
from sitrep.coding.actors.lexicon import Role
from sitrep.coding.actors.parties import first_of_list
from sitrep.coding.tables import actor_words

_SPEECH: Final = actor_words()["speech"]
_SUBJECTS: Final = ("nsubj", "nsubjpass")
# What "it" does with these is as well done by a fact or a thing.
_OF_THINGS: Final = frozenset({"be", "seem", "appear", "remain", "become", "take", "happen", "come", "go"})
_LEADING: Final = frozenset(
    {"head", "lead", "command", "chair", "run", "rule", "govern", "represent", "direct"}
)
_SPOKESPERSONS: Final = frozenset({"spokesman", "spokeswoman", "spokesperson", "spokesmen", "spokespersons"})
# How many actors before a pronoun are looked at: a bound on the work, wider than two usual sentences.
_NEAR: Final = 12
_QUOTES: Final = frozenset({'"', "“", "”", "''", "``", "‘"})
_CLIMB: Final = 6  # heads above a word


@dataclass(frozen=True, slots=True)
class _Seen:
    """An actor at the head of one of its mentions."""

    sentence: int
    token: Token
    cluster: Cluster


def resolve_pronouns(doc: Doc, clusters: Sequence[Cluster]) -> None:
    """Add to each cluster the pronouns that stand for it."""
    at_token = _heads(doc, clusters)
    genders = {cluster: gender for cluster in clusters if (gender := gender_of(doc, cluster.mentions))}
    speaker: Cluster | None = None  # of the last attribution
    spoke = paragraph = 0  # the paragraph that the speaker was heard in, and this one
    seen: list[_Seen] = []
    sentence = 0
    starting: dict[int, list[Cluster]] = {}
    for each in clusters:
        for mention in each.mentions:
            starting.setdefault(mention.start, []).append(each)
    _own_by_name(doc, clusters)
    _own_by_leading(doc, clusters, at_token)
    speaking = _spokespersons(doc, clusters)
    for token in doc:
        sentence += bool(token.is_sent_start)
        paragraph += "\n" in token.text
        if _is_pronoun(token):
            near = [actor for actor in seen[-_NEAR:] if actor.sentence >= sentence - 1]
            if _gender_of(token):
                heard = speaker if spoke == paragraph or not _persons_in(doc, token, near) else None
                found = _person_meant(token, sentence, near, heard, genders, at_token)
            else:
                found = _owner_around(token, at_token) or _body_meant(token, sentence, near)
            if found is not None:
                found.pronouns.append(token.i)
                if token.lower_ in ("they", "them"):
                    for other in _beside(found, near, at_token):
                        other.pronouns.append(token.i)  # "Chad and Sudan said they": both
                at_token[token.i] = found
                if gender := _gender_of(token):
                    genders.setdefault(found, gender)
        if token.i in speaking and speaking[token.i].owner is None:
            near = [actor for actor in seen[-_NEAR:] if actor.sentence >= sentence - 1]
            speaking[token.i].owner = _body_spoken_for(speaking[token.i], sentence, near)
        if token.tag_ == "PRP$" and token.i in starting:
            near = [actor for actor in seen[-_NEAR:] if actor.sentence >= sentence - 1]
            owner = _owner_meant(token, sentence, near, genders, at_token)
            for each in starting[token.i]:
                if owner is not each:
                    each.owner = each.owner or owner
        cluster = at_token.get(token.i)
        if cluster is not None:
            seen.append(_Seen(sentence, token, cluster))
            if token.dep_ in _SUBJECTS and token.head.lemma_.lower() in _SPEECH:
                speaker, spoke = cluster, paragraph


def _persons_in(doc: Doc, pronoun: Token, near: Sequence[_Seen]) -> bool:
    """Is a person spoken of in the paragraph before the pronoun, who may be meant by it?"""
    return any(
        _is_person(actor.cluster) and "\n" not in doc[actor.token.i : pronoun.i].text for actor in near
    )


def _own_by_name(doc: Doc, clusters: Sequence[Cluster]) -> None:
    """Set the owner of what a possessor before it names: "the army's spokesman"."""
    persons = {
        doc[mention.name[1] - 1].text: cluster
        for cluster in clusters
        if cluster.sort == "person"
        for mention in cluster.mentions
        if mention.name
    }
    by_end = {
        (mention.start, mention.end): cluster
        for cluster in clusters
        for mention in cluster.mentions
        if mention.end < len(doc) and doc[mention.end].tag_ == "POS"
    }
    for cluster in clusters:
        for mention in cluster.mentions:
            for at in range(mention.start + 1, mention.head):
                owner = by_end.get((mention.start, at))
                if owner is not None and owner is not cluster:
                    cluster.owner = cluster.owner or owner
            for title, stop in mention.titles:  # "Jane Doe, the army's spokeswoman"
                owners = [by_end[first, at] for first in (title - 1, title) for at in range(title + 1, stop)
                          if (first, at) in by_end]  # fmt: skip
                if owners and owners[0] is not cluster:
                    cluster.owner = cluster.owner or owners[0]
            if mention.sort == "description" and not _is_person(cluster):
                # "the Salas militia" is tied to Salas, and is not him.
                namesakes = [persons[t.text] for t in doc[mention.start : mention.head] if t.text in persons]
                cluster.owner = cluster.owner or (namesakes[0] if namesakes else None)


def _own_by_leading(doc: Doc, clusters: Sequence[Cluster], at_token: dict[int, Cluster]) -> None:
    """Set the owner of who leads it: "Ana Rojas, who heads the Water Board"."""
    for cluster in clusters:
        for mention in cluster.mentions:
            at = mention.end
            if mention.sort != "person" or cluster.owner is not None or at + 2 >= len(doc):
                continue
            who = at + 1 if doc[at].text == "," else at
            if doc[who].lower_ != "who":
                continue
            verbs = [t for t in doc[who + 1 : who + 4] if t.tag_[0] == "V" and t.lemma_.lower() in _LEADING]
            led = [t.i for verb in verbs[:1] for t in verb.children if t.dep_ == "dobj" and t.i in at_token]
            if led and at_token[led[0]] is not cluster:
                cluster.owner = at_token[led[0]]


def _beside(cluster: Cluster, near: Sequence[_Seen], at_token: dict[int, Cluster]) -> list[Cluster]:
    """The actors named side by side with the one that a plural pronoun was found to stand for."""
    token = next((a.token for a in reversed(near) if a.cluster is cluster), None)
    row = [at_token[other.i] for other in token.conjuncts if other.i in at_token] if token is not None else []
    return [other for other in dict.fromkeys(row) if other is not cluster]


def _spokespersons(doc: Doc, clusters: Sequence[Cluster]) -> dict[int, Cluster]:
    """Who is called a spokesman of nobody in particular, by the first token of the first mention."""
    found: dict[int, Cluster] = {}
    for cluster in clusters:
        mention = cluster.mentions[0]
        spans = [*mention.titles, *([(mention.start, mention.end)] if mention.sort == "description" else [])]
        if len(spans) == 1 and doc[mention.start].tag_ != "PRP$":
            words = [token.lower_ for token in doc[spans[0][0] : spans[0][1]] if token.tag_ != "DT"]
            if len(words) == 1 and words[0] in _SPOKESPERSONS:
                found[mention.start] = cluster
    return found


def _body_spoken_for(speaker: Cluster, sentence: int, near: Sequence[_Seen]) -> Cluster | None:
    """Whose spokesman it is who comes with no name of a body: the one subject of the sentence before."""
    for where in (sentence, sentence - 1):
        bodies = {
            a.cluster
            for a in near
            if a.sentence == where
            and a.cluster is not speaker
            and a.token.dep_ in _SUBJECTS
            and a.token.head.dep_ == "ROOT"
            and _is_body(a.cluster)
        }
        if bodies:
            body = bodies.pop()
            return body if not bodies and body.sort in ("name", "description") else None
    return None


def _owner_meant(
    token: Token,
    sentence: int,
    near: Sequence[_Seen],
    genders: dict[Cluster, Gender],
    at_token: dict[int, Cluster],
) -> Cluster | None:
    """Whose "its spokesman", "his deputy" is: who says so, else the one fitting subject near it.

    Near are the sentence and the one before.
    """
    word = token.lower_
    speaker = _speaker_above(token, at_token)
    if speaker is not None and word == "its" and _is_body(speaker) and not _is_plural(speaker):
        return speaker
    for where in (sentence, sentence - 1):
        if word == "its":
            fitting = [a for a in near if _is_body(a.cluster) and not _is_plural(a.cluster)]
        elif word in ("his", "her"):
            gender: Gender = "he" if word == "his" else "she"
            fitting = [a for a in near if _is_person(a.cluster) and genders.get(a.cluster, gender) == gender]
        else:
            return None
        subjects = {a.cluster for a in fitting if a.sentence == where and a.token.dep_ in _SUBJECTS}
        if subjects:
            return subjects.pop() if len(subjects) == 1 else None
    return None


def _is_pronoun(token: Token) -> bool:
    return token.tag_ == "PRP" and token.lower_ in ("he", "she", "they", "it", "him", "them", "her")


def _gender_of(token: Token) -> Gender | None:
    word = token.lower_
    return "he" if word in ("he", "him") else "she" if word in ("she", "her") else None


def _heads(doc: Doc, clusters: Sequence[Cluster]) -> dict[int, Cluster]:
    """The actor at the head token of each mention; a title that is the subject counts for the name."""
    found: dict[int, Cluster] = {}
    for cluster in clusters:
        for mention in cluster.mentions:
            # The parser hangs "the Bank of Chile" by its first noun, not by the last of the name.
            found.setdefault(doc[mention.start : mention.end].root.i, cluster)
            found.setdefault(mention.head, cluster)
            if mention.name and mention.sort == "person":
                found[mention.name[1] - 1] = cluster
            for start, end in mention.titles:
                for token in doc[start:end]:
                    if token.dep_ in _SUBJECTS:
                        found.setdefault(token.i, cluster)
    return found


def _person_meant(
    token: Token,
    sentence: int,
    near: Sequence[_Seen],
    speaker: Cluster | None,
    genders: dict[Cluster, Gender],
    at_token: dict[int, Cluster],
) -> Cluster | None:
    gender = _gender_of(token)

    def fits(cluster: Cluster) -> bool:
        return _is_person(cluster) and genders.get(cluster, gender) == gender

    subject = token.lower_ in ("he", "she")
    if subject and speaker and fits(speaker) and token.head.lemma_.lower() in _SPEECH:
        return speaker
    teller = _speaker_above(token, at_token) if subject and token.head.dep_ == "ccomp" else None
    if teller is not None and fits(teller):
        return teller  # "Salas, who fears that Rojas left, said he would stay"
    for where in (sentence, sentence - 1):
        persons = [
            a for a in near if a.sentence == where and fits(a.cluster) and not _same_clause(a.token, token)
        ]
        if not subject:  # "the guard shouted at him": anybody named before can be meant, subject or not
            meant = list(dict.fromkeys(a.cluster for a in persons))
            if meant:
                return meant[0] if len(meant) == 1 else None
            continue
        subjects = [a for a in persons if _is_subject(a.token)]
        if len({a.cluster for a in subjects}) > 1:  # the sentence is about the subject of its main verb
            subjects = [a for a in subjects if a.token.head.dep_ == "ROOT"]
            return subjects[0].cluster if len({a.cluster for a in subjects}) == 1 else None
        if subjects:
            return subjects[0].cluster
        if len({a.cluster for a in persons}) == 1:  # the only one spoken of
            return persons[0].cluster
    return None


def _speaker_above(token: Token, at_token: dict[int, Cluster]) -> Cluster | None:
    """Who says the clause that a word stands in: the subject of its verb of speech, or whom another quotes.

    Only of what follows that verb in the reporter's words: in a quotation the speaker is "I".
    """
    clause = token
    for _ in range(_CLIMB):
        if clause.dep_ == "ccomp" or clause.head is clause:
            break
        clause = clause.head
    verb = clause.head
    if clause.dep_ != "ccomp" or verb.lemma_.lower() not in _SPEECH or token.i < verb.i:
        return None
    if any(between.text in _QUOTES for between in token.doc[verb.i : token.i]):
        return None
    roles: tuple[str, ...] = _SUBJECTS
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as":  # "quoted the minister as saying that"
        verb, roles = verb.head.head, ("dobj", "nsubjpass")
    speakers = [child for child in verb.children if child.dep_ in roles and child.i != token.i]
    return at_token.get(speakers[0].i) if len(speakers) == 1 else None


def _owner_around(token: Token, at_token: dict[int, Cluster]) -> Cluster | None:
    """Whose is what "it" is told of: "Chad's withdrawal from the towns it took" is told of Chad."""
    if token.lower_ != "it" or token.dep_ not in _SUBJECTS or token.head.dep_ != "relcl":
        return None
    noun = token.head.head
    for _ in range(_CLIMB):
        for child in noun.children:
            owner = at_token.get(child.i) if child.dep_ == "poss" and child.i < noun.i else None
            if owner is not None:
                return owner if _is_body(owner) and not _is_plural(owner) else None
        if noun.dep_ not in ("pobj", "prep", "dobj") or noun.head.pos_ not in ("NOUN", "ADP", "PROPN"):
            return None
        noun = noun.head
    return None


def _is_subject(token: Token) -> bool:
    """Is it a subject, or what names one more closely: "one of the workers, Karim,"?"""
    return token.dep_ in _SUBJECTS or (token.dep_ == "appos" and token.head.dep_ in _SUBJECTS)


def _same_clause(one: Token, pronoun: Token) -> bool:
    """May the two not be the same, as in "Salas told him"?"""
    if pronoun.lower_ in ("he", "she"):
        return False
    verb = pronoun.head.head if pronoun.dep_ == "pobj" else pronoun.head
    one = first_of_list(one)  # "Salas and Rojas stood beside him"
    return one.dep_ in _SUBJECTS and one.head in (verb, pronoun.head)


def _body_meant(token: Token, sentence: int, near: Sequence[_Seen]) -> Cluster | None:
    plural = token.lower_ in ("they", "them")
    if not plural and (token.dep_ not in _SUBJECTS or _doubtful(token)):
        return None
    if token.lower_ == "them":
        near = _without_doers(token, near)
        if _other_plural(token, near):
            return None
    elif (teller := _teller(token, sentence, near)) is not None:
        return teller  # "the board said it", "the junta warned they"
    for where in (sentence, sentence - 1):
        bodies = [
            a
            for a in near
            if a.sentence == where
            and (a.token.dep_ in _SUBJECTS or (not plural and _owns_subject(a.token)))
            and (
                (_is_body(a.cluster) and (_is_plural(a.cluster) or bool(a.token.conjuncts)) == plural)
                or (plural and _are_several_persons(a, near))
            )
        ]
        if bodies:
            if len({a.cluster for a in bodies}) > 1 or (
                plural and _things_between(bodies[-1].token, token, near)
            ):
                return None
            return bodies[-1].cluster
    return None


def _owns_subject(token: Token) -> bool:
    """Is it whose somebody the subject is: "the group's leader", after whom "it" is the group?"""
    return token.dep_ == "poss" and token.head.dep_ in _SUBJECTS and token.head.pos_ in ("NOUN", "PROPN")


def _are_several_persons(first: _Seen, near: Sequence[_Seen]) -> bool:
    """Is it the first of persons named side by side: "Salas and Rojas met", and then "they"?"""
    beside = {token.i for token in first.token.conjuncts}
    return _is_person(first.cluster) and any(a.token.i in beside and _is_person(a.cluster) for a in near)


def _without_doers(token: Token, near: Sequence[_Seen]) -> list[_Seen]:
    """The actors but for those who do it: in "police used gas to disperse them" the police are not "them"."""
    doers: set[int] = set()
    verb = token
    for _ in range(8):
        verb = verb.head
        doers |= {child.i for child in verb.children if child.dep_ in _SUBJECTS and child.i != token.i}
        if verb.dep_ not in ("prep", "pobj", "dobj", "xcomp", "advcl", "conj", "pcomp", "nummod", "ccomp"):
            break
        if verb.dep_ in ("advcl", "ccomp", "conj") and doers:
            break
    doing = {actor.cluster for actor in near if actor.token.i in doers}
    return [actor for actor in near if actor.cluster not in doing]


def _other_plural(token: Token, near: Sequence[_Seen]) -> bool:
    """Does the sentence name things before "them" that may be meant: "weapons", "the two reports"?"""
    actors = {actor.token.i for actor in near}
    start = token.sent.start if token.doc.has_annotation("SENT_START") else 0
    return any(
        other.tag_ in ("NNS", "NNPS") and other.i not in actors and other.ent_type_ not in ("DATE", "TIME")
        for other in token.doc[start : token.i]
    )


def _teller(token: Token, sentence: int, near: Sequence[_Seen]) -> Cluster | None:
    """Who tells what the pronoun does: the subject of the verb of speech that its clause completes."""
    clause = token.head
    if token.dep_ not in _SUBJECTS or clause.dep_ != "ccomp" or clause.head.lemma_.lower() not in _SPEECH:
        return None
    tellers = {
        a.cluster
        for a in near
        if a.sentence == sentence and a.token.head == clause.head and a.token.dep_ in _SUBJECTS
    }
    teller = tellers.pop() if len(tellers) == 1 else None
    if teller is None or not _is_body(teller) or (_is_plural(teller) and token.lower_ == "it"):
        return None
    if any(child.lower_ in ("people", "many", "some") for child in clause.head.children):
        return None  # "people say they attack us"
    return teller


def _doubtful(token: Token) -> bool:
    return token.head.lemma_ in _OF_THINGS or any(
        child.dep_ in ("acomp", "attr") for child in token.head.children
    )


def _things_between(subject: Token, pronoun: Token, near: Sequence[_Seen]) -> bool:
    """Has the subject's verb an object that "they" could be: "He gave out papers; they show ..."?"""
    actors = {actor.token.i for actor in near}
    return any(
        child.dep_ == "dobj"
        and child.tag_ in ("NNS", "NNPS")
        and child.i not in actors
        and child.i < pronoun.i
        for child in subject.head.children
    )


def _is_person(cluster: Cluster) -> bool:
    mention = cluster.mentions[0]
    if mention.plural:
        return False
    return cluster.sort == "person" or (isinstance(mention.entry, Role) and mention.entry.kind == "person")


def _is_body(cluster: Cluster) -> bool:
    mention = cluster.mentions[0]
    if mention.plural:
        return True
    return cluster.sort in ("name", "state", "people") or (
        isinstance(mention.entry, Role) and mention.entry.kind in ("organisation", "group", "press")
    )


def _is_plural(cluster: Cluster) -> bool:
    mention = cluster.mentions[0]
    return mention.plural or (
        isinstance(mention.entry, Role) and mention.entry.term in ("police", "troops", "people")
    )
