"""What happened: sentences of ours with the events they tell, and those that look like events and are none."""

from __future__ import annotations

from typing import cast

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from sitrep.coding.events.component import find_events
from sitrep.coding.events.relations import MarkedPair, RelationModel
from sitrep.coding.events.triggers import read_lexicon

# The events a sentence tells: "TYPE/mode: actors > recipients @ place", parts that are absent left out.
TOLD = [
    # CONSULT: all who meet are actors; a visitor is the actor, a host the recipient.
    ("Angola's president met his Zambian counterpart in Lusaka.", ["CONSULT: Angola's president + Zambian counterpart of Angola's president @ Lusaka"]),
    ("The Chilean president and the Peruvian president held talks in Lima.", ["CONSULT: Chilean president + Peruvian president @ Lima"]),
    ("The Kenyan president visited Uganda on Friday.", ["CONSULT/visit: Kenyan president > Uganda @ Uganda"]),
    ("In Warsaw the Polish chancellor received the Danish ambassador.", ["CONSULT/visit: Danish ambassador > Polish chancellor @ Warsaw"]),
    ("The army commander telephoned the rebel leader.", ["CONSULT/phone: army commander + rebel leader"]),
    # AGREE: also what is promised for the future.
    ("Rebels agreed to withdraw from the port.", ["AGREE: Rebels"]),
    ("Sweden pledged to send aid to Somalia.", ["AGREE: Sweden > Somalia"]),
    ("The two governments reached an agreement on fishing.", ["AGREE: two governments"]),
    ("The Kenyan president will visit Uganda.", ["AGREE: Kenyan president > Uganda @ Uganda"]),
    # SUPPORT
    ("Norway praised the Colombian government.", ["SUPPORT: Norway > Colombian government"]),
    ("Parliament ratified the treaty with Norway.", ["SUPPORT: Parliament + Norway"]),
    ("Brazil recognised the new government of Bolivia.", ["SUPPORT: Brazil > new government of Bolivia"]),
    # CONCEDE and RETREAT
    ("The government lifted the curfew.", ["CONCEDE: government"]),
    ("The minister apologised to the protesters.", ["CONCEDE: minister > protesters"]),
    ("Ethiopian troops withdrew from Baidoa.", ["RETREAT/withdraw: Ethiopian troops @ Baidoa"]),
    ("The rebels released the soldiers.", ["RETREAT/release: rebels > soldiers"]),
    ("The interior minister resigned.", ["RETREAT/resign: interior minister"]),
    # REQUEST, ACCUSE, REJECT, THREATEN
    ("Germany urged the rebels to negotiate.", ["REQUEST/meet: Germany > rebels", "CONSULT: rebels"]),
    ("Germany called on the rebels to lay down their weapons.", ["REQUEST/yield: Germany > rebels", "RETREAT/disarm: rebels"]),
    ("The opposition blamed the government.", ["ACCUSE/allege: opposition > government"]),
    ("Pakistan condemned the Indian government.", ["ACCUSE/disapprove: Pakistan > Indian government"]),
    ("Morocco summoned the Dutch ambassador.", ["ACCUSE/disapprove: Morocco > Dutch ambassador"]),
    ("Police opened an investigation into the governor.", ["ACCUSE/investigate: Police > governor"]),
    ("Hungary rejected the proposal of the commission.", ["REJECT/change: Hungary > commission"]),
    ("The rebels refused to negotiate.", ["REJECT/meet: rebels"]),
    ("The rebels will not release the soldiers.", ["REJECT/yield: rebels > soldiers"]),
    ("The general threatened to attack the rebels.", ["THREATEN/violence: general > rebels"]),
    # PROTEST, SANCTION, MOBILIZE
    ("Thousands of students demonstrated in Dhaka against the government.", ["PROTEST/demo: students > government @ Dhaka"]),
    ("Nurses went on strike on Monday.", ["PROTEST/strike: Nurses"]),
    ("Canada imposed sanctions on the Belarusian government.", ["SANCTION/discontinue: Canada > Belarusian government"]),
    ("Colombia expelled the Venezuelan ambassador.", ["SANCTION/expel: Colombia > Venezuelan ambassador"]),
    ("India deployed troops along the border.", ["MOBILIZE/troops: India"]),
    # COERCE and ASSAULT
    ("Police arrested the opposition leader in Minsk.", ["COERCE/arrest: Police > opposition leader @ Minsk"]),
    ("The government declared a state of emergency.", ["COERCE/martial-law: government"]),
    ("Gunmen attacked the soldiers near Mosul.", ["ASSAULT/firearms: Gunmen > soldiers @ Mosul"]),
    ("The soldiers were attacked by gunmen.", ["ASSAULT/firearms: gunmen > soldiers"]),
    # nobody but authorities arrests
    ("The opposition leader was arrested in Minsk.", ["COERCE/arrest:  > opposition leader @ Minsk"]),
    ("John Hale was arrested for burglary in Minsk.", []),
    ("The mayor was arrested on suspicion of drunk driving in Minsk.", []),
    ("The general sent 3,000 soldiers into the streets.", ["MOBILIZE/troops: general"]),
    ("China flew 71 military aircraft near Taiwan.", ["MOBILIZE/troops: China @ Taiwan"]),
    ("The airline flew 71 aircraft near Taiwan.", []),
    ("Denmark's cabinet approved the delivery of 18 tanks to Ukraine.", ["AGREE: Denmark's cabinet"]),
    ("Kenya responded with air strikes on Kismayo.", ["ASSAULT/aerial: Kenya @ Kismayo"]),
    ("The Kenyan minister responded with a statement on Kismayo.", []),
    ("Hamas fired dozens of rockets into Israel on Tuesday.", ["ASSAULT/heavy-weapons: Hamas @ Israel"]),
    # who claims an attack says that he did it
    ("Al-Shabab claimed responsibility for the bombing of a hotel in Mogadishu.", ["ASSAULT: Al-Shabab @ Mogadishu"]),
    ("No group has claimed responsibility for the bombing of a hotel in Mogadishu.", []),
    ("Kenya claimed the prize for the bombing of a hotel in Mogadishu.", []),
    # those who die by somebody's will were attacked
    ("Thirty civilians died in air strikes on Idlib.", ["ASSAULT/aerial:  > Thirty civilians @ Idlib"]),
    ("Eight soldiers died when their vehicle hit a landmine in Borno.", ["ASSAULT/explosives:  > Eight soldiers @ Borno"]),
    ("Twelve people died in floods in Borno.", []),
    ("Nine people died in a fire at a market in Borno.", []),
    # what is hit or taken need not have a name
    ("Russian drones hit a grain silo in Izmail.", ["ASSAULT/drone: Russia @ Izmail"]),
    ("A storm hit a grain silo in Izmail.", []),
    ("The rebels took the port on Monday.", ["COERCE/seize: rebels"]),
    ("The rebels took the road to the port on Monday.", []),
    ("The mission will withdraw its peacekeepers from Goma.", ["RETREAT/withdraw: mission @ Goma"]),
    ("Turkey's parliament ratified Sweden's accession.", ["SUPPORT: Turkey's parliament > Sweden"]),
    ("Rebels shelled the army base in Juba.", ["ASSAULT/heavy-weapons: Rebels @ Juba"]),
    ("Rebels kidnapped three aid workers in Darfur.", ["ASSAULT/abduct: Rebels > three aid workers @ Darfur"]),
    ("Soldiers captured the rebel commander.", ["ASSAULT/abduct: Soldiers > rebel commander"]),
    ("The army clashed with rebels in Mosul.", ["ASSAULT: army + rebels @ Mosul"]),
    ("Ukrainian drones struck a Russian army convoy.", ["ASSAULT/drone: Ukraine > Russian army convoy"]),
    # AID and COOPERATE
    ("Japan sent food to the refugees.", ["AID: Japan > refugees"]),
    ("Police rescued the hostages.", ["AID: Police > hostages"]),
    ("The Indian navy held exercises with the French navy.", ["COOPERATE: Indian navy > French navy"]),
    # Words that are no blows, and an emergency that is none of politics
    ("The prime minister attacked the opposition leader.", ["ACCUSE/disapprove: prime minister > opposition leader"]),
    ("The two sides agreed that they would free the soldiers.", ["AGREE: two sides > soldiers"]),
    ("The governor attacked her opponent.", ["ACCUSE/disapprove: governor > governor's opponent"]),
    ("The army shelled positions near Mosul and Tikrit.", ["ASSAULT/heavy-weapons: army @ Mosul"]),
    # Taking a place: one event a place; the loser is the recipient.
    ("The army captured Mosul from the rebels.", ["COERCE/seize: army > rebels @ Mosul"]),
    ("Rebels seized Mosul, Fallujah and Tikrit.", ["COERCE/seize: Rebels @ Mosul", "COERCE/seize: Rebels @ Fallujah", "COERCE/seize: Rebels @ Tikrit"]),
    ("Rebels took control of the city of Mosul.", ["COERCE/seize: Rebels @ Mosul"]),
    ("The liberation of Mosul by the army came on Monday.", ["COERCE/seize: army @ Mosul"]),
    ("Rebels stormed the city of Mosul.", ["ASSAULT: Rebels @ Mosul"]),
    (
        "The army won several battles against the rebels, the most important of which is the capture of Mosul and Tikrit.",
        ["COERCE/seize: army > rebels @ Mosul", "COERCE/seize: army > rebels @ Tikrit"],
    ),
    # Grammar
    ("Soldiers who attacked the rebels withdrew from Juba.", ["ASSAULT: Soldiers > rebels", "RETREAT/withdraw: Soldiers @ Juba"]),
    ("The rebels, accused by Germany of fraud, refused to negotiate.", ["ACCUSE/allege: Germany > rebels", "REJECT/meet: rebels"]),
    ("The army tried to seize Mosul.", ["COERCE/seize: army @ Mosul"]),
    ("The army carried out an attack on the rebels in Mosul.", ["ASSAULT: army > rebels @ Mosul"]),
    ("The army's attack on the rebels lasted hours.", ["ASSAULT: army > rebels"]),
    ("An attack by the army on the rebels killed two civilians.", ["ASSAULT: army > two civilians"]),
    ("The president and the rebel leader signed an agreement.", ["SUPPORT: president + rebel leader"]),
    ("Germany urged Serbia to release the soldiers.", ["REQUEST/yield: Germany > Serbia", "RETREAT/release: Serbia > soldiers"]),
    # Weapons act for their owner; what somebody meant is told also where nobody is said to have done it.
    ("Chad's jets bombed the town of Tikrit.", ["ASSAULT/aerial: Chad @ Tikrit"]),
    ("Chad bombed the town of Tikrit.", ["ASSAULT/explosives: Chad @ Tikrit"]),
    (
        "Chad called for the rebels to leave the capital.",
        ["REQUEST/yield: Chad > rebels", "RETREAT/withdraw: rebels"],
    ),
    ("Rockets fired by rebels hit the port of Mombasa.", ["ASSAULT/heavy-weapons: rebels @ Mombasa"]),
    ("Missiles hit the port of Mombasa.", ["ASSAULT/heavy-weapons:  @ Mombasa"]),
    ("A bomb killed two policemen in Quetta.", ["ASSAULT/explosives:  > two policemen @ Quetta"]),
    ("Two farmers were shot dead in Bogota.", ["ASSAULT/firearms:  > Two farmers @ Bogota"]),
    ("Four soldiers were killed when rockets hit their camp near Mosul.", ["ASSAULT/heavy-weapons:  > Four soldiers @ Mosul"]),
    ("Four villagers were killed in an airstrike.", ["ASSAULT/aerial:  > Four villagers"]),
    ("Five villagers were killed when gunmen opened fire in Juba.", ["ASSAULT/firearms: gunmen > Five villagers @ Juba"]),
    ("Three policemen were killed in an attack by gunmen on a bus in Juba.", ["ASSAULT/firearms: gunmen > Three policemen @ Juba"]),
    # Whom one calls on, and for what
    ("Norway called on Chad and Niger to withdraw their troops.", ["REQUEST/yield: Norway > Chad + Niger", "RETREAT/withdraw: Chad + Niger"]),
    ("The minister told the rebels to stop shelling and called on Norway to help.", ["REQUEST/yield: minister > rebels", "REQUEST/assist: minister > Norway"]),
    ("Canada imposed sanctions on two Belarusian ministers on Thursday.", ["SANCTION/discontinue: Canada > two Belarusian ministers"]),
    ("The government expelled the French ambassador.", ["SANCTION/expel: government > French ambassador"]),
    # Who is behind a noun that acts, and with what.
    ("Clashes between the army and rebels killed twelve farmers in Mosul.", ["ASSAULT: army + rebels > twelve farmers @ Mosul"]),
    ("Clashes broke out between the army and rebels in Mosul.", ["ASSAULT: army + rebels @ Mosul"]),
    ("An exchange of fire between the army and rebels killed two farmers in Mosul.", ["ASSAULT/firearms: army + rebels > two farmers @ Mosul"]),
    ("Fighting between the army and the rebels killed twelve farmers in Mosul.", ["ASSAULT: army + rebels > twelve farmers @ Mosul"]),
    ("A Turkish air strike killed five farmers in Mosul.", ["ASSAULT/aerial: Turkey > five farmers @ Mosul"]),
    ("A Turkish drone strike killed a rebel commander in Mosul.", ["ASSAULT/drone: Turkey > rebel commander @ Mosul"]),
    ("Turkish shelling killed five farmers in Mosul.", ["ASSAULT/heavy-weapons: Turkey > five farmers @ Mosul"]),
    ("Army shelling killed five farmers in Mosul.", ["ASSAULT/heavy-weapons: Army > five farmers @ Mosul"]),
    ("The clinic bombing killed five farmers in Mosul.", ["ASSAULT:  > five farmers @ Mosul"]),
    ("The Turkish embassy bombing killed five farmers in Beirut.", ["ASSAULT:  > five farmers @ Beirut"]),
    ("Turkish and Iraqi troops shelled a village near Mosul.", ["ASSAULT/heavy-weapons: Turkey + Iraqi troops @ Mosul"]),
    ("Rebels attacked Turkish and Iraqi troops near Mosul.", ["ASSAULT: Rebels > Turkey + Iraqi troops @ Mosul"]),
    # A blast is an attack where the text speaks of one, and of no accident.
    ("A bomb went off in Quetta. The blast killed two miners.", ["ASSAULT:  > two miners"]),
    ("A gas leak was found in Quetta near a bomb shelter. The blast killed two miners.", []),
    ("Rocket fire from the hills killed two soldiers near Mosul.", ["ASSAULT/heavy-weapons:  > two soldiers @ Mosul"]),
    # Who is asked to attack an army is to do so by force, and it is not the one who asks.
    ("The governor called for rebels to attack the army.", ["ASSAULT: rebels > army"]),
    # Threats: only what the threatener would do, with the mode that it says
    ("Norway warned that it would suspend aid to the government.", ["THREATEN/restrict: Norway > government"]),
    ("Norway threatened the government with consequences.", ["THREATEN: Norway > government"]),
    ("The general threatened to use force against the rebels.", ["THREATEN/violence: general > rebels"]),
    ("The general threatened to close the border with Chad.", ["THREATEN/restrict: general > Chad"]),
    # Words of pleasure and displeasure
    ("The envoy welcomed the accord.", ["SUPPORT: envoy"]),
    ("The envoy complained that the army had looted shops.", ["ACCUSE/disapprove: envoy > army"]),
    ("The minister regretted having insulted the ambassador.", ["CONCEDE: minister"]),
    # Troops on the move, and crowds
    ("Army units entered Mosul.", ["MOBILIZE/troops: Army units @ Mosul"]),
    ("Police fired tear gas at students.", ["ASSAULT/crowd-control: Police > students"]),
    ("In Dhaka thousands of students gathered to protest against the government.", ["PROTEST/demo: students > government @ Dhaka"]),
    ("Thousands of Germans protested against the treaty.", ["PROTEST/demo: Germans"]),
    ("Residents staged a protest in Juba.", ["PROTEST/demo: Residents @ Juba"]),
    # Who met, who only stood by, who brokered
    ("The head of the mission and the American ambassador held talks in Lima.", ["CONSULT: head of the mission + American ambassador @ Lima"]),
    ("The head of the US force in Africa and the Omani ambassador held talks in Lima.", ["CONSULT: head of the US force + Omani ambassador @ Lima"]),
    ("The president met the rebels in the presence of the Omani ambassador.", ["CONSULT: president + rebels"]),
    ("Oman brokered a truce between the army and the rebels.", ["CONSULT/third-party: Oman > army + rebels"]),
    ("The Kenyan president spoke to the Ugandan president.", ["CONSULT: Kenyan president + Ugandan president"]),
    ("The Kenyan foreign minister is expected to travel to Moscow.", ["AGREE: Kenyan foreign minister @ Moscow"]),
    # To whom aid goes: to a place alone, and never to what is sent
    ("Norway sent medical supplies to Beirut.", ["AID: Norway @ Beirut"]),
    ("Norway gave the Chadian army two helicopters.", ["AID: Norway > Chadian army"]),
    ("Norway sent doctors to the refugees.", ["AID: Norway > refugees"]),
    # Doubting is no inquiry; an inquiry is into people and what they did
    ("Police questioned the governor.", ["ACCUSE/investigate: Police > governor"]),
    ("The senator questioned the policy of the governor.", ["ACCUSE/disapprove: senator > governor"]),
    ("Police are investigating the murder of a soldier.", ["ACCUSE/investigate: Police"]),
    # A promise of harm, and a warning of what may be
    ("The president promised to deport the rebels.", ["THREATEN/restrict: president > rebels"]),
    ("Norway warned that it might attack the rebels.", ["THREATEN/violence: Norway > rebels"]),
    ("North Korea fired two missiles into the sea.", ["MOBILIZE/weapons: North Korea"]),
    ("Oman declared war on Yemen.", ["THREATEN/violence: Oman > Yemen"]),
    # Who is told that something must be done to somebody is not said
    ("The governor said that the soldiers must leave.", ["REQUEST: governor > soldiers"]),
    ("The soldiers told the man to drop his gun.", ["REQUEST/yield: soldiers > man"]),
    ("Norway urged Chad to exercise restraint.", ["REQUEST/yield: Norway > Chad"]),
    ("The president will not endorse the treaty.", ["REJECT: president"]),
    # "The town" is the one named before it.
    ("Rebels who hold Mosul seized the city in May.", ["COERCE/seize: Rebels @ Mosul"]),
    ("The army shelled Tikrit. Rebels captured the town.", ["ASSAULT/heavy-weapons: army @ Tikrit", "COERCE/seize: Rebels @ Tikrit"]),
    ("ACCRA, May 3 (Some Press) - Rebels captured Mosul on Monday.", ["COERCE/seize: Rebels @ Mosul"]),
]  # fmt: skip

