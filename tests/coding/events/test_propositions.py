"""From parses to propositions: one grammatical fact a test, on parses written by hand."""

from __future__ import annotations

from spacy.tokens import Doc

from sitrep.coding.events.propositions import Proposition, find_propositions
from tests.parsed import parsed


def acts(doc: Doc, *nouns: str) -> dict[str, Proposition]:
    return {proposition.lemma: proposition for proposition in find_propositions(doc, frozenset(nouns))}


def words(doc: Doc, tokens: tuple[int, ...]) -> list[str]:
    return [doc[token].text for token in tokens]


def test_subject_and_object() -> None:
    doc = parsed(
        "Rebels attacked villagers .", deps="nsubj ROOT dobj punct", heads=[1, 1, 1, 1],
        tags="NNS VBD NNS .", pos="NOUN VERB NOUN PUNCT", lemmas="rebel attack villager .",
    )  # fmt: skip
    act = acts(doc)["attack"]
    assert (words(doc, act.agents), words(doc, act.patients)) == (["Rebels"], ["villagers"])


def test_passive_clause_swaps_agent_and_patient() -> None:
    doc = parsed(
        "Villagers were attacked by rebels .", deps="nsubjpass auxpass ROOT agent pobj punct", heads=[2, 2, 2, 2, 3, 2],
        tags="NNS VBD VBN IN NNS .", pos="NOUN AUX VERB ADP NOUN PUNCT", lemmas="villager be attack by rebel .",
    )  # fmt: skip
    act = acts(doc)["attack"]
    assert (words(doc, act.agents), words(doc, act.patients)) == (["rebels"], ["Villagers"])


def test_passive_without_agent_has_none() -> None:
    doc = parsed(
        "Villagers were attacked .", deps="nsubjpass auxpass ROOT punct", heads=[2, 2, 2, 2],
        tags="NNS VBD VBN .", pos="NOUN AUX VERB PUNCT", lemmas="villager be attack .",
    )  # fmt: skip
    assert acts(doc)["attack"].agents == ()


def test_coordinated_subjects_all_act() -> None:
    doc = parsed(
        "Mali and Niger met rebels .", deps="nsubj cc conj ROOT dobj punct", heads=[3, 0, 0, 3, 3, 3],
        tags="NNP CC NNP VBD NNS .", pos="PROPN CCONJ PROPN VERB NOUN PUNCT", lemmas="Mali and Niger meet rebel .",
    )  # fmt: skip
    assert words(doc, acts(doc)["meet"].agents) == ["Mali", "Niger"]


def test_coordinated_verbs_share_their_subject() -> None:
    doc = parsed(
        "Rebels came and attacked villagers .", deps="nsubj ROOT cc conj dobj punct", heads=[1, 1, 1, 1, 3, 1],
        tags="NNS VBD CC VBD NNS .", pos="NOUN VERB CCONJ VERB NOUN PUNCT", lemmas="rebel come and attack villager .",
    )  # fmt: skip
    assert words(doc, acts(doc)["attack"].agents) == ["Rebels"]


def test_bare_verb_beside_a_finite_one_does_not() -> None:
    # "It is wrong and support him" is a slip of the parser: a bare form needs an auxiliary to share.
    doc = parsed(
        "It is wrong and support him .", deps="nsubj ROOT acomp cc conj dobj punct", heads=[1, 1, 1, 1, 1, 4, 1],
        tags="PRP VBZ JJ CC VB PRP .", pos="PRON AUX ADJ CCONJ VERB PRON PUNCT", lemmas="it be wrong and support he .",
    )  # fmt: skip
    assert acts(doc)["support"].agents == ()


def test_infinitive_is_done_by_the_subject() -> None:
    doc = parsed(
        "Rebels agreed to withdraw .", deps="nsubj ROOT aux xcomp punct", heads=[1, 1, 3, 1, 1],
        tags="NNS VBD TO VB .", pos="NOUN VERB PART VERB PUNCT", lemmas="rebel agree to withdraw .",
    )  # fmt: skip
    found = acts(doc)
    assert words(doc, found["withdraw"].agents) == ["Rebels"]
    assert words(doc, found["agree"].complements) == ["withdraw"]
    assert found["withdraw"].future


def test_infinitive_is_done_by_the_object_where_there_is_one() -> None:
    doc = parsed(
        "Norway urged rebels to withdraw .", deps="nsubj ROOT dobj aux xcomp punct", heads=[1, 1, 1, 4, 1, 1],
        tags="NNP VBD NNS TO VB .", pos="PROPN VERB NOUN PART VERB PUNCT", lemmas="Norway urge rebel to withdraw .",
    )  # fmt: skip
    assert words(doc, acts(doc)["withdraw"].agents) == ["rebels"]


