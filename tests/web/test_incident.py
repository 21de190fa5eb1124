"""The incident page: accounts side by side, what differs, tolls as ranges, copies folded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitrep.case import open_case
from sitrep.records import Incident, Report, Toll, words
from sitrep.web.desk import Desk
from sitrep.web.pages.incident import Told, facts, given, said_by, tell_all
from sitrep.web.parts.tolls import span_of
from sitrep.web.parts.words import pieces
from tests.case.stories import AGAIN, BOMBED, BOMBED_MORE, COPY, DENIED, HELD, SEIZED, key
from tests.web.browser import CHROMIUM, MISSING, Visit

in_browser = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)


@pytest.fixture
def desk(case: Path) -> Iterator[Desk]:
    desk = Desk(case)
    yield desk
    desk.close()


def told_by(desk: Desk, report: str) -> Told:
    """The incident that a report's event is of."""
    with desk.reading() as case:
        [id] = case.known_of(report).incidents.values()
        return tell_all(case, id)


def test_a_copy_is_under_the_origin_that_it_copies(desk: Desk) -> None:
    told = told_by(desk, SEIZED.id)
    [account] = [
        one for one in told.incident.accounts if any(key.startswith(COPY.id) for key in one.tellings)
    ]
    own, copies = told.own(account), told.copies(account)
    assert {one.report for one in own} == {account.origin}
    assert {one.report for one in copies} & {SEIZED.id, COPY.id}


def test_a_report_that_copies_nobody_has_no_copies(desk: Desk) -> None:
    told = told_by(desk, AGAIN.id)
    [account] = [one for one in told.incident.accounts if one.origin == AGAIN.id]
    assert (told.publisher(AGAIN.id), told.copies(account)) == ("Lantern Post", [])


def test_who_says_so_and_the_word_for_it_are_what_an_account_rests_on() -> None:
    def said(report: Report) -> list[str]:
        return words(report.text, said_by(report, report.events[0]))

    assert said(DENIED) == ["Ana Sool", "said"]
    assert said(SEIZED) == []


def test_marks_of_who_says_so_and_of_the_event_do_not_hide_each_other() -> None:
    assert pieces(0, 20, ((2, 12),), ((4, 6),), ((8, 15),)) == [
        (0, 2, ""), (2, 4, "is-evidence"), (4, 6, "is-trigger"), (6, 8, "is-evidence"), (8, 12, "is-evidence is-said"),
        (12, 15, "is-said"), (15, 20, ""),
    ]  # fmt: skip


def test_each_field_that_an_account_gives_is_a_fact_and_no_other(desk: Desk) -> None:
    told = told_by(desk, BOMBED.id)
    [telling] = [one for one in told.tellings.values() if one.report == BOMBED.id]
    assert facts(telling) == [
        ("type", "Assault · aerial"), ("status", "Happened"), ("actors", "Orvian army"), ("recipients", "Ridge Front"),
        ("place", "Zuhra"), ("days", "5 Mar 2021"), ("killed", "at least 12"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "written"),
    [
        ("type", "ASSAULT", "Assault"), ("status", "called_for", "Called for"), ("days", "2021-03-01", "1 Mar 2021"),
        ("days", "2021-03-01..2021-03-03", "1 Mar 2021 – 3 Mar 2021"), ("days", "..2021-03-03", "by 3 Mar 2021"),
        ("mode", "heavy-weapons", "heavy weapons"), ("place", "al-Kelm", "al-Kelm"),
    ],
)  # fmt: skip
def test_what_accounts_differ_in_is_written_for_reading(field: str, value: str, written: str) -> None:
    assert given(field, value) == written


@pytest.mark.parametrize(
    ("toll", "most", "span"),
    [
        (Toll(5, 10, ()), 20, (25.0, 50.0, False)), (Toll(5, None, ()), 20, (25.0, 100.0, True)),
        (Toll(0, 0, ()), 0, (0.0, 0.0, False)), (Toll(7, 7, ()), 7, (100.0, 100.0, False)),
    ],
)  # fmt: skip
def test_a_toll_is_a_range_on_the_scale_and_open_where_it_is_at_least(
    toll: Toll, most: int, span: tuple[float, float, bool]
) -> None:
    assert span_of(toll, most) == span


# ---------------------------------------------------------------------------------------------- in the browser


def incident_of(case: Path, type: str, accounts: int) -> Incident:
    with open_case(case, read_only=True) as opened:
        return next(one for one in opened.incidents() if one.type == type and len(one.accounts) >= accounts)


@in_browser
def test_accounts_stand_side_by_side_and_on_a_phone_below_each_other(
    visit: Visit, site: tuple[str, Path]
) -> None:
    page = visit.go(f"/incident/{incident_of(site[1], 'ASSAULT', 2).id}")
    boxes = [one.bounding_box() for one in page.locator(".account").all()]
    assert len(boxes) == 2
    assert boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] < boxes[1]["x"]
    page.set_viewport_size({"width": 390, "height": 844})
    boxes = [one.bounding_box() for one in page.locator(".account").all()]
    assert boxes[0]["x"] == boxes[1]["x"] and boxes[0]["y"] < boxes[1]["y"]


