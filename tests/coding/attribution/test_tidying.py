"""One word to one speaker."""

from __future__ import annotations

from spacy.language import Language

from tests.coding.attribution.reading import told


def test_what_somebody_asks_in_anothers_words_is_an_attribution_too(pipe: Language) -> None:
    text = "The envoy urged the rebels to leave the town, the embassy said."
    assert ("the embassy", "said", "The envoy urged the rebels to leave the town") in told(pipe, text)
    assert ("The envoy", "urged", "the rebels to leave the town") in told(pipe, text)
    [outer] = [a for a in pipe(text)._.attributions if a.within is None]
    [inner] = [a for a in pipe(text)._.attributions if a.within is not None]
    assert inner.within == outer.id


def test_a_quotation_belongs_to_the_cue_beside_it_alone(pipe: Language) -> None:
    text = "Sool warned both sides against a new war. “The valley has buried enough sons,” she said."
    holding = [source for source, _, content in told(pipe, text) if "buried" in content]
    assert holding == ["she"]


def test_what_is_demanded_besides_does_not_take_the_quotation(pipe: Language) -> None:
    text = "Holt accused the guards of theft. “Our fields are no barracks,” he said, and demanded that they leave at once."
    rows = told(pipe, text)
    assert [source for source, _, content in rows if "barracks" in content] == ["he"]
    assert ("he", "demanded", "that they leave at once") in rows


def test_a_quotation_after_told_of_speech_is_the_teller_s(pipe: Language) -> None:
    text = (
        "A member of the council told this newspaper that an officer had assured her the army would stay quiet. "
        "“I have it from him. I have not seen it in writing.”"
    )
    assert [source for source, _, said in told(pipe, text) if "in writing" in said] == [
        "A member of the council"
    ]


def test_a_name_in_quotation_marks_is_nobodys_word(pipe: Language) -> None:
    assert told(pipe, "The army launched the operation, named “Northern Dawn”, on Sunday.") == []


def test_scare_quotes_are_nobodys_word(pipe: Language) -> None:
    assert told(pipe, "The so-called “river state” fell in 2019.") == []


def test_two_cues_joined_are_two_attributions(pipe: Language) -> None:
    text = "The army thanked the villagers and said its forces were clearing the last mines."
    assert ("The army", "said", "its forces were clearing the last mines") in told(pipe, text)
    assert not any("mines" in content for _, cue, content in told(pipe, text) if "thanked" in cue)


def test_what_nobody_claims_is_nobody_s_word(pipe: Language) -> None:
    assert told(pipe, "No group has claimed responsibility for the blast.") == []
    rows = told(pipe, "The group claimed responsibility for the blast.")
    assert [source for source, _, _ in rows] == ["The group"]


def test_a_blow_against_a_building_tells_nothing(pipe: Language) -> None:
    assert told(pipe, "Gunmen attacked a hotel in Nakuru.") == []