def test_threat_is_carried_out_by_who_threatens() -> None:
    doc = parsed(
        "Rebels threatened villagers to return .", deps="nsubj ROOT dobj aux xcomp punct", heads=[1, 1, 1, 4, 1, 1],
        tags="NNS VBD NNS TO VB .", pos="NOUN VERB NOUN PART VERB PUNCT", lemmas="rebel threaten villager to return .",
    )  # fmt: skip
    assert words(doc, acts(doc)["return"].agents) == ["Rebels"]


def test_infinitive_is_done_by_whom_one_calls_on() -> None:
    doc = parsed(
        "Norway called on rebels to withdraw .", deps="nsubj ROOT prep pobj aux xcomp punct", heads=[1, 1, 1, 2, 5, 1, 1],
        tags="NNP VBD IN NNS TO VB .", pos="PROPN VERB ADP NOUN PART VERB PUNCT", lemmas="Norway call on rebel to withdraw .",
    )  # fmt: skip
    assert words(doc, acts(doc)["withdraw"].agents) == ["rebels"]


def test_finite_verb_after_an_infinitive_has_the_main_subject() -> None:
    doc = parsed(
        "Norway told rebels to leave and left .", deps="nsubj ROOT dobj aux xcomp cc conj punct",
        heads=[1, 1, 1, 4, 1, 4, 4, 1], tags="NNP VBD NNS TO VB CC VBD .",
        pos="PROPN VERB NOUN PART VERB CCONJ VERB PUNCT", lemmas="Norway tell rebel to go and leave .",
    )  # fmt: skip
    found = acts(doc)
    assert words(doc, found["leave"].agents) == ["Norway"]
    assert words(doc, found["go"].agents) == ["rebels"]


def test_participle_of_a_sentence_without_verb_is_active() -> None:
    # The parser may take the verb behind a name in commas for a participle.
    doc = parsed(
        "Envoy , Ames , called on rebels .", deps="ROOT punct appos punct acl prep pobj punct",
        heads=[0, 0, 0, 0, 0, 4, 5, 0], tags="NN , NNP , VBN IN NNS .",
        pos="NOUN PUNCT PROPN PUNCT VERB ADP NOUN PUNCT", lemmas="envoy , Ames , call on rebel .",
    )  # fmt: skip
    act = acts(doc)["call"]
    assert (words(doc, act.agents), act.passive) == (["Envoy"], False)


def test_what_was_to_have_been_is_negated() -> None:
    doc = parsed(
        "Ministers were to have met .", deps="nsubj ROOT aux aux xcomp punct", heads=[1, 1, 4, 4, 1, 1],
        tags="NNS VBD TO VB VBN .", pos="NOUN AUX PART AUX VERB PUNCT", lemmas="minister be to have meet .",
    )  # fmt: skip
    assert acts(doc)["meet"].negated


def test_relative_pronoun_gives_way_to_its_antecedent() -> None:
    doc = parsed(
        "Rebels who attacked villagers fled .", deps="nsubj nsubj relcl dobj ROOT punct", heads=[4, 2, 0, 2, 4, 4],
        tags="NNS WP VBD NNS VBD .", pos="NOUN PRON VERB NOUN VERB PUNCT", lemmas="rebel who attack villager flee .",
    )  # fmt: skip
    assert words(doc, acts(doc)["attack"].agents) == ["Rebels"]


def test_relative_clause_without_object_describes_it() -> None:
    doc = parsed(
        "Villagers whom rebels attacked fled .", deps="nsubj dobj nsubj relcl ROOT punct", heads=[4, 3, 3, 0, 4, 4],
        tags="NNS WP NNS VBD VBD .", pos="NOUN PRON NOUN VERB VERB PUNCT", lemmas="villager whom rebel attack flee .",
    )  # fmt: skip
    assert words(doc, acts(doc)["attack"].patients) == ["Villagers"]


def test_participle_after_a_noun_is_passive() -> None:
    doc = parsed(
        "Villagers attacked by rebels fled .", deps="nsubj acl agent pobj ROOT punct", heads=[4, 0, 1, 2, 4, 4],
        tags="NNS VBN IN NNS VBD .", pos="NOUN VERB ADP NOUN VERB PUNCT", lemmas="villager attack by rebel flee .",
    )  # fmt: skip
    act = acts(doc)["attack"]
    assert (words(doc, act.agents), words(doc, act.patients)) == (["rebels"], ["Villagers"])


