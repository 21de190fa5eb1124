"""Every example is read to its story: title, day and publisher found, nothing of the page left in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from sitrep.read import read
from sitrep.records import Document

EXAMPLES = Path(__file__).parent.parent / "examples"


@dataclass(frozen=True)
class Expected:
    """What a reader finds on a page. `publisher` is None where the page's own data do not state it."""

    source: str
    title: str
    published: date
    publisher: str | None
    first: str  # how the story begins
    last: str  # how it ends


EXPECTED = [
    Expected(
        "al-watiya-captured.txt", "Libyan government captures key air base southwest of Tripoli", date(2020, 5, 19),
        "The Corinth Courier", "Forces of Libya's Government of National", "since April 2019.",
    ),
    Expected(
        "ceasefire-declared.txt", "Libya's rivals declare a ceasefire", date(2020, 8, 22), "Levant Dispatch",
        "Fayez al-Sarraj, who heads", "keep to the ceasefire.",
    ),
    Expected(
        "shelter-rockets.txt", "Rockets kill at least five in Tripoli shelter, among them a child", date(2020, 5, 16),
        "Lantern Post", "Rockets hit a shelter", "might rise.",
    ),
    Expected(
        "sirte-front.txt", "The line that holds Libya: Sirte and Jufra wait", date(2020, 7, 10), "Atlas Monitor",
        "The Libyan National Army controls", "from Sirte first.",
    ),
    Expected(
        "tarhuna-taken.txt", "Haftar loses Tarhuna and Bani Walid in a single day", date(2020, 6, 6), "Levant Dispatch",
        "Libyan government forces captured", "said to be based.",
    ),
    Expected(
        "tripoli-shots.txt", "Gunmen fire on protest in Tripoli", date(2020, 8, 24), "Maghreb Ledger",
        "Hundreds of people marched", "speech on Monday.",
    ),
    Expected(
        "watiya-raid.txt", "Air raid on Libyan base damages Turkish air defences", date(2020, 7, 5), "Levant Dispatch",
        "Warplanes bombed the al-Watiya", "the base in May.",
    ),
    Expected(
        "zuwara-visit.txt", "AFRICOM chief meets Sarraj in western Libya", date(2020, 6, 23), "The Gulf Meridian",
        "General Stephen Townsend", "lasted three hours.",
    ),
    Expected(
        "al-watiya-falls.txt", "Tripoli's forces take al-Watiya air base without a fight", date(2020, 5, 18), None,
        "Forces loyal to", "its front in southern Tripoli.",
    ),
    Expected(
        "ankara-moscow.txt", "Turkey and Russia agree to work for a Libyan ceasefire", date(2020, 7, 23), "Atlas Monitor",
        "Turkey and Russia agreed on Wednesday", "he added.",
    ),
    Expected(
        "cairo-initiative.txt", "Sisi offers Libya a truce from Monday; Tripoli says no", date(2020, 6, 7), "Lantern Post",
        "Egypt's president, Abdel Fattah", "nearest coastal stronghold.",
    ),
    Expected(
        "ceasefire-dismissed.txt", "Haftar's spokesman dismisses Tripoli's truce as marketing", date(2020, 8, 24), None,
        "The Libyan National Army", "silent since June.",
    ),
    Expected(
        "ceasefire.txt", "Rival Libyan leaders order ceasefire and call for elections", date(2020, 8, 21), "Harbour Wire",
        "Libya's rival authorities", "settlement is reached.",
    ),
    Expected(
        "egypt-parliament.txt", "Egypt's parliament lets Sisi send troops abroad", date(2020, 7, 21), "The Corinth Courier",
        "Egypt's parliament voted", "earlier this month.",
    ),
    Expected(
        "egyptians-freed.txt", "Egyptian workers home after ordeal in Libya", date(2020, 6, 19), "Lantern Post",
        "Twenty-three Egyptian labourers", "building sites and farms.",
    ),
    Expected(
        "europe-threatens-sanctions.txt", "Three European leaders threaten sanctions over arms for Libya",
        date(2020, 7, 19), "Levant Dispatch", "The leaders of France", "reward Haftar.",
    ),
    Expected(
        "graves-icc.txt", "War crimes court says it has word of 11 mass graves in Libya", date(2020, 6, 23), "Maghreb Ledger",
        "The prosecutor of", "older than my grandfather.\"",
    ),
    Expected(
        "mines.txt", "Two deminers killed as Tripoli families return to booby-trapped homes", date(2020, 7, 7), "Maghreb Ledger",
        "Two men who cleared mines", "900 dinars.\"",
    ),
    Expected(
        "oil.jsonl, line 1", "Foreign fighters entered Sharara oilfield, Libya's state oil company says",
        date(2020, 6, 26), "Harbour Wire", "Libya's National Oil", "stopped weeks ago.",
    ),
    Expected(
        "oil.jsonl, line 2", "Libya lifts force majeure as first tanker loads at Es Sider",
        date(2020, 7, 10), "Harbour Wire", "Libya's state oil", "both sides control.",
    ),
    Expected(
        "oil.jsonl, line 3", "Haftar's army says oil blockade goes on, and Tripoli blames Abu Dhabi",
        date(2020, 7, 13), "Maghreb Ledger", "The Libyan National Army", "who undermine it.",
    ),
    Expected(
        "red-line.html", "Sirte and Jufra are a red line, Egypt's president warns", date(2020, 6, 21),
        "Levant Dispatch", "Egypt's president, Abdel", "were under way.",
    ),
    Expected(
        "russian-jets.html", "US military says Russia flew fighter jets to Libya; Moscow denies it",
        date(2020, 5, 27), "Atlas Monitor", "The United States military", "Jordan and Turkey.",
    ),
    Expected(
        "shelter-shelled.txt", "Seven killed as shells hit shelter for displaced families in Tripoli",
        date(2020, 5, 17), "Maghreb Ledger", "At least seven people", "There is no fifth place.\"",
    ),
    Expected(
        "sirte-offensive.md", "Air strikes stop government advance outside Sirte", date(2020, 6, 9),
        "Maghreb Ledger", "Forces of the Tripoli government", "aid workers said.",
    ),
    Expected(
        "smugglers-sanctioned.txt", "US puts sanctions on Libyan smuggling ring in Zuwara and Malta",
        date(2020, 8, 7), "Northshore Herald", "The United States imposed", "several tankers in past years.",
    ),
    Expected(
        "tarhuna-graves.txt", "UN shocked by mass graves in Tarhuna; 160 bodies counted at hospital",
        date(2020, 6, 12), "Harbour Wire", "The United Nations expressed", "left to foreigners alone.",
    ),
    Expected(
        "tarhuna-hospital.txt", "More than 100 bodies found in Tarhuna hospital, ministry says",
        date(2020, 6, 8), "The Corinth Courier", "Libya's health ministry", "one volunteer said.",
    ),
    Expected(
        "tarhuna-syndicated.txt", "Government troops enter Tarhuna as Haftar's men retreat", date(2020, 6, 6), "The Gulf Meridian",
        "TRIPOLI: Troops of Libya's", "according to the UN.",
    ),
    Expected(
        "tarhuna.txt", "Government forces enter Tarhuna as Haftar's men retreat", date(2020, 6, 5), "Harbour Wire",
        "Forces of Libya's", "punish the looters.",
    ),
    Expected(
        "tripoli-protests.html", "Libyan minister suspended after shots at protesters in Tripoli",
        date(2020, 8, 29), "Lantern Post", "Libya's prime minister", "Khalifa Haftar controls.",
    ),
    Expected(
        "tripoli-retaken.txt", "Libyan government says it controls all of Tripoli", date(2020, 6, 4), "Northshore Herald",
        "Libya's internationally recognised", "military commission.",
    ),
    Expected(
        "watiya-strikes.txt", "Unknown warplanes bomb al-Watiya a day after Turkish minister's visit",
        date(2020, 7, 6), "Atlas Monitor", "Aircraft that nobody", "the port of Misrata.",
    ),
    Expected(
        "zuwara-meeting.txt", "US general flies to Zuwara for talks with Sarraj", date(2020, 6, 23), "Northshore Herald",
        "The head of", "on Monday as well.",
    ),
]  # fmt: skip

