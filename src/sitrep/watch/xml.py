"""XML from strangers, element by element: nothing it names is fetched, and nothing it defines is expanded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from lxml import etree


def elements(content: bytes) -> Iterator[Any]:
    """Every element as it ends, children first; of broken XML those before the break.

    The caller may `clear` what it has read.
    """
    # Entities stay unexpanded (a few bytes can define gigabytes), and nothing is loaded from elsewhere.
    reader = etree.iterparse(
        io.BytesIO(content),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        for _, element in reader:
            if isinstance(element.tag, str):
                yield element
    except etree.XMLSyntaxError:
        return


def name_of(element: Any) -> str:
    """An element's name without its namespace, in small letters."""
    return str(etree.QName(element).localname).lower()