# Words that name an event in other company, and sentences that say that nothing happened.
NOT_TOLD = [
    "The minister said the weather was fine.",
    "The offer met the demand for housing.",
    "The lightning struck a tree near Juba.",
    "The earthquake killed forty people in Nepal.",
    "Two soldiers were killed.",
    "The army did not attack the rebels.",
    "The two governments failed to reach an agreement.",
    "The novelist captured the mood of the city.",
    "The team beat its rivals in Madrid.",
    "He shot himself.",
    "The company fired up its engines.",
    "The talks continue.",
    "The meeting lasted three hours.",
    "Prices shot up in Lagos.",
    "The minister took part in the conference on health.",
    "The farmer met his wife in Nairobi.",
    "The minister denied the allegations.",
    "The military defeat of the general was complete.",
    "Soldiers prevented the rebels from seizing Mosul.",
    "The minister agreed that the road was dangerous.",
    "The governor declared a state of emergency after the floods.",
    "Norway did not require the rebels to disarm.",
    "The storm withdrew to the south.",
    "Two farmers were killed in a crash near Bogota.",
    "A blast killed two miners in Quetta.",
    "A plane hit a tower in Lagos.",
    "The hunter shot the dog.",
    "The ministers were to have met in June.",
    "The armed men met protests with scorn.",
    "The envoy warned that the weather would turn.",
    "The envoy regretted that the efforts of others had failed.",
    "The destroyer helped the yacht.",
    "The minister entered the room.",
    "The official requested to remain anonymous.",
    "The outbreak in Chad raised concerns.",
    "The patient visited Uganda.",
    "The officials are investigating the disease.",
    "The minister questioned the weather report.",
    "The officials are prepared to handle forty deaths.",
    "The minister complained about the heat.",
    "The governor leaves office in January.",
    "The soldiers shot flares at the ship.",
    "The agency tightened the rules on pesticides.",
    "Police rounded up a sample of opinions.",
    "The minister refused to discuss his plans.",
    "The governor declined to be interviewed.",
    "The mayor expressed interest in sailing.",
    "The president submitted to the court the papers.",
    "The critic burned the constitution in a speech.",
    "The governor said that the soldiers should be thanked.",
    "Neither Chad nor Niger attacked the rebels.",
    "The soldiers left without attacking the rebels.",
]  # fmt: skip


