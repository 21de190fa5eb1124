"""A period of a case in; the situation report out: Markdown, HTML or PDF, every sentence with its source."""

from sitrep.brief.document import Brief, Note, Section, Sentence
from sitrep.brief.material import Material, gather
from sitrep.brief.write import write_brief

__all__ = ["Brief", "Material", "Note", "Section", "Sentence", "gather", "write_brief"]
