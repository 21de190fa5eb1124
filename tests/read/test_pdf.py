"""The text of a PDF file becomes paragraphs again."""

from __future__ import annotations

import io

import pypdf
import typst

from sitrep.read import ReadSettings
from sitrep.read.pdf import read_pdf
from sitrep.records import Document, Skipped

FIRST = (
    "Delegates of both sides met in Alba on Monday for the first time since the winter, officials said, and agreed "
    "to exchange forty prisoners before the end of the month."
)
SECOND = (
    "“Nothing has been signed,” a delegate of the north told reporters after the meeting, which lasted six hours and "
    "was held behind closed doors in the town hall."
)


def pdf(body: str, look: str = "") -> bytes:
    made = typst.compile(f"#set page(width: 12cm, height: 9cm)\n{look}\n{body}".encode())
    assert isinstance(made, bytes)
    return made


def read_file(content: bytes, **settings: int) -> Document | Skipped:
    return read_pdf(content, "a.pdf", "sha256:0", ReadSettings(**settings))  # type: ignore[arg-type]


def test_lines_become_paragraphs():
    document = read_file(pdf(f"{FIRST}\n\n{SECOND}"))
    assert isinstance(document, Document)
    assert document.text == f"{FIRST}\n\n{SECOND}"


def test_words_that_a_break_cut_are_put_together():
    look = '#set par(justify: true)\n#set text(hyphenate: true, lang: "en")\n#set page(width: 7cm)'
    document = read_file(pdf(f"{FIRST}\n\n{SECOND}", look))
    assert isinstance(document, Document)
    assert document.text.replace("\n\n", " ") == f"{FIRST} {SECOND}"


def test_running_heads_and_page_numbers_are_cut():
    look = '#set page(header: [The Alba Weekly], numbering: "1 / 1", height: 5cm)'
    document = read_file(pdf("\n\n".join([FIRST, SECOND] * 4), look))
    assert isinstance(document, Document)
    assert "Weekly" not in document.text and " / " not in document.text
    assert document.text.count("forty prisoners") == 4


def test_headline_is_the_title_and_not_text():
    document = read_file(
        pdf(f"= Talks resume in Alba\n\n{FIRST}\n\n{SECOND}", '#set document(title: "Talks resume in Alba")')
    )
    assert isinstance(document, Document)
    assert (document.title, document.text) == ("Talks resume in Alba", f"{FIRST}\n\n{SECOND}")


def test_title_among_the_properties_that_is_nowhere_on_the_page_is_no_title():
    document = read_file(pdf(f"{FIRST}\n\n{SECOND}", '#set document(title: "final-v3.docx")'))
    assert isinstance(document, Document)
    assert document.title != "final-v3.docx"


def test_scan_has_no_text():
    assert str(read_file(pdf("#rect(width: 3cm)"))) == (
        "a.pdf: is a PDF file without text: a scan. Recognise its text (OCR) first."
    )


def test_locked_file():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(FIRST)))
    writer.encrypt("secret", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    assert str(read_file(held.getvalue())) == "a.pdf: is a PDF file locked with a password. Unlock it first."


def test_broken_file():
    assert str(read_file(b"%PDF-1.7\n" + b"junk " * 100)).startswith(
        "a.pdf: is a PDF file that cannot be read ("
    )


def test_long_file():
    assert "is too long for one report (more than 1,000 characters)." in str(
        read_file(pdf("\n\n".join([FIRST, SECOND] * 8)), max_chars=1000)
    )
