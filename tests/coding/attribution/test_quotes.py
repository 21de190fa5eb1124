"""Which stretches of a text stand in quotation marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.coding.attribution.quotes import find_quotations


def quoted(text: str) -> list[list[str]]:
    return [[text[start:end] for start, end in quotation.spans] for quotation in find_quotations(text)]


@pytest.mark.parametrize(
    "text",
    [
        "She said “we will stay” twice.",
        'She said "we will stay" twice.',
        "She said ''we will stay'' twice.",
        "She said ``we will stay'' twice.",
        "She said «we will stay» twice.",
        "She said „we will stay“ twice.",
        "She said ‘we will stay’ twice.",
        "She said 'we will stay' twice.",
    ],
)
def test_each_make_of_mark_quotes(text: str) -> None:
    [[words]] = quoted(text)
    assert words.strip("“”\"'`«»„‘’") == "we will stay"


def test_marks_stand_in_the_span() -> None:
    assert quoted("He said “no.” Then he left.") == [["“no.”"]]


@pytest.mark.parametrize(
    "text",
    [
        "The army's men aren't the mayor's.",
        "The rebels’ camp wasn’t theirs.",
        "In the '90s and ’80s it was ours.",
        "",
    ],
)
def test_apostrophes_quote_nothing(text: str) -> None:
    assert quoted(text) == []


def test_an_apostrophe_does_not_close_a_single_quotation() -> None:
    assert quoted("He said ‘the rebels’ camp wasn’t ours,’ and left.") == [
        ["‘the rebels’ camp wasn’t ours,’"]
    ]


def test_two_quotations_in_a_sentence_are_two() -> None:
    assert quoted('"We won," he said, "and they lost."') == [['"We won,"'], ['"and they lost."']]


def test_a_quotation_inside_a_quotation_belongs_to_it() -> None:
    assert quoted("“He told me ‘run’ and I ran,” she said.") == [["“He told me ‘run’ and I ran,”"]]
    assert quoted('"He told me “run” and I ran," she said.') == [['"He told me “run” and I ran,"']]


def test_a_quotation_goes_on_where_the_next_paragraph_opens_with_a_mark() -> None:
    assert quoted("“The road is cut.\n\n“The bridge is gone,” he said.") == [
        ["“The road is cut.", "“The bridge is gone,”"]
    ]


def test_a_quotation_does_not_run_into_a_paragraph_without_a_mark() -> None:
    assert quoted("“The road is cut.\n\nThe bridge is gone, he said.") == [["“The road is cut."]]


def test_a_mark_without_a_partner_in_mid_sentence_quotes_nothing() -> None:
    assert quoted('The pipe is 12" wide and the other “ is not.') == []


@given(st.text(alphabet="ab.,\n \"“”'‘’«»`", max_size=60))
def test_any_text_gives_quotations_in_order_inside_it(text: str) -> None:
    spans = [span for quotation in find_quotations(text) for span in quotation.spans]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert sorted(spans) == spans
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
