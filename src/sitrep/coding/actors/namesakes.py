"""Which of the persons who bear a surname is meant where the report gives no more than that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spacy.tokens import Doc

from sitrep.coding.actors.cluster import Cluster
from sitrep.coding.actors.gender import gender_of
from sitrep.coding.actors.mention import Mention
from sitrep.coding.tables import actor_words, fold, singular

_KIN: Final = actor_words()["kin"]
_HONORIFICS: Final = frozenset({"mr", "mrs", "ms", "miss", "madam", "mme", "herr"})
# Whoever bears one of these titles is called by a given name: "King Farid" is no Mr. Farid.
_ROYAL: Final = frozenset(
    {"king", "queen", "prince", "princess", "emir", "sultan", "emperor", "empress", "pope", "tsar", "shah"}
)
# How many mentions of a bearer are looked at for title and sex: a bound on the work.
_LOOKED_AT: Final = 50


def namesake_meant(doc: Doc, mention: Mention, bearers: Sequence[tuple[int, Cluster]]) -> Cluster | None:
    """Who is meant by a surname, among those whose it is, each with the token that first gives it.

    None where a title or sex keeps all of them apart. Before any of the bearers is named it is the first.
    """
    fitting = [(at, c) for at, c in bearers if _may_be(doc, mention, c)]
    if len(fitting) < 2:
        return fitting[0][1] if fitting else None
    before = [c for at, c in fitting if at <= mention.start]
    if not before:
        return fitting[0][1]
    titles = _title_words(doc, [mention])
    offices = titles - _HONORIFICS
    before = [c for c in before if offices & _title_words(doc, c.mentions[:_LOOKED_AT])] or before
    if not titles & _HONORIFICS:  # "Mrs. Salas" and "his wife, Ana Salas" are not whom the bare name calls
        before = [c for c in before if not _is_beside_another(doc, c)] or before
    return max(
        before, key=lambda c: max((m.start for m in c.mentions if m.start < mention.start), default=-1)
    )


def _may_be(doc: Doc, mention: Mention, bearer: Cluster) -> bool:
    told = bearer.mentions[:_LOOKED_AT]
    genders = {gender_of(doc, [mention]), gender_of(doc, told)} - {None}
    if len(genders) > 1:
        return False
    royal = _title_words(doc, [mention]) & _ROYAL
    return not royal or bool(royal & _title_words(doc, told))


def _title_words(doc: Doc, mentions: Sequence[Mention]) -> frozenset[str]:
    return frozenset(
        fold(token.text).rstrip(".")
        for mention in mentions
        for start, end in mention.titles
        for token in doc[start:end]
    )


def _is_beside_another(doc: Doc, cluster: Cluster) -> bool:
    """Is it somebody whom the report brings in as another's kin, or calls by "Mrs." alone?"""
    words = [
        frozenset(singular(word) for word in _title_words(doc, [m])) for m in cluster.mentions[:_LOOKED_AT]
    ]
    if any(told & _KIN for told in words):
        return True
    return all(told and told <= _HONORIFICS for told in words)
