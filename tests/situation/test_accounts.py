"""An incident holds each source's account once, what all agree on, and the range where they differ."""

from sitrep.records import Toll
from sitrep.situation.accounts import accounts_of, incident_of, stance
from sitrep.situation.claims import claims
from tests.situation.build import ARMY, LIBYA, MILITIA, SPOKESMAN, day, telling

COPY = telling("r3", origin="r1", publisher="The Copier")
DENIAL = telling("r4", status="denied", sources=(SPOKESMAN,))


def test_a_copy_adds_its_publisher_and_no_account():
    incident = incident_of([telling(), telling("r2"), COPY], {})
    assert [account.origin for account in incident.accounts] == ["r1", "r2"]
    assert incident.accounts[0].publishers == ("Publisher of r1", "The Copier")
    assert len(incident.publishers) == 3


def test_how_a_telling_stands_to_what_it_tells():
    assert stance(telling()) == "asserts"
    assert stance(telling(sources=(SPOKESMAN,))) == "attributes"
    assert stance(DENIAL) == "denies"
    assert stance(telling(status="planned")) == "expects"


def test_tolls_are_a_range_over_accounts():
    few, many = Toll(5, None, ()), Toll(7, 7, ())
    incident = incident_of([telling(killed=few), telling("r2", killed=many)], {})
    assert incident.killed == Toll(5, 7, ())
    [difference] = [one for one in incident.differs if one.field == "killed"]
    assert difference.values == (("7", ("r2",)), ("at least 5", ("r1",)))


def test_the_highest_toll_being_open_leaves_the_range_open():
    incident = incident_of([telling(killed=Toll(5, 5, ())), telling("r2", killed=Toll(7, None, ()))], {})
    assert incident.killed == Toll(5, None, ())


def test_accounts_that_name_another_doer_differ_and_one_that_names_none_does_not():
    assert "actors" in incident_of([telling(), telling("r2")], {}).agreed
    differing = incident_of([telling(), telling("r2", actors=(MILITIA,)), telling("r5", actors=())], {})
    assert "actors" in [one.field for one in differing.differs]
    silent = incident_of([telling(), telling("r2", actors=())], {})
    assert "actors" not in [*silent.agreed, *(one.field for one in silent.differs)]


def test_the_days_are_those_on_which_all_can_agree():
    incident = incident_of([telling(on=4, until=6), telling("r2", on=5)], {})
    assert (incident.earliest, incident.latest) == (day(5), day(5))


def test_a_town_goes_before_the_country_it_lies_in():
    incident = incident_of([telling(place=LIBYA), telling("r2", place=LIBYA), telling("r5")], {})
    assert incident.place is not None
    assert incident.place.name == "Gharyan"


def test_what_happened_for_one_is_not_denied_for_all():
    assert incident_of([telling(), DENIAL], {}).status == "happened"
    assert incident_of([DENIAL], {}).status == "denied"


def test_who_only_a_denial_names_is_no_doer():
    silent = telling(actors=())
    assert incident_of([silent, DENIAL], {}).actors == ()
    assert incident_of([DENIAL], {}).actors == (ARMY,)


def test_two_accounts_are_surer_than_one():
    assert incident_of([telling()], {}).confidence == 0.8
    assert incident_of([telling(), telling("r2")], {}).confidence == 0.96
    assert incident_of([telling(), COPY], {}).confidence == 0.8


def test_the_id_outlives_another_account():
    assert incident_of([telling()], {}).id == incident_of([telling(), telling("r2")], {}).id


def test_one_account_for_each_source_within_a_report():
    told = accounts_of([telling(), telling(event="e2", status="denied", sources=(SPOKESMAN,))])
    assert [(account.stance, account.by) for account in told] == [("asserts", ()), ("denies", (SPOKESMAN,))]


def test_a_denial_and_what_it_denies_contradict_each_other():
    first, second = claims([telling(), DENIAL])
    assert (first.contradicts, second.contradicts) == ((DENIAL.key,), (telling().key,))
    assert second.source == SPOKESMAN
    assert first.source.name == "Publisher of r1"


def test_tolls_that_no_number_fits_contradict_and_a_copy_contradicts_nobody():
    low, high = telling(killed=Toll(2, 3, ())), telling("r2", killed=Toll(7, None, ()))
    assert [claim.contradicts for claim in claims([low, high])] == [(high.key,), (low.key,)]
    within = telling("r2", killed=Toll(3, 9, ()))
    assert [claim.contradicts for claim in claims([low, within])] == [(), ()]
    copied = telling("r3", origin="r1", killed=Toll(8, 8, ()))
    assert [claim.contradicts for claim in claims([low, copied])] == [(), ()]


def test_parties_are_named_once_by_their_fullest_name():
    incident = incident_of([telling(), telling("r2", actors=(ARMY,))], {})
    assert incident.actors == (ARMY,)
