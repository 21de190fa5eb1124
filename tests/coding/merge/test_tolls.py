"""The dead, the injured and the crowd, on the real parse, each tied to its words."""

from __future__ import annotations

import pytest

from sitrep.coding.merge.tolls import set_tolls
from sitrep.coding.status.operators import read_operators
from sitrep.records import Event, Toll, words

OPERATORS = read_operators()


def event(text: str, trigger: str, type: str = "ASSAULT", **fields) -> Event:
    start = text.index(trigger)
    return Event(
        id="e1", type=type, trigger=((start, start + len(trigger)),), evidence=((0, len(text)),), **fields
    )  # fmt: skip


def tolls(nlp, text: str, trigger: str, type: str = "ASSAULT", **fields) -> Event:
    [found] = set_tolls(nlp(text), [event(text, trigger, type, **fields)], OPERATORS)
    return found


def span(toll: Toll | None) -> tuple[int, int | None] | None:
    return None if toll is None else (toll.low, toll.high)


@pytest.mark.parametrize(
    ("text", "trigger", "killed", "injured"),
    [
        ("The shelling killed two soldiers and a civilian.", "killed", (3, 3), None),
        ("Two soldiers and a civilian were killed by gunmen.", "killed", (3, 3), None),
        ("At least 12 people were killed and 30 injured in the attack.", "attack", (12, None), (30, 30)),
        ("Gunmen opened fire, killing 12 to 15 villagers and wounding scores.", "opened fire", (12, 15), (40, None)),
        ("The blast left 12 dead and dozens wounded.", "blast", (12, 12), (24, None)),
        ("The attack claimed nine lives.", "attack", (9, 9), None),
        ("Police shot dead three protesters.", "shot", (3, 3), None),
        ("Rebels attacked the camp. At least five people died.", "attacked", (5, None), None),
        ("Rebels attacked the camp. The death toll rose to 45.", "attacked", (45, 45), None),
        ("Rebels attacked the camp. The governor put the death toll at 45.", "attacked", (45, 45), None),
        ("Rebels attacked the camp. The governor regretted the death toll at length.", "attacked", None, None),
        ("Rebels attacked the camp. The attack killed 45 people.", "attacked", (45, 45), None),
        ("Rebels attacked the camp. A landslide killed 45 people.", "attacked", None, None),
        ("Rebels attacked the camp. Jets bombed the hospital, killing 45 people.", "attacked", None, None),
        ("Rebels attacked the camp. Officials said 45 people were killed and nine wounded.", "attacked", (45, 45), (9, 9)),
        ("Rebels attacked the camp. There were no casualties.", "attacked", (0, 0), (0, 0)),
        ("Nobody was hurt when gunmen attacked the camp.", "attacked", None, (0, 0)),
        ("Four people, including two children, were killed in the raid.", "raid", (4, 4), None),
        ("A suicide bomber killed himself and six others.", "killed", (6, 6), None),
        ("Gunmen killed a farmer near Sarn.", "killed", (1, 1), None),
    ],
)  # fmt: skip
def test_toll_of_an_attack(nlp, text, trigger, killed, injured):
    found = tolls(nlp, text, trigger)
    assert (span(found.killed), span(found.injured), found.crowd) == (killed, injured, None)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The army attacked the port.", "attacked"),
        ("The attack could kill thousands of people.", "attack"),
        ("Gunmen killed soldiers near Sarn.", "killed"),
        ("Gunmen attacked a family of five.", "attacked"),
        ("Gunmen killed the 12-year-old boy.", "killed"),
        ("Rebels attacked the camp. In Kelm, police killed two thieves.", "attacked"),
    ],
)
def test_no_toll_where_none_is_told(nlp, text, trigger):
    others = [event(text, "killed")] if "thieves" in text else []
    found = set_tolls(nlp(text), [event(text, trigger), *others], OPERATORS)[0]
    assert (found.killed, found.injured) == (None, None)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (
            "Police said nine people were killed. A doctor said that 14 people had died in the attack.",
            (9, 14),
        ),
        ("Police said nine passengers were killed. A doctor said that 14 people had died.", (9, 14)),
        ("Police said nine people were killed. Police said that 14 people had died.", (9, 9)),
        ("Nine people were killed. The mayor put the death toll at 14.", (9, 14)),
        ("Nine people were killed. The death toll has risen to 14.", (14, 14)),
        ("Police said at least nine people were killed. A doctor said 14 people had died.", (9, 14)),
        ("Police said over 20 people were killed. A doctor said 14 people had died.", (14, None)),
        ("Police said nine people were killed. The army said it had killed two rebels.", (9, 9)),
        ("Police said nine people were killed. A doctor said another four people had died.", (9, 9)),
    ],
)
def test_two_accounts_of_one_toll_are_a_range(nlp, text, killed):
    found = tolls(nlp, f"Rebels attacked the camp in Kenya. {text}", "attacked")
    assert span(found.killed) == killed


