"""Offsets between a record of the location set and the text that is coded."""

from __future__ import annotations

from benchmarks.tasks.event_location import read_text


def test_blanks_are_single_and_offsets_lead_back():
    text = "  Gunmen  shot two men\nin Kidal."
    reading = read_text(text)
    assert reading.text == "Gunmen shot two men in Kidal."
    start = reading.text.index("Kidal")
    assert reading.outside((start, start + 5)) == (text.index("Kidal"), text.index("Kidal") + 5)


def test_span_of_the_record_is_found_in_the_coded_text():
    text = "  Gunmen  shot two men."
    reading = read_text(text)
    start, end = reading.inside((text.index("shot"), text.index("shot") + 4))
    assert reading.text[start:end] == "shot"


def test_lost_apostrophe_is_put_back_without_moving_what_follows():
    text = "Peru   s army took Puno."
    reading = read_text(text)
    assert reading.text == "Peru's army took Puno."
    start = reading.text.index("Puno")
    assert reading.outside((start, start + 4)) == (text.index("Puno"), text.index("Puno") + 4)


def test_span_of_blanks_only_is_empty():
    assert read_text("  Gunmen shot.").inside((0, 2)) == (0, 0)
