"""A message gives its story, dated by when it was sent."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from sitrep.read import ReadSettings
from sitrep.read.eml import read_eml
from sitrep.records import Document, Skipped

STORY = "Rebels took the town of Alba on Monday, a spokesman said. The army denied that it had lost the town."


def message(text: str | None = STORY, html: str | None = None, subject: str = "Alba taken") -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"] = subject, "Example News <news@news.example>"
    made["Date"] = "Thu, 04 Mar 2021 23:30:00 -0500"
    if text is not None:
        made.set_content(text)
    if html is not None:
        made.add_alternative(html, subtype="html")
    return made


def read_message(made: EmailMessage | bytes) -> Document | Skipped:
    content = made if isinstance(made, bytes) else bytes(made)
    return read_eml(content, "a.eml", "sha256:0", ReadSettings())


def test_subject_day_and_text():
    document = read_message(message())
    assert isinstance(document, Document)
    assert (document.title, document.published, document.text) == ("Alba taken", date(2021, 3, 4), STORY)


@pytest.mark.parametrize("subject", ["Fwd: Alba taken", "RE: Fw: Alba taken"])
def test_forwarded_message_has_the_title_of_the_first(subject: str):
    document = read_message(message(subject=subject))
    assert isinstance(document, Document)
    assert document.title == "Alba taken"


def test_encoded_subject_is_decoded():
    document = read_message(message(subject="Čačak: zum Verständnis"))
    assert isinstance(document, Document)
    assert document.title == "Čačak: zum Verständnis"


def test_html_is_read_where_there_is_no_text():
    document = read_message(message(None, f"<html><body><p>{STORY}</p></body></html>"))
    assert isinstance(document, Document)
    assert document.text == STORY


def test_html_is_read_where_the_text_is_no_story():
    document = read_message(message("View in your browser", f"<html><body><p>{STORY}</p></body></html>"))
    assert isinstance(document, Document)
    assert document.text == STORY


def test_attached_text_is_not_read():
    made = message()
    made.add_attachment("Nothing of this. It is attached.", filename="other.txt")
    document = read_message(made)
    assert isinstance(document, Document)
    assert document.text == STORY


def test_message_without_text():
    made = EmailMessage()
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    assert str(read_message(made)).startswith("a.eml: is a message without a text, not text.")


@pytest.mark.parametrize(
    "header", [b"Subject: =?x-no-charset?q?=FF?=", b"Subject: =?utf-8?b?%%%?=", b"Date: never"]
)
def test_broken_header_costs_itself_only(header: bytes):
    document = read_message(header + b"\n\n" + STORY.encode())
    assert isinstance(document, Document)
    assert document.text == STORY


def test_parts_nested_by_the_thousand_are_a_broken_message():
    content = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(2000)
    )
    assert isinstance(read_message(content), Skipped)
