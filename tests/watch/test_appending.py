"""A block is in the file whole and once, or not at all, wherever the process was killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitrep.watch.appending import AppendedFile, recover
from sitrep.watch.entries import Contents, Entry
from sitrep.watch.state import State
from sitrep.watch.store import Store
from tests.watch.fake import START
from tests.watch.test_state import FEED, answer, watched

LINE = b'{"text": "Alba was taken."}\n'


@pytest.fixture
def state(store: Store) -> State:
    state = watched(store)
    state.note(
        FEED,
        answer(FEED),
        Contents("feed", entries=(Entry("news.example/a", "https://news.example/a"),)),
        "1",
        START,
    )
    return state


def killed(path: Path, state: State, written: bytes) -> None:
    """What is left when the process is killed while it appends `LINE`, and `written` of it is on the disk."""
    before = path.read_bytes()
    AppendedFile(path, state).append(LINE, entry="news.example/a")
    path.write_bytes(before + written)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "pages.jsonl"
    path.write_bytes(b'{"text": "Before."}\n')
    return path


def delivered(state: State) -> int:
    return state.counts()[FEED]["delivered"]


@pytest.mark.parametrize("written", [b"", LINE[:1], LINE[:-1]])
def test_a_part_is_cut_off_and_its_entry_is_still_to_be_delivered(path: Path, state: State, written: bytes):
    killed(path, state, written)
    recover(state)
    assert path.read_bytes() == b'{"text": "Before."}\n'
    assert delivered(state) == 0 and state.writings() == []


def test_a_whole_block_is_kept_and_its_entry_is_delivered(path: Path, state: State):
    killed(path, state, LINE)
    recover(state)
    assert path.read_bytes() == b'{"text": "Before."}\n' + LINE
    assert delivered(state) == 1 and state.writings() == []


def test_what_others_have_written_since_is_never_cut(path: Path, state: State):
    killed(path, state, LINE[:4] + b"\n" + b"theirs" * 20)
    recover(state)
    assert path.read_bytes().endswith(b"theirs") and delivered(state) == 0


def test_a_file_that_is_gone_is_begun_anew(path: Path, state: State):
    killed(path, state, LINE)
    path.unlink()
    recover(state)
    assert not path.exists() and delivered(state) == 0


def test_nothing_is_cut_where_nothing_was_being_written(path: Path, state: State):
    path.write_bytes(b'{"text": "torn by somebody el')
    recover(state)
    assert path.read_bytes() == b'{"text": "torn by somebody el'
