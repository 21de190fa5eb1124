"""Documents into a case: what it holds already is not coded again, and what cannot be coded is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sitrep.case import Case
from sitrep.cli.app import Tally, talk
from sitrep.cli.coding import coded, loaded
from sitrep.records import Document, Report
from sitrep.terminal import steps

if TYPE_CHECKING:
    from spacy.language import Language


def bring_up_to_date(case: Case) -> None:
    """Find what follows from the reports of a case anew, where an older version's rules found it."""
    if not case.is_current:
        talk.print("what was found by an older version's rules is found anew first", highlight=False)
        with steps(talk, "rebuilding") as progress:
            case.rebuild(progress)


def add_documents(
    documents: Iterable[Document],
    case: Case,
    tally: Tally,
    outcomes: Counter[str],
    workers: int = 1,
    nlp: Language | None = None,
) -> Iterator[Report]:
    """Code each document that `case` does not hold and add it there: the reports, as they are added.

    `outcomes` counts what was "added", "replaced" and "unchanged"; `tally` what was coded and skipped.
    `nlp` is what `loaded` gave, where it was called already.
    """
    from sitrep.coding.pipeline import coder_of

    nlp = nlp or loaded()  # with several workers too: it says which coder they are
    coder = coder_of(nlp)

    def to_code() -> Iterator[Document]:
        for document in documents:
            if case.holds(document, coder):
                outcomes["unchanged"] += 1
            else:
                yield document

    for report, outcome in case.add_all(tally.reports(coded(to_code(), workers, nlp))):
        outcomes[outcome] += 1
        yield report
