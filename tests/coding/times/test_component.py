"""When: each wording's value and days, against the published date, the tense and the story."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from sitrep.coding.times.component import find_times
from sitrep.coding.times.wordings import find_wordings
from sitrep.records import Time
from tests.parsed import parsed

PUBLISHED = date(2021, 3, 16)  # a Tuesday


def bare(sentence: str) -> Doc:
    """Words without any annotation, as a blank pipeline gives them."""
    return Doc(Vocab(), words=sentence.split(" "))


def times(sentence: str, published: date | None = PUBLISHED) -> list[Time]:
    return list(find_times(bare(sentence), published))


def values(sentence: str, published: date | None = PUBLISHED) -> list[str | None]:
    return [time.value for time in times(sentence, published)]


def days(sentence: str, published: date | None = PUBLISHED) -> list[tuple[date | None, date | None]]:
    return [(time.earliest, time.latest) for time in times(sentence, published)]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The envoy landed on Monday .", "2021-03-15"),
        ("The envoy landed on Tuesday .", "2021-03-16"),
        ("The envoy landed last Tuesday .", "2021-03-09"),
        ("The envoy lands next Tuesday .", "2021-03-23"),
        ("The envoy landed on Monday evening .", "2021-03-15TEV"),
        ("The envoy landed at dawn on Monday .", "2021-03-15TMO"),
        ("The envoy landed yesterday .", "2021-03-15"),
        ("The envoy landed earlier today .", "2021-03-16"),
        ("The envoy landed two days ago .", "2021-03-14"),
        ("The envoy landed last week .", "2021-W10"),
        ("The envoy landed this month .", "2021-03"),
        ("The envoy landed last month .", "2021-02"),
        ("The envoy landed five months ago .", "2020-10"),
        ("The envoy landed overnight .", "2021-03-15TNI"),
        ("The envoy landed on February 3 .", "2021-02-03"),
        ("The envoy landed on 3 February .", "2021-02-03"),
        ("The envoy landed on 3 February 2019 .", "2019-02-03"),
        ("The envoy landed on Wednesday, February 3rd, 2021 .", "2021-02-03"),
        ("The envoy landed on 2021-02-03 .", "2021-02-03"),
        ("The envoy landed on 3-Feb-19 .", "2019-02-03"),
        ("The envoy landed on Sunday night, 7th February 2021 .", "2021-02-07"),
        ("The envoy landed on the last Friday of this month .", "2021-03-26"),
        ("The envoy landed on the first Monday of February 2021 .", "2021-02-01"),
        ("The envoy landed in the week of February 3 .", "2021-W05"),
        ("The envoy landed on 25/2/2021 .", "2021-02-25"),
        ("The envoy landed in early December .", "2020-12"),
        ("The envoy landed in June last year .", "2020-06"),
        ("The envoy landed in the third quarter of 2020 .", "2020-Q3"),
        ("The envoy landed in spring 2019 .", "2019-SP"),
        ("The envoy landed in the late 1970s .", "197"),
        ("The envoy landed in the 20th century .", "19"),
        ("The envoy stayed for three weeks .", "P3W"),
        ("The envoy stayed for two years and a half .", "P2Y6M"),
        ("The envoy announced a two-week truce .", "P2W"),
        ("The envoy lands every Friday .", "XXXX-WXX-5"),
        ("The envoy landed recently .", "PAST_REF"),
        ("The envoy landed at six o'clock on Monday morning .", "2021-03-15T06:00"),
        ("The envoy landed at 6 p.m. on Monday .", "2021-03-15T18:00"),
        ("The envoy landed in the night to Monday .", "2021-03-15TNI"),
        ("The envoy landed in the first half of 2020 .", "2020-H1"),
        ("The envoy landed in Ramadan 2020 .", "2020-04-24/2020-05-23"),
    ],
)
def test_value_of_a_wording(sentence: str, value: str) -> None:
    assert values(sentence) == [value]


def test_month_and_day_in_an_order_nobody_can_know_have_no_day() -> None:
    [time] = times("The envoy landed on 5/6/2020 .")
    assert (time.value, time.earliest, time.latest) == ("2020-XX-XX", None, None)


# The days that a value covers


def test_early_june_is_its_first_half() -> None:
    assert days("The envoy landed in early June 2020 .") == [(date(2020, 6, 1), date(2020, 6, 15))]


def test_later_this_month_begins_now() -> None:
    assert days("The envoy lands later this month .") == [(date(2021, 3, 16), date(2021, 3, 31))]


def test_past_hours_reach_back_a_day() -> None:
    assert days("Over the past 24 hours the envoy was silent .") == [(date(2021, 3, 15), date(2021, 3, 16))]


def test_next_weeks_reach_ahead() -> None:
    assert days("Over the next two weeks the envoy rests .") == [(date(2021, 3, 16), date(2021, 3, 30))]


def test_a_duration_in_the_past_has_no_days_of_its_own() -> None:
    assert days("The siege went on for three weeks .") == [(None, None)]


def test_since_reaches_the_published_date() -> None:
    assert days("They have held the town since 2014 .") == [(date(2014, 1, 1), PUBLISHED)]


def test_by_leaves_the_beginning_open() -> None:
    assert days("They left the town by Monday .") == [(None, date(2021, 3, 15))]


def test_before_a_thing_of_that_day_keeps_the_day() -> None:
    monday = date(2021, 3, 15)
    words = ["They", "left", "before", "Monday", "'s", "talks", "."]
    doc = Doc(Vocab(), words=words, spaces=[True, True, True, False, True, False, False])
    [time] = find_times(doc, PUBLISHED)
    assert (time.earliest, time.latest) == (monday, monday)


def test_overnight_covers_both_days() -> None:
    assert days("They left overnight .") == [(date(2021, 3, 15), date(2021, 3, 16))]


def test_a_range_keeps_both_values_and_shares_its_days() -> None:
    both = times("From 3 to 5 June 2020 they fought .")
    assert [time.value for time in both] == ["2020-06-03", "2020-06-05"]
    assert {(time.earliest, time.latest) for time in both} == {(date(2020, 6, 3), date(2020, 6, 5))}


def test_the_first_month_of_a_range_is_of_the_same_year() -> None:
    assert values("From April to August 2019 they fought .") == ["2019-04", "2019-08"]


def test_a_range_over_new_year_begins_the_year_before() -> None:
    assert values("From November to February 2019 they fought .") == ["2018-11", "2019-02"]


def test_the_second_half_of_a_month_is_its_late_part() -> None:
    assert days("They came in the second half of July 2020 .") == [(date(2020, 7, 16), date(2020, 7, 31))]


def test_a_feast_covers_its_days() -> None:
    [time] = times("They rested on Eid al-Adha 2020 .")
    assert (time.earliest, time.latest) == (date(2020, 7, 31), date(2020, 8, 3))


def test_from_a_weekday_looks_ahead() -> None:
    assert values("They called for a truce from Friday .") == ["2021-03-19"]


# The story so far


def test_a_war_begun_long_ago_does_not_move_the_story() -> None:
    text = "On Thursday they won a war begun 14 months ago . A day earlier they had lost ."
    assert values(text) == ["2021-03-11", "2020-01", "2021-03-10"]


def test_a_day_later_is_counted_from_the_story() -> None:
    assert values("On 4 April 2019 they marched . A day later they won .") == ["2019-04-04", "2019-04-05"]


def test_a_month_after_a_spelt_out_year_is_of_that_year() -> None:
    assert values("In April 2019 they marched . By June they had lost .") == ["2019-04", "2019-06"]


def test_a_month_in_another_paragraph_is_of_this_year() -> None:
    text = "In April 2019 they marched .\n\nIn February they lost ."
    words = ["In", "April", "2019", "they", "marched", ".", "\n\n", "In", "February", "they", "lost", "."]
    doc = Doc(Vocab(), words=words, spaces=[True] * 5 + [False, False] + [True] * 4 + [False])
    assert doc.text == text
    assert [time.value for time in find_times(doc, PUBLISHED)] == ["2019-04", "2021-02"]


def test_the_following_day_of_no_day_has_no_value() -> None:
    assert values("The following day they left .") == [None]


# Without a published date


def test_nothing_is_counted_from_a_date_that_is_not_known() -> None:
    assert times("They left yesterday .", None)[0].value is None
    assert times("They left last week .", None)[0].value is None


def test_a_weekday_keeps_its_open_form() -> None:
    [time] = times("They left on Monday .", None)
    assert (time.value, time.earliest, time.latest) == ("XXXX-WXX-1", None, None)


def test_a_day_of_the_year_keeps_its_open_form() -> None:
    [time] = times("They left on 3 February .", None)
    assert (time.value, time.earliest, time.latest) == ("XXXX-02-03", None, None)


def test_a_whole_date_needs_no_published_one() -> None:
    [time] = times("They left on 3 February 2019 .", None)
    assert (time.value, time.earliest) == ("2019-02-03", date(2019, 2, 3))


# Tense


def meeting(verbs: str, tags: str, pos: str, deps: str) -> str | None:
    """The value of "Friday" in "They VERBS on Friday"."""
    count = len(verbs.split(" "))
    main = count
    doc = parsed(
        f"They {verbs} on Friday",
        tags=f"PRP {tags} IN NNP",
        pos=f"PRON {pos} ADP PROPN",
        deps=f"nsubj {deps} prep pobj",
        heads=[main] * (count + 1) + [main, count + 1],
        lemmas=f"they {verbs} on friday",
    )
    [time] = find_times(doc, PUBLISHED)
    return time.value


def test_a_verb_in_the_past_looks_back() -> None:
    assert meeting("met", "VBD", "VERB", "ROOT") == "2021-03-12"


def test_will_looks_ahead() -> None:
    assert meeting("will meet", "MD VB", "AUX VERB", "aux ROOT") == "2021-03-19"


def test_the_present_progressive_is_an_arrangement() -> None:
    assert meeting("are meeting", "VBP VBG", "AUX VERB", "aux ROOT") == "2021-03-19"


def test_a_past_perfect_looks_back() -> None:
    assert meeting("had met", "VBD VBN", "AUX VERB", "aux ROOT") == "2021-03-12"


# What is no time


@pytest.mark.parametrize(
    "sentence",
    [
        "The army may march on the town .",
        "The Sunday Times printed the letter .",
        "The 17 February Brigade left the town .",
        "Security Council resolution 1970 was adopted .",
        "A second group left , and a quarter of the town burned .",
        "The fall of the base surprised everyone .",
        "A 30-year-old man left , 41 years old and tired .",
        "USA Today printed the letter .",
    ],
)
def test_no_time(sentence: str) -> None:
    assert times(sentence) == []


def test_a_season_before_a_noun_names_the_thing(nlp: Language) -> None:
    assert find_times(nlp("The spring offensive has failed."), PUBLISHED) == ()


def test_last_summer_is_a_time(nlp: Language) -> None:
    [time] = find_times(nlp("The offensive failed last summer."), PUBLISHED)
    assert time.value == "2020-SU"


def test_the_minister_and_the_month(nlp: Language) -> None:
    [time] = find_times(nlp("Mrs May said that the treaty was signed in May."), PUBLISHED)
    assert (time.start, time.value) == (43, "2020-05")


def test_the_pipeline_reads_the_published_date(nlp: Language) -> None:
    doc = nlp.make_doc("The mayor said on Tuesday that the council met on Monday.")
    doc._.published = PUBLISHED
    assert [(time.id, time.value) for time in nlp(doc)._.times] == [
        ("t1", "2021-03-16"),
        ("t2", "2021-03-15"),
    ]


def test_hours_later_is_the_day_of_the_story_or_the_next(nlp: Language) -> None:
    doc = nlp("On Friday they took the town. Hours later they had lost it.")
    assert [(time.earliest, time.latest) for time in find_times(doc, PUBLISHED)][1] == (
        date(2021, 3, 12), date(2021, 3, 13),
    )  # fmt: skip


def test_hours_later_is_not_after_the_report(nlp: Language) -> None:
    doc = nlp("On Tuesday they took the town. Hours later they had lost it.")
    assert find_times(doc, PUBLISHED)[1].latest == PUBLISHED


def test_hours_later_than_no_day_has_no_days() -> None:
    assert days("Hours later they had lost it .") == [(None, None)]


def test_what_a_day_owns_is_over_under_a_progressive(nlp: Language) -> None:
    [time] = find_times(nlp("The minister is fighting over Thursday's vote."), PUBLISHED)
    assert time.value == "2021-03-11"


def test_what_a_day_owns_is_ahead_under_will(nlp: Language) -> None:
    [time] = find_times(nlp("The minister will lose Thursday's vote."), PUBLISHED)
    assert time.value == "2021-03-18"


def test_a_progressive_without_an_owner_is_an_arrangement(nlp: Language) -> None:
    [time] = find_times(nlp("The ministers are meeting on Thursday."), PUBLISHED)
    assert time.value == "2021-03-18"


def test_what_a_day_owns_does_not_move_the_story(nlp: Language) -> None:
    doc = nlp("The envoy left on Tuesday after Thursday's talks. At 10 p.m. he landed.")
    assert [time.value for time in find_times(doc, PUBLISHED)] == [
        "2021-03-16",
        "2021-03-11",
        "2021-03-16T22:00",
    ]


def test_a_month_after_a_year_to_come_is_of_that_year(nlp: Language) -> None:
    doc = nlp("The council will sit in January 2023 and will vote in November.")
    assert [time.value for time in find_times(doc, PUBLISHED)] == ["2023-01", "2023-11"]


def test_a_better_tomorrow_is_no_day(nlp: Language) -> None:
    assert find_times(nlp("They hope for a better tomorrow."), PUBLISHED) == ()
    [time] = find_times(nlp("They hope to meet tomorrow."), PUBLISHED)
    assert time.value == "2021-03-17"


# What always holds

WORDS = st.sampled_from(
    [
        "May",
        "March",
        "5",
        "31",
        "2020",
        "1999",
        "Monday",
        "last",
        "next",
        "week",
        "weeks",
        "ago",
        "the",
        "of",
        "and",
        "from",
        "to",
        "-",
        ",",
        ".",
        "two",
        "24",
        "hours",
        "June",
        "early",
        "mid",
        "summer",
        "since",
        "10:30",
        "a.m.",
        "Friday",
        "night",
        "1/2/2020",
        "99999999",
        "decade",
        "centuries",
        "earlier",
        "Q3",
        "٣",
        "“",
        "'",
        "s",
        "'s",
        "\n\n",
        "0",
        "year-end",
        "twenty",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=14), st.one_of(st.none(), st.dates()))
def test_any_words_give_valid_times(words: list[str], published: date | None) -> None:
    doc = Doc(Vocab(), words=words)
    found = find_times(doc, published)
    assert [time.id for time in found] == [f"t{number}" for number in range(1, len(found) + 1)]
    ends = 0
    for time in found:
        assert ends <= time.start < time.end <= len(doc.text)
        assert doc.text[time.start : time.end].strip() == doc.text[time.start : time.end]
        assert time.earliest is None or time.latest is None or time.earliest <= time.latest
        ends = time.end


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_wordings_inside_it(text: str) -> None:
    for wording in find_wordings(text):
        assert 0 <= wording.start < wording.end <= len(text)


def test_days_may_share_the_month_of_the_last() -> None:
    said = "Dockers strike on Monday 5, Tuesday 6 and Thursday 8 April ."
    assert values(said) == ["2021-04-05", "2021-04-06", "2021-04-08"]
    assert values("They met on 5, 6 and 8 April 2019 .") == ["2019-04-05", "2019-04-06", "2019-04-08"]
    assert values("Some 5, 6 or 8 men fled on 2 April .") == ["2021-04-02"]


def test_a_weekday_is_counted_within_its_month() -> None:
    assert values("It met on the fourth Friday of this month .") == ["2021-03-26"]
    assert values("It met on the last Monday of February 2021 .") == ["2021-02-22"]


def test_a_dateline_dates_what_nothing_else_does() -> None:
    wire = "ABUJA, May 2, 2015 (Harbour Wire) - Talks are to begin on Monday ."
    assert values(wire, None)[0] == "2015-05-02" and values(wire, None)[1] != "XXXX-WXX-1"
    assert values("Talks of May 2, 2015 - the first - began on Monday .", None)[1] == "XXXX-WXX-1"
    assert values(wire, date(2020, 1, 15))[1] == "2020-01-13"
