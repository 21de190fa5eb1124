"""`sitrep watch` against a real server on this machine, and killed whenever it hurts."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitrep.case import open_case
from sitrep.cli import app
from sitrep.read import read
from sitrep.records import Document
from tests.watch.site import Page, Site, html, serving, story

RUN = CliRunner()
QUICK = ("--once", "--spacing", "0")
STORIES = 6


@pytest.fixture
def site() -> Iterator[Site]:
    """A feed of six stories, whose pages are never twice the same, as those of most sites."""
    with serving() as site:
        site.feed("/feed.xml", *(f"/{number}" for number in range(STORIES)))
        for number in range(STORIES):
            served = count()
            site.pages[f"/{number}"] = lambda number=number, served=served: Page(  # type: ignore[misc]
                html(story(number), f"Story {number}", f"<!-- served {next(served)} -->")
            )
        yield site


def run(*args: object, patch: str = "") -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with `patch` run before it."""
    return subprocess.run(
        command(*args, patch=patch), capture_output=True, text=True, timeout=300, check=False
    )


def command(*args: object, patch: str = "") -> list[str]:
    code = f"import os, signal\nfrom pathlib import Path\n{patch}\nfrom sitrep.cli import main\nmain()"
    return [sys.executable, "-c", code, "watch", *map(str, args)]


def paths(output: Path, site: Site) -> list[str]:
    """The paths of the pages in a file, in order; every line must be whole."""
    lines = output.read_text(encoding="utf-8").splitlines() if output.exists() else []
    return sorted(json.loads(line)["url"].removeprefix(site.origin) for line in lines)


ALL = [f"/{number}" for number in range(STORIES)]


def test_pages_are_written_once_and_a_round_is_summed_up(site: Site, tmp_path: Path):
    output, archive = tmp_path / "pages.jsonl", tmp_path / "pages.warc.gz"
    given = ["watch", f"{site.origin}/feed.xml", "-o", str(output), "--archive", str(archive), *QUICK]
    result = RUN.invoke(app, given)
    assert result.exit_code == 0 and result.stdout == ""
    assert f"The Example ({site.origin}/feed.xml): 6 new, 6 kept" in result.stderr
    assert paths(output, site) == ALL and site.most_at_once == 1
    again = RUN.invoke(app, given)
    assert again.exit_code == 0 and "nothing new" in again.stderr and paths(output, site) == ALL
    archived = [one for one in read([archive]) if isinstance(one, Document)]
    written = [one for one in read([output]) if isinstance(one, Document)]
    assert sorted(one.text for one in archived) == sorted(one.text for one in written)


def test_a_feed_that_fails_is_said_and_makes_the_exit_status_one(site: Site, tmp_path: Path):
    output = tmp_path / "pages.jsonl"
    (tmp_path / "feeds.txt").write_text(f"{site.origin}/feed.xml\n{site.origin}/no.xml Missing\n")
    result = RUN.invoke(app, ["watch", str(tmp_path / "feeds.txt"), "-o", str(output), *QUICK])
    assert result.exit_code == 1 and paths(output, site) == ALL
    assert f"Missing ({site.origin}/no.xml): failing since" in result.stderr and "HTTP 404" in result.stderr
    listed = RUN.invoke(app, ["watch", "-o", str(output), "--list"])
    fine, missing = (json.loads(line) for line in listed.stdout.splitlines())
    assert (fine["delivered"], fine["problem"], fine["kind"]) == (6, None, "feed")
    assert (missing["delivered"], missing["problem"]) == (0, "HTTP 404")
    table = RUN.invoke(app, ["watch", "-o", str(output), "--list", "--format", "table"])
    assert "The Example" in table.stdout and "HTTP 404" in table.stdout


