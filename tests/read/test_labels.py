"""Lines that are furniture by their wording are told from sentences that use the same words."""

from __future__ import annotations

import pytest

from sitrep.read.furniture import split_lines
from sitrep.read.labels import is_label, listed_under_headings


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("3 min read", True),
        ("Three minutes read the declaration.", False),
        ("ADVERTISEMENT", True),
        ("Advertisement of the meeting was forbidden.", False),
        ("Share", True),
        ("Share this article", True),
        ("Share of votes: 41 per cent", False),
        ("Comments: 3", True),
        ("12 Comments", True),
        ("Comments by the minister angered Alba.", False),
        ("Leave a comment", True),
        ("Tags: Alba, talks, hills", True),
        ("Previous article: Beaches closed", True),
        ("ALSO READ: Fuel prices rise for a third month", True),
        ("READ: Who is Mariam Sayed?", True),
        ("Read aloud, the list takes an hour.", False),
        ("Previous talks, in March, had failed.", False),
        ("Photo: A woman on the road to Alba. Jo Hall/Example", True),
        ("Photos of the massacre were shown to the court.", False),
        ("You may also like", True),
        ("More on this story", True),
        ("More on this will be said on Monday, he promised.", False),
        ("Subscribe to our newsletter", True),
        ("Search", True),
        ("Search teams found nine bodies.", False),
        ("Click here to join our channel", True),
        ("“Click here and you will see,” the minister said.", False),
        ("You are receiving this email because you signed up on our website.", True),
        ("Followers of the Front took the bridge.", False),
        ("18:20 GMT", True),
        ("© 2021 Alba Courier. All rights reserved.", True),
        ("All rights were taken from them, she said.", False),
    ],
)
def test_label(text: str, label: bool):
    assert is_label(text) is label


def test_long_line_that_begins_like_a_credit_is_no_label():
    assert not is_label("Photo: " + "the delegates met again in the hall of the old school in Alba " * 3)


def listed(*texts: str) -> str:
    return "".join(
        "x" if is_listed else "." for is_listed in listed_under_headings(split_lines("\n".join(texts)))
    )


def test_links_under_a_heading_are_listed_to_the_next_sentence():
    above = ("The talks go on.", "You may also like", "Who is Mariam Sayed?", "The road to Alba")
    assert listed(*above, "“We will come again,” she said.", "The end") == ".xxx.."


def test_without_a_heading_nothing_is_listed():
    assert listed("The talks go on.", "Who is Mariam Sayed?", "The road to Alba") == "..."