def test_a_range_keeps_the_words_of_both_accounts(nlp):
    text = "Rebels attacked the camp. Nine people were killed. The mayor put the death toll at 14."
    killed = tolls(nlp, text, "attacked").killed
    assert killed is not None and words(text, killed.spans) == ["Nine people", "14"]


@pytest.mark.parametrize(
    ("events", "killed"), [(1, (20, 20)), (2, (0, 20))], ids=["one place", "two places of one wording"]
)
def test_a_toll_of_two_places_together_is_at_most_that_of_each(nlp, events, killed):
    text = "The army shelled Kelm and Sarn, killing 20 civilians."
    told = [event(text, "shelled") for _ in range(events)]
    assert [span(found.killed) for found in set_tolls(nlp(text), told, OPERATORS)] == [killed] * events


def test_a_toll_is_that_of_the_deed_which_its_noun_takes_up(nlp):
    text = "Rebels attacked the camp. The bishop prayed. Nine people died in the attack. Nine died of flu."
    killed = tolls(nlp, text, "attacked").killed
    assert killed is not None and killed.spans == ((45, 56),)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Rebels attacked the camp in Kenya on Monday. Nine people died.", (9, 9)),
        ("Rebels attacked the camp in Kenya on Monday. Ninety people died in the region last year.", None),
    ],
)
def test_the_dead_of_a_year_are_not_those_of_the_last_attack(nlp, text, killed):
    assert span(tolls(nlp, text, "attacked").killed) == killed


def test_a_toll_keeps_its_words(nlp):
    text = "The shelling killed two soldiers and a civilian."
    killed = tolls(nlp, text, "killed").killed
    assert killed is not None and words(text, killed.spans) == ["two soldiers", "a civilian"]


def test_a_part_without_a_number_leaves_the_sum_open(nlp):
    assert span(tolls(nlp, "The bomb killed two guards and several clerks.", "killed").killed) == (5, None)


@pytest.mark.parametrize(
    ("text", "trigger", "crowd"),
    [
        ("Hundreds of protesters marched through Kelm.", "marched", (200, None)),
        ("Some 5,000 people rallied in the square.", "rallied", (4500, 5500)),
        ("The rally drew more than 300 farmers.", "rally", (301, None)),
        ("A march of 2,000 teachers passed the ministry.", "march", (2000, 2000)),
        ("Teachers marched through Kelm.", "marched", None),
        ("The opposition leader marched through Kelm.", "marched", None),
    ],
)
def test_crowd_of_a_protest(nlp, text, trigger, crowd):
    assert span(tolls(nlp, text, trigger, "PROTEST").crowd) == crowd


@pytest.mark.parametrize(
    ("text", "crowd"),
    [
        ("Organisers said 20,000 people took part; police put the crowd at 5,000.", (5000, 20_000)),
        ("About 300 people attended, the mayor said.", (270, 330)),
        ("About 300 soldiers took the bridge.", None),
        ("Police put the damage at 5,000 dollars.", None),
    ],
)
def test_crowd_told_in_the_next_sentence(nlp, text, crowd):
    found = tolls(nlp, f"Teachers marched through Kelm. {text}", "marched", "PROTEST")
    assert span(found.crowd) == crowd


def test_only_a_protest_has_a_crowd(nlp):
    assert tolls(nlp, "Hundreds of soldiers attacked the port.", "attacked").crowd is None


def test_a_planned_attack_has_no_dead(nlp):
    assert tolls(nlp, "The attack will kill 40 people.", "attack", status="planned").killed is None


def test_a_meeting_has_no_dead(nlp):
    assert tolls(nlp, "The ministers met as 40 people died in the fire.", "met", "CONSULT").killed is None
