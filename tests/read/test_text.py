"""Flattened and plain texts give their story, whole, and what was cut."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from sitrep.read.page_facts import PageFacts
from sitrep.read.settings import ReadSettings
from sitrep.read.text import read_text
from sitrep.records import Document, Removed, Skipped

TITLE = "Talks between the coast and the hills resume in Alba"
STORY = (
    "Delegates of the coast and of the hills met in Alba on Monday for the first time since the winter, officials of "
    "both sides said after the meeting.",
    "“Nothing has been signed,” a delegate of the hills, Mariam Sayed, told reporters. “But we have agreed to exchange "
    "forty prisoners before the end of the month.”",
    "She added that the road between the two towns, which has been closed to traders since January, would be opened for "
    "two hours a day.",
    "A spokesman for the coast described the talks as “useful” and said that his side would come again in a fortnight if "
    "the exchange went as planned.",
    "The two sides have fought over the pass above Alba for three years, and at least two hundred people have been killed "
    "in that time, according to the United Nations.",
)
FLATTENED = (
    "Skip to content",
    "Home",
    "World",
    "Politics",
    "Sport",
    "Subscribe",
    TITLE,
    "By Jo Hall",
    "Published 4 March 2021",
    "Share on Facebook",
    *STORY[:3],
    TITLE,
    *STORY[3:],
    "Show More",
    "Related Articles",
    "Road over the pass closed for a third week",
    "Leave a Reply",
    "Your email address will not be published. Required fields are marked *",
    "© 2021 Example News. All rights reserved.",
    "Back to top button",
)


def document(text: str, **given: object) -> Document:
    read = read_text(text, **given)  # type: ignore[arg-type]
    assert isinstance(read, Document)
    return read


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_story_of_a_flattened_page_is_kept_whole_and_its_furniture_cut(between: str):
    read = document(between.join(FLATTENED))
    assert read.text == "\n\n".join(STORY)
    assert [removed.text for removed in read.removed] == [
        line for i, line in enumerate(FLATTENED) if line not in STORY and i != FLATTENED.index(TITLE)
    ]


def test_title_byline_and_day_of_a_flattened_page_are_found():
    read = document("\n".join(FLATTENED))
    assert (read.title, read.authors, read.published) == (TITLE, ("Jo Hall",), date(2021, 3, 4))


def test_last_paragraph_right_above_a_heading_of_links_is_kept():
    last = "The president of the hills is expected to meet the mayor of Alba on the coast next week."
    read = document(
        "\n\n".join((TITLE, *STORY, last, "More on this story", "Who is Mariam Sayed?", "Topics"))
    )
    assert read.text == "\n\n".join((*STORY, last))


def test_paragraph_right_below_an_advertisement_is_kept():
    read = document("\n\n".join((TITLE, *STORY[:2], "Advertisement", *STORY[2:])))
    assert read.text == "\n\n".join(STORY)


def test_dateline_of_its_own_line_gives_the_day_and_the_agency_and_is_cut():
    read = document("\n\n".join((TITLE, "ALBA, March 4, 2021 (Hill News Agency) -", *STORY)))
    assert (read.text, read.published, read.publisher) == (
        "\n\n".join(STORY),
        date(2021, 3, 4),
        "Hill News Agency",
    )


def test_byline_day_and_name_of_the_site_say_what_they_are():
    cut = document("\n".join(("Example News", *FLATTENED))).removed
    assert {
        removed.text: removed.reason for removed in cut if removed.text in ("Example News", *FLATTENED[7:9])
    } == {
        "Example News": "name of the site",
        "By Jo Hall": "byline or date",
        "Published 4 March 2021": "byline or date",
    }


def test_caption_that_repeats_the_headline_says_so():
    assert Removed(TITLE, "repeats the headline") in document("\n".join(FLATTENED)).removed


@pytest.mark.parametrize("paragraphs", [1, 2, 3, 5])
def test_plain_story_is_kept_whole_and_has_no_title(paragraphs: int):
    read = document("\n\n".join(STORY[:paragraphs]))
    assert (read.text, read.title, read.removed) == ("\n\n".join(STORY[:paragraphs]), None, ())


def test_headline_above_a_plain_story_is_its_title():
    read = document("\n\n".join((TITLE, *STORY)))
    assert (read.title, read.text) == (TITLE, "\n\n".join(STORY))


def test_first_sentence_that_repeats_the_headline_in_full_is_kept():
    first = "Talks between the coast and the hills resume in Alba, officials said."
    assert document("\n\n".join((TITLE, first, *STORY))).text.startswith(first)


@pytest.mark.parametrize(
    "text", ["Rebels took the town of Alba on Monday.", "Three soldiers were killed, the army said."]
)
def test_one_sentence_is_a_report(text: str):
    assert document(text).text == text


@pytest.mark.parametrize("text", ["", "\n\n", "Home\nWorld\nSport\nLog in", "Alba", "12345"])
def test_text_without_a_story_is_skipped(text: str):
    assert str(read_text(text, source="a.txt")).startswith("a.txt: has no story in it.")


def test_known_facts_go_before_what_the_text_says():
    known = PageFacts(title="Another title of the desk", authors=("Li Wei",), published=date(2021, 3, 5))
    read = document("\n".join(FLATTENED), facts=known)
    assert (read.title, read.authors, read.published) == (
        "Another title of the desk",
        ("Li Wei",),
        date(2021, 3, 5),
    )


def test_text_of_another_language_is_skipped():
    text = "Les délégués des deux camps se sont réunis lundi à Alba pour la première fois depuis l'hiver, ont-ils dit."
    assert str(read_text(text, source="a.txt")) == (
        'a.txt: is in the language "fr", not "en". Translate it first; Sitrep codes English.'
    )
    assert document(text, settings=ReadSettings(language=None)).language == "fr"


def test_text_longer_than_allowed_is_skipped():
    skipped = read_text("word " * 300, source="a.txt", settings=ReadSettings(max_chars=1000))
    assert isinstance(skipped, Skipped)
    assert skipped.found == "is too long for one report (1,500 characters)."


def test_same_text_gives_the_same_record_alone_and_after_another():
    alone = document("\n".join(FLATTENED))
    read_text("\n".join(STORY))
    assert document("\n".join(FLATTENED)) == alone


def test_hardly_anything_is_cut_from_stories_without_furniture(shared: Path):
    lines = (shared / "data" / "attribution" / "polnear_dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    cut = sum(len(removed.text) for text in texts for removed in document(text).removed)
    assert cut < 0.005 * sum(map(len, texts))


def test_page_of_the_design_is_understood(shared: Path):
    read = document((shared / "examples" / "haftar-defeat.txt").read_text(encoding="utf-8"))
    assert (read.section, read.title and read.title[:15], len(read.text.split("\n\n"))) == (
        "Middle East",
        "Haftar’s defeat",
        8,
    )
    assert [(removed.reason, len(removed.text.split())) for removed in read.removed] == [
        ("section label", 2),
        ("repeats the headline", 10),
        ("related links", 2),
        ("related links", 2),
        ("share or comment form", 3),
        ("share or comment form", 12),
        ("navigation", 4),
    ]
