"""A list of feeds is an OPML file, a text file, or addresses."""

from __future__ import annotations

from pathlib import Path

from sitrep.records import Skipped
from sitrep.watch.lists import Listed, listed

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="North"><outline type="rss" text="Alba News" xmlUrl="https://alba.example/feed?a=1&amp;b=2"/></outline>
<outline title="Beta" text="b" XMLURL="feed://beta.example/rss"/><outline text="a folder"/></body></opml>"""


def write(folder: Path, content: str | bytes) -> str:
    path = folder / "feeds"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_opml_names_feeds_in_folders_too(tmp_path: Path):
    assert list(listed([write(tmp_path, OPML)])) == [
        Listed("https://alba.example/feed?a=1&b=2", "Alba News"),
        Listed("https://beta.example/rss", "Beta"),
    ]


def test_text_has_an_address_a_line_and_may_name_it(tmp_path: Path):
    text = "# ours\nhttps://alba.example/feed  Alba News\n\nhttp://beta.example/rss # slow\n"
    assert list(listed([write(tmp_path, text)])) == [
        Listed("https://alba.example/feed", "Alba News"),
        Listed("http://beta.example/rss"),
    ]


def test_an_address_itself_is_a_list_and_nothing_is_listed_twice(tmp_path: Path):
    path = write(tmp_path, "https://alba.example/feed\n")
    assert list(listed([path, "https://alba.example/feed/"])) == [Listed("https://alba.example/feed")]


def test_a_wrong_line_costs_itself_and_says_where(tmp_path: Path):
    path = write(tmp_path, "file:///etc/passwd\nhttps://alba.example/feed\n")
    skipped, found = listed([path])
    assert found == Listed("https://alba.example/feed")
    assert str(skipped) == (
        f'{path}, line 1: "file:///etc/passwd" is no address that can be watched. '
        "Give it with http:// or https://, and without a password."
    )


def test_what_names_nothing_is_said(tmp_path: Path):
    missing, empty = listed([str(tmp_path / "none.opml"), write(tmp_path, "<opml><body/></opml>")])
    assert isinstance(missing, Skipped) and "cannot be read (No such file" in missing.found
    assert isinstance(empty, Skipped) and empty.found == "names nothing to watch."
    [pdf] = listed([write(tmp_path, b"%PDF-1.7 \xff")])
    assert isinstance(pdf, Skipped) and pdf.found == "is a PDF file, not a list."


def test_a_list_that_defines_endless_entities_is_not_expanded(tmp_path: Path):
    bomb = '<!DOCTYPE o [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{below};" * 10}">' for below, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    [found] = listed(
        [write(tmp_path, f'{bomb}]><opml><outline text="&i;" xmlUrl="https://a.example/f"/></opml>')]
    )
    # The reader may stop at it, or leave it unexpanded.
    assert isinstance(found, Skipped) or len(found.title or "") < 100


def test_a_list_does_not_reach_for_files(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("https://secret.example/")
    text = f'<!DOCTYPE o [<!ENTITY x SYSTEM "{secret.as_uri()}">]><opml><outline text="&x;" xmlUrl="https://a.example/f"/><o>&x;</o></opml>'
    assert "secret" not in repr(next(listed([write(tmp_path, text)])))
