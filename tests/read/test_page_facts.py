"""What an HTML page says of itself."""

from __future__ import annotations

import json
from datetime import date

import lxml.html
import pytest

from sitrep.read.page_facts import PageFacts, page_facts, split_names, without_site


def facts_of(head: str, body: str = "<p>Text.</p>") -> PageFacts:
    return page_facts(lxml.html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"))


def json_ld(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Talks resume in Alba",
    "author": [
        {"@type": "Person", "name": "Jo Hall"},
        {"@type": "Person", "name": "By Li Wei | Example News"},
    ],
    "publisher": {"@type": "Organization", "name": "Example News"},
    "articleSection": ["World", "Europe"],
    "datePublished": "2021-03-04T18:00:00+01:00",
    "inLanguage": "en-GB",
    "url": "https://news.example/talks",
}
STATED = PageFacts(
    title="Talks resume in Alba",
    authors=("Jo Hall", "Li Wei"),
    publisher="Example News",
    section="World",
    published=date(2021, 3, 4),
    language="en",
    url="https://news.example/talks",
)


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        [{"@type": "WebSite", "name": "Example"}, ARTICLE],
        {"@context": "https://schema.org", "@graph": [{"@type": "BreadcrumbList"}, ARTICLE]},
        ARTICLE | {"@type": ["ReportageNewsArticle", "NewsArticle"]},
        json.dumps(ARTICLE)[:-1] + ",}",
        "<![CDATA[" + json.dumps(ARTICLE) + "]]>",
        json.dumps(ARTICLE) + " trailing rubbish",
        json.dumps(ARTICLE).replace("Talks resume", "Talks\tresume"),
    ],
    ids=["one", "list", "graph", "types", "trailing comma", "cdata", "rubbish", "raw tab"],
)
def test_json_ld_is_read_in_each_of_its_forms(value: object):
    assert facts_of(json_ld(value)) == STATED


def test_author_may_be_named_in_another_node():
    graph = [
        {"@type": "NewsArticle", "headline": "Talks resume in Alba", "author": {"@id": "#jo"}},
        {"@type": "Person", "@id": "#jo", "name": "Jo Hall"},
    ]
    assert facts_of(json_ld({"@graph": graph})).authors == ("Jo Hall",)


@pytest.mark.parametrize(
    "broken", ["{", "not json", "[" * 5000, '{"@type": 3}', '{"@type": "NewsArticle", "headline": 7}']
)
def test_broken_json_ld_leaves_the_meta_elements(broken: str):
    facts = facts_of(json_ld(broken) + '<meta property="og:title" content="Talks resume in Alba">')
    assert facts.title == "Talks resume in Alba"


def test_json_ld_of_something_else_says_nothing():
    assert facts_of(json_ld({"@type": "Organization", "name": "Example News"})) == PageFacts()


def test_meta_elements_are_read():
    head = """<meta property="og:title" content="Talks resume in Alba - Example News">
      <meta property="og:site_name" content="Example News"><meta name="author" content="Jo Hall and Li Wei">
      <meta property="article:section" content="World"><link rel="canonical" href="https://news.example/talks">
      <meta property="article:published_time" content="2021-03-04T18:00:00Z"><meta property="og:locale" content="en_GB">"""
    assert facts_of(head) == STATED


def test_json_ld_goes_before_meta_and_meta_fills_its_gaps():
    head = json_ld({"@type": "NewsArticle", "headline": "Talks resume"}) + (
        '<meta property="og:title" content="Why talks resumed"><meta name="author" content="Jo Hall">'
    )
    facts = facts_of(head)
    assert (facts.title, facts.authors) == ("Talks resume", ("Jo Hall",))


def test_title_is_the_heading_that_the_browsers_title_begins_with():
    head = "<title>Talks resume in Alba | Example News</title>"
    body = "<h1>Example News</h1><h1>Talks resume in Alba</h1>"
    assert facts_of(head, body).title == "Talks resume in Alba"


def test_day_that_is_none_is_left_out():
    assert facts_of('<meta name="date" content="31/02/2024">').published is None


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Talks resume | Example News", "Example News", "Talks resume"),
        ("Talks resume - a turning point?", "Example News", "Talks resume - a turning point?"),
        ("Talks resume - Europe - Example", "Example", "Talks resume - Europe"),
        ("Al-Nahr quiet", "Example", "Al-Nahr quiet"),
        ("Talks resume – Example", None, "Talks resume"),
    ],
)
def test_only_the_sites_name_is_cut_from_a_title(title: str, site: str | None, expected: str):
    assert without_site(title, site) == expected


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ana Ruiz, Li Wei and Tom Hall", ["Ana Ruiz", "Li Wei", "Tom Hall"]),
        ("Anderson Brandt", ["Anderson Brandt"]),
        ("https://news.example/authors/jo", []),
        ("admin", []),
        ("", []),
    ],
)
def test_byline_names_its_people(byline: str, names: list[str]):
    assert split_names(byline) == names


def test_a_name_may_be_a_person_itself():
    named = {**ARTICLE, "author": {"@type": "Person", "name": {"@type": "Person", "name": "Jo Hall"}}}
    assert facts_of(json_ld(named)).authors == ("Jo Hall",)


def test_the_title_that_the_page_shows_goes_before_a_subtitle_in_json_ld():
    head = (
        json_ld({**ARTICLE, "headline": "a fortnight of talks"})
        + '<meta property="og:title" content="Talks resume in Alba">'
    )
    assert facts_of(head, "<h1>Talks resume in Alba</h1>").title == "Talks resume in Alba"
    assert facts_of(head, "<h1>A fortnight of talks</h1>").title == "a fortnight of talks"
