"""A run is cut into parts always alike, goes on where it ended, and is not gone on with by another."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sitrep.engines import tables
from sitrep.engines.part_coder import PartCoder, Work, WrongMachine
from sitrep.engines.parts import Part, PartDone
from sitrep.engines.run import OtherRun, Run, open_run
from sitrep.engines.store import Store, StoreFailed
from sitrep.read import ReadSettings
from sitrep.records import Coder, Document, Skipped
from tests.engines.faulty import faulty_coder
from tests.engines.tables import as_parquet, coded_here, story, written

pytest.importorskip("fsspec", reason="fsspec comes with the extra `ray`")


def begun(sources: list[str], output: Path, part_size: int = 8) -> Run:
    return open_run(sources, output, faulty_coder, part_size=part_size)


def work_of(run: Run, longest_s: float = 60) -> Work:
    plan = run.plan.begun
    return Work(run.store.address, run.load, plan.coder, plan.settings, longest_s=longest_s)


def code(run: Run, parts: list[Part] | None = None, longest_s: float = 60) -> list[PartDone]:
    coder = PartCoder(work_of(run, longest_s))
    try:
        return list(coder.code(run.unfinished if parts is None else parts))
    finally:
        coder.close()


@pytest.fixture
def table(tmp_path: Path) -> str:
    return written(tmp_path / "news.parquet", [story(number) for number in range(30)])


def test_table_is_cut_into_parts_of_one_size_and_a_rest(table: str, tmp_path: Path):
    assert [part.rows for part in begun([table], tmp_path / "out").plan.parts] == [
        (0, 8),
        (8, 16),
        (16, 24),
        (24, 30),
    ]


def test_other_sources_are_read_here_and_parts_follow_the_order_of_the_sources(table: str, tmp_path: Path):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(story(1, name))
    page = str(tmp_path / "a.txt")
    parts = begun(
        [page, str(tmp_path / "b.txt"), table, str(tmp_path / "c.txt")], tmp_path / "out"
    ).plan.parts
    assert [(part.table is None, part.rows) for part in parts] == [
        (True, (0, 0)),
        (False, (0, 8)),
        (False, (8, 16)),
        (False, (16, 24)),
        (False, (24, 30)),
        (True, (0, 0)),
    ]


def test_reports_are_those_of_one_process_in_their_order(table: str, tmp_path: Path):
    (tmp_path / "pages.jsonl").write_text(
        "".join(json.dumps({"text": story(n), "published": "2020-05-01"}) + "\n" for n in range(11))
    )
    sources = [str(tmp_path / "pages.jsonl"), table]
    run = begun(sources, tmp_path / "out")
    code(run)
    alone = [report for source in sources for report in coded_here(source)[0]]
    assert len(alone) == 41
    assert as_parquet(list(run.reports())) == as_parquet(alone)


def test_part_is_the_file_that_one_process_writes_of_its_documents(table: str, tmp_path: Path):
    run = begun([table], tmp_path / "out")
    done = code(run, [run.plan.parts[1]])
    assert (tmp_path / "out" / "part-000001.parquet").read_bytes() == as_parquet(coded_here(table)[0][8:16])
    assert [(one.number, one.reports, one.skipped) for one in done] == [(1, 8, ())]


def test_what_is_skipped_costs_itself_only_and_is_written_beside(tmp_path: Path):
    texts = [story(n) for n in range(10)]
    texts[2], texts[5], texts[6] = "", story(5, "FAIL"), story(6, "DIE")
    source = written(tmp_path / "news.parquet", texts)
    run = begun([source], tmp_path / "out")
    done = code(run)
    run.close()
    skipped = [
        f'{source}, row 3: "text" is empty. Leave out records without a text.',
        f"{source}, row 6: could not be coded (ValueError: no such word). Leave it out or divide it, and report it: "
        "this is a fault of ours.",
        f"{source}, row 7: could not be coded (its process ended). Leave it out or divide it, and report it: this is "
        "a fault of ours.",
    ]
    assert [str(one) for part in done for one in part.skipped] == skipped
    lines = (tmp_path / "out" / "_skipped.jsonl").read_text("utf-8").splitlines()
    assert [str(Skipped(**json.loads(line))) for line in lines] == skipped
    assert [report.text for report in run.reports()] == [texts[n] for n in (0, 1, 3, 4, 7, 8, 9)]


def test_document_that_takes_too_long_is_given_up(tmp_path: Path):
    source = written(tmp_path / "news.parquet", [story(0), story(1, "SLEEP"), story(2)])
    [done] = code(begun([source], tmp_path / "out"), longest_s=2)
    assert done.reports == 2
    assert "row 2: could not be coded (it took more than 2 seconds)." in str(done.skipped[0])


def test_run_goes_on_with_what_is_unfinished(table: str, tmp_path: Path):
    first = begun([table], tmp_path / "out")
    done = code(first, [first.plan.parts[0], first.plan.parts[2]])
    again = begun([table], tmp_path / "out")
    assert list(again.finished) == done
    assert [part.number for part in again.unfinished] == [1, 3]


@pytest.mark.parametrize("harm", ["part gone", "part halved", "note gone", "note halved"])
def test_part_that_is_not_there_whole_is_coded_again(table: str, tmp_path: Path, harm: str):
    run = begun([table], tmp_path / "out")
    code(run)
    part = run.plan.parts[1]
    what, _, how = harm.partition(" ")
    file = tmp_path / "out" / (part.file if what == "part" else part.record)
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:50])
    assert begun([table], tmp_path / "out").unfinished == [part]


def test_part_that_another_worker_has_finished_is_not_coded_again(table: str, tmp_path: Path):
    run = begun([table], tmp_path / "out")
    done = code(run)
    (tmp_path / "out" / "part-000001.parquet").write_bytes(b"untouched")
    assert code(run, list(run.plan.parts)) == done
    assert (tmp_path / "out" / "part-000001.parquet").read_bytes() == b"untouched"


def test_finished_run_lets_go_of_the_documents_it_kept(tmp_path: Path):
    (tmp_path / "a.txt").write_text(story(1))
    run = begun([str(tmp_path / "a.txt")], tmp_path / "out")
    assert (tmp_path / "out" / "_run" / "documents").is_dir()
    code(run)
    run.close()
    assert not (tmp_path / "out" / "_run" / "documents").exists()
    assert begun([str(tmp_path / "a.txt")], tmp_path / "out").unfinished == []


def test_changed_source_is_refused(table: str, tmp_path: Path):
    begun([table], tmp_path / "out")
    written(tmp_path / "news.parquet", [story(number) for number in range(31)])
    with pytest.raises(OtherRun, match=r"its run was begun over other files, or these have changed since\."):
        begun([table], tmp_path / "out")


def test_another_source_is_refused(table: str, tmp_path: Path):
    begun([table], tmp_path / "out")
    with pytest.raises(OtherRun, match=r"was begun over 1 files, and there are 2 now\."):
        begun([table, table], tmp_path / "out")


def test_other_settings_are_refused(table: str, tmp_path: Path):
    begun([table], tmp_path / "out")
    with pytest.raises(OtherRun, match=r"with other settings of reading: published\."):
        open_run([table], tmp_path / "out", faulty_coder, settings=ReadSettings(published=date(2020, 5, 1)))


class _Weights:
    def __init__(self) -> None:
        self.models = {"events": "sha256:1", "places": "sha256:2"}

    def __call__(self, doc: object) -> object:
        return doc


def changed_coder() -> object:
    nlp = faulty_coder()
    nlp._components.append(("weights", _Weights()))
    return nlp


def test_another_coder_is_refused_and_what_differs_is_named(table: str, tmp_path: Path):
    begun([table], tmp_path / "out")
    with pytest.raises(OtherRun) as refusal:
        open_run([table], tmp_path / "out", changed_coder)  # type: ignore[arg-type]
    assert str(refusal.value) == (
        f"file://{tmp_path}/out: its run was begun with another coder: events, places differ. Reports of both must "
        "not be mixed: go on with what it was begun with, name another --output, or remove that folder to begin again."
    )


def test_folder_with_parts_of_unknown_origin_is_not_written_to(table: str, tmp_path: Path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "part-000000.parquet").write_bytes(b"somebody's")
    with pytest.raises(OtherRun, match=r"holds parts of no run that is known\. Name another --output\."):
        begun([table], tmp_path / "out")


def test_standard_input_is_refused(tmp_path: Path):
    with pytest.raises(OtherRun, match=r"Save it to a file, and name that\."):
        begun(["-"], tmp_path / "out")


def test_worker_whose_coder_is_another_says_so(table: str, tmp_path: Path):
    run = begun([table], tmp_path / "out")
    other = Work(run.store.address, run.load, Coder(sitrep="0.0.1", models={}), ReadSettings())
    coder = PartCoder(other)
    with pytest.raises(WrongMachine, match=r"the run was begun with 0\.0\.1; .* Install the same version"):
        list(coder.code(run.unfinished))
    coder.close()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["_run"]


def test_worker_that_does_not_see_the_run_says_so(tmp_path: Path):
    work = Work(f"file://{tmp_path}/elsewhere", faulty_coder, Coder(sitrep="0", models={}), ReadSettings())
    with pytest.raises(WrongMachine, match=r"does not see .*/elsewhere/_run/plan\.json\. Write to a place"):
        list(PartCoder(work).code([]))


def test_broken_and_textless_tables_are_told_once_as_one_process_tells_them(tmp_path: Path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and no more")
    pq.write_table(pa.table({"number": list(range(30))}), tmp_path / "textless.parquet")
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "empty.parquet")
    sources = [f"file://{tmp_path}/{name}.parquet" for name in ("broken", "empty", "textless")]
    [done] = code(begun(sources, tmp_path / "out"))
    assert list(done.skipped) == [one for source in sources for one in coded_here(source)[1]]
    assert len(done.skipped) == 3


def test_store_that_fails_is_no_broken_table(table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from fsspec.implementations.local import LocalFileOpener

    run = begun([table], tmp_path / "out")
    reads: Iterator[int] = iter(range(100))
    read_through = LocalFileOpener.read

    @functools.wraps(read_through)
    def fails(self: LocalFileOpener, length: int = -1) -> bytes:
        if self.path.endswith("news.parquet") and next(reads) > 3:
            raise ConnectionResetError(104, "Connection reset by peer")
        return read_through(self, length)

    monkeypatch.setattr(LocalFileOpener, "read", fails)
    with pytest.raises(StoreFailed, match=r"news\.parquet: cannot be read \(Connection reset by peer\)\."):
        code(run)


class Ended(BaseException):
    """The end of a worker, as far as the code in it can tell: nothing after it is run."""


def coded_by_mortals(run: Run) -> tuple[list[PartDone], int]:
    """What came of the parts, where each worker that ends is followed by another; and how many ended."""
    ended = 0
    while True:
        try:
            return code(run), ended
        except Ended:
            ended += 1
            assert ended < 20


def mortal_reader(monkeypatch: pytest.MonkeyPatch, deadly: Callable[[int], bool]) -> None:
    """Reading the table ends the worker at rows of which `deadly` says so."""
    read_through = tables.read_parquet

    def reading(*arguments: Any) -> Iterator[Document | Skipped]:
        for number, item in enumerate(read_through(*arguments), start=arguments[3].start):
            if deadly(number):
                raise Ended
            yield item

    monkeypatch.setattr(tables, "read_parquet", reading)


def test_row_that_ends_every_worker_is_skipped_and_the_others_are_coded(
    table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    mortal_reader(monkeypatch, lambda row: row == 11)
    run = begun([table], tmp_path / "out")
    done, ended = coded_by_mortals(run)
    assert ended == 5  # three times with its neighbours, and twice alone
    assert [str(one) for part in done for one in part.skipped] == [
        f"{table}, row 12: could not be coded (the worker that read it ended). Leave it out or divide it, and report it: "
        "this is a fault of ours."
    ]
    monkeypatch.undo()
    survivors = [one for one in coded_here(table)[0] if not one.source.endswith("row 12")]
    assert as_parquet(list(run.reports())) == as_parquet(survivors)
    run.close()
    assert not (tmp_path / "out" / "_run" / "tries").exists()


def test_workers_that_end_by_chance_cost_no_document(
    table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    chances = iter(
        [False] * 3 + [True] + [False] * 6 + [True] + [False] * 9 + [True, True] + [False, True] * 3
    )
    mortal_reader(monkeypatch, lambda row: next(chances, False))
    run = begun([table], tmp_path / "out")
    done, ended = coded_by_mortals(run)
    assert ended == 7
    assert [one for part in done for one in part.skipped] == []
    monkeypatch.undo()
    assert as_parquet(list(run.reports())) == as_parquet(coded_here(table)[0])


def test_store_that_takes_nothing_says_what_to_do(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreFailed, match=r"/file/sub/x: cannot be written \(.+\)\. Check the address"):
        Store(f"file://{tmp_path}/file/sub").put("x", b"1")


def test_full_disk_says_to_make_room():
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    from sitrep.engines.store import failure

    with pytest.raises(OSError) as full, Path("/dev/full").open("wb", buffering=0) as disk:
        disk.write(b"1")
    assert str(failure("s3://news/coded/x", "written", full.value)) == (
        "s3://news/coded/x: cannot be written (No space left on device). Make room; then run the same command again: "
        "what is finished is kept."
    )


def test_put_replaces_whole_files_and_leaves_nothing_else(tmp_path: Path):
    store = Store(f"file://{tmp_path}")
    store.put("folder/x", b"first")
    store.put("folder/x", b"second")
    assert store.get("folder/x") == b"second" and store.get("folder/y") is None
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["x"]
    assert store.sizes("folder") == {"x": 6} and store.sizes("none") == {}
    assert store.get_all(["folder/x", "folder/y"]) == {"folder/x": b"second"}
