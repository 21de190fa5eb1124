"""Markdown gives the words that its reader sees."""

from __future__ import annotations

from datetime import date

from sitrep.read.markdown import read_markdown
from sitrep.records import Document, Skipped

REPORT = """---
title: Talks resume in Alba
date: 2021-03-04
author: Jo Hall and Li Wei
---

# Talks resume in Alba

Delegates from **both sides** met in [Alba](https://news.example/alba) on Monday,
officials said, for the first time since the winter.

> “Nothing was signed,” a delegate of the north told reporters after the meeting.
"""


def test_front_matter_and_words_are_read_and_marks_are_not():
    document = read_markdown(REPORT)
    assert isinstance(document, Document)
    assert (document.title, document.published, document.authors) == (
        "Talks resume in Alba",
        date(2021, 3, 4),
        ("Jo Hall", "Li Wei"),
    )
    assert document.text == (
        "Delegates from both sides met in Alba on Monday, officials said, for the first time since the winter.\n\n"
        "“Nothing was signed,” a delegate of the north told reporters after the meeting."
    )


def test_the_first_heading_is_the_title_without_front_matter():
    document = read_markdown(
        "# Army leaves Alba\n\nThe army left the town of Alba on Monday, its spokesman said."
    )
    assert isinstance(document, Document)
    assert (document.title, document.text) == (
        "Army leaves Alba",
        "The army left the town of Alba on Monday, its spokesman said.",
    )


def test_markdown_without_words_is_skipped():
    assert isinstance(read_markdown("---\n\n***\n"), Skipped)
