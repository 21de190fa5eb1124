"""An HTML page gives its story, what it says of itself, and what was cut."""

from __future__ import annotations

from datetime import date

import lxml.html
import pytest

from sitrep.read.html import read_html, visible_lines
from sitrep.read.settings import ReadSettings
from sitrep.records import Document, Removed, Skipped

PARAGRAPHS = (
    "Delegates of both sides met in Alba on Monday for the first time since the winter, officials said, and agreed "
    "to exchange forty prisoners before the end of the month.",
    "“Nothing has been signed,” a delegate of the north told reporters after the meeting, which lasted six hours and "
    "was held behind closed doors in the town hall.",
    "The hosts said that both sides would meet again in a fortnight to talk about the road between the two towns, "
    "which has been closed to traders since January.",
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Talks resume in Alba | Example News</title>
<meta property="og:title" content="Talks resume in Alba"><meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2021-03-04T18:00:00+01:00">
<style>p {{ color: red }}</style><script>var menu = "hidden";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Talks resume in Alba</h1>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article>
<aside><h3>Related Articles</h3><a href="/x">Road to Alba closed for a third week</a></aside>
<p style="display: none">Tracking pixel</p>
<footer>© 2021 Example News. All rights reserved.</footer></body></html>"""


def document(page: bytes | str, **settings: object) -> Document:
    read = read_html(page, settings=ReadSettings(**settings))  # type: ignore[arg-type]
    assert isinstance(read, Document)
    return read


def test_story_is_kept_in_paragraphs_and_the_rest_is_removed_with_reasons():
    read = document(PAGE)
    assert read.text == "\n\n".join(PARAGRAPHS)
    assert read.removed == (
        Removed("Home", "navigation"),
        Removed("World", "navigation"),
        Removed("Related Articles", "related links"),
        Removed("Road to Alba closed for a third week", "related links"),
        Removed("© 2021 Example News. All rights reserved.", "copyright notice"),
    )


def test_links_and_credits_among_the_paragraphs_are_cut():
    between = "<p>Read more: Road to Alba closed for a third week</p><p>Photo: Jo Hall/Example</p>"
    read = document(PAGE.replace(f"<p>{PARAGRAPHS[1]}", f"{between}<p>{PARAGRAPHS[1]}"))
    assert read.text == "\n\n".join(PARAGRAPHS)


def test_page_facts_are_taken_over():
    read = document(PAGE)
    assert (read.title, read.publisher, read.published, read.language) == (
        "Talks resume in Alba",
        "Example News",
        date(2021, 3, 4),
        "en",
    )


def test_bytes_and_text_give_the_same_record():
    assert document(PAGE.encode()) == document(PAGE)


def test_known_day_goes_before_the_pages():
    assert document(PAGE, published=date(2021, 3, 5)).published == date(2021, 3, 5)


def test_stamp_in_utc_gives_way_to_the_newsrooms_day():
    page = PAGE.replace("2021-03-04T18:00:00+01:00", "2021-03-05T02:30:00Z").replace(
        "<head>", '<head><link rel="canonical" href="https://news.example/2021/03/04/talks">'
    )
    assert document(page).published == date(2021, 3, 4)


def test_a_page_of_one_paragraph_is_kept():
    assert document("<p>Rebels took the town of Alba on Monday, a spokesman said.</p>").text == (
        "Rebels took the town of Alba on Monday, a spokesman said."
    )


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html></html>",
        "<html><body><ul><li>Home</li><li>World</li><li>Sport</li></ul></body></html>",
        "<script>var a = 1;</script>",
        "<!-- nothing -->",
    ],
)
def test_page_without_a_story_is_skipped(page: str):
    skipped = read_html(page, source="page.html")
    assert isinstance(skipped, Skipped)
    assert str(skipped).startswith("page.html: has no story in it. ")


def test_page_in_another_language_is_skipped_or_read_as_the_settings_say():
    text = "Les délégués des deux camps se sont réunis lundi dans la ville, ont indiqué des responsables du gouvernement. "
    page = f"<html><body><article><p>{text * 3}</p><p>{text * 2}</p></article></body></html>"
    skipped = read_html(page, source="page.html")
    assert str(skipped) == (
        'page.html: is in the language "fr", not "en". Translate it first; Sitrep codes English.'
    )
    assert document(page, language=None).language == "fr"


def test_visible_lines_are_those_a_browser_shows():
    page = "<div>One <b>two</b><br>three<script>x()</script><p hidden>four</p><p>five\nsix</p></div>"
    assert visible_lines(lxml.html.fromstring(page)) == ["One two", "three", "five six"]


def test_a_dialogue_about_cookies_is_no_story_however_long():
    policy = "We and our partners store cookies and process personal data of your device to show ads. " * 9
    dialogue = f'<div class="modal gdpr-consent"><h2>Your privacy</h2>{f"<p>{policy}</p>" * 6}</div>'
    assert document(PAGE.replace("<nav>", dialogue + "<nav>")).text == "\n\n".join(PARAGRAPHS)


def test_a_paragraph_that_is_one_link_is_a_paragraph():
    linked = PAGE.replace(PARAGRAPHS[1], f'<strong><a href="/1">{PARAGRAPHS[1]}</a></strong>')
    assert document(linked).text == "\n\n".join(PARAGRAPHS)


def test_the_day_that_the_story_calls_its_own_goes_before_those_beside_it():
    beside = "".join(
        f'<li><time datetime="2021-04-0{n}">{n} April 2021</time> Story</li>' for n in range(1, 9)
    )
    page = PAGE.replace("2021-03-04T18:00:00+01:00", "").replace(
        "<nav>", f"<aside><ul>{beside}</ul></aside><nav>"
    )
    labelled = page.replace("</h1>", "</h1><p>Published: March 4, 2021 | Updated: March 9, 2021</p>")
    assert document(labelled).published == date(2021, 3, 4)
    assert "Published" not in document(labelled).text
