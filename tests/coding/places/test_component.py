"""Where, in sentences of our own; the real entity recogniser and the real gazetteer."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from sitrep.coding.pipeline import default_model
from sitrep.gazetteer.distance import distance_km
from sitrep.gazetteer.geonames import compile_dump
from sitrep.records import Place


@pytest.fixture(scope="module")
def pipe() -> Language:
    """The component in somebody else's pipeline: nothing else of sitrep but the paragraphs."""
    nlp = spacy.load(default_model())
    nlp.add_pipe("sitrep_paragraphs", before="parser")
    nlp.add_pipe("sitrep_places")
    return nlp


def places(pipe: Language, text: str) -> dict[str, tuple[str | None, str | None]]:
    """The country and feature of each place, by its name."""
    return {place.name: (place.country, place.feature) for place in pipe(text)._.places}


def the(pipe: Language, text: str, printed: str) -> Place:
    [place] = [p for p in pipe(text)._.places if printed in (text[start:end] for start, end in p.mentions)]
    return place


def printed(pipe: Language, text: str) -> set[str]:
    return {text[start:end] for place in pipe(text)._.places for start, end in place.mentions}


def test_town_has_its_position(pipe: Language) -> None:
    place = the(pipe, "Police in Nakuru, Kenya, arrested nine men on Friday.", "Nakuru")
    assert (place.country, place.feature, place.inferred) == ("KEN", "PPL", False)
    assert place.latitude is not None and place.longitude is not None
    assert distance_km(place.latitude, place.longitude, -0.28, 36.07) < 20


def test_one_record_for_all_mentions(pipe: Language) -> None:
    text = "Troops left Mombasa. A curfew in Mombasa was lifted, Kenya said."
    assert len(the(pipe, text, "Mombasa").mentions) == 2


def test_ids_follow_the_text(pipe: Language) -> None:
    found = pipe("Envoys of Chad met in Lomé, Togo, before they flew to Accra in Ghana.")._.places
    assert [place.id for place in found] == [f"p{n}" for n in range(1, len(found) + 1)]
    assert [place.mentions for place in found] == sorted(place.mentions for place in found)


def test_state_after_a_comma_decides(pipe: Language) -> None:
    text = "The convoy left Springfield, Illinois, for Springfield, Mo., before noon."
    found = [p.admin1 for p in pipe(text)._.places if p.name == "Springfield"]
    assert found == ["Illinois", "Missouri"]


def test_country_of_the_report_decides(pipe: Language) -> None:
    in_libya = "Militias clashed in Tripoli on Monday. Libya's government sent troops from Misrata, Libyan media said."
    in_lebanon = "Protesters marched in Tripoli on Monday. Lebanon's army sent troops from Beirut, Lebanese media said."
    assert the(pipe, in_libya, "Tripoli").country == "LBY"
    assert the(pipe, in_lebanon, "Tripoli").country == "LBN"


def test_demonym_is_no_place(pipe: Language) -> None:
    assert printed(pipe, "Kenyan and Ugandan officers questioned an American sailor.") == set()


def test_newspaper_is_no_place(pipe: Language) -> None:
    assert "Nairobi" not in printed(pipe, "The Nairobi Times reported that Kenya closed its border.")


def test_person_named_like_a_town_is_no_place(pipe: Language) -> None:
    assert printed(pipe, "Sydney Carlson and Jordan Whitfield married on Saturday.") == set()


def test_every_town_of_a_list_is_found(pipe: Language) -> None:
    text = "Rebels took the towns of Kutum, Zamzara and Mellit in Sudan, residents said."
    assert {"Kutum", "Zamzara", "Mellit"} <= printed(pipe, text)


def test_name_that_the_text_calls_a_town_needs_no_gazetteer(pipe: Language) -> None:
    place = the(pipe, "Floods cut off the village of Zamzara in Sudan.", "Zamzara")
    assert (place.country, place.latitude, place.inferred) == ("SDN", None, True)


def test_transliteration_is_the_division_of_the_reports_country(pipe: Language) -> None:
    text = "Libya's army left Sirte. The Libyan force then entered the city of Jofrah, a spokesman said."
    place = the(pipe, text, "Jofrah")
    assert (place.name, place.country, place.feature, place.inferred) == ("Al Jufrah", "LBY", "ADM1", True)


