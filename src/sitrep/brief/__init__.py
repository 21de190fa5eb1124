"""A period or an incident of a case in; Markdown, HTML or PDF out, every sentence with its source."""

from sitrep.brief.document import Brief, Note, Section, Sentence
from sitrep.brief.incident import write_incident
from sitrep.brief.material import Material, gather, gather_incident
from sitrep.brief.write import write_brief

__all__ = [
    "Brief",
    "Material",
    "Note",
    "Section",
    "Sentence",
    "gather",
    "gather_incident",
    "write_brief",
    "write_incident",
]