@in_browser
def test_an_account_leads_to_its_words_in_the_report(visit: Visit, site: tuple[str, Path]) -> None:
    page = visit.go(f"/incident/{incident_of(site[1], 'ASSAULT', 2).id}")
    assert {one.inner_text() for one in page.locator(".account-head h3").all()} == {
        BOMBED.publisher,
        BOMBED_MORE.publisher,
    }
    page.get_by_role("link", name="In the report, at these words").first.click()
    page.wait_for_url("**/report/*event=e1")
    page.locator(".reader-text .mk-event.is-chosen", has_text="bombed").wait_for()


@in_browser
def test_copies_are_folded_and_named(visit: Visit, site: tuple[str, Path]) -> None:
    page = visit.go(f"/incident/{incident_of(site[1], 'COERCE', 2).id}")
    copies = page.locator("details.copies").first
    assert "not counted as a source" in copies.locator("summary").inner_text()
    assert copies.get_attribute("open") is None
    copies.locator("summary").press("Enter")
    assert copies.locator("a").first.is_visible()


@in_browser
def test_an_incident_that_is_not_there_is_said_to_be(visit: Visit) -> None:
    page = visit.go("/incident/inone")
    page.get_by_text("This case holds no such incident.").wait_for()


@in_browser
def test_a_decision_made_elsewhere_shows_on_the_open_page(visit: Visit, site: tuple[str, Path]) -> None:
    page = visit.go(f"/incident/{incident_of(site[1], 'ASSAULT', 2).id}")
    counts = page.locator(".toll-count")
    before = counts.all_inner_texts()
    asked = {"kind": "correct", "event": key(BOMBED), "changes": {"killed": "9"}}
    made = page.request.post(f"{site[0]}/api/decisions", data=asked).json()
    page.locator(".toll-count", has_text="9").first.wait_for()
    page.request.post(f"{site[0]}/api/decisions/{made['id']}/undo")
    page.wait_for_function("document.querySelectorAll('.toll-count').length === 2")
    page.locator(".toll-count", has_text="at least 12").first.wait_for()
    assert counts.all_inner_texts() == before


@in_browser
def test_heading_and_lists_follow_a_decision_made_elsewhere(visit: Visit, site: tuple[str, Path]) -> None:
    page = visit.go(f"/incident/{incident_of(site[1], 'CONSULT', 1).id}")
    heading, judged = page.locator("h1"), visit.context.new_page()
    judged.goto(f"{site[0]}/reports")
    row = judged.locator("table.reports tbody tr").filter(has_text="met in Port Sela")
    assert (heading.inner_text(), row.locator("td").last.inner_text()) == ("Consult", "0")
    asked = {"kind": "correct", "event": key(HELD), "changes": {"type": "AGREE"}}
    made = page.request.post(f"{site[0]}/api/decisions", data=asked).json()
    page.locator("h1", has_text="Agree").wait_for()
    page.wait_for_function("document.title.startsWith('Agree')")
    row.locator("td", has_text="1").last.wait_for()
    page.request.post(f"{site[0]}/api/decisions/{made['id']}/undo")
    page.locator("h1", has_text="Consult").wait_for()


@in_browser
def test_from_a_mark_on_the_map_to_the_very_words_and_whose_they_are(
    visit: Visit, site: tuple[str, Path]
) -> None:
    page = visit.go("/")
    place = "const map = getElement(Number(document.querySelector('.map').id.slice(1)));"
    x, y = page.evaluate(
        f"() => {{ {place} const mark = map.drawn.find((one) => one.members.some((m) => m[1] === 'Kelm'));"
        " const box = map.$refs.map.getBoundingClientRect(); return [mark.x + box.left, mark.y + box.top]; }"
    )
    page.mouse.click(x, y)
    page.wait_for_function("location.search.includes('at=')")
    page.locator(".filters").get_by_role("button", name="Kelm ×").wait_for()
    page.goto(f"{site[0]}/incident/{incident_of(site[1], 'COERCE', 2).id}")
    denial = page.locator(".stance-denies")
    assert denial.locator("mark.is-said").all_inner_texts() == ["Ana Sool", "said"]
    denial.get_by_role("link", name="In the report, at these words").click()
    page.locator(".reader-text .mk-event.is-chosen", has_text="seized").wait_for()
    assert page.locator(".reader-text .is-said").all_inner_texts() == ["Ana Sool", "said"]
    assert "Ana Sool, “said”" in page.locator(".record dl").inner_text()
    with page.expect_download() as kept:
        page.goto(f"{site[0]}/incident/{incident_of(site[1], 'COERCE', 2).id}")
        page.get_by_role("link", name="Markdown").click()
    text = Path(kept.value.path()).read_text(encoding="utf-8")
    assert all(words_of in text for words_of in (SEIZED.text, AGAIN.text, DENIED.text))
