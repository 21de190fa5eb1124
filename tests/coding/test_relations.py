"""What one party does to another: marks, windows, phrases, probabilities, and what the shipped weights answer."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitrep.coding.relations import (
    ACTOR_MARKS,
    CLS,
    LABELS,
    MAX_PIECES,
    NONE,
    RECIPIENT_MARKS,
    SEP,
    MarkedPair,
    RelationModel,
    default_model,
    encode,
    relate,
)
from sitrep.ontology import EVENT_TYPES


@pytest.fixture(scope="module")
def model() -> RelationModel:
    return RelationModel()


def pair(text: str, actor: str | None, recipient: str | None) -> MarkedPair:
    def spans(words: str | None) -> tuple[tuple[int, int], ...]:
        return () if words is None else ((text.index(words), text.index(words) + len(words)),)

    return MarkedPair(text, spans(actor), spans(recipient))


def wordpieces(model: RelationModel, marked: MarkedPair) -> str:
    names = {CLS: "^", SEP: "$"} | dict(zip((*ACTOR_MARKS, *RECIPIENT_MARKS), "[]<>", strict=True))
    ids = encode(marked, model.tokenizer).ids
    return " ".join(names.get(id) or model.tokenizer.id_to_token(id) for id in ids)


ATTACKED = pair("Rebels attacked Norvik on Friday.", "Rebels", "Norvik")


def test_labels_are_the_types_of_the_codebook_and_none():
    assert sorted(LABELS) == sorted([*EVENT_TYPES, NONE])


def test_marks_stand_around_the_parties(model):
    assert wordpieces(model, ATTACKED) == "^ [ rebels ] attacked < nor ##vik > on friday . $"


def test_opening_marks_are_where_the_encoded_pair_says(model):
    encoded = encode(ATTACKED, model.tokenizer)
    assert [encoded.ids[at] for at in (*encoded.actor, *encoded.recipient)] == [
        ACTOR_MARKS[0],
        RECIPIENT_MARKS[0],
    ]


def test_event_without_a_recipient_has_no_marks_of_one(model):
    marked = pair("Teachers went on strike.", "Teachers", None)
    assert wordpieces(model, marked) == "^ [ teachers ] went on strike . $"


def test_recipient_inside_the_actor_is_marked_inside_it(model):
    marked = pair("Norway's army moved.", "Norway's army", "Norway")
    assert wordpieces(model, marked) == "^ [ < norway > ' s army ] moved . $"


def test_span_of_spaces_gets_no_mark(model):
    marked = MarkedPair("Rebels  attacked.", ((6, 8),), ())
    assert wordpieces(model, marked) == "^ rebels attacked . $"


def test_of_a_long_text_the_words_near_the_parties_are_read(model):
    text = "before " * 300 + "Rebels attacked Norvik" + " after" * 300
    pieces = wordpieces(model, pair(text, "Rebels", "Norvik"))
    assert len(pieces.split()) == MAX_PIECES + 6
    assert pieces.count("before [ rebels ] attacked < nor ##vik > after") == 1


def test_parties_far_apart_are_both_read(model):
    text = "Rebels " + "and " * 300 + "Norvik"
    pieces = wordpieces(model, pair(text, "Rebels", "Norvik"))
    assert ("[ rebels ]" in pieces, "< nor ##vik >" in pieces) == (True, True)


def phrases(model: RelationModel, text: str, actor: str | None, recipient: str | None) -> dict[int, float]:
    return encode(pair(text, actor, recipient), model.tokenizer).phrases


def test_phrases_leave_the_names_of_the_parties_out(model):
    others = phrases(model, "Two sailors attacked the village on Friday.", "Two sailors", "the village")
    assert phrases(model, ATTACKED.text, "Rebels", "Norvik") == others


def test_phrases_tell_the_actor_from_the_recipient(model):
    turned = phrases(model, ATTACKED.text, "Norvik", "Rebels")
    assert phrases(model, ATTACKED.text, "Rebels", "Norvik") != turned


def test_phrases_do_not_hold_a_party_that_stands_inside_the_other(model):
    nested = phrases(model, "Norway's army moved.", "Norway's army", "Norway")
    assert nested == phrases(model, "Norway's army moved.", "Norway's army", None)


def test_phrases_between_the_parties_count_three_times(model):
    after = " while the ministers of eleven other states talked about fish and grain"
    weights = phrases(model, f"Rebels attacked Norvik{after}.", "Rebels", "Norvik").values()
    assert round(max(weights) / min(weights), 9) == 3


def test_text_without_words_has_no_phrases(model):
    assert encode(MarkedPair(" ", (), ()), model.tokenizer).phrases == {}


def test_text_without_words_gets_an_answer(model):
    [answer] = model.classify([MarkedPair(" ", (), ())])
    assert round(sum(answer.values()), 9) == 1


def test_answer_is_the_same_alone_and_in_any_batch(model):
    pairs = [
        ATTACKED,
        pair("Teachers went on strike.", "Teachers", None),
        pair("Alba and Brina signed a long treaty on fishing in the strait " * 6, "Alba", "Brina"),
    ]
    alone = [model.classify([marked])[0] for marked in pairs]
    assert model.classify(pairs) == alone
    assert model.classify(pairs[::-1]) == alone[::-1]


def test_a_copy_sent_to_another_process_gives_the_same_answer(model):
    assert pickle.loads(pickle.dumps(model)).classify([ATTACKED]) == model.classify([ATTACKED])


def test_no_pairs_give_no_answers(model):
    assert model.classify([]) == []


@given(text=st.text(min_size=1, max_size=80), data=st.data())
@settings(max_examples=40, deadline=None)
def test_any_text_gives_probabilities_that_sum_to_one(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    [answer] = default_model().classify([MarkedPair(text, ((start, end),), ((start, end),))])
    assert tuple(answer) == LABELS
    assert round(sum(answer.values()), 9) == 1


def best(text: str, actor: str, recipient: str | None) -> str:
    return next(iter(relate(text, actor, recipient)))


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "expected"),
    [
        (
            "Government warplanes bombed the rebel camp near Norvik.",
            "Government warplanes",
            "the rebel camp",
            "ASSAULT",
        ),
        (
            "Police arrested the opposition leader at the airport.",
            "Police",
            "the opposition leader",
            "COERCE",
        ),
        (
            "Norway's foreign minister met her Swedish counterpart in Oslo.",
            "minister",
            "counterpart",
            "CONSULT",
        ),
        ("Chile condemned Peru over the border incident.", "Chile", "Peru", "ACCUSE"),
        ("Nurses went on strike in the capital on Monday.", "Nurses", None, "PROTEST"),
        ("Denmark sent tents and medicine to flood victims in Malawi.", "Denmark", "flood victims", "AID"),
        ("The president threatened to cut ties with Ghana.", "The president", "Ghana", "THREATEN"),
        ("The council imposed an arms embargo on Freedonia.", "The council", "Freedonia", "SANCTION"),
        ("The envoy urged both generals to hold their fire.", "The envoy", "both generals", "REQUEST"),
        ("The minister rejected the union's offer.", "The minister", "the union", "REJECT"),
        ("The militia pulled its fighters out of the port.", "The militia", "the port", "RETREAT"),
        ("Spain and Portugal held joint naval exercises.", "Spain", "Portugal", "COOPERATE"),
    ],
)
def test_plain_sentence_of_each_kind(text, actor, recipient, expected):
    assert best(text, actor, recipient) == expected


def test_relate_gives_the_best_first():
    values = list(relate("Police arrested the mayor.", "Police", "the mayor").values())
    assert values == sorted(values, reverse=True)


def test_relate_takes_words_a_span_or_spans():
    text = "Rebels attacked Norvik."
    expected = relate(text, "Rebels", "Norvik")
    assert relate(text, (0, 6), ((16, 22),)) == expected
    assert relate(text, [[0, 6]], [16, 22]) == expected


def test_relate_takes_no_recipient_in_three_ways():
    expected = relate("Nurses went on strike.", "Nurses")
    assert relate("Nurses went on strike.", "Nurses", None) == expected
    assert relate("Nurses went on strike.", "Nurses", ()) == expected


@pytest.mark.parametrize("words", ["Soldiers", "", " "])
def test_words_that_are_not_in_the_text_are_an_error(words):
    with pytest.raises(ValueError, match=f'The actor "{words}" does not occur in the text'):
        relate("Rebels attacked Norvik.", words, "Norvik")


@pytest.mark.parametrize("span", [(0, 99), (5, 5), (-3, 4), (6, 7), (7, 3)])
def test_span_that_cuts_out_no_word_is_an_error(span):
    with pytest.raises(ValueError, match="cuts no word out of the text, which has 23 characters"):
        relate("Rebels attacked Norvik.", "Rebels", span)
