"""A file, page, folder or stream in; `Document`s, and a `Skipped` for each thing that gave none, out."""

from sitrep.read.html import read_html
from sitrep.read.markdown import read_markdown
from sitrep.read.page_facts import PageFacts
from sitrep.read.reader import read
from sitrep.read.settings import JsonlFields, ReadSettings
from sitrep.read.text import read_text

__all__ = ["JsonlFields", "PageFacts", "ReadSettings", "read", "read_html", "read_markdown", "read_text"]
