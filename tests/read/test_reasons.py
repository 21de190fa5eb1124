"""A cut line's reason is told from its look and place."""

from __future__ import annotations

import pytest

from sitrep.read.reasons import near_copy, reason_for


@pytest.mark.parametrize(
    ("line", "before_story", "reason"),
    [
        ("We use cookies to give you a better experience on this site.", True, "cookie notice"),
        ("© 2021 Example News", False, "copyright notice"),
        ("Leave a Reply", False, "share or comment form"),
        ("Share on Facebook", False, "share or comment form"),
        ("Sign up for our newsletter", False, "subscription"),
        ("Show More", False, "related links"),
        ("Tags: Alba, talks", False, "tags"),
        ("Related topics", False, "tags"),
        ("3 min read", True, "reading time"),
        ("12 Shares", False, "share or comment form"),
        ("Advertisement", False, "advertisement"),
        ("Back to top", False, "navigation"),
        ("Sport", True, "navigation"),
        ("Photo: Jo Hall", False, "credit"),
        ("Road to Alba closed for a third week", False, "related links"),
        ("World", False, "furniture"),
    ],
)
def test_reason(line: str, before_story: bool, reason: str):
    assert reason_for(line, title="Talks resume in Alba", before_story=before_story) == reason


def test_section_and_headline_have_reasons_of_their_own():
    assert reason_for("World", title=None, before_story=True, section="World") == "section label"
    assert reason_for("TALKS RESUME IN ALBA", title="Talks resume in Alba", before_story=False) == (
        "repeats the headline"
    )


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("Governor's exit 'opens the way' for talks in Alba", True),
        ("Governor’s exit “opens the way” for talks in Alba", True),
        ("Governor’s exit “opens the way” for talks in Alba – Example", True),
        ("Governor’s exit", False),
        (
            "The governor's exit opens the way for talks in Alba, which had been closed since January, officials said.",
            False,
        ),
        ("", False),
    ],
)
def test_near_copy_of_a_headline(line: str, same: bool):
    assert near_copy(line, "Governor’s exit ‘opens the way’ for talks in Alba") is same
