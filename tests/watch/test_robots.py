"""What a host's robots.txt allows and asks for."""

from __future__ import annotations

import pytest

from sitrep.watch.robots import Rules, text_of


def test_our_own_rules_go_before_those_for_all():
    rules = Rules("User-agent: *\nDisallow: /\n\nUser-agent: Sitrep\nDisallow: /private/\nCrawl-delay: 7\n")
    assert rules.allows("https://news.example/alba") and not rules.allows("https://news.example/private/alba")
    assert rules.spacing_s == 7.0


def test_rules_for_all_hold_for_us_and_those_for_others_do_not():
    rules = Rules(
        "User-agent: otherbot\nDisallow: /\nCrawl-delay: 9\n\nUser-agent: *\nDisallow: /*.php$\nAllow: /archive/a.php\n"
    )
    assert rules.allows("https://news.example/b") and not rules.allows("https://news.example/b.php")
    assert rules.allows("https://news.example/archive/a.php") and rules.spacing_s == 0.0


def test_a_rate_is_a_spacing():
    assert Rules("User-agent: *\nRequest-rate: 1/10\nCrawl-delay: 2").spacing_s == 10.0


@pytest.mark.parametrize(
    ("stated", "spacing_s"), [("nan", 0.0), ("inf", 0.0), ("-5", 0.0), ("x", 0.0), ("1e12", 86_400.0)]
)
def test_a_slip_does_not_keep_us_away_for_ever(stated: str, spacing_s: float):
    assert Rules(f"User-agent: *\nCrawl-delay: {stated}").spacing_s == spacing_s


def test_without_the_file_everything_is_allowed():
    text = text_of(404, b"not here")
    assert text is not None and Rules(text).allows("https://news.example/alba")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_in_trouble_allows_nothing_yet(status: int):
    assert text_of(status, b"User-agent: *\nAllow: /") is None


def test_rubbish_for_rules_allows_everything():
    assert Rules("<html>\x00 we have no such page</html>\n\xff").allows("https://news.example/alba")
