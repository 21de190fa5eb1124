"""The pages as a browser shows them: linked, workable by keyboard, safe from what reports hold, without errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from sitrep.case import open_case
from tests.case.stories import SEIZED
from tests.web.browser import CHROMIUM, LARGE, MISSING, PHONE, Visit, served
from tests.web.stories import hostile, orvia

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason=MISSING)]

REPORT = f"/report/{hostile().id}"


def addresses(case: Path) -> list[str]:
    """One of every kind of page, with the hostile report in each that can show it."""
    with open_case(case, read_only=True) as opened:
        incident = next(i for i in opened.incidents() if i.type == "ASSAULT" and len(i.accounts) == 1)
        actor = next((a for a in opened.actors() if "onerror" in a.name), opened.actors()[0])
    return [
        "/", "/?q=1&quad=material+conflict", "/reports", REPORT, f"/report/{SEIZED.id}", f"/incident/{incident.id}", "/actors",
        f"/actor/{quote(actor.id, safe=':')}", "/control", "/review", "/search?q=seized", "/search?q=attacked", "/brief",
        "/add", "/docs",
    ]  # fmt: skip


def total(page: Any) -> str:
    return str(page.locator(".filters .total").inner_text())


# ---------------------------------------------------------------------------------------------- every page


def test_no_page_runs_what_a_report_holds_or_has_an_error(visit: Visit, site: tuple[str, Path]) -> None:
    for path in addresses(site[1]):
        page = visit.go(path)
        page.wait_for_timeout(150)
        assert page.evaluate("window.taken") is None, path
        assert page.evaluate("document.querySelectorAll('a[href^=\"javascript:\" i]').length") == 0, path
        assert (
            page.evaluate("document.querySelectorAll('svg[onload], img[onerror], [onmouseover]').length") == 0
        ), path
        assert (path, visit.wrong) == (path, [])


def test_hostile_words_are_shown_as_they_are(visit: Visit) -> None:
    page = visit.go("/review")
    assert "<script>window.taken = 'script'</script>" in page.locator(".review-card").inner_text()
    assert "{{ (window.taken = 'template') }}" in page.locator(".review-card").inner_text()


def test_a_script_within_the_page_does_not_run_without_the_nonce(
    site: tuple[str, Path], chromium: Any
) -> None:
    visit = Visit(chromium, site[0])
    page = visit.go("/add")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.taken = 1'; document.body.append(s);"
        " const d = document.createElement('div'); d.innerHTML = '<img src=x onerror=\"window.taken = 2\">';"
        " document.body.append(d); }"
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.taken") is None
    assert any("Content Security Policy" in wrong for wrong in visit.wrong)
    visit.context.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("screen", [LARGE, PHONE], ids=["desktop", "phone"])
def test_no_page_keeps_anybody_out(
    site: tuple[str, Path], chromium: Any, colours: str, screen: dict[str, int]
) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    visit = Visit(chromium, site[0], color_scheme=colours, viewport=screen)
    found = []
    for path in addresses(site[1]):
        page = visit.go(path)
        page.wait_for_timeout(150)
        for one in axe.Axe().run(page).response["violations"]:
            if one["impact"] in ("serious", "critical"):
                found += [
                    (path, one["id"], node["html"][:160], node.get("failureSummary", "")[:200])
                    for node in one["nodes"][:3]
                ]
    visit.context.close()
    assert found == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_page_is_wider_than_a_phone(site: tuple[str, Path], chromium: Any, colours: str) -> None:
    visit = Visit(chromium, site[0], viewport=PHONE, color_scheme=colours)
    wide = {}
    for path in addresses(site[1]):
        page = visit.go(path)
        page.wait_for_timeout(150)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide[path] = width
    visit.context.close()
    assert wide == {}


def test_light_or_dark_is_remembered(visit: Visit) -> None:
    page = visit.go("/search")
    assert not page.evaluate("document.body.classList.contains('body--dark')")
    page.get_by_role("button", name="Light or dark").click()
    page = visit.go("/brief")
    page.wait_for_function("document.body.classList.contains('body--dark')")


# ----------------------------------------------------------------------------------------------- situation


def test_one_filter_narrows_all_three_and_stands_in_the_address(visit: Visit) -> None:
    page = visit.go("/")
    before = total(page)
    page.get_by_role("button", name="Material conflict").click()
    page.wait_for_function("(before) => document.querySelector('.total').textContent !== before", arg=before)
    page.wait_for_function("location.search === '?quad=material+conflict'")
    page.wait_for_function("document.querySelectorAll('.ag-row .dot:not(.quad-3)').length === 0")
    assert page.evaluate("document.querySelectorAll('.ag-row .dot.quad-3').length") > 0


def test_an_empty_case_shows_the_first_report_that_another_program_adds(
    tmp_path: Path, chromium: Any
) -> None:
    case = tmp_path / "empty.sitrep"
    open_case(case).close()
    with served(case) as address:
        visit = Visit(chromium, address)
        for path in ("/", "/reports", "/actors", "/control", "/brief"):
            visit.context.new_page().goto(address + path)
        pages = visit.context.pages[1:]
        for page in pages:
            page.locator(".nothing").wait_for()
            page.wait_for_function("window.did_handshake === true")
        with open_case(case) as opened:
            opened.add(SEIZED)
        for page in pages:
            page.locator(".nothing").wait_for(state="detached")
        assert visit.wrong == []
        visit.context.close()


def test_an_address_that_is_shared_shows_the_same(visit: Visit) -> None:
    page = visit.go("/?place=Zuhra&from=2021-03-01")
    assert page.get_by_label("Place").input_value() == "Zuhra"
    assert page.get_by_label("From").input_value() == "2021-03-01"
    assert total(page).startswith("1 of ")


def test_brushing_the_timeline_sets_the_days(visit: Visit) -> None:
    page = visit.go("/")
    box = page.locator(".timeline-canvas").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, y, steps=6)
    page.mouse.move(box["x"] + box["width"] * 0.7, y, steps=6)
    page.mouse.up()
    page.wait_for_function("location.search.includes('from=') && location.search.includes('to=')")
    assert page.get_by_label("From").input_value()


def test_drawing_on_the_map_keeps_what_lies_in_it(visit: Visit) -> None:
    page = visit.go("/")
    page.get_by_role("button", name="Mark area").click()
    box = page.locator(".map-canvas").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.6, steps=5)
    page.mouse.up()
    page.wait_for_function("location.search.includes('box=')")
    page.get_by_role("button", name="Whole map").click()
    page.wait_for_function("!location.search.includes('box=')")


def test_a_wrong_address_says_so_and_shows_the_case(visit: Visit) -> None:
    page = visit.go("/?from=soon")
    assert "soon" in total(page)


def test_the_table_is_sorted_by_a_click_on_a_heading(visit: Visit) -> None:
    page = visit.go("/")
    page.locator(".ag-header-cell[col-id=sources]").click()
    page.wait_for_function(
        "document.querySelector('.ag-header-cell[col-id=sources]').ariaSort === 'descending'"
    )
    page.wait_for_function("location.search.includes('sort=-sources')")


def test_a_row_leads_to_its_incident_by_keyboard(visit: Visit) -> None:
    page = visit.go("/")
    page.locator(".ag-row[row-index='0'] .ag-cell[col-id=who]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/incident/*")


# -------------------------------------------------------------------------------------------------- review


def test_the_queue_is_worked_by_keyboard_and_can_be_undone(tmp_path: Path, chromium: Any) -> None:
    case = orvia(tmp_path / "orvia.sitrep")
    with served(case) as address:
        visit = Visit(chromium, address)
        page = visit.go("/review")

        def says(text: str) -> None:
            page.get_by_text(text).wait_for()

        says("0 of 10 events judged")
        page.keyboard.press("a")
        says("1 of 10 events judged")
        page.keyboard.press("r")
        says("2 of 10 events judged")
        page.keyboard.press("j")
        page.locator(".queue-item[aria-current=true]").nth(0).wait_for()
        page.keyboard.press("c")
        page.get_by_label("Status").select_option("possible")
        page.get_by_role("button", name="Keep the correction").click()
        says("3 of 10 events judged")
        page.keyboard.press("u")
        says("2 of 10 events judged")
        with open_case(case, read_only=True) as opened:
            made = [(one.kind, one.who, bool(one.undone)) for one in opened.review.log()]
        assert made[:3] == [("accept", "Ines", False), ("reject", "Ines", False), ("correct", "Ines", True)]
        assert visit.wrong == []
        visit.context.close()


def test_what_another_judges_meanwhile_leaves_the_queue(tmp_path: Path, chromium: Any) -> None:
    case = orvia(tmp_path / "orvia.sitrep")
    with served(case) as address:
        visit = Visit(chromium, address)
        page = visit.go("/review")
        page.keyboard.press("j")
        page.locator("li:nth-child(2) > .queue-item[aria-current=true]").wait_for()
        chosen = page.locator(".review-card a").first.get_attribute("href")
        with open_case(case) as opened:
            first = opened.review.waiting(1)[0]
            opened.review.accept(first.key, who="Mia")
        page.get_by_text("1 of 10 events judged, 9 to go").wait_for()
        assert page.locator(".review-card a").first.get_attribute("href") == chosen
        assert page.locator(".queue-item").count() == 9
        assert visit.wrong == []
        visit.context.close()


def test_a_correction_that_cannot_be_says_why(visit: Visit) -> None:
    page = visit.go("/review")
    page.keyboard.press("c")
    page.get_by_label("Killed").fill("many")
    page.get_by_label("Killed").press("Tab")
    page.get_by_role("button", name="Keep the correction").click()
    page.get_by_text('"many" is no killed').wait_for()


# ----------------------------------------------------------------------------------------------- the others


def test_a_pasted_report_is_added_with_progress(tmp_path: Path, chromium: Any) -> None:
    case = orvia(tmp_path / "orvia.sitrep")
    with served(case) as address:
        visit = Visit(chromium, address)
        page = visit.go("/add")
        page.get_by_label("The report").fill("Troops of the Orvian army entered the town of Kelm on Friday.")
        page.get_by_label("Title").fill("Kelm entered")
        page.get_by_role("button", name="Add", exact=True).click()
        page.get_by_role("link", name="Kelm entered").wait_for(timeout=90_000)
        assert visit.wrong == []
        visit.context.close()


def test_an_address_of_this_machine_is_not_fetched(tmp_path: Path, chromium: Any) -> None:
    case = orvia(tmp_path / "orvia.sitrep")
    with served(case) as address:
        visit = Visit(chromium, address)
        page = visit.go("/add")
        page.get_by_label("Address of one page").fill(f"{address}/api/case")
        page.get_by_role("button", name="Fetch and add").click()
        page.get_by_text("Paste the text", exact=False).wait_for(timeout=90_000)
        visit.context.close()


def test_a_search_leads_to_the_report(visit: Visit) -> None:
    page = visit.go("/search?q=seized")
    page.locator(".title-link").first.click()
    page.wait_for_url("**/report/*")


def test_a_brief_is_downloaded(visit: Visit) -> None:
    page = visit.go("/brief?from=2021-03-01&to=2021-03-09")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Markdown").click()
    assert kept.value.suggested_filename == "brief-2021-03-01-2021-03-09.md"


def test_a_password_is_asked_for_and_lets_in(case: Path, chromium: Any) -> None:
    with served(case, SITREP_PASSWORD="correct horse") as address:
        visit = Visit(chromium, address)
        visit.page.goto(f"{address}/review")
        visit.page.get_by_label("Your name").fill("Ana")
        visit.page.get_by_label("Password").fill("correct horse")
        visit.page.get_by_role("button", name="Sign in").click()
        visit.page.wait_for_url("**/review")
        visit.page.get_by_text("events judged").wait_for()
        assert visit.wrong == []
        visit.context.close()
