"""Who acts in a report, on the real pipeline."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from sitrep.coding.actors.component import actors_at, find_actors
from sitrep.coding.pipeline import default_model
from sitrep.records import Actor

Find = Callable[[str], dict[str, Actor]]


@pytest.fixture(scope="module")
def small() -> Language:
    """Tagger, parser and NER with the actors alone: the component needs no other of ours."""
    nlp = spacy.load(default_model())
    nlp.add_pipe("sitrep_paragraphs", before="parser")
    nlp.add_pipe("sitrep_actors")
    return nlp


@pytest.fixture
def find(small: Language) -> Find:
    return lambda text: {actor.name: actor for actor in small(text)._.actors}


def said(text: str, actor: Actor) -> list[str]:
    return [text[start:end] for start, end in actor.mentions]


def test_a_title_before_a_name_gives_country_and_sector(find: Find) -> None:
    text = "Peruvian Minister of Health Rosa Quispe said on Friday that clinics will reopen."
    actor = find(text)["Rosa Quispe"]
    assert (actor.kind, actor.country, actor.sectors) == ("person", "PER", ("GOV",))
    assert actor.description == "Peruvian Minister of Health"
    assert said(text, actor) == ["Peruvian Minister of Health Rosa Quispe"]


def test_an_apposition_before_and_after_a_name(find: Find) -> None:
    text = (
        "The president of the Chilean Senate, Ana Rojas, met General Peter Hansen, the commander of the Danish navy, "
        "in Santiago."
    )
    found = find(text)
    assert (found["Ana Rojas"].country, found["Ana Rojas"].sectors) == ("CHL", ("LEG",))
    assert (found["Peter Hansen"].country, found["Peter Hansen"].sectors) == ("DNK", ("MIL",))


def test_a_surname_and_a_pronoun_are_the_person_named_in_full(find: Find) -> None:
    text = "Interior Minister Jorge Salas visited the border on Monday. Salas said the road is open. He added that trucks may pass."
    found = find(text)
    assert said(text, found["Jorge Salas"]) == ["Interior Minister Jorge Salas", "Salas", "He"]


def test_two_spellings_of_one_name_are_one_person(find: Find) -> None:
    text = "Colonel Yusuf al-Mekdashi said the town is calm. Later, Colonel Yousef al-Miqdashi told reporters that he would stay."
    assert len([actor for actor in find(text).values() if actor.kind == "person"]) == 1


def test_two_ministers_stay_two_persons(find: Find) -> None:
    text = "Minister Ana Rojas met Minister Carla Rojas on Friday."
    assert {"Ana Rojas", "Carla Rojas"} <= set(find(text))


def test_a_militia_named_after_a_man_is_not_the_man(find: Find) -> None:
    text = "General Tomas Vega left the capital. The Vega militia attacked the port."
    found = find(text)
    assert (found["Tomas Vega"].kind, found["Vega militia"].kind) == ("person", "organisation")
    assert found["Vega militia"].sectors == ("PRM",)


def test_the_army_is_the_army_named_before_and_another_army_is_not(find: Find) -> None:
    text = "The Malian army entered the village. The army burned three houses. The Nigerien army stayed away."
    found = find(text)
    assert said(text, found["Malian army"]) == ["The Malian army", "The army"]
    assert said(text, found["Nigerien army"]) == ["The Nigerien army"]


def test_an_acronym_in_brackets_is_the_long_name(find: Find) -> None:
    text = "The National Water Council (NWC) rejected the plan. The NWC said it was late."
    actor = find(text)["National Water Council"]
    assert said(text, actor)[:1] == ["The National Water Council (NWC)"]
    assert "The NWC" in said(text, actor)


def test_an_army_and_a_government_of_one_state_are_two_actors(find: Find) -> None:
    found = find("The Kenyan army backed the Kenyan government on Sunday.")
    assert (found["Kenyan army"].sectors, found["Kenyan government"].sectors) == (("MIL",), ("GOV",))


def test_a_state_that_acts_is_an_actor_and_one_that_is_a_place_is_not(find: Find) -> None:
    assert find("Peru accused Ecuador of lying.").keys() == {"Peru", "Ecuador"}
    assert "Peru" not in find("Heavy rain fell in Peru on Tuesday.")


def test_a_capital_that_decides_is_its_state(find: Find) -> None:
    found = find("Lima recalled its ambassador on Friday.")
    assert (found["Lima"].kind, found["Lima"].country) == ("state", "PER")
    assert "Lima" not in find("The bus reached Lima on Friday.")


def test_unnamed_people_are_actors_and_buildings_are_not(find: Find) -> None:
    found = find("Gunmen killed three soldiers near a hospital.")
    assert {(name, actor.kind) for name, actor in found.items()} == {
        ("Gunmen", "group"),
        ("three soldiers", "group"),
    }


def test_the_participants_are_those_who_met(find: Find) -> None:
    text = "Peru and Ecuador held talks. Rosa Quispe met with Juan Mora on Friday. The participants agreed to open the border."
    found = find(text)
    assert "The participants" in said(text, found["Rosa Quispe"])
    assert "The participants" in said(text, found["Juan Mora"])
    assert "The participants" not in said(text, found["Peru"])


def test_a_pronoun_that_could_be_either_of_two_stays_unresolved(find: Find) -> None:
    text = (
        "Mayor Juan Mora and Mayor Luis Prado came. Buses waited outside. They were empty, and it was late."
    )
    assert not any(word in ("They", "it") for actor in find(text).values() for word in said(text, actor))


def test_him_is_not_the_subject_of_the_same_verb(find: Find) -> None:
    text = "Mayor Juan Mora criticised the plan. Mayor Luis Prado thanked him."
    found = find(text)
    assert "him" not in said(text, found["Luis Prado"])
    assert "him" in said(text, found["Juan Mora"])


def test_the_smallest_mention_is_the_actor_of_a_span(small: Language) -> None:
    text = "The leader of the Peruvian parliament resigned."
    doc = small(text)
    [actor] = actors_at(doc._.actors, (text.index("parliament"), text.index("parliament") + 10))
    assert actor.name == "Peruvian parliament"
    assert actors_at(doc._.actors, (text.index("resigned"), len(text))) == ()


def test_ids_follow_the_first_mention(small: Language) -> None:
    found = small("Peru accused Ecuador. Then Chile accused Peru.")._.actors
    assert [(actor.id, actor.country) for actor in found] == [("a1", "PER"), ("a2", "ECU"), ("a3", "CHL")]


def test_a_doc_without_a_parse_gives_no_error() -> None:
    assert isinstance(find_actors(Doc(spacy.blank("en").vocab, words=["Peru", "accused", "Chile"])), tuple)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(
        alphabet=st.sampled_from("General Peru's army, (UN) “said” he-they. Ωß\n\n-'’él 3"), max_size=120
    )
)
def test_mentions_of_any_text_lie_in_it_and_cut_out_words(small: Language, text: str) -> None:
    for actor in small(text)._.actors:
        for start, end in actor.mentions:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()


def test_states_that_get_something_are_actors_and_places_are_not(find: Find) -> None:
    text = (
        "Chile sent two tonnes of aid to Bolivia. Norway imposed sanctions on Iran. Kenya reduced aid to Uganda. "
        "Cuba held talks with Mexico. The rally took place in Ghana."
    )
    found = find(text)
    states = {name for name, actor in found.items() if actor.kind == "state"}
    assert states == {"Chile", "Bolivia", "Norway", "Iran", "Kenya", "Uganda", "Cuba", "Mexico"}


def test_a_capital_acts_for_its_state_unless_it_acts_as_a_town(find: Find) -> None:
    assert find("Lima reduced its purchases of gas.")["Lima"].country == "PER"
    assert find("The union called on Lima to resign from the pact.")["Lima"].kind == "state"
    assert "Lima" not in find("Lima hosted a festival of music.")


def test_weapons_are_no_actors_but_their_owners_are(find: Find) -> None:
    text = "Danish warships shelled the harbour. Two missiles fell on a farm."
    [owner] = find(text).values()
    assert (owner.name, owner.kind, owner.country, said(text, owner)) == (
        "Denmark",
        "state",
        "DNK",
        ["Danish"],
    )


def test_vessels_of_a_service_are_the_service(find: Find) -> None:
    text = "Peruvian coast guard vessels fired at dawn."
    [owner] = find(text).values()
    assert (owner.sectors, owner.country, said(text, owner)) == (("MIL",), "PER", ["Peruvian coast guard"])


def test_weapons_made_or_backed_by_a_state_are_not_its_own(find: Find) -> None:
    assert find("Danish-made drones hit the bridge.") == {}


def test_parties_to_a_dispute_are_no_political_parties(find: Find) -> None:
    assert find("The parties signed nothing.")["parties"].sectors == ()
    assert find("Opposition parties signed nothing.")["Opposition parties"].sectors == ("PTY", "OPP")


def test_nobody_is_no_actor(find: Find) -> None:
    assert find("No group has claimed the bombing.") == {}


def test_a_number_of_people_is_named_with_who_they_are(find: Find) -> None:
    assert "dozens of young men" in find("The gunmen abducted dozens of young men last week.")


def test_where_a_group_is_belongs_to_no_name(find: Find) -> None:
    found = find("A delegation of Danish lawmakers in Quito met the mayor. The UN mission in Haiti closed.")
    assert "delegation of Danish lawmakers" in found
    assert "UN mission in Haiti" in found


def test_a_definite_noun_is_the_body_whose_name_it_ends(find: Find) -> None:
    text = "The National Water Corporation said the dam was shut. The corporation blamed a drought."
    [actor] = find(text).values()
    assert said(text, actor) == ["The National Water Corporation", "The corporation"]


def test_a_body_of_somebody_is_not_the_body_whose_name_it_ends(find: Find) -> None:
    text = "The Rapid Support Forces left. The army said its forces had won."
    assert said(text, find(text)["Rapid Support Forces"]) == ["The Rapid Support Forces"]


def test_the_military_is_the_army_of_the_report_where_there_is_one(find: Find) -> None:
    text = "The Chadian army entered the town. The military thanked residents."
    assert said(text, find(text)["Chadian army"]) == ["The Chadian army", "The military"]
    both = "The Chadian army fought the Sudanese army. The military thanked residents."
    assert said(both, find(both)["Sudanese army"]) == ["the Sudanese army"]


def test_a_ministry_with_its_country_and_without(find: Find) -> None:
    text = "Peru's foreign ministry summoned the envoy. The ministry urged Bolivia to respond."
    actor = find(text)["Peru's foreign ministry"]
    assert (actor.country, actor.sectors) == ("PER", ("GOV",))
    assert said(text, actor) == ["Peru's foreign ministry", "The ministry"]


def test_forces_of_a_region_are_not_those_of_its_state(find: Find) -> None:
    found = find("The Ethiopian armed forces left. The Tigray forces stayed.")
    assert {"Ethiopian armed forces", "Tigray forces"} <= set(found)


def test_whose_spokesman_gives_country_and_sector(find: Find) -> None:
    text = "The Chadian army denied the raid. Its spokesman Issa Deby gave no details."
    assert (find(text)["Issa Deby"].country, find(text)["Issa Deby"].sectors) == ("TCD", ("MIL",))
    text = "Eritrea has not commented. Its information minister, Yonas Haile, was away."
    assert find(text)["Yonas Haile"].country == "ERI"
    text = "The army's spokesman, Colonel Issa Deby, gave no details."
    assert find(text)["Issa Deby"].sectors == ("MIL",)


def test_two_who_may_own_a_spokesman_give_him_nothing(find: Find) -> None:
    text = "The Chadian army fought while the Sudanese army watched. Its spokesman Issa Deby gave no details."
    assert find(text)["Issa Deby"].country is None


def test_a_name_that_the_report_uses_as_a_place_is_nobody(find: Find) -> None:
    found = find("Troops entered Wad Arza, the capital of the state. Rebels left Wad Arza at dawn.")
    assert "Wad Arza" not in found


def test_he_is_the_subject_of_the_paragraph_before_a_speaker_of_another(find: Find) -> None:
    text = (
        "The road is open, governor Jorge Salas said.\n\n"
        "President Pedro Rojas will meet lawmakers on Sunday, his office said. If the strike goes on, he warned, shops will close."
    )
    assert said(text, find(text)["Pedro Rojas"]) == ["President Pedro Rojas", "he"]


def test_a_charity_of_any_kind_and_its_name_are_one(find: Find) -> None:
    text = "A local human rights group, Derechos Sur, protested."
    [actor] = find(text).values()
    assert (actor.name, actor.sectors) == ("Derechos Sur", ("SOC",))


def test_what_is_its_own_is_not_what_was_told_of_before(find: Find) -> None:
    text = "The armed forces trained in Cuba. Kenya said its forces were ready."
    assert said(text, find(text)["armed forces"]) == ["The armed forces"]


def test_who_is_described_first_and_named_with_a_rank_later_is_one_person(find: Find) -> None:
    text = (
        "The head of the Danish military command in Lapland and the Chilean ambassador met Peru's health minister, "
        "Rosa Quispe, on Monday. General Peter Hansen and Ambassador Jorge Salas praised the nurses."
    )
    found = find(text)
    assert (found["Peter Hansen"].country, found["Peter Hansen"].sectors) == ("DNK", ("MIL",))
    assert (found["Jorge Salas"].country, found["Jorge Salas"].sectors) == ("CHL", ("GOV",))
    assert "the Chilean ambassador" in said(text, found["Jorge Salas"])


def test_of_two_generals_neither_is_the_commander_described_before(find: Find) -> None:
    text = (
        "The commander of the Danish navy met farmers on Monday. "
        "General Peter Hansen and General Ivan Koval praised the farmers."
    )
    found = find(text)
    assert (found["Peter Hansen"].country, found["Ivan Koval"].country) == (None, None)


def test_the_army_is_not_the_rebels_whose_name_ends_with_it(find: Find) -> None:
    text = "The National Liberation Army burned two trucks in Arauca on Monday. The army sent soldiers on Tuesday."
    assert "The army" not in said(text, find(text)["National Liberation Army"])


def test_of_two_armies_the_army_is_the_one_just_spoken_of(find: Find) -> None:
    text = (
        "The Chadian army crossed the border on Monday. The Sudanese army kept silent. "
        "Villagers fled to the hills. Traders closed their shops. The Chadian army took the bridge. "
        "The army lost two men."
    )
    assert said(text, find(text)["Chadian army"])[-1] == "The army"


def test_the_army_is_neither_of_two_told_of_in_one_sentence(find: Find) -> None:
    text = "The Chadian army fought the Sudanese army on Monday. The army lost two men."
    found = find(text)
    assert "The army" not in said(text, found["Chadian army"]) + said(text, found["Sudanese army"])


def test_the_rebel_group_is_the_one_rebel_body_of_the_report(find: Find) -> None:
    text = "Troops attacked Boko Haram near the lake on Monday. Villagers said the rebel group had fled."
    assert "the rebel group" in said(text, find(text)["Boko Haram"])
    text = (
        "Troops attacked Boko Haram and the Tamil Tigers on Monday. Villagers said the rebel group had fled."
    )
    assert "the rebel group" not in said(text, find(text)["Boko Haram"])


def test_the_rebels_of_a_body_are_the_body(find: Find) -> None:
    text = "The Houthi rebels burned a ship on Monday. The Houthis denied it on Tuesday."
    [actor] = [actor for actor in find(text).values() if actor.country == "YEM"]
    assert len(actor.mentions) == 2


def test_the_military_is_no_rebel_army(find: Find) -> None:
    text = "A Bolivian rebel army took the mine on Monday. The military sent soldiers on Tuesday."
    found = find(text)
    assert "The military" not in said(text, found["Bolivian rebel army"])


def test_a_spokesman_of_nobody_speaks_for_the_subject_of_the_sentence_before(find: Find) -> None:
    text = "The Danish foreign ministry rejected the report. Spokesman Peter Hansen gave no details."
    actor = find(text)["Peter Hansen"]
    assert (actor.country, actor.sectors) == ("DNK", ("GOV",))


def test_what_is_told_by_a_pronoun_is_called_by_the_name_of_its_owner(find: Find) -> None:
    text = "The army of Peru said its officers had left. Juan Soto met his lawyers."
    assert {"officers of army of Peru", "Juan Soto's lawyers"} <= set(find(text))
    text = "Chile's interior ministry said that its officers had left. Two of their men stayed."
    assert "officers of Chile's interior ministry" in find(text)


def test_numbers_and_the_men_of_a_people_are_called_by_their_own_words(find: Find) -> None:
    found = find("Peru said its 12 soldiers had died. Villagers told reporters that their men were abducted.")
    assert {"12 soldiers", "men"} <= set(found)


def test_generals_are_officers_and_what_is_so_in_general_is_nobody(find: Find) -> None:
    assert "five Kenyan generals" in find("Norway imposed sanctions on five Kenyan generals.")
    assert set(find("In general the army obeyed.")) == {"army"}


def test_an_ally_of_a_state_is_not_of_that_state(find: Find) -> None:
    text = "Peru warned its ally on Monday. Chile's rivals kept silent."
    found = find(text)
    assert (found["Peru's ally"].country, found["Chile's rivals"].country) == (None, None)


def test_they_are_all_that_stand_side_by_side(find: Find) -> None:
    text = "Mali and Niger warned that they would close the border."
    found = find(text)
    assert said(text, found["Mali"]) == ["Mali", "they"]
    assert said(text, found["Niger"]) == ["Niger", "they"]


def test_whom_police_disperse_are_not_the_police(find: Find) -> None:
    text = "Police used water cannon in Lima on Monday to disperse them."
    assert said(text, find(text)["Police"]) == ["Police"]


def test_the_two_countries_are_the_states_named_together(find: Find) -> None:
    text = "Mali and Niger warned Ghana on Monday. The two countries closed the border."
    found = find(text)
    assert "The two countries" in said(text, found["Mali"])
    assert "The two countries" in said(text, found["Niger"])
    assert "The two countries" not in said(text, found["Ghana"])


def test_leaders_of_several_states_are_of_none(find: Find) -> None:
    text = "The leaders of Peru, Chile and Bolivia met on Monday."
    [actor] = find(text).values()
    assert (said(text, actor), actor.country) == (["The leaders of Peru, Chile and Bolivia"], None)


def test_a_demonym_before_a_name_is_the_state(find: Find) -> None:
    assert find("Police arrested American John Smith in Lima.")["John Smith"].country == "USA"


def test_a_surname_is_a_name_whatever_the_tagger_takes_it_for(find: Find) -> None:
    text = (
        "Prime Minister Nikol Petrosyan spoke on Monday. Thousands marched, demanding that Petrosyan resign."
    )
    assert said(text, find(text)["Nikol Petrosyan"])[-1] == "Petrosyan"


def test_a_name_that_ends_as_newspapers_do_is_the_press(find: Find) -> None:
    actor = find("Residents told Levant Dispatch on Monday that shops were closed.")["Levant Dispatch"]
    assert (actor.kind, actor.sectors) == ("press", ("JRN",))


def test_a_capital_asked_for_something_is_its_state(find: Find) -> None:
    assert "CHL" in {
        actor.country for actor in find("The minister asked Santiago to open the border.").values()
    }
    assert find("Gunmen attacked Santiago on Monday.").keys() == {"Gunmen"}


def test_fighters_of_somebody_are_of_that_side(find: Find) -> None:
    text = "Boko Haram burned a village on Monday. Boko Haram's fighters took the cattle."
    assert find(text)["Boko Haram's fighters"].sectors == ("REB",)


def test_who_heads_a_body_is_of_its_state_and_sector(find: Find) -> None:
    text = (
        "Ana Rojas, who heads the Chilean health ministry, met farmers. Jorge Salas, who left Chile, did not."
    )
    found = find(text)
    assert (found["Ana Rojas"].country, found["Ana Rojas"].sectors[0]) == ("CHL", "GOV")
    assert found["Jorge Salas"].country is None


def test_him_is_neither_of_two_who_do_it_together(find: Find) -> None:
    text = "President Peter Hansen spoke. General Ivan Koval and Senator Jorge Salas stood beside him."
    found = find(text)
    assert "him" not in said(text, found["Ivan Koval"]) + said(text, found["Jorge Salas"])


def test_several_states_are_not_the_united_states(find: Find) -> None:
    assert {actor.country for actor in find("Several states denied the reports on Monday.").values()} == {
        None
    }


def test_another_spelling_of_a_known_surname_is_the_person(find: Find) -> None:
    text = "Interior Minister Fathi Basharat met farmers on Monday. Pasharat left. Bakersfield was quiet."
    assert said(text, find(text)["Fathi Basharat"])[1:] == ["Pasharat"]


def test_a_title_makes_a_surname_of_a_town_s_name(nlp: Language) -> None:
    text = "President Bush met Blair in London. Bush and Blair signed an accord."
    found = {actor.name: actor for actor in nlp(text)._.actors}
    assert said(text, found["Bush"]) == ["President Bush", "Bush"]


def test_a_place_of_the_report_is_no_person(nlp: Language) -> None:
    text = "Gunmen captured Bani Walid on Friday. Residents of Bir Tarum fled. Libya sent troops."
    assert {"Bani Walid", "Bir Tarum"}.isdisjoint(actor.name for actor in nlp(text)._.actors)


def test_the_bare_name_of_an_air_base_is_no_person(nlp: Language) -> None:
    text = "Warplanes struck the al-Tarima air base in Libya. The army took al-Tarima in May."
    assert [actor.name for actor in nlp(text)._.actors if "Tarima" in actor.name] == []


def test_a_ship_is_no_actor(nlp: Language) -> None:
    text = "Pirates seized the tanker Ardent Leader on Monday. The Ardent Leader was taken to Eyl."
    assert [actor.name for actor in nlp(text)._.actors if "Leader" in actor.name] == []
    text = "Pirates met the Opposition Leader on Monday."
    assert [actor.name for actor in nlp(text)._.actors if "Leader" in actor.name] == ["Opposition Leader"]


def test_a_name_with_an_article_is_a_body_and_its_militia_s(nlp: Language) -> None:
    text = "The Tamirat militia fled the town. A man who had served with the Tamirat denied it."
    [actor] = [actor for actor in nlp(text)._.actors if "Tamirat" in actor.name]
    assert (actor.kind, actor.sectors) == ("organisation", ("PRM",))
    assert said(text, actor) == ["The Tamirat militia", "the Tamirat"]


def test_what_an_owner_s_rest_belongs_to_is_in_the_title(find: Find) -> None:
    actor = find("Omar Zaki, the spokesman of the government's forces, said the road was open.")["Omar Zaki"]
    assert actor.description == "spokesman of the government's forces"


def test_an_office_is_another_than_who_holds_it(find: Find) -> None:
    found = find("William Otieno's office said talks would go on.")
    assert set(found) == {"William Otieno", "William Otieno's office"}


def test_the_bloc_is_the_one_named(find: Find) -> None:
    text = "The African Union condemned the coup. The bloc suspended the country."
    assert said(text, find(text)["African Union"]) == ["The African Union", "The bloc"]


def test_they_are_two_persons_named_together(find: Find) -> None:
    text = "Boris Petrov and Peter Hansen met on Monday. They said the border would open."
    found = find(text)
    assert said(text, found["Boris Petrov"]) == ["Boris Petrov", "They"]
    assert said(text, found["Peter Hansen"]) == ["Peter Hansen", "They"]


def test_he_is_the_only_person_of_the_sentence_before(find: Find) -> None:
    text = "The attack came a day after a visit by Peter Hansen. There he had promised help."
    assert said(text, find(text)["Peter Hansen"]) == ["Peter Hansen", "he"]


def test_the_group_is_the_only_armed_one(find: Find) -> None:
    text = "Houthi fighters fired at a boat. Nobody was hurt, a guard said. The Houthis left. On Monday the group denied it."
    assert "the group" in said(text, find(text)["Houthis"])


def test_a_body_in_a_capital_is_that_state_s(find: Find) -> None:
    text = "Peru's defence ministry said two men died. The talks went on, the defence ministry in Lima said."
    assert len([actor for actor in find(text).values() if "ministry" in actor.name]) == 1


def test_what_is_shelled_or_travelled_between_is_no_actor(find: Find) -> None:
    assert set(find("The troops were travelling between Boni and Torodi.")) == {"troops"}
    assert "Al-Tarima" not in find("Al-Tarima, which the army captured in May, was bombed on Sunday.")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Turkish and Iraqi troops left.", {"Turkey", "Iraqi troops"}),
        ("Russian, Ukrainian and Turkish officials met.", {"Russia", "Ukraine", "Turkish officials"}),
        ("Arab and Berber villagers left.", {"Berber villagers"}),
        ("Unknown men shot dead four soldiers.", {"Unknown men", "four soldiers"}),
        ("They left despite reports security forces had killed a man.", {"security forces", "man"}),
        ("A Danish air strike hit the port.", {"Denmark"}),
        ("The Danish embassy attack shocked the capital.", set()),
    ],
)
def test_who_a_phrase_names(find: Find, text: str, names: set[str]) -> None:
    assert set(find(text)) & {*names, "Denmark", "dead four soldiers", "reports security forces"} == names


def test_soldiers_in_general_are_not_those_counted_before(find: Find) -> None:
    text = "Nine soldiers died in Arza. In Boni soldiers shot a bandit. The soldiers left."
    assert said(text, find(text)["Nine soldiers"])[0] == "Nine soldiers"
    assert "soldiers" not in said(text, find(text)["Nine soldiers"])


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        ("Peter Hansen, who fears that Boris Petrov left, said he would stay.", "Peter Hansen", ["Peter Hansen", "he"]),
        ('"He must leave," said Peter Hansen.', "Peter Hansen", ["Peter Hansen"]),
        ("The guards stopped the crowd, but allowed them to leave.", "guards", ["The guards"]),
        ("The talks are about Chad's withdrawal from the towns it took.", "Chad", ["Chad", "it"]),
    ],
)  # fmt: skip
def test_whom_a_pronoun_means(find: Find, text: str, name: str, mentions: list[str]) -> None:
    assert said(text, find(text)[name]) == mentions


def test_its_troops_are_of_who_says_so(find: Find) -> None:
    text = "The Danish agency quoted the Polish ministry as saying its troops had left."
    assert "Polish ministry's troops" in find(text)
