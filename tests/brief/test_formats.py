"""Markdown, HTML and PDF of one brief: all its sentences, all its notes, and no markup of the reports' own."""

import re

from sitrep.brief.document import Brief, Note, Section, Sentence
from sitrep.brief.figures import draw_map, draw_timeline, outlines, unrolled
from sitrep.brief.html import to_html
from sitrep.brief.markdown import to_markdown
from sitrep.brief.pdf import to_pdf
from sitrep.brief.write import write_brief
from tests.brief.build import ALL, END, START

BRIEF = write_brief(ALL, START, END)
HOSTILE = '<script>alert("x")</script> [click](http://bad.example) #let x = 1 $math$ *bold*'


def hostile() -> Brief:
    note = Note(HOSTILE, "r1", HOSTILE, HOSTILE, START, "javascript:alert(1)")
    section = Section("What happened", (Sentence(HOSTILE, (note,), HOSTILE, (HOSTILE,)),))
    return Brief("Situation", START, END, 1, 1, (section,), (), ())


def test_markdown_has_each_sentence_and_a_footnote_for_each_mark():
    text = to_markdown(BRIEF)
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
    assert len(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)) == len(BRIEF.notes())
    assert all(sentence.text in text for section in BRIEF.sections for sentence in section.sentences)


def test_html_links_each_mark_to_its_note():
    page = to_html(BRIEF)
    assert set(re.findall(r"href='#(n\d+)'", page)) == set(re.findall(r"id='(n\d+)'", page))
    assert page.count("<svg") == 2


def test_words_of_reports_are_never_markup():
    page = to_html(hostile())
    assert "<script" not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)
    text = to_markdown(hostile())
    assert "<script" not in text.replace(r"\<", "")
    assert "[click](" not in text


def test_pdf_is_one_whatever_the_words():
    assert to_pdf(BRIEF).startswith(b"%PDF")
    assert to_pdf(hostile()).startswith(b"%PDF")


def test_a_brief_of_nothing_has_no_figures():
    assert draw_map(()) == draw_timeline((), START, END) == ""
    assert to_html(Brief("Situation", START, END, 0, 0, (), (), ())).count("<svg") == 0


def test_the_map_draws_the_country_it_lies_in():
    assert draw_map(BRIEF.marks).count("<path") >= 1
    assert {"LBY", "FRA", "XKX"} <= {country["id"] for country in outlines()["features"]}


def test_land_across_the_180th_meridian_goes_on_beyond_it():
    assert unrolled([[179.0, 1.0], [-179.0, 1.0], [-179.0, 2.0], [179.0, 1.0]]) == [
        [179.0, 1.0], [181.0, 1.0], [181.0, 2.0], [179.0, 1.0],
    ]  # fmt: skip
    plain = [[10.0, 1.0], [12.0, 1.0], [10.0, 1.0]]
    assert unrolled(plain) == plain


def test_no_country_but_the_one_around_a_pole_is_drawn_around_the_world():
    wide = {
        country["properties"]["name"]
        for country in outlines()["features"]
        for polygon in country["geometry"]["coordinates"]
        for ring in polygon
        if max(point[0] for point in ring) - min(point[0] for point in ring) > 300
    }
    assert wide == {"Antarctica"}