def test_two_consonants_are_no_other_spelling_of_a_far_town(pipe: Language) -> None:
    text = "Ethiopia's army left Mekelle. Ethiopian troops had looted the town of Sura, aid workers said."
    place = the(pipe, text, "Sura")
    assert (place.latitude, place.inferred) == (None, True)


def test_town_taken_for_a_person_is_the_largest_of_its_name_in_the_country(pipe: Language) -> None:
    text = "Ukraine's army shelled Russian soldiers near Avdiivka. Then it left the town of Avdiivka."
    place = the(pipe, text, "Avdiivka")
    assert (place.name, place.country, place.feature) == ("Avdiyivka", "UKR", "PPL")
    assert place.latitude is not None and place.longitude is not None
    assert distance_km(place.latitude, place.longitude, 48.14, 37.75) < 20


def test_port_is_that_of_a_town(pipe: Language) -> None:
    text = "Russian missiles hit the Black Sea port of Odesa on Saturday, Ukraine's army said."
    assert the(pipe, text, "Odesa").country == "UKR"


def test_every_mention_of_a_place_is_its(pipe: Language) -> None:
    text = "Missiles hit the port of Odesa in Ukraine. The attack on Odesa's port shocked Mr. Odesa."
    assert [text[start - 3 : start] for start, _ in the(pipe, text, "Odesa").mentions] == ["of ", "on "]


def test_person_who_is_near_is_no_place(pipe: Language) -> None:
    text = "Ukraine's army praised Oleh Avdiivka. Officers stood near Avdiivka's brother."
    assert "Avdiivka" not in printed(pipe, text)


@pytest.mark.parametrize(
    "dateline",
    ["KYIV, May 2, 2021 (Dnipro Press) -", "KYIV (Dnipro Wire) —", "KYIV (Dnipro Today), May 2 —"],
)
def test_publisher_in_a_dateline_is_no_place(pipe: Language, dateline: str) -> None:
    text = f"{dateline} Ukraine reopened the schools of Kharkiv on Monday."
    assert printed(pipe, text) == {"KYIV", "Ukraine", "Kharkiv"}


def test_town_in_parentheses_is_a_place(pipe: Language) -> None:
    text = "The governor met officers in the second city of Ukraine (Kharkiv) - and left."
    assert "Kharkiv" in printed(pipe, text)


def test_air_base_that_no_gazetteer_has_is_kept_without_a_position(pipe: Language) -> None:
    place = the(
        pipe,
        "Sudan's army lost the “Wad Zamra” air base on Sunday, Sudanese officers said.",
        "“Wad Zamra” air base",
    )
    assert (place.name, place.country, place.feature) == ("Wad Zamra air base", "SDN", "AIRB")
    assert (place.latitude, place.geonameid, place.inferred) == (None, None, True)


def test_crossing_of_a_known_town_lies_near_it(pipe: Language) -> None:
    place = the(
        pipe,
        "Jordan shut the Ramtha crossing to trucks from Syria, Jordanian officials said.",
        "Ramtha crossing",
    )
    assert (place.country, place.feature, place.inferred) == ("JOR", "PSTB", True)
    assert place.latitude is not None


def test_owner_of_a_base_is_not_its_name(pipe: Language) -> None:
    assert places(pipe, "A drone struck the American air base at dawn.") == {}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Clashes shook the Dorvan district of Nairobi, Kenya, on Friday.", "Dorvan district"),
        ("Shells hit Nairobi's Dorvan district on Friday, Kenya's police said.", "Dorvan district"),
    ],
)
def test_neighbourhood_lies_in_the_town_that_it_is_named_with(pipe: Language, text: str, place: str) -> None:
    found = the(pipe, text, place)
    assert (found.feature, found.inferred, found.geonameid) == ("PPLX", True, None)
    assert found.latitude is not None and round(found.latitude) == -1


def test_airport_of_a_town_is_another_place_than_the_town(pipe: Language) -> None:
    text = "Rebels shelled Mombasa airport in Kenya. Schools in Mombasa stayed shut."
    assert {(p.feature, p.inferred) for p in pipe(text)._.places if "Mombasa" in p.name} == {
        ("AIRP", True), ("PPL", False),
    }  # fmt: skip


def test_capital_of_the_state_is_meant_unless_the_text_is_about_the_division(pipe: Language) -> None:
    abroad = "Kenya freed two Americans. There was no comment from Washington, officials in Nairobi said."
    assert the(pipe, abroad, "Washington").feature == "PPLC"
    at_home = "Floods closed roads in Spokane and Yakima, and in much of Washington state, on Monday."
    assert the(pipe, at_home, "Washington").feature == "ADM1"


