"""A case for the web app: the invented country's reports, one of which would take the browser over if it could."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

from sitrep.records import Actor, ActorKind, Coder, Event, Place, Removed, Report
from tests.case.stories import SEIZED, STORIES, case_of, told

SCRIPT = "<script>window.taken = 'script'</script>"
IMAGE = "<img src=x onerror=\"window.taken = 'image'\">"
TEMPLATE = "{{ (window.taken = 'template') }}"
LITERAL = "`; window.taken = 'literal'; ` ${window.taken = 'literal'}"
CLOSING = "</script></style></textarea></title><svg onload=\"window.taken = 'svg'\">"
HOSTILE_WORDS = (SCRIPT, IMAGE, TEMPLATE, LITERAL, CLOSING)


def hostile() -> Report:
    """A report in which every word that reaches a page tries to be markup, a template or a script."""
    who, whom, where = f"Kemal Ozan{IMAGE}", f"Council {SCRIPT}", f"Port {TEMPLATE} {CLOSING}"
    text = f"{who} attacked {whom} in {where}. {LITERAL} {CLOSING} {TEMPLATE}\n\n{SCRIPT}"

    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    digest = hashlib.sha256(text.encode()).hexdigest()
    return Report(
        id=f"sha256:{digest}",
        source=f"{IMAGE}.txt",
        url="javascript:window.taken='url'",
        publisher=f'"><b onmouseover="window.taken=1">{SCRIPT}',
        title=f"{SCRIPT}{IMAGE}{TEMPLATE}{LITERAL}{CLOSING}",
        authors=(SCRIPT,),
        published=date(2021, 3, 10),
        language="en",
        text=text,
        removed=(Removed(f"{SCRIPT}{IMAGE}{TEMPLATE}", "furniture"),),
        actors=(
            Actor(id="a1", name=who, kind="person", description=IMAGE, mentions=(span(who),)),
            Actor(id="a2", name=whom, kind="organisation", mentions=(span(whom),)),
        ),
        places=(
            Place(
                id="p1", name=where, geonameid=99, latitude=31.0, longitude=15.0, country="ORV", feature="PPL",
                mentions=(span(where),), confidence=0.9,
            ),
        ),
        events=(
            Event(
                id="e1", type="ASSAULT", mode="aerial", quad="material conflict", score=-9.0, actors=("a1",),
                recipients=("a2",), place="p1", earliest=date(2021, 3, 9), latest=date(2021, 3, 9),
                trigger=(span("attacked"),), evidence=((0, text.index("\n\n")),), confidence=0.01,
            ),
        ),
        coder=Coder("0.1.0", {"relations": "sha256:11"}),
    )  # fmt: skip


def orvia(path: Path) -> Path:
    """The case in a file: nine reports, the hostile one among them."""
    undated = replace(
        SEIZED, id=SEIZED.id[:-4] + "0000", title=None, publisher=None, url="https://example.org/a"
    )
    case_of(path, *STORIES, undated, hostile()).close()
    return path


# Names that would break out of a page, turn it around or push it apart.
NAMES = (
    f"Amir {SCRIPT}{IMAGE}",
    f"Sool {TEMPLATE} {CLOSING}",
    """O"Dell 's & <b>`Kemal`</b>""",
    "\u202eNazik Reversed",
    "\u0639\u0645\u0631 \u0627\u0644\u0645\u062e\u062a\u0627\u0631",
    "Tamar" + "a" * 495,
)


def named_so(path: Path) -> Path:
    """A case in which the first of these names attacks each of the others."""
    who = NAMES[0]
    reports = [
        told(f"{who} attacked {whom} in Kelm.", who=who, whom=whom, trigger="attacked", type="ASSAULT", mode=None)
        for whom in NAMES[1:]
    ]  # fmt: skip
    # Only a person's name needs no capital, and only an organisation's may have words without.
    kept = [
        replace(report, actors=tuple(replace(one, kind=_kind(one.name)) for one in report.actors))
        for report in reports
    ]
    case_of(path, *kept).close()
    return path


def _kind(name: str) -> ActorKind:
    return "organisation" if name[0].isascii() else "person"