def test_particle_belongs_to_the_verb() -> None:
    doc = parsed(
        "Troops pulled out .", deps="nsubj ROOT prt punct", heads=[1, 1, 1, 1],
        tags="NNS VBD RP .", pos="NOUN VERB ADP PUNCT", lemmas="troop pull out .",
    )  # fmt: skip
    assert words(doc, acts(doc)["pull out"].trigger) == ["pulled", "out"]


def test_negation() -> None:
    doc = parsed(
        "Rebels did not attack villagers .", deps="nsubj aux neg ROOT dobj punct", heads=[3, 3, 3, 3, 3, 3],
        tags="NNS VBD RB VB NNS .", pos="NOUN AUX PART VERB NOUN PUNCT", lemmas="rebel do not attack villager .",
    )  # fmt: skip
    assert acts(doc)["attack"].negated


def test_what_one_fails_to_do_is_negated() -> None:
    doc = parsed(
        "Rebels failed to attack .", deps="nsubj ROOT aux xcomp punct", heads=[1, 1, 3, 1, 1],
        tags="NNS VBD TO VB .", pos="NOUN VERB PART VERB PUNCT", lemmas="rebel fail to attack .",
    )  # fmt: skip
    assert acts(doc)["attack"].negated


def test_future() -> None:
    doc = parsed(
        "Ministers will meet .", deps="nsubj aux ROOT punct", heads=[2, 2, 2, 2],
        tags="NNS MD VB .", pos="NOUN AUX VERB PUNCT", lemmas="minister will meet .",
    )  # fmt: skip
    assert acts(doc)["meet"].future


def test_light_verb_lends_its_subject_to_the_noun() -> None:
    doc = parsed(
        "Rebels launched an attack on villagers .", deps="nsubj ROOT det dobj prep pobj punct",
        heads=[1, 1, 3, 1, 3, 4, 1], tags="NNS VBD DT NN IN NNS .", pos="NOUN VERB DET NOUN ADP NOUN PUNCT",
        lemmas="rebel launch an attack on villager .",
    )  # fmt: skip
    act = acts(doc, "attack")["attack"]
    assert (words(doc, act.agents), words(doc, act.at("on"))) == (["Rebels"], ["villagers"])
    assert words(doc, act.trigger) == ["launched", "attack"]


def test_other_verb_lends_nothing() -> None:
    doc = parsed(
        "Norway condemned an attack on villagers .", deps="nsubj ROOT det dobj prep pobj punct",
        heads=[1, 1, 3, 1, 3, 4, 1], tags="NNP VBD DT NN IN NNS .", pos="PROPN VERB DET NOUN ADP NOUN PUNCT",
        lemmas="Norway condemn an attack on villager .",
    )  # fmt: skip
    assert acts(doc, "attack")["attack"].agents == ()


def test_possessor_of_an_act_is_its_agent() -> None:
    doc = parsed(
        "Norway 's attack failed .", deps="poss case nsubj ROOT punct", heads=[2, 0, 3, 3, 3],
        tags="NNP POS NN VBD .", pos="PROPN PART NOUN VERB PUNCT", lemmas="Norway 's attack fail .",
    )  # fmt: skip
    assert words(doc, acts(doc, "attack")["attack"].agents) == ["Norway"]


def test_meeting_held_by_one_with_another() -> None:
    doc = parsed(
        "A meeting held by Norway with rebels failed .", deps="det nsubj acl agent pobj prep pobj ROOT punct",
        heads=[1, 7, 1, 2, 3, 2, 5, 7, 7], tags="DT NN VBN IN NNP IN NNS VBD .",
        pos="DET NOUN VERB ADP PROPN ADP NOUN VERB PUNCT", lemmas="a meeting hold by Norway with rebel fail .",
    )  # fmt: skip
    act = acts(doc, "meeting")["meeting"]
    assert (words(doc, act.agents), words(doc, act.companions)) == (["Norway"], ["rebels"])


def test_nouns_outside_the_list_are_no_acts() -> None:
    doc = parsed(
        "Norway 's weather changed .", deps="poss case nsubj ROOT punct", heads=[2, 0, 3, 3, 3],
        tags="NNP POS NN VBD .", pos="PROPN PART NOUN VERB PUNCT", lemmas="Norway 's weather change .",
    )  # fmt: skip
    assert "weather" not in acts(doc, "attack")


def test_text_without_a_parse_has_no_propositions() -> None:
    assert (
        find_propositions(Doc(parsed("A", deps="ROOT", heads=[0]).vocab, words=["Rebels", "attacked"])) == ()
    )
