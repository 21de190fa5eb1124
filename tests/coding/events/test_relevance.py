"""The same words where they tell a political event and where they tell something else."""

from __future__ import annotations

import pytest
from spacy.language import Language

# A reason for leaving out, a sentence that tells an event of this type, and one that tells none of it.
PAIRS = [
    ("private dealings", "AGREE", "The ministry agreed to pay the miners.", "The bakery agreed to pay the plumbers."),
    ("private dealings", "CONSULT", "The bishop met the president in Quito.", "The nurse met the baker in Quito."),
    ("private dealings", "SANCTION", "The president sacked the finance minister.", "The bank sacked forty cashiers."),
    ("private dealings", "RETREAT", "The interior minister resigned.", "The head teacher resigned."),
    ("crime", "ASSAULT", "Gunmen stabbed the governor in Lagos.", "The baker stabbed his brother in Lagos."),
    ("relief", "MOBILIZE", "The army deployed aircraft in Goma.", "The Red Cross deployed aircraft in Goma."),
    ("journey", "CONSULT", "The Kenyan president flew to Rome.", "The Kenyan president flew to Mombasa."),
    ("journey", "CONSULT", "The Kenyan minister made a trip to Rome.", "The students made a trip to Rome."),
    ("courtesy", "SUPPORT", "The minister thanked Norway.", "The minister thanked the parents."),
    ("own people", "CONSULT", "The president met the rebels.", "The president met his advisers."),
    ("own meeting", "CONSULT", "The ministers spoke at their talks.", "The chairwoman spoke at the agency's meeting."),
    ("against nature", "COERCE", "The government closed schools in Juba after the riots.", "The government closed schools in Juba to slow the epidemic."),
    ("against nature", "COERCE", "The governor declared a state of emergency after the riots.", "The governor declared a state of emergency over the virus."),
    ("disease", "ASSAULT", "The militia killed forty people.", "The flu virus killed forty people."),
    ("animals", "ASSAULT", "Soldiers shot three farmers.", "Soldiers shot three pigs."),
    ("contest", "ASSAULT", "The army fought the rebels.", "The senator fought the governor."),
    ("contest", "ASSAULT", "Rebels attacked the soldiers.", "The police attacked well in the league against the army."),
    ("poll", "SUPPORT", "Chad and Niger backed the president.", "Among voters, 48 percent back the president."),
    ("description", "AID", "Iran financed the militia in May.", "A newspaper financed by Iran called the vote fair."),
    ("description", "SUPPORT", "Turkey backed the government.", "Groups that back the government cheered."),
    ("description", "ACCUSE", "The movement that met in Lagos blames the president.", "Ann Boyd leads a movement that blames the president."),
    ("crime", "ASSAULT", "A clerk was shot dead in a raid by militants.", "A clerk was shot dead in a robbery."),
    ("habit", "AID", "The government gave loans to the farmers of Chad.", "The government gives loans to farmers."),
    ("habit", "REQUEST", "The rebels asked Norway for help.", "When soldiers ask the ministry for help, nobody answers."),
    ("habit", "ASSAULT", "Rebels attacked villages in Kenya.", "Rebels often attack villages in Kenya."),
    ("habit", "ASSAULT", "Police used gas to disperse the crowd.", "The rebels used to attack the army in Kenya."),
    ("habit", "ASSAULT", "The army said rebels had attacked Mombasa.", "Every time rebels leave, the army attacks Mombasa."),
    ("habit", "COOPERATE", "Kenya coordinated with Uganda.", "Kenya coordinates with Uganda on a daily basis."),
    ("habit", "ASSAULT", "The group carried out regular attacks on Mombasa in May.", "The group carries out regular attacks on Mombasa."),
    ("faculty", "COERCE", "Police arrested three reporters.", "Police have the power to arrest reporters."),
    ("ended act", "AID", "Norway gave aid to Chad.", "Norway may stop giving aid to Chad."),
    ("ended act", "ACCUSE", "The minister criticised the judges.", "The minister refrained from criticising the judges."),
    ("kept from", "ACCUSE", "The minister scolded his allies.", "Instead of scolding the allies, the minister smiled."),
    ("reproach", "ASSAULT", "The militia killed twenty farmers.", "The militia has been blamed for killing twenty farmers."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "sentence"), [(kind, told) for _, kind, told, _ in PAIRS], ids=[told for _, _, told, _ in PAIRS]
)
def test_told_as_politics(nlp: Language, kind: str, sentence: str) -> None:
    assert kind in [event.type for event in nlp(sentence)._.events]


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [(kind, other) for _, kind, _, other in PAIRS],
    ids=[f"{reason}: {other}" for reason, _, _, other in PAIRS],
)
def test_told_as_something_else(nlp: Language, kind: str, sentence: str) -> None:
    assert kind not in [event.type for event in nlp(sentence)._.events]
