"""Which base noun phrases are actors: names, and phrases whose head noun is somebody who can act.

What a title or an apposition says of a name goes before the recogniser's label.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from sitrep.coding.actors.countries import Name, city_names
from sitrep.coding.actors.lexicon import Found, Organisation, Role
from sitrep.coding.actors.lists import ActorList
from sitrep.coding.actors.mention import Chunk, Mention, Sort
from sitrep.coding.actors.parties import acts, capital_acts, is_party
from sitrep.coding.actors.phrases import Phrases
from sitrep.coding.actors.spelling import same_word
from sitrep.coding.tables import actor_words, fold, singular, words_of

_PLACE_NOUNS: Final = actor_words()["place nouns"]
# Things that strike for their owner, who is the actor: "Danish warships", "the navy's drones".
_INSTRUMENTS: Final = actor_words()["instruments"]
# What soldiers do, by words that take an adjective for whoever sent them: "a Danish air strike".
_BLOWS: Final = actor_words()["blows"]
# Of "strike" only these tell that no workers did it.
_BY_ARMS: Final = frozenset({
    "air", "drone", "missile", "rocket", "military", "artillery", "naval", "precision", "aerial", "tank",
    "ground", "mortar", "cross-border", "border", "cross", "retaliatory", "overnight",
})  # fmt: skip
_ARMED: Final = frozenset({"MIL", "REB", "PRM", "COP", "SPY", "UAF", "IMG"})
_GOVERNING: Final = frozenset({"government", "regime", "coalition"})
_INITIALS: Final = frozenset({"us", "uk", "usa"})
_HARMING: Final = frozenset({"kill", "wound", "injure", "hit", "destroy", "target", "damage"})
# Peoples whose attackers are hardly ever sent by the state that is named like them.
_STATELESS: Final = frozenset({"PSE"})
_OF_STATES: Final = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})
_SPONSORED: Final = actor_words()["sponsored"] | {"made", "built"}
# Nouns of the tables that are mostly a place or thing: actors only as somebody who does something.
_SITES: Final = actor_words()["sites"]
_PORTFOLIOS: Final = actor_words()["portfolios"]
_GIVEN: Final = actor_words()["male names"] | actor_words()["female names"]
_IN_NAMES: Final = actor_words()["in names"]
_THINGS: Final = actor_words()["things"]
_PRESS_NAMES: Final = actor_words()["press names"]
_MOTION: Final = actor_words()["motion"]
# "The Houthi rebels", "the Abu Sayyaf group": the body itself, and not some of its people.
_OF_THE_BODY: Final = actor_words()["of the body"]
_NO_ACTORS: Final = frozenset({"social media", "hundreds", "thousands", "millions"})


class Recognition(Phrases):
    """The base mentions of one sentence."""

    def __init__(
        self,
        doc: Doc,
        tokens: TokenSpan,
        surnames: frozenset[str],
        listed: ActorList,
        all_tokens: list[Token],
    ) -> None:
        super().__init__(doc, tokens, surnames, listed, all_tokens)
        self.base = [mention for chunk in self.chunks if (mention := self._mention(chunk))]
        self.base += [state for mention in self.base for state in self._states_beside(mention)]

    def _states_beside(self, mention: Mention) -> list[Mention]:
        """States whose soldiers or officials a phrase names by an adjective only: "Danish and Polish troops".

        The phrase itself is "Polish troops"; each adjective before it stands for its state.
        """
        role = mention.entry
        if not isinstance(role, Role) or not _OF_STATES.intersection(role.sectors) or role.kind is None:
            return []
        found: list[Mention] = []
        at = self._bare_start_of(mention)
        if at not in self.entry_at or not isinstance(self.entry_at[at].entry, Name):
            return []
        while at - 2 >= self.tokens.start and self.token[at - 1].lower_ in ("and", "or", ","):
            owner = self.entry_ending.get(at - 1)
            adjective = self.token[at - 2]
            if (
                owner is None
                or not isinstance(owner.entry, Name)
                or owner.entry.kind != "demonym"
                or adjective.dep_ not in ("amod", "nmod", "compound", "conj")
                or adjective.tag_ in ("NNPS", "NNS")
            ):
                break
            name = (owner.start, owner.end)
            found.append(Mention(*name, owner.end - 1, "state", name=name, entry=owner.entry))
            at = owner.start
        # a list that ends in "and" or "or"; a comma alone parts two phrases
        joined = bool(found) and self.token[self._bare_start_of(mention) - 1].text != ","
        return found if joined else []

    def _bare_start_of(self, mention: Mention) -> int:
        start = mention.start
        while start < mention.head and self.token[start].tag_ in ("DT", "PDT", "PRP$", "WP$", "CD"):
            start += 1
        return start

    def recognise(self, surnames: frozenset[str]) -> None:
        """Take for a person what bears the surname of one in the report, whatever the recogniser says."""
        persons = {
            mention.start: mention for mention in self.base if mention.sort == "person" or mention.entry
        }
        for chunk in self.chunks:
            first = self._first(chunk)
            start = chunk.end - 1
            if fold(self.token[start].text) not in surnames or not self.token[start].text[0].isupper():
                continue
            if any(mention.end == chunk.end for mention in persons.values()) or self.entry_ending.get(
                chunk.end
            ):
                continue
            while start > first and self._name_part(start - 1):
                start -= 1
            titles = ((first, start),) if start > first and self._title_before(start, first) else ()
            self.base = [mention for mention in self.base if mention.end != chunk.end]
            self.base.append(
                Mention(
                    chunk.start if titles or start == first else start,
                    chunk.end,
                    chunk.end - 1,
                    "person",
                    name=(start, chunk.end),
                    titles=titles,
                )
            )
        self._recognise_alone(surnames)

    def _recognise_alone(self, surnames: frozenset[str]) -> None:
        """A known surname that the tagger took for a verb or for a part of a common noun's phrase."""
        taken = {i for mention in self.base for i in range(mention.start, mention.end)}
        for i in range(self.tokens.start, self.tokens.end):
            token = self.token[i]
            beside = [self.token[j] for j in (i - 1, i + 1) if self.tokens.start <= j < self.tokens.end]
            if (
                token.text[0].isupper()
                and self._is_known(token, surnames)
                and i not in taken
                and i not in self.entry_at
                and not any(t.text[0].isupper() or t.tag_ == "HYPH" for t in beside)
            ):
                self.base.append(Mention(i, i + 1, i, "person", name=(i, i + 1)))

    def _mention(self, chunk: Chunk) -> Mention | None:
        doc, end = self.doc, chunk.end
        last = self.entry_ending.get(end)
        first = self._first(chunk)
        if last and last.start < chunk.start:
            last = None
        definite = (
            self.token[chunk.start].lower_ in ("the", "this", "that", "these", "those")
            or self.token[chunk.start].tag_ == "PRP$"
        )
        modifiers = frozenset(t.lower_ for t in doc[first : end - 1] if t.tag_ not in ("HYPH", "CD"))
        mention = Mention(chunk.start, end, end - 1, "description", definite=definite, modifiers=modifiers)
        if self.token[chunk.start].lower_ == "no":
            return None  # "no group has claimed the attack"
        if last is None and (capital := self._metonym(mention, first)) is not None:
            return capital
        if (press := self._press(mention, first)) is not None:
            return press
        name = self._person_name(chunk, first)
        if name is not None:
            titled = name > first and (self._title_before(name, first) or self._is_people(first, name))
            titles = ((first, name),) if titled else ()
            start = chunk.start if titles or name == first else name
            sort: Sort = "name" if self._is_no_person(chunk, name, titles) else "person"
            return replace(mention, start=start, sort=sort, name=(name, end), titles=titles)
        if last is None:
            return self._named_by_who(mention, first) or self._named_by_recogniser(mention, first)
        entry = last.entry
        if isinstance(entry, Role):
            if entry.kind is None:
                return None
            if (body := self._body_itself(mention, entry, first, last.start)) is not None:
                return body
            if entry.term in _INSTRUMENTS:
                return self._owner_of_instrument(mention, first, last.start)
            plural = self.token[end - 1].tag_ in ("NNS", "NNPS") or entry.kind == "people"
            if (
                self.token[end - 1].tag_.startswith("V")
                or entry.term in _NO_ACTORS
                or (
                    entry.term in ("country", "nation", "capital")
                    and not any(t.lower_ in ("two", "both", "three") for t in doc[chunk.start : end])
                )
                or (
                    (entry.term in _SITES or entry.term in _THINGS)
                    # "in general", "in private", but "the generals"
                    and not (plural and entry.kind == "person" and entry.sectors[:1] == ("MIL",))
                    and not is_party(doc, end - 1, mention.end)
                )
            ):
                return None
            return replace(
                mention,
                entry=entry,
                plural=plural,
                modifiers=frozenset(
                    t.lower_ for t in doc[first : last.start] if t.tag_ not in ("HYPH", "CD")
                ),
            )
        if isinstance(entry, Organisation) and entry.kind == "person":  # of the user's list
            titles = ((first, last.start),) if self._title_before(last.start, first) else ()
            start = chunk.start if titles or last.start == first else last.start
            return replace(
                mention, start=start, sort="person", name=(last.start, end), entry=entry, titles=titles
            )
        if isinstance(entry, Organisation):
            if (
                last.start > 0
                and self.token[last.start - 1].lower_ in ("on", "via", "through")
                and entry.sectors[:1] != ("GOV",)
            ):
                return None  # a medium, or a page: "on Twitter"
            return replace(
                mention,
                sort="name",
                name=(last.start, end),
                entry=entry,
                titles=((first, last.start),) if last.start > first else (),
            )
        return self._state(mention, last, entry)

    def _is_no_person(self, chunk: Chunk, name: int, titles: tuple[tuple[int, int], ...]) -> bool:
        """Is it a body that the recogniser has for a person: "the Tamir"? Persons come without an article."""
        article = self.token[chunk.start].lower_ == "the" and name == chunk.start + 1
        return (
            article
            and not titles
            and chunk.end - name == 1
            and fold(self.token[name].text) not in self.full_surnames
            and self.token[name].tag_ == "NNP"
        )

    def _is_known(self, token: Token, surnames: frozenset[str]) -> bool:
        """Is a word a known surname, or another spelling of one?"""
        name = fold(token.text)
        if name in surnames:
            return True
        spelt = token.tag_ in ("NNP", "NNPS") and len(name) >= 5
        return spelt and any(name[-1] == known[-1] and same_word(name, known) for known in surnames)

    def _named_by_who(self, mention: Mention, first: int) -> Mention | None:
        """A name of two words or more that "who" follows is a person's, whatever the recogniser says."""
        end, stop = mention.end, self.tokens.end
        who = end + 1 if end < stop and self.token[end].text == "," else end
        if who >= stop or self.token[who].lower_ != "who":
            return None
        start = end
        while start > first and self._name_part(start - 1):
            start -= 1
        if end - start < 2 or not all(t.text[0].isupper() or t.tag_ == "HYPH" for t in self.token[start:end]):
            return None
        titles = ((first, start),) if start > first and self._title_before(start, first) else ()
        begin = mention.start if titles or start == first else start
        return replace(mention, start=begin, sort="person", name=(start, end), titles=titles)

    def _press(self, mention: Mention, first: int) -> Mention | None:
        """A name whose last word is a newspaper's, whatever the recogniser says: "the Harbour Gazette"."""
        start = end = mention.end
        while start > first and self.token[start - 1].tag_ in ("NNP", "NNPS"):
            start -= 1
        if end - start < 2 or fold(self.token[end - 1].text) not in _PRESS_NAMES:
            return None
        ending = self.entry_ending.get(end)  # "the Harbour Observer" is no observer
        if ending and not (isinstance(ending.entry, Role) and ending.entry.kind == "person"):
            return None
        entry = Organisation(self.doc[start:end].text, None, ("JRN",), "press")
        return replace(mention, sort="name", name=(start, end), entry=entry)

    def _body_itself(self, mention: Mention, role: Role, first: int, noun: int) -> Mention | None:
        named = self.entry_ending.get(noun)
        if (
            role.term not in _OF_THE_BODY
            or named is None
            or named.start != first
            or not isinstance(named.entry, Organisation)
            or named.entry.sectors[:1] not in (("REB",), ("PRM",), ("PTY",), ("CRM",))
        ):
            return None
        return replace(mention, sort="name", name=(named.start, named.end), entry=named.entry)

    def _is_blow(self, noun: Token, first: int) -> bool:
        """Is a noun an attack by arms, so that "Danish" before it says by whose?"""
        if singular(noun.lower_) not in _BLOWS:
            return False
        if singular(noun.lower_) != "strike":
            return True
        return (
            any(token.lower_ in _BY_ARMS for token in self.token[first : noun.i])
            or any(child.lower_ in ("on", "against") for child in noun.children)
            or (noun.dep_ in ("nsubj", "agent") and noun.head.lemma_.lower() in _HARMING)
        )

    def _sender(self, first: int, noun: int) -> Mention | None:
        """ "Danish" in "a Danish air strike", "army" in "army shelling": whose attack it is.

        Other words before an attack name what is attacked: "the Danish embassy attack", "the clinic bombing".
        """
        end = noun
        while (
            end > first
            and not self._ends_owner(end)
            and (self.token[end - 1].lower_ in _BY_ARMS or self.token[end - 1].tag_ == "HYPH")
        ):
            end -= 1
        owner = self.entry_ending.get(end)
        if owner is None or owner.start < first:
            return None
        entry, name = owner.entry, (owner.start, owner.end)
        if isinstance(entry, Name):
            if entry.country in _STATELESS or not (
                entry.kind == "demonym" or fold(self.token[end - 1].text).replace(".", "") in _INITIALS
            ):
                return None
            return Mention(*name, end - 1, "state", name=name, entry=entry)
        governs = isinstance(entry, Role) and entry.term in _GOVERNING
        if not governs and not _ARMED.intersection(entry.sectors):
            return None
        if isinstance(entry, Organisation):
            return Mention(*name, end - 1, "name", name=name, entry=entry)
        if entry.kind != "organisation":
            return None
        return Mention(first, end, end - 1, "description", entry=entry)

    def _ends_owner(self, end: int) -> bool:
        """Does a table's entry end here that may own an attack: not the "drone" of "drone strike"?"""
        found = self.entry_ending.get(end)
        return found is not None and not (isinstance(found.entry, Role) and found.entry.term in _INSTRUMENTS)

    def _owner_of_instrument(self, mention: Mention, first: int, noun: int) -> Mention | None:
        """ "Danish" in "Danish warships": the state or body whose they are; without one there is no actor."""
        for start in range(first, noun):
            owner = self.entry_at.get(start)
            if owner is None or owner.start != start or owner.end > noun:
                continue
            if isinstance(owner.entry, Role):
                if owner.entry.kind == "organisation":  # "the navy" of "navy ships"
                    return replace(mention, start=first, end=owner.end, head=owner.end - 1, entry=owner.entry)
                continue
            following = self.token[owner.end]
            if following.tag_ == "HYPH" or fold(following.text) in _SPONSORED:
                continue  # "Danish-made drones" may be anybody's
            if isinstance(owner.entry, Organisation):
                sort: Sort = "name"
            elif owner.entry.kind in ("state", "demonym"):
                later = [self.entry_at[i].entry for i in range(owner.end, noun) if i in self.entry_at]
                if any(isinstance(body, Role) and body.kind == "organisation" for body in later):
                    continue  # "Danish navy ships": the navy's
                sort = "state"
            else:
                continue
            return Mention(start, owner.end, owner.end - 1, sort, name=(start, owner.end), entry=owner.entry)
        return None

    def _state(self, mention: Mention, last: Found, entry: Name) -> Mention | None:
        end = mention.end
        if entry.kind == "demonym":
            token = self.token[end - 1]
            if token.tag_ in ("NNPS", "NNS") or (
                mention.definite
                and token.tag_ in ("JJ", "NNP")
                and end - mention.start == 2
                and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
            ):
                return replace(mention, sort="people", name=(last.start, end), entry=entry, plural=True)
            if token.tag_ in ("NN", "NNP") and self.token[mention.start].lower_ in ("a", "an", "another"):
                return replace(
                    mention, sort="description", entry=Role("national", ("CVL",), "weak", "person")
                )
            return None
        if entry.kind == "state" and acts(self.doc, end - 1, end):
            return replace(mention, sort="state", name=(last.start, end), entry=entry)
        return None

    def _person_name(self, chunk: Chunk, first: int) -> int | None:
        """Where a person's name starts that ends the chunk."""
        end = chunk.end
        last = self.token[end - 1]
        if last.tag_ not in ("NNP", "NNPS", "NN", "FW", "NNS", "CD", "JJ") or not last.text[0].isupper():
            return None
        ending = self.entry_ending.get(end)
        # A table's word is no name, unless the recogniser calls it one and the words before it too.
        if ending and not (
            last.ent_type_ == "PERSON"
            and ending.end - ending.start == 1
            and end - first > 1
            and self.token[end - 2].ent_type_ == "PERSON"
        ):
            return None
        start = end - 1
        while start > first and self._name_part(start - 1):
            start -= 1
        if end - start == 1 and len(last.text.rstrip(".")) == 1:
            return None  # a letter is no name, nor is the network "X"
        titled = self._title_before(start, first) or self._follows_portfolio(start)
        labelled = any(self.token[i].ent_type_ == "PERSON" for i in range(start, end))
        if not titled and not labelled and not self._is_given_name(start, end):
            return None
        if not titled and self._is_place_here(start, end):
            return None
        return start

    def _is_given_name(self, start: int, end: int) -> bool:
        """Do two or three words that the recogniser leaves unlabelled start with a given name?"""
        words = self.token[start:end]
        return (
            2 <= len(words) <= 3
            and fold(words[0].text) in _GIVEN
            and all(t.tag_ == "NNP" and t.text.istitle() and not t.ent_type_ for t in words)
        )

    def _follows_portfolio(self, start: int) -> bool:
        at = start
        while at > self.tokens.start and self.token[at - 1].lower_ in _PORTFOLIOS:
            at -= 1
        return at < start and self._is_portfolio(at)

    def _name_part(self, i: int) -> bool:
        token = self.token[i]
        entry = self.entry_at.get(i)
        if entry is not None and not (token.ent_type_ == "PERSON" and isinstance(entry.entry, Name)):
            return (
                token.ent_type_ == "PERSON"
                and token.ent_iob_ == "I"
                and isinstance(entry.entry, Role)
                and (entry.entry.use in ("faint", "modifier"))
            )
        if token.tag_ == "HYPH" or token.text == "-":
            return True
        if token.lower_ in _IN_NAMES:
            return True
        return token.text[0].isupper() and (
            token.tag_ in ("NNP", "NNPS", "FW") or token.ent_type_ == "PERSON"
        )

    def _is_place_here(self, start: int, end: int) -> bool:
        """A name that the recogniser calls a person, in the place of a place: "the city of Walid"."""
        top = self.token[end - 1]
        for _ in range(8):
            if top.ent_type_ in ("GPE", "LOC", "FAC") and top.i != end - 1:
                return True
            if top.dep_ != "conj":
                break
            top = top.head
        if start and self.token[start - 1].lower_ in ("in", "at", "near", "outside", "around"):
            return True
        if (
            start
            and end - start == 1
            and self.token[start - 1].lower_ in ("to", "from", "towards", "toward", "into")
        ):
            governor = self.token[start - 1].head
            moved = governor.lemma_.lower() in _MOTION or governor.head.lemma_.lower() in _MOTION
            if moved and fold(top.text) not in self.full_surnames:
                return True  # "flew the wounded to Arza"
        before = self.token[start - 1] if start else None
        return (
            before is not None
            and before.lower_ == "of"
            and before.i > 0
            and singular(self.token[before.i - 1].lower_) in _PLACE_NOUNS
        ) or (
            top.dep_ == "pobj" and top.head.lower_ == "of" and singular(top.head.head.lower_) in _PLACE_NOUNS
        )

    def _named_by_recogniser(self, mention: Mention, first: int) -> Mention | None:
        doc, end = self.doc, mention.end
        last = self.token[end - 1]
        if singular(last.lower_) in _INSTRUMENTS:
            return self._owner_of_instrument(mention, first, end - 1)
        if self._is_blow(last, first):
            return self._sender(first, end - 1)
        if (
            last.ent_type_ not in ("ORG", "NORP")
            or not last.text[0].isupper()
            or last.tag_ not in ("NNP", "NNPS", "NN", "NNS", "FW")
        ):
            return None
        start = end - 1
        while start > first and self.token[start].ent_iob_ == "I":
            start -= 1
        before = self.token[start - 1].lower_ if start > 0 else ""
        if before in ("in", "at", "near", "on", "into", "via") or (
            before in ("from", "to", "towards", "toward", "outside", "around", "through")
            and end - start == 1
            and not last.text.isupper()
        ):
            return None  # "from Arza" leads from a town
        if last.ent_type_ == "NORP":
            if start == self.tokens.start and end - start == 1:
                return None  # a capital that only opens the sentence: "Protests"
            if last.tag_ not in ("NNPS", "NNS") and not (
                mention.definite and last.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj")
            ):
                return None
            return replace(mention, sort="people", name=(start, end), plural=True)
        if city_names().match(words_of(doc[start:end].text) or words_of("x"), 0):
            return None
        if start > 0 and singular(self.token[start - 1].lower_) in _PLACE_NOUNS:
            return None  # "the German island Amrum"
        return replace(
            mention, sort="name", name=(start, end), titles=((first, start),) if start > first else ()
        )

    def _metonym(self, mention: Mention, first: int) -> Mention | None:
        """A capital that does what a government does: "Lima recalled its ambassador"."""
        doc, end = self.doc, mention.end
        words = words_of(doc[first:end].text)
        if self.token[end - 1].tag_ not in ("NNP", "NNPS") or (
            self.token[end - 1].ent_type_ == "PERSON"
            and (end - first > 1 or fold(self.token[first].text) in self.full_surnames)
        ):
            return None
        match = city_names().match(words, 0) if words else None
        if match is None or match[0] < len(words) or match[1].kind != "capital":
            return None
        if capital_acts(self.token[end - 1]):
            return replace(mention, sort="state", name=(first, end), entry=match[1])
        return None