@pytest.mark.parametrize(
    "wrong",
    [["-o", "x.jsonl"], ["none.opml", "-o", "x.jsonl"], ["ftp://a.example/f", "-o", "x.jsonl"], ["--list", "-o", "x.jsonl"],
     ["https://a.example/f", "-o", "x.jsonl", "--every", "5"], ["https://a.example/f", "-o", "x.jsonl", "--every", "10s"],
     ["https://a.example/f", "-o", "x.jsonl", "--case", "x.sitrep"],
     ["https://a.example/f", "-o", "x.jsonl", "--archive", "x.zip"]],
)  # fmt: skip
def test_wrong_usage_exits_with_two_and_touches_nothing(
    wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    assert RUN.invoke(app, ["watch", *wrong]).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_second_watch_of_the_same_file_is_refused(site: Site, tmp_path: Path):
    from sitrep.watch.store import Store

    output = tmp_path / "pages.jsonl"
    with Store(tmp_path / "pages.jsonl.watch"):
        result = RUN.invoke(app, ["watch", f"{site.origin}/feed.xml", "-o", str(output), *QUICK])
    assert result.exit_code == 1 and "is at work in another `sitrep watch`" in " ".join(result.stderr.split())
    assert site.asked == []


# Where a process can die between fetching a page and having noted that it was delivered, and what it leaves.
DEATHS = {
    "before a line is written": (
        "from sitrep.watch.state import State\nbegun = State.begin_writing\n"
        "def begin(self, block): begun(self, block); os.kill(os.getpid(), signal.SIGKILL)\nState.begin_writing = begin",
        "",
    ),
    "in the middle of a line": (
        "opened = Path.open\n"
        "def half(self, mode='r', *rest, **named):\n"
        "    file = opened(self, mode, *rest, **named)\n"
        "    if mode != 'ab': return file\n"
        "    class Half:\n"
        "        def __enter__(self): return self\n"
        "        def __exit__(self, *error): pass\n"
        "        def write(self, content):\n"
        "            file.write(content[:9]); file.flush(); os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return Half()\n"
        "Path.open = half",
        '{"id": "s',
    ),
    "before a written line is noted": (
        "os.fsync = lambda number: os.kill(os.getpid(), signal.SIGKILL)",
        "}\n",
    ),
}


@pytest.mark.parametrize(("death", "left"), DEATHS.values(), ids=DEATHS.keys())
def test_killed_at_the_worst_moment_it_loses_nothing_and_doubles_nothing(
    site: Site, tmp_path: Path, death: str, left: str
):
    output = tmp_path / "pages.jsonl"
    given = (f"{site.origin}/feed.xml", "-o", output, *QUICK)
    assert run(*given, patch=death).returncode == -signal.SIGKILL
    assert (output.read_text(encoding="utf-8") if output.exists() else "").endswith(left)
    finished = run(*given)
    assert finished.returncode == 0, finished.stderr
    assert paths(output, site) == ALL


def test_killed_at_any_moment_it_loses_nothing_and_doubles_nothing(site: Site, tmp_path: Path):
    output, archive = tmp_path / "pages.jsonl", tmp_path / "pages.warc.gz"
    given = (f"{site.origin}/feed.xml", "-o", output, "--archive", archive, *QUICK)
    for asked in (1, 2, 3):  # killed as soon as the server was asked for so many pages
        until = len(site.asked) + asked
        with subprocess.Popen(command(*given), stderr=subprocess.DEVNULL) as process:
            wait_until(lambda: len(site.asked) >= until or process.poll() is not None)  # noqa: B023 - waited for
            process.kill()
    finished = run(*given)
    assert finished.returncode == 0, finished.stderr
    assert paths(output, site) == ALL
    archived = {one.url for one in read([archive]) if isinstance(one, Document)}
    assert archived == {f"{site.origin}{path}" for path in ALL}


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def test_it_goes_on_round_after_round_until_it_is_interrupted(site: Site, tmp_path: Path):
    output = tmp_path / "pages.jsonl"
    given = (f"{site.origin}/feed.xml", "-o", output, "--spacing", "0", "--every", "1h")
    # What runs in the background of a shell ignores Ctrl+C from the start, and so would its children.
    heeding = "signal.signal(signal.SIGINT, signal.default_int_handler)"
    with subprocess.Popen(command(*given, patch=heeding), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "1 of 1 source answered, 6 new, 6 kept" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 130 and "stopped; the next run goes on from here" in said
    assert paths(output, site) == ALL


def test_killed_between_adding_to_a_case_and_noting_it(site: Site, tmp_path: Path):
    case = tmp_path / "alba.sitrep"
    given = (f"{site.origin}/feed.xml", "--case", case, *QUICK)
    death = (
        "from sitrep.case import Case\nadded = Case.add\n"
        "def add(self, report): added(self, report); os.kill(os.getpid(), signal.SIGKILL)\nCase.add = add"
    )
    assert run(*given, patch=death).returncode == -signal.SIGKILL
    with open_case(case, read_only=True) as opened:
        assert len(opened) == 1
    finished = run(*given)
    assert finished.returncode == 0, finished.stderr
    with open_case(case, read_only=True) as opened:
        reports = list(opened.reports())
    assert sorted((report.url or "").removeprefix(site.origin) for report in reports) == ALL
    assert all(report.source.startswith(f"{report.url}, fetched 20") for report in reports)
