"""Whose a surname is that several bear, on the real pipeline."""

from __future__ import annotations

from collections.abc import Callable

Said = Callable[[str], dict[str, list[str]]]


def test_a_king_is_not_who_bears_his_name_as_a_surname(said: Said) -> None:
    found = said("Karim Farid met envoys in Rabat. King Farid flew to Oslo. Farid said he would wait.")
    assert found["Karim Farid"] == ["Karim Farid"]
    assert found["Farid"] == ["King Farid", "Farid", "he"]


def test_a_king_named_in_full_is_called_by_his_name(said: Said) -> None:
    found = said("King Karim Farid met envoys in Rabat. King Farid flew to Oslo.")
    assert found["Karim Farid"] == ["King Karim Farid", "King Farid"]


def test_a_title_of_the_other_sex_keeps_two_apart(said: Said) -> None:
    found = said(
        "President Peter Lund spoke in Oslo. Mrs. Lund travelled to Beijing. Lund said the talks went well."
    )
    assert found["Peter Lund"] == ["President Peter Lund", "Lund"]


def test_a_title_of_the_same_sex_does_not(said: Said) -> None:
    found = said("Chancellor Maria Lund spoke in Oslo. Mrs. Lund travelled to Beijing.")
    assert found["Maria Lund"] == ["Chancellor Maria Lund", "Mrs. Lund"]


def test_a_bare_surname_is_not_the_wife_s(said: Said) -> None:
    found = said("Senator Karl Novak arrived with his wife, Helen Novak. Novak said he would stay.")
    assert found["Karl Novak"] == ["Senator Karl Novak", "Novak", "he"]
    assert found["Helen Novak"] == ["his wife, Helen Novak"]


def test_a_title_chooses_between_two(said: Said) -> None:
    found = said("General Ivan Petrov met Senator Boris Petrov on Monday. General Petrov left early.")
    assert "General Petrov" in found["Ivan Petrov"]
