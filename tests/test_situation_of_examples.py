"""What the examples say together: which reports tell of one incident, and who held which town when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from spacy.language import Language

from sitrep.case import Case
from sitrep.coding.pipeline import code_documents
from sitrep.read import read
from sitrep.records import Document, Incident

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def case(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    documents = (item for item in read([str(EXAMPLES)]) if isinstance(item, Document))
    with Case(tmp_path_factory.mktemp("case") / "libya.sitrep") as case:
        for report in code_documents(documents, nlp):
            case.add(report)
        yield case


def told_by(case: Case, incident: Incident) -> frozenset[str]:
    """The names of the files that tell of it, without their endings."""
    reports = {key.rpartition("/")[0] for account in incident.accounts for key in account.tellings}
    return frozenset(Path(case.report(report).source).stem for report in reports)


def incident_of(case: Case, *files: str, type: str) -> Incident:
    [found] = [one for one in case.incidents() if one.type == type and told_by(case, one) == frozenset(files)]
    return found


def test_incidents_that_several_independent_reports_tell_of(case: Case):
    together = [(one.type, told_by(case, one)) for one in case.incidents(least_sources=2)]
    for known in (
        ("ACCUSE", {"shelter-rockets", "shelter-shelled"}),
        ("COERCE", {"al-watiya-falls", "al-watiya-captured", "watiya-strikes"}),  # the last looks back on it
        ("CONSULT", {"zuwara-meeting", "zuwara-visit"}),
        ("ASSAULT", {"watiya-strikes", "watiya-raid"}),
        ("ASSAULT", {"tripoli-protests", "tripoli-shots"}),
    ):
        assert known in together


@pytest.mark.xfail(
    strict=True, reason="the shelling of 16 May takes in other attacks of the war that name no day"
)
def test_an_attack_of_one_day_is_not_joined_with_others_of_the_war(case: Case):
    shelling = incident_of(case, "shelter-rockets", "shelter-shelled", type="ASSAULT")
    assert shelling.killed is not None
    assert (shelling.killed.low, shelling.killed.high) == (5, None)


def test_the_syndicated_copy_is_counted_once(case: Case):
    copied = [one for one in case.incidents() if told_by(case, one) >= {"tarhuna", "tarhuna-syndicated"}]
    assert copied
    for incident in copied:
        publishers = [account.publishers for account in incident.accounts]
        assert ("Harbour Wire", "The Gulf Meridian") in publishers
        assert not {("Harbour Wire",), ("The Gulf Meridian",)} & set(publishers)


def test_two_publishers_who_do_not_copy_each_other_confirm(case: Case):
    taken = incident_of(case, "al-watiya-falls", "al-watiya-captured", "watiya-strikes", type="COERCE")
    assert taken.credibility.grade == 1


@pytest.mark.parametrize(
    "day, holders",
    [
        (date(2020, 5, 10), {"Tarhuna": "LNA"}),
        (date(2020, 5, 20), {"Tarhuna": "LNA", "al-Watiya": "government"}),
        (
            date(2020, 6, 10),
            {"Tarhuna": "government", "Bani Walid": "government", "al-Watiya": "government", "Sirte": "LNA", "Jufra": "LNA"},
        ),
        (
            date(2020, 7, 10),
            {"Tarhuna": "government", "Bani Walid": "government", "al-Watiya": "government", "Sirte": "LNA", "Jufra": "LNA"},
        ),
    ],
)  # fmt: skip
def test_who_held_what(case: Case, day: date, holders: dict[str, str]):
    found: dict[str, str] = {}
    for held in case.control(at=day):
        name = held.place.name.lower()
        place = next(
            (one for one in ("Tarhuna", "Bani Walid", "al-Watiya", "Sirte", "Jufra") if one.lower() in name),
            None,
        )
        if place is None or held.holding.holder is None:
            continue
        holder = held.holding.holder.name
        found[place] = (
            "LNA"
            if "National Army" in holder or "Haftar" in holder
            else "government"
            if "overnment" in holder
            else holder
        )
    assert {place: found.get(place) for place in holders} == holders
