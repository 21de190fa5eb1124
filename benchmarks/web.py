"""How quick the web app is on a large case, measured in a browser.

    python -m benchmarks.web [EVENTS] [--keep CASE]

Makes a case of so many invented events (10,000 by default; with --keep in that file, which is used again),
serves it on this machine, opens it in Chromium and prints, in milliseconds: the first contentful paint of a
page, cold and with its scripts cached; until map, timeline and table are there; and each filter from the
click to the last of the three. Medians of several runs; the browser is `CHROMIUM` or /usr/bin/chromium.
"""

from __future__ import annotations

import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sitrep.case import open_case
from sitrep.ontology import EVENT_TYPES, quad, score
from sitrep.records import Actor, Coder, Event, Place, Report, Status, Toll

A_REPORT: Final = 4  # events
ROUNDS: Final = 5
STATUSES: Final[tuple[Status, ...]] = ("happened",) * 14 + ("planned", "possible", "denied", "called_for")
_PRESS: Final = "[...document.querySelectorAll('%s')].find((b) => b.textContent === '%s').click()"
_ENTER: Final = (
    "(() => { const f = document.querySelectorAll('.filters %s')[%d]; f.value = '%s';"
    " f.dispatchEvent(new Event('change')); })()"
)
FILTERS: Final = {
    "quad category": _PRESS % (".legend button", "Material conflict"),
    "status": _PRESS % (".legend button", "Denied"),
    "actor": _ENTER % ("input[list]", 0, "Brigade 7"),
    "place": _ENTER % ("input:not([list])", 0, "Town 30"),
    "publisher": _ENTER % ("select", 1, "Wire 3"),
    "days": _ENTER % ("input[type=date]", 0, "2022-06-01"),
}
# Until the count has changed and the table shows the rows that go with it, two frames later.
MEASURE: Final = """
async (act) => {
  const state = () => JSON.stringify([document.querySelector('.total').textContent]);
  const before = state(), began = performance.now();
  const requests = () =>
    performance.getEntriesByType('resource').filter((r) => r.name.includes('/api/incidents')).length;
  const asked = requests();
  eval(act);
  const waits = () => document.querySelector('.ag-cell .muted')?.textContent === '…';
  while (state() === before || requests() === asked || waits()) {
    await new Promise((done) => setTimeout(done, 4));
    if (performance.now() - began > 10000) return null;
  }
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - began;
}
"""


def reports(events: int, seed: int = 7) -> Iterator[Report]:
    """Invented reports around the middle of the Mediterranean, always the same."""
    chance = random.Random(seed)
    places = [
        Place(
            id="p1", name=f"Town {n}", geonameid=90_000_000 + n, latitude=round(chance.uniform(24, 33), 3),
            longitude=round(chance.uniform(9, 25), 3), country="LBY", feature="PPL", mentions=((0, 4),),
            confidence=0.9,
        )
        for n in range(400)
    ]  # fmt: skip
    for number in range(events // A_REPORT):
        day = date(2021, 1, 1) + timedelta(days=int(chance.triangular(0, 1200, 900)))
        text, told, actors, here = "", [], [], []
        for order in range(A_REPORT):
            who, whom = f"Brigade {chance.randrange(150)}", f"Council {chance.randrange(150)}"
            place = chance.choice(places)
            start = len(text)
            file = f"file {number}-{order} of {chance.random():.9f}"
            text += f"{who} and {whom} were in {place.name}, as {file} has it.\n\n"
            actors += [
                Actor(
                    id=f"a{2 * order + 1}", name=who, kind="organisation",
                    mentions=((start, start + len(who)),),
                ),
                Actor(
                    id=f"a{2 * order + 2}", name=whom, kind="organisation",
                    mentions=((start + len(who) + 5, start + len(who) + 5 + len(whom)),),
                ),
            ]  # fmt: skip
            at = text.index(place.name, start)
            here.append(_at(place, f"p{order + 1}", (at, at + len(place.name))))
            type = chance.choice(list(EVENT_TYPES))
            mode = chance.choice([None, *EVENT_TYPES[type].modes])
            dead = chance.randrange(1, 30)
            told.append(
                Event(
                    id=f"e{order + 1}", type=type, mode=mode, quad=quad(type), score=score(type, mode),
                    actors=(f"a{2 * order + 1}",), recipients=(f"a{2 * order + 2}",), place=f"p{order + 1}",
                    earliest=day, latest=day, status=chance.choice(STATUSES), trigger=((start, start + 5),),
                    evidence=((start, len(text) - 2),), confidence=round(chance.uniform(0.4, 1), 3),
                    killed=Toll(dead, dead, ()) if type == "ASSAULT" and chance.random() < 0.3 else None,
                )
            )  # fmt: skip
        digest = sha256(text.encode()).hexdigest()
        yield Report(
            id=f"sha256:{digest}", source=f"{number}.txt", publisher=f"Wire {number % 12}",
            title=f"Report {number}", published=day + timedelta(days=1), language="en", text=text,
            actors=tuple(actors), places=tuple(here), events=tuple(told), coder=Coder("0", {}),
        )  # fmt: skip


def _at(place: Place, id: str, span: tuple[int, int]) -> Place:
    from dataclasses import replace

    return replace(place, id=id, mentions=(span,))


def make(path: Path, events: int) -> None:
    with open_case(path) as case:
        if not len(case):
            for report in reports(events):
                case.add(report)
        elif not case.is_current:
            case.rebuild()


def measure(address: str) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    found: dict[str, list[float]] = {}

    def note(name: str, value: float | None) -> None:
        if value is not None:
            found.setdefault(name, []).append(value)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        for _ in range(ROUNDS):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            page = context.new_page()
            for kind in ("cold", "cached"):
                page.goto(address)
                page.wait_for_function("document.querySelectorAll('.ag-row .act').length > 3")
                page.wait_for_function("document.querySelectorAll('[data-ready]').length === 3")
                note(f"all there, {kind}", page.evaluate("performance.now()"))
                paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
                note(f"first paint, {kind}", paint)
            for name, act in FILTERS.items():
                page.wait_for_timeout(500)
                note(f"filter: {name}", page.evaluate(MEASURE, act))
                page.wait_for_timeout(300)
                page.evaluate(_PRESS % (".filters button", "Show all"))
                page.wait_for_timeout(700)
            context.close()
        browser.close()
    return {name: round(statistics.median(values)) for name, values in found.items()}


def main() -> None:
    words = sys.argv[1:]
    kept = Path(words.pop(words.index("--keep") + 1)) if "--keep" in words else None
    numbers = [word for word in words if word.isdecimal()]
    events = int(numbers[0]) if numbers else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path = kept or Path(folder) / "large.sitrep"
        make(path, events)
        server = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "from sitrep.cli import main; main()",
                "serve",
                str(path),
                "--port",
                "0",
                "--no-open",
            ],
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"COLUMNS": "300"},
        )
        try:
            assert server.stderr is not None
            address = next(m[0] for line in server.stderr if (m := re.search(r"http://\S+", line)))
            print(json.dumps({"events": events} | measure(address), indent=1))
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
