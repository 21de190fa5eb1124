"""What happened: sentences of ours with the events they tell, and those that look like events and are none."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from sitrep.coding.events import find_events
from sitrep.coding.triggers import read_lexicon

# The events a sentence tells: "TYPE/mode: actors > recipients @ place", parts that are absent left out.
TOLD = [
    # CONSULT: all who meet are actors; a visitor is the actor, a host the recipient.
    ("Angola's president met his Zambian counterpart in Lusaka.", ["CONSULT: Angola's president + Zambian counterpart @ Lusaka"]),
    ("The Chilean president and the Peruvian president held talks in Lima.", ["CONSULT: Chilean president + Peruvian president @ Lima"]),
    ("The Kenyan president visited Uganda on Friday.", ["CONSULT/visit: Kenyan president > Uganda @ Uganda"]),
    ("In Warsaw the Polish chancellor received the Danish ambassador.", ["CONSULT/visit: Danish ambassador > Polish chancellor @ Warsaw"]),
    ("The army commander telephoned the rebel leader.", ["CONSULT/phone: army commander + rebel leader"]),
    # AGREE: also what is promised for the future.
    ("Rebels agreed to withdraw from the port.", ["AGREE: Rebels"]),
    ("Sweden pledged to send aid to Somalia.", ["AGREE: Sweden"]),
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
    ("Rebels shelled the army base in Juba.", ["ASSAULT/heavy-weapons: Rebels @ Juba"]),
    ("Rebels kidnapped three aid workers in Darfur.", ["ASSAULT/abduct: Rebels > three aid workers @ Darfur"]),
    ("Soldiers captured the rebel commander.", ["ASSAULT/abduct: Soldiers > rebel commander"]),
    ("The army clashed with rebels in Mosul.", ["ASSAULT: army + rebels @ Mosul"]),
    ("Ukrainian drones struck a Russian army convoy.", ["ASSAULT/drone: Ukrainian drones > Russian army convoy"]),
    # AID and COOPERATE
    ("Japan sent food to the refugees.", ["AID: Japan > refugees"]),
    ("Police rescued the hostages.", ["AID: Police > hostages"]),
    ("The Indian navy held exercises with the French navy.", ["COOPERATE: Indian navy > French navy"]),
    # Words that are no blows, and an emergency that is none of politics
    ("The prime minister attacked the opposition leader.", ["ACCUSE/disapprove: prime minister > opposition leader"]),
    ("The two sides agreed that they would free the soldiers.", ["AGREE: two sides > soldiers"]),
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
