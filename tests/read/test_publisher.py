"""The publisher of a flattened page is what the page states, and nobody where it states none."""

from __future__ import annotations

import pytest

from sitrep.read.furniture import split_lines
from sitrep.read.publisher import publisher_of, site_name

LEDE = "Delegates of both sides met in Alba on Monday for the first time since the winter, officials said."
TITLE = "Talks resume in Alba after the winter"


def publisher(above: tuple[str, ...] = (), below: tuple[str, ...] = (), lede: str = LEDE) -> str | None:
    lines = split_lines("\n".join((*above, TITLE, lede, *below)))
    story = [line.text == lede for line in lines]
    return publisher_of(lines, story, len(above))


@pytest.mark.parametrize(
    ("notice", "holder"),
    [
        ("© 2021 Alba Courier. All rights reserved. Terms of use | Privacy policy", "Alba Courier"),
        ("Copyright 2021 Harbour House", "Harbour House"),
        ("Copyright © 2019-2021 by Hill Media Inc", "Hill Media"),
        ("© The Coast Observer 2022", "The Coast Observer"),
        ("© Hill Media. All rights reserved.", "Hill Media"),
        ("© 2021 The Associated Press. All rights reserved.", None),
        ("© Jo Hall/Getty Images", None),
        ("© All rights reserved.", None),
        ("The copyright of 2021 Songs was sold.", None),
    ],
)
def test_notice_of_rights(notice: str, holder: str | None):
    assert publisher(below=(notice,)) == holder


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("The Alba Chronicle", "The Alba Chronicle"),
        ("Alba Standard-Herald", "Alba Standard-Herald"),
        ("Alba Ledger | World | January 18, 2025", "Alba Ledger"),
        ("Hill Gazette, Tuesday, 23 June 2020", "Hill Gazette"),
        ("Northern News Agency", "Northern News Agency"),
        ("The Daily Star", "The Daily Star"),
        ("Latest Post", None),
        ("Atomic Energy Agency", None),
        ("World", None),
        ("Middle East", None),
        ("Associated Press", None),
        ("Rebels take guard post", None),
    ],
)
def test_name_of_a_site(line: str, name: str | None):
    assert site_name(line) == name


def test_site_is_named_at_the_top_or_beside_the_headline_only():
    menu = ("Home", "World", "Sport", "Weather", "Alba Courier", "Sign in", "Search")
    assert publisher(above=("Alba Courier", *menu)) == "Alba Courier"
    assert publisher(above=menu) is None


def test_notice_of_rights_goes_before_the_sites_name():
    assert publisher(above=("Hill Gazette",), below=("© 2021 Alba Courier",)) == "Alba Courier"


@pytest.mark.parametrize(
    ("lede", "agency"),
    [
        ("ALBA, March 4 (Reuters) - " + LEDE, "Reuters"),
        ("ALBA, March 4, 2021 (Harbour Wire) - " + LEDE, "Harbour Wire"),
        ("ALBA (Hill Front) - " + LEDE, None),
        ("The Hill Front (Reuters) - " + LEDE, None),
        ("Rebels of the Hill Front (HF) took Alba, Reuters said.", None),
    ],
)
def test_agency_of_a_dateline(lede: str, agency: str | None):
    assert publisher(lede=lede) == agency


def test_agency_is_named_only_where_the_site_is_not():
    assert publisher(above=("Alba Courier",), lede="ALBA, March 4 (Reuters) - " + LEDE) == "Alba Courier"
