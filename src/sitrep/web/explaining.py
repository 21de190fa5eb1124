"""What the coder considered in each sentence of a report, asked of the coder's process on demand."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING

from sitrep.records import Document, Report
from sitrep.web.coder import Broke, CoderProcess

if TYPE_CHECKING:
    from spacy.language import Language

    from sitrep.coding.explaining import Explanation

_WAIT_S = 120.0  # the coder may be at work on reports that are being added


class NotExplained(Exception):
    """Says why nothing could be said of a report."""


def explain_report(report: Report, coder: CoderProcess) -> Explanation:
    """Every sentence of `report` with the events considered in it, as the coder of today reads it.

    Waits until the coder has answered; raises `NotExplained` where it cannot.
    """
    found: Future[Explanation] = Future()

    def heard(news: object) -> None:
        if isinstance(news, Broke):
            found.set_exception(NotExplained(news.why))
        else:
            found.set_result(news)  # type: ignore[arg-type]

    document = Document(**{field.name: getattr(report, field.name) for field in fields(Document)})
    coder.start(partial(_explained, document), heard)
    try:
        return found.result(timeout=_WAIT_S)
    except TimeoutError:
        raise NotExplained("The coder is busy with other reports. Ask again when they are added.") from None


def _explained(document: Document, nlp: Language) -> Iterator[Explanation]:
    from sitrep.coding.explaining import explain

    yield explain(document, nlp)
