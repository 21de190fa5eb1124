"""What an HTML page says of itself, in JSON-LD, meta elements and headings."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lxml.html import HtmlElement

from sitrep.read.dates import parse_day
from sitrep.read.decode import clean

ARTICLE = re.compile(
    r"Article|BlogPosting|Report$|Review$|LiveBlog|^CreativeWork$|^SocialMediaPosting$|^DiscussionForumPosting$"
)
SITE_DIVIDER = re.compile(r"\s+[–—·•»:-]\s+|\s*\|\s*")
BY = re.compile(r"^\s*(?:(?:written|reported|story)\s+)?by[:\s]+", re.IGNORECASE)
NO_NAME = re.compile(r"https?:|www\.|@|\.com\b|^\W*$", re.IGNORECASE)
NOBODY = frozenset(("admin", "administrator", "editor", "webmaster", "guest", "staff", "unknown"))
CDATA = re.compile(r"^\s*(?:/[/*]\s*)?<!\[CDATA\[(?:\s*\*/)?|(?:/[/*]\s*)?\]\]>(?:\s*\*/)?\s*;?\s*$")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a source says of a document, apart from its text. None and () where it does not."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    section: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None

    def or_else(self, other: PageFacts) -> PageFacts:
        """These facts, with `other`'s where these are silent."""
        return replace(other, **{name: value for name in FACTS if (value := getattr(self, name))})


FACTS = ("title", "authors", "publisher", "section", "published", "language", "url")


def page_facts(tree: HtmlElement) -> PageFacts:
    """JSON-LD's facts; where it is silent those of the meta elements; then those of the headings.

    JSON-LD may have a subtitle for a headline: the title that the page itself shows goes before it.
    """
    ours, metas = _from_json_ld(tree), _from_meta(tree)
    shown = {_folded(heading.text_content()) for heading in tree.iter("h1")}
    if ours.title and metas.title and _folded(ours.title) not in shown and _folded(metas.title) in shown:
        ours = replace(ours, title=metas.title)
    return ours.or_else(metas).or_else(_from_headings(tree))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _from_json_ld(tree: HtmlElement) -> PageFacts:
    nodes = [
        node for script in tree.iter("script") if _is_json_ld(script) for node in _nodes(_loads(script.text))
    ]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _is_article(node) and (node.get("headline") or node.get("name"))]
    if not articles:
        return PageFacts()
    # A page may describe its related stories as well; its own comes with the most said about it.
    article = max(
        articles,
        key=lambda node: sum(
            bool(node.get(k))
            for k in ("headline", "datePublished", "articleBody", "author", "mainEntityOfPage")
        ),
    )
    publisher = next(iter(_names(article.get("publisher"), by_id)), None)
    title = text_of(article.get("headline")) or text_of(article.get("name"))
    return PageFacts(
        title=without_site(title, publisher) if title and publisher else title,
        authors=tuple(name for stated in _names(article.get("author"), by_id) if (name := _person(stated))),
        publisher=publisher,
        section=next(iter(_texts(article.get("articleSection"))), None),
        published=_day(article.get("datePublished")) or _day(article.get("dateCreated")),
        language=_language(article.get("inLanguage")),
        url=_url(article.get("url")) or _url(article.get("mainEntityOfPage")),
    )


