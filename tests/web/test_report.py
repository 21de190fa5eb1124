"""The report page: words and records, each leading to the other, whatever the words hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.case.queries.reports import InCase
from sitrep.records import Attribution, Content, Cue, Place, Report, Source, Time
from sitrep.web.cards import Card, Part, cards, country, feature
from sitrep.web.desk import Desk
from sitrep.web.marks import Piece, paragraphs
from tests.case.stories import BOMBED, DENIED, HELD, SEIZED
from tests.web.browser import CHROMIUM, MISSING, Visit
from tests.web.stories import HOSTILE_WORDS, hostile

in_browser = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)


@pytest.fixture
def desk(case: Path) -> Iterator[Desk]:
    desk = Desk(case)
    yield desk
    desk.close()


def drawn(report: Report) -> list[tuple[str, list[str]]]:
    return [
        (piece.text, [f"{mark.kind}:{mark.id}" for mark in piece.marks])
        for pieces in paragraphs(report)
        for piece in pieces
        if piece.marks
    ]


def card_of(report: Report, id: str, known: InCase | None = None) -> Card:
    return next(card for card in cards(report, known or InCase()) if card.id == id)


def fact(card: Card, name: str) -> list[Part]:
    return list(dict(card.facts).get(name, ()))


# -------------------------------------------------------------------------------------------------- its words


def test_the_words_of_each_record_are_marked_as_what_they_are() -> None:
    assert drawn(SEIZED) == [
        ("the Orvian army", ["actor:a1"]), ("seized", ["event:e1"]), ("Kelm", ["place:p1"]), ("Ridge Front", ["actor:a2"]),
    ]  # fmt: skip


def test_marks_within_and_across_each_other_are_cut_apart() -> None:
    text = "Ana Sool said the Ridge Front left."
    report = replace(
        SEIZED, text=text, actors=(replace(SEIZED.actors[0], mentions=((0, 8), (18, 29))),), places=(), events=(), control=(),
        attributions=(Attribution("q1", "indirect", Source(), Cue(((9, 13),)), Content(((14, 24),))),),
    )  # fmt: skip
    assert drawn(report) == [
        ("Ana Sool", ["actor:a1"]), ("said", ["cue:q1"]), ("the ", ["quote:q1"]), ("Ridge ", ["quote:q1", "actor:a1"]),
        ("Front", ["actor:a1"]),
    ]  # fmt: skip


def test_the_innermost_of_nested_marks_comes_first() -> None:
    army = replace(SEIZED.actors[0], mentions=((0, 23),))
    mayor = Place(id="p1", name="Kelm", mentions=((13, 17),))
    report = replace(
        SEIZED, text="The mayor of Kelm spoke. It rained.", actors=(army,), places=(mayor,), events=()
    )
    assert ("Kelm", ["place:p1", "actor:a1"]) in drawn(report)


def test_what_an_event_rests_on_stands_behind_its_words_and_is_not_drawn() -> None:
    pieces = [piece for pieces in paragraphs(SEIZED) for piece in pieces]
    assert {piece.behind for piece in pieces} == {("e1",)}


def test_a_text_without_records_is_left_whole() -> None:
    bare = replace(SEIZED, text="One.\n\nTwo.", actors=(), places=(), events=())
    assert paragraphs(bare) == [[Piece("One.")], [Piece("Two.")]]


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted).map(tuple), max_size=6).map(
    tuple
)  # type: ignore[arg-type]


@given(st.text(alphabet="ab \n😀<>&", min_size=1, max_size=60), spans, spans)
def test_no_marking_loses_or_doubles_a_letter(
    text: str, some: tuple[tuple[int, int], ...], others: tuple[tuple[int, int], ...]
) -> None:
    def within(found: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple((min(start, len(text)), min(end, len(text))) for start, end in found)

    report = replace(
        SEIZED, text=text, actors=(replace(SEIZED.actors[0], mentions=within(some)),),
        places=(Place(id="p1", name="x", mentions=within(others)),), events=(), control=(),
    )  # fmt: skip
    shown = "".join(piece.text for pieces in paragraphs(report) for piece in pieces)
    assert shown.replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(" ", "")


# ------------------------------------------------------------------------------------------------ its records


def test_an_event_says_who_to_whom_where_when_and_by_whose_word() -> None:
    card = card_of(DENIED, "e1")
    assert (card.title, card.status) == ("Coerce · seize", "Denied")
    assert fact(card, "Who") == [Part("Orvian army", ref="a1")]
    assert fact(card, "To whom") == [Part("Ridge Front", ref="a2")]
    assert fact(card, "Where") == [Part("Kelm", ref="p1")]
    assert fact(card, "When") == [Part("1 Mar 2021")]
    assert fact(card, "By whose word") == [Part("Ana Sool, “said”", ref="q1")]
    assert card.chain == ("q1",)


def test_a_word_within_anothers_is_told_outermost_first() -> None:
    [said] = DENIED.attributions
    [event] = DENIED.events
    inner = Attribution(
        "q2", "indirect", Source(((0, 14),), None), Cue(((19, 25),)), said.content, within="q1"
    )
    report = replace(
        DENIED, attributions=(said, inner), events=(replace(event, according_to=("q1", "q2")),)
    )  # fmt: skip
    card = card_of(report, "e1")
    assert [part.ref for part in fact(card, "By whose word")] == ["q1", "q2"]
    assert card.chain == card_of(report, "q2").chain == ("q1", "q2")
    assert card_of(report, "q1").chain == ("q1",)


def test_what_nobody_is_named_for_is_the_reports_own_word() -> None:
    assert card_of(SEIZED, "e1").chain == ()
    assert fact(card_of(SEIZED, "e1"), "By whose word") == [Part("the report's own")]


def test_a_toll_stands_with_its_event_and_none_without_one() -> None:
    assert fact(card_of(BOMBED, "e1"), "Killed") == [Part("at least 12")]
    assert fact(card_of(SEIZED, "e1"), "Killed") == []


def test_days_taken_from_the_dateline_are_said_to_be() -> None:
    event = replace(SEIZED.events[0], inferred=True)
    assert fact(card_of(replace(SEIZED, events=(event,)), "e1"), "When") == [
        Part("1 Mar 2021 (by the day it was told)")
    ]


def test_a_statement_of_control_leads_to_its_day_on_the_map() -> None:
    card = card_of(HELD, "c1")
    assert card.title == "Ridge Front holds Port Sela"
    assert card.links == (Part("On the control map", href="/control?day=2021-03-08"),)


def test_an_actor_leads_to_what_it_did_and_suffered() -> None:
    assert fact(card_of(SEIZED, "a1"), "Did") == [Part("Coerce · seize", ref="e1")]
    assert fact(card_of(SEIZED, "a2"), "Was done to it") == [Part("Coerce · seize", ref="e1")]
    assert fact(card_of(SEIZED, "a2"), "Did") == []


def test_a_time_that_nothing_resolves_says_so() -> None:
    report = replace(
        SEIZED,
        times=(
            Time("t1", 3, 9, "DATE", None),
            Time("t2", 3, 9, "DATE", "2021-03-01", date(2021, 3, 1), date(2021, 3, 1)),
        ),
    )
    assert fact(card_of(report, "t1"), "Means") == [Part("nothing that can be resolved")]
    assert fact(card_of(report, "t2"), "Means") == [Part("1 Mar 2021")]


def test_records_lead_to_the_incident_and_the_actor_of_the_case(desk: Desk) -> None:
    with desk.reading() as case:
        known = case.known_of(SEIZED.id)
    assert [link.text for link in card_of(SEIZED, "e1", known).links] == ["Its incident"]
    assert [link.text for link in card_of(SEIZED, "a1", known).links] == ["In all reports"]
    assert card_of(SEIZED, "e1").links == card_of(SEIZED, "a1").links == ()


def test_a_decision_on_an_event_is_told(desk: Desk) -> None:
    with desk.writing() as case:
        case.review.accept(f"{SEIZED.id}/e1", who="Ines")
    with desk.reading() as case:
        known = case.known_of(SEIZED.id)
    assert fact(card_of(SEIZED, "e1", known), "Reviewed") == [Part("accepted")]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("PPLC", "capital"),
        ("PPL", "town or village"),
        ("AIRB", "air base"),
        ("WELL", "WELL"),
        (None, "place"),
    ],
)
def test_a_gazetteers_code_is_put_in_words_where_there_are_some(code: str | None, name: str) -> None:
    assert feature(code) == name


def test_a_country_is_named() -> None:
    assert country("PER") == "Peru"


# ---------------------------------------------------------------------------------------------- in the browser


@in_browser
def test_a_click_on_words_shows_their_record(visit: Visit) -> None:
    page = visit.go(f"/report/{SEIZED.id}")
    page.locator(".reader-text .mk-event").click()
    assert page.locator(".record-title").inner_text() == "Coerce · seize"
    assert page.locator(".reader-text .mk-event.is-chosen").inner_text() == "seized"
    assert "event=e1" in page.url


@in_browser
def test_a_click_on_a_record_goes_to_its_words_and_flashes_them(visit: Visit) -> None:
    page = visit.go(f"/report/{SEIZED.id}")
    page.get_by_role("button", name="Actors 2").last.click()
    page.locator(".record-item", has_text="Ridge Front").click()
    page.locator(".reader-text .mk-actor.flash", has_text="Ridge Front").wait_for()
    page.locator(".reader-text .mk-actor.flash").wait_for(state="detached")


@in_browser
def test_an_address_with_an_event_opens_at_its_words(visit: Visit) -> None:
    page = visit.go(f"/report/{HELD.id}?event=c1")
    assert page.locator(".record-title").inner_text() == "Ridge Front holds Port Sela"
    page.locator(".reader-text .mk-control.is-chosen").wait_for()


@in_browser
def test_marks_are_reached_and_left_by_keyboard(visit: Visit) -> None:
    page = visit.go(f"/report/{SEIZED.id}")
    page.locator(".mk").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator(".record-title", has_text="Coerce · seize").wait_for()
    page.keyboard.press("Escape")
    page.locator(".record-list").wait_for()
    assert page.locator(".mk[tabindex='0']").count() == 1


@in_browser
def test_the_legend_takes_marks_away_and_gives_them_back(visit: Visit) -> None:
    page = visit.go(f"/report/{SEIZED.id}")
    chip = page.locator(".reader-legend button", has_text="Actors")
    chip.click()
    assert page.locator(".reader-text .mk-actor").count() == 0
    assert page.locator(".reader-text .mk-event").count() == 1
    chip.click()
    assert page.locator(".reader-text .mk-actor").count() == 2


@in_browser
def test_hostile_words_are_words_in_text_record_and_cuts(visit: Visit) -> None:
    page = visit.go(f"/report/{hostile().id}?event=e1")
    page.locator(".cut summary", has_text="was cut").click()
    shown = page.locator("#page").inner_text()
    assert all(words in shown for words in HOSTILE_WORDS)
    assert page.evaluate("window.taken") is None


@in_browser
def test_a_report_that_is_not_there_is_said_to_be(visit: Visit) -> None:
    page = visit.go("/report/sha256:none")
    page.get_by_text("This case holds no such report.").wait_for()