def test_capital_speaks_for_its_government(pipe: Language) -> None:
    text = "Kenya accused its neighbours. Nairobi called the report a lie."
    assert the(pipe, text, "Nairobi").feature == "PPLC"


def test_ship_is_no_place(pipe: Language) -> None:
    assert "Nairobi" not in printed(pipe, "Sailors of the HMS Nairobi landed in Mombasa, Kenya.")


def test_movement_named_after_a_region_is_no_place(pipe: Language) -> None:
    text = "The Darfur National Liberation Front met envoys in Khartoum, Sudan."
    assert printed(pipe, text) == {"Khartoum", "Sudan"}


def test_full_gazetteer_places_a_feature_by_its_name(tmp_path: Path) -> None:
    dump = tmp_path / "KE.txt"
    lines = [
        ("900001", "Dorvan Air Base", "S", "AIRB", "-1.5", "37.5", "0"),
        ("900002", "Nairobi", "P", "PPLC", "-1.28", "36.82", "2750547"),
    ]
    dump.write_text(
        "".join(
            f"{number}\t{name}\t{name}\t\t{north}\t{east}\t{kind}\t{code}\tKE" + 5 * "\t" + f"\t{people}"
            "\t\t0\tAfrica/Nairobi\t2026-03-05\n"
            for number, name, kind, code, north, east, people in lines
        ),
        encoding="utf-8",
    )
    compile_dump(dump, tmp_path / "gazetteer.sqlite")
    nlp = spacy.load(default_model())
    nlp.add_pipe("sitrep_places", config={"gazetteer": str(tmp_path / "gazetteer.sqlite")})
    base = the(nlp, "Kenya said jets had bombed the Dorvan air base near Nairobi.", "Dorvan air base")
    assert (base.geonameid, base.feature, base.inferred, base.latitude) == (900001, "AIRB", False, -1.5)


def test_distance_and_direction_place_an_unknown_village(pipe: Language) -> None:
    place = the(pipe, "Gunmen burned the village of Zamzara, 40 km north of Kassala in Sudan.", "Zamzara")
    assert place.latitude is not None and place.longitude is not None
    assert distance_km(place.latitude, place.longitude, 15.8, 36.4) < 40
    assert place.inferred


def test_compass_name_is_not_a_region_across_the_world(pipe: Language) -> None:
    assert "West Coast" not in printed(pipe, "Libyan troops hold Tripoli and the entire West Coast of Libya.")


def test_dateline_is_a_place(pipe: Language) -> None:
    assert the(pipe, "KAMPALA (Wire) — Uganda reopened its schools on Monday.", "KAMPALA").country == "UGA"


def test_text_without_places_gives_none(pipe: Language) -> None:
    assert pipe("The minister resigned on Friday.")._.places == ()
    assert pipe("")._.places == ()


def test_answer_does_not_depend_on_the_batch(pipe: Language) -> None:
    texts = [
        "Rain fell on Accra in Ghana.",
        "Tripoli was calm, Libya said.",
        "Lagos and Kano voted in Nigeria.",
    ]
    assert [doc._.places for doc in pipe.pipe(texts)] == [pipe(text)._.places for text in texts]


def test_component_pickles(pipe: Language) -> None:
    component = pipe.get_pipe("sitrep_places")
    doc = pipe.make_doc("Accra")
    assert pickle.loads(pickle.dumps(component))(doc)._.places == component(doc)._.places


def test_weights_are_named_by_their_digests(pipe: Language) -> None:
    models = pipe.get_pipe("sitrep_places").models
    assert sorted(models) == ["gazetteer", "places_naming", "places_ranking"]
    assert all(digest.startswith("sha256:") for digest in models.values())


@settings(max_examples=40, deadline=None)
@given(
    st.text(
        st.sampled_from("Paris, Al-“”'’ 120 km west of the.\n\n(New York)St. ÁÖß🙂—air base"), max_size=80
    )
)
def test_any_text_gives_valid_records(pipe: Language, text: str) -> None:
    for place in pipe(text)._.places:
        assert place.mentions == tuple(sorted(place.mentions))
        assert all(0 <= start < end <= len(text) for start, end in place.mentions)
        assert 0 <= place.confidence <= 1