def _is_json_ld(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").lower() and bool(script.text)


def _loads(source: str) -> Any:
    """The JSON of a script element; None where it is broken beyond the usual slips."""
    source = CDATA.sub("", source)
    for attempt in (source, re.sub(r",\s*([}\]])", r"\1", source), html.unescape(source)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    try:  # two objects in one script, or one with rubbish behind it
        return json.JSONDecoder(strict=False).raw_decode(source.strip())[0]
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every object in lists, in @graph, and in the fields that hold a page's own article."""
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "author", "publisher"):
            if isinstance(value.get(key), (dict, list)):
                yield from _nodes(value[key], depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and ARTICLE.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def text_of(value: Any) -> str | None:
    """A string as its reader sees it, without entities, elements and line ends; None for anything else."""
    if not isinstance(value, str):
        return None
    text = value
    for _ in range(2):  # "&amp;quot;" is common
        text = html.unescape(text)
    if "<" in text:
        text = re.sub(r"</?[a-zA-Z][^<>]*>", "", text)
    return " ".join(clean(text).split()) or None


def _texts(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if text := text_of(item):
            yield text


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = by_id.get(item.get("@id", ""), item) if not item.get("name") else item
            name = item.get("name")
            # a name may itself be a person: {"name": {"@type": "Person", "name": …}}
            yield from _texts(name.get("name") if isinstance(name, dict) else name)
        elif isinstance(item, str):
            yield from split_names(item)


def _person(stated: str) -> str | None:
    """A name without "By" before it and the house behind it: "By Jo Hall | Example News" is Jo Hall."""
    name = BY.sub("", stated.split("|")[0]).strip()
    return None if name.lower() in NOBODY else name or None


def split_names(text: str) -> list[str]:
    """The people of a byline: "By Ana Ruiz, Li Wei and Tom Hall" are three. Addresses are nobody."""
    names = re.split(r"\s*(?:,|;|\||\band\b|&)\s*", BY.sub("", text_of(text) or ""))
    return [name for name in names if name.lower() not in NOBODY and not NO_NAME.search(name)]


def _day(value: Any) -> date | None:
    return parse_day(value) if isinstance(value, str) else None


def _language(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    match = re.match(r"\s*([A-Za-z]{2})(?:[-_]|\s*$)", value) if isinstance(value, str) else None
    return match.group(1).lower() if match else None


def _url(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.strip() if isinstance(value, str) and re.match(r"\s*https?://\S+\s*$", value) else None


def _from_meta(tree: HtmlElement) -> PageFacts:
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        key = (
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        ).lower()
        if text := text_of(meta.get("content")):
            metas.setdefault(key, []).append(text)

    def first(*keys: str) -> str | None:
        return next((value for key in keys for value in metas.get(key, ())), None)

    site = first("og:site_name", "dc.publisher", "citation_publisher", "publisher")
    title = first("og:title", "twitter:title", "headline", "dc.title", "sailthru.title", "parsely-title")
    named = [
        v
        for k in ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
        for v in metas.get(k, ())
    ]
    authors = next((tuple(names) for value in named if (names := split_names(value))), ())
    days = (
        "article:published_time",
        "og:published_time",
        "datepublished",
        "dc.date.issued",
        "dc.date",
        "date",
        "pubdate",
        "publish-date",
        "publication_date",
        "parsely-pub-date",
        "sailthru.date",
        "dcterms.created",
    )
    canonical = next(
        (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"),
        None,
    )
    return PageFacts(
        title=without_site(title, site) if title else None,
        authors=authors,
        publisher=site,
        section=first("article:section", "og:section", "section", "parsely-section"),
        published=next(
            (day for key in days for value in metas.get(key, ()) if (day := parse_day(value))), None
        ),
        language=_language(tree.get("lang")) or _language(first("og:locale", "content-language", "language")),
        url=_url(canonical) or _url(first("og:url")),
    )


def _from_headings(tree: HtmlElement) -> PageFacts:
    headings = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    written = next((element.text_content() for element in tree.iter("title")), "")
    title = " ".join(clean(written).split())
    told = [clean(heading) for heading in headings if len(heading.split()) > 2]
    for heading in told:  # the heading that the browser's title begins with is the story's
        if title and heading.lower() in title.lower():
            return PageFacts(title=heading)
    if len(told) == 1:
        return PageFacts(title=told[0])
    return PageFacts(title=without_site(title, None) if title else None)


def without_site(title: str, site: str | None) -> str:
    """A title without the site's name behind it: "Talks resume - The Example" is "Talks resume"."""
    dividers = list(SITE_DIVIDER.finditer(title))
    if not dividers or dividers[-1].start() == 0:
        return title
    last = title[dividers[-1].end() :].strip().lower()
    # Without the site's name to compare with, a few words behind the last divider are taken for it.
    is_site = last in site.lower() or site.lower() in last if site else len(last.split()) <= 4
    return title[: dividers[-1].start()].strip() if is_site else title
