"""Reports in; one SQLite file with them, what follows from them, and what people decided on it, out."""

from sitrep.case.case import Case, open_case
from sitrep.case.corrections import ReviewError
from sitrep.case.file import CaseError
from sitrep.case.filters import Filter, FilterError

__all__ = ["Case", "CaseError", "Filter", "FilterError", "ReviewError", "open_case"]