def test_a_large_town_that_is_taken_held_or_left_is_a_place(pipe: Language) -> None:
    assert printed(pipe, "The rebels retreated from Goma to Rutshuru on Monday.") == {"Goma", "Rutshuru"}
    assert printed(pipe, "The rebels have full control of Goma.") == {"Goma"}
    assert printed(pipe, "The army holds Sirte and Jufra.") == {"Sirte", "Jufra"}


def test_a_person_of_a_town_s_name_is_none(pipe: Language) -> None:
    assert printed(pipe, "President Bush flew to Lisbon. Kerry agreed with Bush.") == {"Lisbon"}
    assert printed(pipe, "Bush said he would wait.") == set()


def test_the_bare_name_of_an_air_base_is_the_base(pipe: Language) -> None:
    text = "Warplanes struck the al-Tarima air base in Libya. The army took al-Tarima in May."
    assert len(the(pipe, text, "al-Tarima air base").mentions) == 2


# ----------------------------------------------------------------------------------------- parts of countries


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The army has left western Libya.", "western Libya"),
        ("The army has left Libya.", "Libya"),
        ("Ten people died in the far north of Mali.", "northern Mali"),
        ("Towns to the north of Mali were shelled.", "Mali"),
        ("Ten people died in Mali's centre.", "central Mali"),
        ("Troops went to north-eastern Nigeria.", "northeastern Nigeria"),
        ("Troops went to northern Virginia.", "northern Virginia"),
        ("Shells fell on western Aleppo in Syria.", "Syria"),
        ("Troops of North Korea crossed the border.", "North Korea"),
    ],
)
def test_part_of_a_country_is_a_place_of_its_own_and_a_part_of_a_town_is_not(
    pipe: Language, text: str, name: str
):
    found = places(pipe, text)
    assert name in found and not any(
        other.split()[-1] == name.split()[-1] for other in found if other != name
    )


def test_part_and_whole_are_two_places_and_two_ways_to_say_the_part_are_one(pipe: Language):
    text = "Rebels held northeast Nigeria. The north-east of Nigeria is poor. Nigeria sent troops to north-eastern Nigeria."
    found = {place.name: place for place in pipe(text)._.places}
    part, whole = found["northeastern Nigeria"], found["Nigeria"]
    assert (part.feature, part.country, part.geonameid, part.inferred) == ("RGN", "NGA", None, True)
    assert (whole.feature, whole.country, whole.inferred) == ("PCLI", "NGA", False)
    assert (part.latitude, part.longitude) == (whole.latitude, whole.longitude)


@pytest.mark.parametrize(
    ("town", "country"),
    [("Geneva", "CHE"), ("Basra", "IRQ"), ("Gaziantep", "TUR"), ("Kidal", "MLI"), ("Marawi", "PHL"), ("Cartagena", "COL")],
)  # fmt: skip
def test_a_town_that_dwarfs_its_namesakes_is_meant_where_nothing_else_is_named(
    pipe: Language, town: str, country: str
) -> None:
    place = the(pipe, f"Nurses closed two clinics in {town} on Sunday, doctors said.", town)
    assert place.country == country and (place.feature or "").startswith("PPL")


@pytest.mark.parametrize("town", ["Kyiv", "Khartoum", "Sousse", "Osaka", "Budapest", "Aleppo"])
def test_a_town_stands_before_the_division_of_its_name(pipe: Language, town: str) -> None:
    place = the(pipe, f"Nurses closed two clinics in {town} on Sunday, doctors said.", town)
    assert (place.feature or "").startswith("PPL")


def test_a_division_that_is_called_one_is_no_town(pipe: Language) -> None:
    assert (
        the(pipe, "Floods closed roads in Osaka Prefecture in Japan.", "Osaka Prefecture").feature == "ADM1"
    )
    found = places(pipe, "Fighting went on in the Syrian governorates, in Homs and Aleppo Governorates.")
    assert [feature for _, feature in found.values()] == ["ADM1", "ADM1"]


def test_letters_behind_a_name_are_no_place(pipe: Language) -> None:
    found = places(pipe, "Anna Pohl, M.S., R.D., criticised the ministry at a meeting in Vienna, Austria.")
    assert set(found) == {"Vienna", "Austria"}
    assert "Washington" in places(pipe, "He met envoys in Washington, D.C., on Monday.")
