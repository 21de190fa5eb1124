"""The actor page: names, deeds, the network, and what became of claims."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from sitrep.case import Case, open_case
from sitrep.case.queries.actors import CaseActor
from sitrep.ontology import QUADS
from sitrep.web.desk import Desk
from sitrep.web.dossier import Dossier, dossier
from tests.case.stories import DENIED, SEIZED, key, told
from tests.web.browser import CHROMIUM, MISSING, PHONE, Visit, served
from tests.web.stories import NAMES, named_so

in_browser = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
CONFLICT, MEETING = "material conflict", "verbal cooperation"


@pytest.fixture
def desk(case: Path) -> Iterator[Desk]:
    desk = Desk(case)
    yield desk
    desk.close()


def named(case: Case, name: str) -> CaseActor:
    return next(actor for actor in case.actors() if actor.name == name)


def of(desk: Desk, name: str) -> Dossier:
    with desk.reading() as case:
        return dossier(case, desk.index(), named(case, name).id)


def test_deeds_are_told_apart_from_what_is_suffered(desk: Desk) -> None:
    army, front = of(desk, "Orvian army"), of(desk, "Ridge Front")
    seized = {deed.entry.id for deed in army.deeds if deed.entry.type == "COERCE" and deed.did}
    assert seized
    assert seized <= {deed.entry.id for deed in front.deeds if deed.suffered and not deed.did}


def test_a_network_counts_incidents_and_not_the_reports_of_them(desk: Desk) -> None:
    army = of(desk, "Orvian army")
    front = next(other for other in army.others if other.name == "Ridge Front")
    fights = [
        deed
        for deed in army.deeds
        if deed.entry.quad == "material conflict" and deed.entry.status == "happened"
    ]
    assert front.is_named
    assert (
        front.counts[QUADS.index(CONFLICT)]
        == len(fights)
        == 2 + sum("0000" in deed.entry.id for deed in fights)
    )


def test_a_line_runs_from_who_did_it_to_whom(desk: Desk) -> None:
    army = of(desk, "Orvian army")
    names = {army.actor.id: army.actor.name} | {other.id: other.name for other in army.others}
    lines = {(names[tie.source], names[tie.target], tie.quad) for tie in army.ties}
    assert ("Orvian army", "Ridge Front", CONFLICT) in lines
    assert ("Ana Sool", "Orvian army", MEETING) in lines
    assert ("Ridge Front", "Orvian army", CONFLICT) not in lines


def test_whom_words_alone_stand_for_is_in_the_network_without_a_page(tmp_path: Path) -> None:
    report = told(
        "The Orvian army seized Kelm from armed men on Monday.", who="The Orvian army", whom="armed men"
    )
    with Case(tmp_path / "one.sitrep") as case:
        case.add(report)
    desk = Desk(tmp_path / "one.sitrep")
    with desk.reading() as case:
        [army] = case.overview.actors("Orvian army")
        found = dossier(case, desk.index(), army.id)
    desk.close()
    assert [(other.name, other.total) for other in found.others] == [("armed men", 1)]


def test_a_claim_stands_with_what_contradicts_it(desk: Desk) -> None:
    [claim] = [one for one in of(desk, "Ana Sool").claims if one.said.claim.telling == key(DENIED)]
    assert claim.said.claim.stance == "denies"
    assert key(SEIZED) in {answer.key for answer in claim.answers}
    assert claim.entry is not None and claim.entry.type == "COERCE"


def test_who_claims_nothing_has_no_claims(desk: Desk) -> None:
    assert of(desk, "Ridge Front").claims == ()


@pytest.mark.parametrize("id", ["actor:none", "Ridge Front", ""])
def test_an_actor_that_is_not_there_is_a_key_error(desk: Desk, id: str) -> None:
    with desk.reading() as case, pytest.raises(KeyError):
        dossier(case, desk.index(), id)


# ---------------------------------------------------------------------------------------------- in the browser


def address(case: Path, name: str) -> str:
    with open_case(case, read_only=True) as opened:
        return f"/actor/{named(opened, name).id}"


@in_browser
def test_the_parts_of_an_actor_narrow_its_list(visit: Visit, site: tuple[str, Path]) -> None:
    page = visit.go(address(site[1], "Ridge Front"))
    before = page.locator(".deed").count()
    page.get_by_role("button", name="As doer").click()
    page.wait_for_function("(before) => document.querySelectorAll('.deed').length < before", arg=before)
    page.locator(".deeds-head [aria-pressed=true]", has_text="As doer").wait_for()


@in_browser
def test_the_table_of_others_leads_to_them_and_for_two_there_is_no_picture(
    visit: Visit, site: tuple[str, Path]
) -> None:
    page = visit.go(address(site[1], "Orvian army"))
    assert page.locator(".network-canvas").count() == 0
    page.locator(".others").get_by_role("link", name="Ridge Front").click()
    page.locator("h1", has_text="Ridge Front").wait_for()


@in_browser
def test_who_calls_it_what_names_each_publisher(visit: Visit, site: tuple[str, Path]) -> None:
    page = visit.go(address(site[1], "Orvian army"))
    publishers = {one.inner_text() for one in page.locator(".names-table tbody th").all()}
    assert {"Harbour Wire", "Lantern Post", "not named"} <= publishers


@in_browser
def test_what_contradicts_a_claim_is_folded_under_it(visit: Visit, site: tuple[str, Path]) -> None:
    page = visit.go(address(site[1], "Ana Sool"))
    answers = page.locator("details.answers").first
    answers.locator("summary").press("Enter")
    assert "seized Kelm" in answers.inner_text() or "captured it" in answers.inner_text()


@in_browser
def test_a_name_is_shown_as_it_is_and_does_nothing(tmp_path: Path, chromium: Any) -> None:
    case = named_so(tmp_path / "names.sitrep")
    with open_case(case, read_only=True) as opened:
        actors = {actor.name: actor.id for actor in opened.overview.actors()}
    assert set(NAMES) == set(actors)
    with served(case) as address:
        visit = Visit(chromium, address, viewport=PHONE)
        for name, id in actors.items():
            page = visit.go(f"/actor/{quote(id, safe=':')}")
            page.locator(".deed").first.wait_for()
            assert page.locator(".network-canvas").count() == (name == NAMES[0])
            assert page.locator("h1").evaluate("heading => heading.textContent") == name
            assert page.evaluate("window.taken") is None
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
            assert page.locator(".part").first.bounding_box()["x"] >= 0
        page = visit.go("/actors")
        assert {one.text_content() for one in page.locator("table .title-link").all()} == set(NAMES)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert visit.wrong == []
        visit.context.close()


@in_browser
def test_an_actor_that_is_not_there_is_said_to_be(visit: Visit) -> None:
    page = visit.go("/actor/actor:none")
    page.get_by_text("This case holds no such actor.").wait_for()