every_example = pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.source)


@cache
def documents() -> dict[str, Document]:
    """The documents of the folder by file name, with the line for the one that holds several."""
    found = [document for document in read([str(EXAMPLES)]) if isinstance(document, Document)]
    return {document.source.removeprefix(f"{EXAMPLES}/"): document for document in found}


def test_every_example_is_expected_and_nothing_else() -> None:
    sources = set(documents())
    assert sources == {expected.source for expected in EXPECTED}


@every_example
def test_title(expected: Expected) -> None:
    assert documents()[expected.source].title == expected.title


@every_example
def test_published_date(expected: Expected) -> None:
    assert documents()[expected.source].published == expected.published


@every_example
def test_publisher_that_the_page_states(expected: Expected) -> None:
    assert documents()[expected.source].publisher == expected.publisher


@every_example
def test_story_begins_and_ends_with_its_own_words(expected: Expected) -> None:
    text = documents()[expected.source].text
    assert (text[: len(expected.first)], text[-len(expected.last) :]) == (expected.first, expected.last)


FURNITURE = re.compile(
    r"(?im)^\W*(?:share|tweet|related|read (?:more|next|also)|leave a|log in|subscribe|sign up|advertisement|tags:"
    r"|show (?:more|comments)|back to top|comments are|most read|by [A-Z]\w+ [A-Z]\w+$|home\b|menu$|search$|posted on"
    r"|published[: ]|\d min read|you may also|previous article|next article|continue reading|donate|get our app|©)"
)


@every_example
def test_no_furniture_is_left(expected: Expected) -> None:
    text = documents()[expected.source].text
    assert FURNITURE.findall(text) == []
    assert expected.title not in text.split("\n\n")


def test_the_table_lists_every_file_and_its_days() -> None:
    table = (EXAMPLES.parent / "docs" / "examples.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([^`]+)` \| [^|]+ \| ([^|]+) \|", table, re.MULTILINE))
    stated: dict[str, list[str]] = {}
    for expected in EXPECTED:
        stated.setdefault(expected.source.partition(",")[0], []).append(expected.published.isoformat())
    assert rows == {file: ", ".join(days) for file, days in stated.items()}
    assert set(rows) == {path.name for path in EXAMPLES.iterdir()}
