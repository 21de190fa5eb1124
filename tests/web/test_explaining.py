"""What the coder considered of a report that a case holds, as its page asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from sitrep import code
from sitrep.web.coder import STOPPED, CoderProcess
from sitrep.web.explaining import NotExplained, explain_report

STORY = "Gunmen attacked a police post in Kano on Friday. It had rained for days."


@pytest.fixture(scope="module")
def coder() -> Iterator[CoderProcess]:
    process = CoderProcess()
    yield process
    process.close()


def test_each_sentence_says_what_was_considered_in_it(coder: CoderProcess) -> None:
    attack, rain = explain_report(code(STORY), coder).sentences
    assert ("ASSAULT", "kept") in {(one.type, one.verdict) for one in attack.considered}
    assert not [one for one in rain.considered if one.verdict == "kept"]


def test_a_task_that_breaks_says_why_and_the_coder_goes_on(coder: CoderProcess) -> None:
    report = code(STORY)
    broken = replace(report, text=None)  # type: ignore[arg-type]
    with pytest.raises(NotExplained, match="Error"):
        explain_report(broken, coder)
    assert len(explain_report(report, coder).sentences) == 2


def test_whoever_waits_hears_that_the_coder_stopped() -> None:
    class Stopping(CoderProcess):
        def start(self, task: object, heard: Callable[[object], None]) -> None:
            heard(STOPPED)

    with pytest.raises(NotExplained, match="again"):
        explain_report(code(STORY), Stopping())
