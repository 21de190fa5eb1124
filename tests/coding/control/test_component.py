"""A statement of control is a record where its holder, its place and its days are known."""

from datetime import date

from spacy.language import Language

from sitrep.records import Control, words

PUBLISHED = date(2020, 6, 10)


def control_in(
    nlp: Language, text: str, published: date | None = PUBLISHED
) -> list[tuple[str, str, Control]]:
    doc = nlp.make_doc(text)
    doc._.published = published
    doc = nlp(doc)
    actors = {actor.id: actor.name for actor in doc._.actors}
    places = {place.id: place.name for place in doc._.places}
    return [(actors[c.holder], places[c.place], c) for c in doc._.control]


def test_present_tense_holds_for_the_day_of_publication(nlp: Language):
    text = "Four people were arrested in Benghazi, which Khalifa Haftar controls."
    [(holder, place, control)] = control_in(nlp, text)
    assert (holder, place) == ("Khalifa Haftar", "Benghazi")
    assert (control.earliest, control.latest, control.inferred) == (PUBLISHED, PUBLISHED, True)
    assert words(text, control.trigger) == ["controls"]


def test_since_opens_the_days(nlp: Language):
    [(_, place, control)] = control_in(
        nlp, "The port of Aden has been controlled by the separatists since 2019."
    )
    assert place == "Aden"
    assert (control.earliest, control.latest) == (date(2019, 1, 1), PUBLISHED)


def test_what_somebody_says_of_control_is_on_his_word(nlp: Language):
    [(_, _, control)] = control_in(nlp, "The general said that his army controls all of Tripoli.")
    assert control.according_to


def test_denied_control_is_denied(nlp: Language):
    [(_, _, control)] = control_in(nlp, "The militia does not control Tripoli.")
    assert control.status == "denied"


def test_without_a_published_date_no_day_is_guessed(nlp: Language):
    assert control_in(nlp, "Khalifa Haftar controls the city of Benghazi.", published=None) == []


def test_a_country_is_not_held(nlp: Language):
    assert control_in(nlp, "France held Germany to a draw in Paris on Monday.") == []
