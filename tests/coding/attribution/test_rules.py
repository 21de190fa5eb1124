"""What the parse says of a cue, on sentences parsed by hand."""

from __future__ import annotations

from spacy.tokens import Doc

from sitrep.coding.attribution.cues import default_cues
from sitrep.coding.attribution.findings import read
from sitrep.coding.attribution.rules import find_at
from tests.parsed import parsed


def found(doc: Doc, cue: str) -> tuple[str, str, str]:
    """The words of source, cue and content that the rules read for the word `cue`."""
    [at] = [token.i for token in doc if token.text == cue]
    finding = find_at(read(doc, default_cues()), at)
    source, words, content = (
        " ".join(doc[i].text for i in part) for part in (finding.source, finding.cue, finding.content)
    )
    return source, words, content


def test_a_clause_is_the_content_of_a_verb_of_saying() -> None:
    doc = parsed(
        "Rebels claimed they won .",
        deps="nsubj ROOT nsubj ccomp punct",
        heads=[1, 1, 3, 1, 1],
        pos="NOUN VERB PRON VERB PUNCT",
        tags="NNS VBD PRP VBD .",
        lemmas="rebel claim they win .",
    )
    assert found(doc, "claimed") == ("Rebels", "claimed", "they won")


def test_the_source_of_a_passive_stands_after_by() -> None:
    doc = parsed(
        "Claims were denied by Kyiv .",
        deps="nsubjpass auxpass ROOT agent pobj punct",
        heads=[2, 2, 2, 2, 3, 2],
        pos="NOUN AUX VERB ADP PROPN PUNCT",
        tags="NNS VBD VBN IN NNP .",
        lemmas="claim be deny by Kyiv .",
    )
    assert found(doc, "denied") == ("Kyiv", "were denied", "Claims")


def test_who_is_quoted_as_saying_is_the_source_and_not_who_quotes() -> None:
    doc = parsed(
        "Doe was quoted by Xinhua as saying talks failed .",
        deps="nsubjpass auxpass ROOT agent pobj prep pcomp nsubj ccomp punct",
        heads=[2, 2, 2, 2, 3, 2, 5, 8, 6, 2],
        pos="PROPN AUX VERB ADP PROPN ADP VERB NOUN VERB PUNCT",
        tags="NNP VBD VBN IN NNP IN VBG NNS VBD .",
        lemmas="Doe be quote by Xinhua as say talk fail .",
    )
    assert found(doc, "saying") == ("Doe", "saying", "talks failed")


def test_a_second_verb_shares_the_subject_of_the_first() -> None:
    doc = parsed(
        "Doe came and said they won .",
        deps="nsubj ROOT cc conj nsubj ccomp punct",
        heads=[1, 1, 1, 1, 5, 3, 1],
        pos="PROPN VERB CCONJ VERB PRON VERB PUNCT",
        tags="NNP VBD CC VBD PRP VBD .",
        lemmas="Doe come and say they win .",
    )
    assert found(doc, "said") == ("Doe", "said", "they won")


def test_who_is_told_is_not_the_content() -> None:
    doc = parsed(
        "Doe told reporters they won .",
        deps="nsubj ROOT dobj nsubj ccomp punct",
        heads=[1, 1, 1, 4, 1, 1],
        pos="PROPN VERB NOUN PRON VERB PUNCT",
        tags="NNP VBD NNS PRP VBD .",
        lemmas="Doe tell reporter they win .",
    )
    assert found(doc, "told") == ("Doe", "told", "they won")


def test_according_to_takes_the_rest_of_its_clause() -> None:
    doc = parsed(
        "Nine drowned , according to police .",
        deps="nsubj ROOT punct prep prep pobj punct",
        heads=[1, 1, 1, 1, 3, 4, 1],
        pos="NUM VERB PUNCT VERB ADP NOUN PUNCT",
        tags="CD VBD , VBG IN NNS .",
        lemmas="nine drown , accord to police .",
    )
    source, cue, content = found(doc, "according")
    assert (source, cue) == ("police", "according to")
    assert content.startswith("Nine drowned")
