"""A copy is no second source, also where it is cut and slightly changed; a report of the same event is one."""

from sitrep.situation.copies import are_copies, bands, origin, signature

STORY = (
    "Soldiers crossed the bridge at dawn and met no resistance in the old town, the defence ministry said on "
    "Monday. Residents told reporters that the last militiamen had left in the night with their families, taking "
    "the road to the hills. The governor returned to his office in the afternoon and ordered the schools to open "
    "again on Wednesday. Aid agencies said that nine thousand people had fled since the fighting began in March, "
    "most of them to camps on the far side of the river, where water is short. The ministry gave no toll."
)
OTHER = (
    "The army took the old town on Monday without a fight, according to the defence ministry, which gave no toll. "
    "Militiamen had withdrawn to the hills overnight, people living there said. Nine thousand have been displaced "
    "since March. Schools will open again on Wednesday by order of the governor, who is back in his office."
)


def test_a_changed_and_cut_text_is_a_copy():
    cut = STORY.replace("Soldiers crossed", "Troops crossed").partition(" Aid agencies")[0]
    assert are_copies(signature(STORY), signature(cut))
    assert set(bands(signature(STORY))) & set(bands(signature(cut)))


def test_another_report_of_the_event_is_no_copy():
    assert not are_copies(signature(STORY), signature(OTHER))


def test_a_text_without_words_copies_nothing():
    assert not are_copies(signature(""), signature(""))
    assert bands(signature("two words")) == ()


def test_the_origin_is_the_first_published():
    assert origin({"b": "2020-06-05", "a": "2020-06-06"}) == "b"
    assert origin({"b": None, "a": "2020-06-06"}) == "a"
    assert origin({"b": "2020-06-05", "a": "2020-06-05"}) == "a"