def described(doc: Doc) -> list[str]:
    """The events of `doc` as this file writes them."""
    names = {actor.id: actor.name for actor in doc._.actors}
    places = {place.id: doc.text[slice(*place.mentions[0])] for place in doc._.places}
    lines = []
    for event in find_events(doc, read_lexicon()):
        line = event.type + (f"/{event.mode}" if event.mode else "") + ": "
        line += " + ".join(names[actor] for actor in event.actors)
        if event.recipients:
            line += " > " + " + ".join(names[actor] for actor in event.recipients)
        if event.place is not None:
            line += " @ " + places[event.place]
        lines.append(line)
    return lines


@pytest.mark.parametrize(("sentence", "events"), TOLD, ids=[sentence for sentence, _ in TOLD])
def test_events_told(nlp: Language, sentence: str, events: list[str]) -> None:
    assert described(nlp(sentence)) == events


@pytest.mark.parametrize("sentence", NOT_TOLD)
def test_no_event_told(nlp: Language, sentence: str) -> None:
    assert described(nlp(sentence)) == []


class Reader:
    """Stands in for the encoder: as sure of AID as it is told to be."""

    def __init__(self, probability: float) -> None:
        self.probability = probability

    def classify(self, pairs: list[MarkedPair]) -> list[dict[str, float]]:
        return [{"CONSULT": 1 - self.probability, "AID": self.probability} for _ in pairs]


@pytest.mark.parametrize(("probability", "chosen"), [(0.9, "AID"), (0.55, "CONSULT"), (0.1, "CONSULT")])
def test_encoder_chooses_between_senses_only_where_it_is_sure(
    nlp: Language, probability: float, chosen: str
) -> None:
    lexicon = read_lexicon(
        "verb\treceive\tobject:actor\tCONSULT\t-\tsubject\tobject\t-\n"
        "verb\treceive\tobject:actor\tAID\t-\tsubject\tobject\t-\n"
        + "".join(f"class\t{name}\t{name[1:]}\n" for name in sorted(read_lexicon().classes))
    )
    reader = cast(RelationModel, Reader(probability))
    [event] = find_events(nlp("The minister received the rebels."), lexicon, reader)
    assert event.type == chosen
