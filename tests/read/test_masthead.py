"""The lines around a story name its headline, section, authors and day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sitrep.read.furniture import split_lines
from sitrep.read.masthead import headline_index, is_signature, masthead
from sitrep.read.page_facts import PageFacts

LEDE = "Delegates of both sides met in Alba on Monday for the first time since the winter, officials said."
TITLE = "Talks resume in Alba after the winter"


def facts(*above: str, lede: str = LEDE) -> PageFacts:
    lines = split_lines("\n".join((*above, lede)))
    story = [False] * len(above) + [True]
    return masthead(lines, story, above.index(TITLE) if TITLE in above else None)


def headline(*above: str, sure: str | None = None, title: str | None = None, lede: str = LEDE) -> str | None:
    lines = split_lines("\n".join((*above, lede, LEDE)))
    probabilities = np.array([0.8 if line.text == sure else 0.0 for line in lines], np.float32)
    at = headline_index(lines, [False] * len(above) + [True, True], probabilities, title)
    return None if at is None else lines[at].text


def test_headline_is_the_line_the_model_is_sure_of():
    assert (
        headline("Home page of ours", "Governor steps back", sure="Governor steps back")
        == "Governor steps back"
    )


def test_headline_is_told_by_the_storys_words_and_the_byline_below():
    above = ("Sport results of today", TITLE, "By Jo Hall", "Share this story now")
    assert headline(*above) == TITLE


def test_menu_above_a_story_is_no_headline():
    assert headline("Home", "World", "Sport", "Sign in to comment here") is None


def test_text_that_begins_with_the_story_has_no_headline():
    assert headline() is None


def test_known_title_is_found_in_its_printed_form():
    assert (
        headline("TALKS RESUME IN ALBA AFTER THE WINTER", title=TITLE)
        == "TALKS RESUME IN ALBA AFTER THE WINTER"
    )
    assert headline("Something else that is printed", title=TITLE) is None


@pytest.mark.parametrize(
    ("above", "section"),
    [
        (("Middle East", TITLE), "Middle East"),
        (("Middle East", "Alba Standard-Herald", TITLE), "Middle East"),
        (("The Alba Courier", TITLE), None),
        (("Learn More", TITLE), None),
        (("BREAKING", TITLE), None),
        (("Home > World > Europe", TITLE), "Europe"),
        (("Home", "Sign in", "News", "World", TITLE), None),
        (("4 March 2021", TITLE), None),
        (("By Jo Hall", TITLE), None),
        ((TITLE,), None),
        ((), None),
    ],
)
def test_section(above: tuple[str, ...], section: str | None):
    assert facts(*above).section == section


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jo Hall", ("Jo Hall",)),
        ("BY Jo Hall and Mariam al-Sayed", ("Jo Hall", "Mariam al-Sayed")),
        ("By Ana Ruiz, Li Wei and Tom Hall", ("Ana Ruiz", "Li Wei", "Tom Hall")),
        ("By Jo Hall in Port Alba", ("Jo Hall",)),
        ("Written by Jo Hall", ("Jo Hall",)),
        ("By JO HALL and LI WEI", ("JO HALL", "LI WEI")),
        ("By Jo Hall, Diplomatic Correspondent", ("Jo Hall",)),
        ("By Jo Hall, Alba Courier", ("Jo Hall",)),
        ("Jo Hall, Correspondent", ("Jo Hall",)),
        ("Jo Hall, Staff Writer", ("Jo Hall",)),
        ("Jo Hall, Prime Minister", ()),
        ("By Our Correspondent", ()),
        ("By the river", ()),
        ("By New Year, forty people had been killed on the road.", ()),
        ("By Monday the road was open again", ()),
        ("Stand By Me Tonight", ()),
    ],
)
def test_byline(line: str, authors: tuple[str, ...]):
    assert facts(TITLE, line).authors == authors


def test_reporters_named_in_an_agencys_last_line():
    last = "(Reporting by Jo Hall in Alba and Li Wei; editing by Tom Roe)"
    lines = split_lines("\n".join((TITLE, LEDE, last)))
    assert masthead(lines, [False, True, False], 0).authors == ("Jo Hall",)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("Published 4 March 2021",), date(2021, 3, 4)),
        (("March 4, 2021",), date(2021, 3, 4)),
        (("Published 4 March 2021", "Updated 6 March 2021"), date(2021, 3, 4)),
        (("4 March 2021", "Road closed: 2 March 2021"), None),
        (("Published: March 4, 2021 | Updated: March 6, 2021",), date(2021, 3, 4)),
        (("Updated 6 March 2021",), date(2021, 3, 6)),
        (("Mar 4, 2021, 7:04 PM",), date(2021, 3, 4)),
        (("4 March 2021 | 14:05 GMT",), date(2021, 3, 4)),
        (("ALBA, March 4, 2021",), date(2021, 3, 4)),
        (("04/03/2021",), None),
        (("4 March",), None),
    ],
)
def test_day_of_publication(lines: tuple[str, ...], day: date | None):
    assert facts(TITLE, *lines).published == day


def test_dateline_with_its_year_gives_the_day_and_without_gives_none():
    assert facts(lede="ALBA, March 4, 2021 (Agency) - " + LEDE).published == date(2021, 3, 4)
    assert facts(lede="ALBA, Sept. 4, 2021 (Agency) - " + LEDE).published == date(2021, 9, 4)
    assert facts(lede="ALBA, March 4 (Agency) - " + LEDE).published is None
    assert facts(lede="The accord of March 4, 2021 is void, she said.").published is None


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("By Jo Hall", True),
        ("Published: Monday, 4 March 2021 at 10:30 GMT", True),
        ("4 March 2021", True),
        ("ALBA, March 4, 2021", True),
        ("ALBA, March 4, 2021 (Example Agency) -", True),
        ("ALBA/PORT HILL (Example Agency)", True),
        ("ÁVALA, St. Hill, 4 March 2021", True),
        ("By Jo Hall in Port Alba", True),
        ("Jo Hall, Correspondent", True),
        ("Rebels of the Hill Front (HF)", False),
        ("By New Year, forty people had been killed on the road.", False),
        ("On 4 March 2021 the road was closed.", False),
        (LEDE, False),
    ],
)
def test_signature(text: str, signature: bool):
    assert is_signature(text) is signature
