"""A period of a case in; the situation report out: Markdown, HTML or PDF, every sentence with its source."""

from sitrep.brief.document import Brief, Note, Section, Sentence
from sitrep.brief.write import Material, write_brief

__all__ = ["Brief", "Material", "Note", "Section", "Sentence", "write_brief"]
