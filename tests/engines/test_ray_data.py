"""A cluster of several nodes gives what one process gives, whatever of it dies in mid-run.

The nodes are processes of this machine, each with one core. The coder is one without weights that needs
a tenth of a second for a document, so that there is time to kill; once it is the real one.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sitrep.cli import app
from sitrep.engines.parts import PartDone
from sitrep.engines.processes import WorkersFailed
from sitrep.engines.ray_data import RayFailed, code_parts
from sitrep.engines.run import Run, open_run
from sitrep.engines.store import StoreFailed
from tests.engines.faulty import faulty_coder, no_coder
from tests.engines.tables import as_parquet, coded_here, story, written

# Ray warns of what it does itself.
pytestmark = [pytest.mark.ray, pytest.mark.filterwarnings("ignore::DeprecationWarning:ray")]
pytest.importorskip("ray", reason="ray is of the extra `ray`")
pytest.importorskip("ray.data", reason="ray is of the extra `ray`")
pytest.importorskip("grpc", reason="ray's client is of the extra `ray`")

ROOT = Path(__file__).parent.parent.parent
MEMORY = 80_000_000  # of a node's object store, in bytes: what passes through it are a few notes
HEAD = {"num_cpus": 0, "object_store_memory": MEMORY, "include_dashboard": False}
# That a node is gone is noticed within seconds, not half a minute.
WATCHFUL = {
    "health_check_initial_delay_ms": 500,
    "health_check_period_ms": 500,
    "health_check_timeout_ms": 2000,
    "health_check_failure_threshold": 4,
}
PATIENCE_S = 60
with socket.create_server(("127.0.0.1", 0)) as free:
    CLIENT_PORT = free.getsockname()[1]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head without cores, and two nodes with one each."""
    from ray.cluster_utils import Cluster

    before = dict(os.environ)
    os.environ.update(RAY_USAGE_STATS_ENABLED="0", RAY_BACKEND_LOG_LEVEL="fatal", RAY_DATA_LOG_LEVEL="ERROR")
    os.environ["PYTHONPATH"] = str(ROOT)  # the workers find the coder of these tests
    os.environ["GRPC_ENABLE_FORK_SUPPORT"] = "0"  # with it, Ray's server of clients may fail to start
    head = {**HEAD, "ray_client_server_port": CLIENT_PORT, "_system_config": WATCHFUL}
    made = Cluster(initialize_head=True, head_node_args=head)
    for _ in range(2):
        made.add_node(num_cpus=1, object_store_memory=MEMORY)
    yield made
    made.shutdown()
    os.environ.clear()
    os.environ.update(before)


def slow_stories(count: int) -> list[str]:
    return [story(number, "DAWDLE") for number in range(count)]


def begun(source: str, output: Path) -> Run:
    return open_run([source], output, faulty_coder, part_size=4)


def finished(output: Path) -> list[str]:
    return sorted(path.name for path in output.glob("part-*.parquet"))


def hold_to_one_process(source: str, output: Path, done: list[PartDone]) -> None:
    """Every part once, and all reports as one process gives them, in content and order."""
    run = begun(source, output)
    alone, skipped = coded_here(source)
    assert run.unfinished == []
    assert as_parquet(list(run.reports())) == as_parquet(alone)
    assert finished(output) == [part.file for part in run.plan.parts]
    assert sum(part.reports for part in run.finished) == len(alone)
    assert [one for part in run.finished for one in part.skipped] == skipped
    assert len({part.number for part in done}) == len(done)


def workers_of(node: Any) -> list[int]:
    """The processes on a node of the cluster that code."""
    [raylet] = [started.process.pid for started in node.all_processes["raylet"]]
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            title = (status.parent / "cmdline").read_text()
        except OSError:  # it has ended
            continue
        if parent == raylet and "MapWorker" in title:
            found.append(int(status.parent.name))
    return found


def test_two_nodes_write_the_bytes_of_one_process(cluster: Any, tmp_path: Path):
    texts = [story(number) for number in range(50)]
    texts[7], texts[21] = "", story(21, "FAIL")
    alone, _ = coded_here(written(tmp_path / "news.parquet", texts))
    texts[33] = story(33, "DIE")
    source = written(tmp_path / "news.parquet", texts)
    run = begun(source, tmp_path / "out")
    done = list(code_parts(run, address=cluster.address))
    assert len(done) == len(run.plan.parts) == 13
    survivors = [report for report in alone if not report.source.endswith("row 34")]
    assert len(survivors) == 47
    assert as_parquet(list(run.reports())) == as_parquet(survivors)
    skipped = [str(one) for part in sorted(done, key=lambda part: part.number) for one in part.skipped]
    assert [line.partition(":")[2].partition(", row ")[2][:30] for line in skipped] == [
        '8: "text" is empty. Leave out ',
        "22: could not be coded (ValueE",
        "34: could not be coded (its pr",
    ]


def test_client_from_elsewhere_gives_the_same(cluster: Any, tmp_path: Path):
    source = written(tmp_path / "news.parquet", [story(number) for number in range(12)])
    address = f"ray://127.0.0.1:{CLIENT_PORT}"
    done = list(code_parts(begun(source, tmp_path / "out"), address=address))
    hold_to_one_process(source, tmp_path / "out", done)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_worker_that_is_killed_costs_nothing(cluster: Any, tmp_path: Path):
    source = written(tmp_path / "news.parquet", slow_stories(80))
    done: list[PartDone] = []
    killed = 0
    for part in code_parts(begun(source, tmp_path / "out"), address=cluster.address):
        done.append(part)
        if len(done) in (3, 9):
            workers = [pid for node in cluster.list_all_nodes() for pid in workers_of(node)]
            os.kill(workers[0], signal.SIGKILL)
            killed += 1
    assert killed == 2
    hold_to_one_process(source, tmp_path / "out", done)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_node_that_goes_costs_nothing(cluster: Any, tmp_path: Path):
    source = written(tmp_path / "news.parquet", slow_stories(80))
    extra = cluster.add_node(num_cpus=1, object_store_memory=MEMORY)
    done: list[PartDone] = []
    gone = False
    for part in code_parts(begun(source, tmp_path / "out"), address=cluster.address):
        done.append(part)
        if not gone and workers_of(extra):
            cluster.remove_node(extra, allow_graceful=False)
            gone = True
    assert gone
    hold_to_one_process(source, tmp_path / "out", done)


def test_driver_that_is_killed_is_gone_on_with(cluster: Any, tmp_path: Path):
    source, output = written(tmp_path / "news.parquet", slow_stories(80)), tmp_path / "out"
    command = [sys.executable, "-m", "tests.engines.ray_driver", source, str(output), cluster.address]
    driver = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE_S
        while len(finished(output)) < 4 and time.monotonic() < until:
            assert driver.poll() is None
            time.sleep(0.05)
    finally:
        driver.kill()
        driver.wait()
    run = begun(source, output)
    assert 4 <= len(run.finished) < len(run.plan.parts)
    before = {part.file: (output / part.file).stat() for part in run.plan.parts if part not in run.unfinished}
    done = list(code_parts(run, address=cluster.address))
    hold_to_one_process(source, output, [*run.finished, *done])
    after = {name: (output / name).stat() for name in before}
    assert {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in after.items()} == {
        name: (stat.st_ino, stat.st_mtime_ns) for name, stat in before.items()
    }


def test_coder_that_cannot_be_loaded_by_a_worker_is_said(cluster: Any, tmp_path: Path):
    run = begun(written(tmp_path / "news.parquet", [story(1)]), tmp_path / "out")
    run.load = no_coder
    with pytest.raises(WorkersFailed, match=r"^No model found\. Install one\.$"):
        list(code_parts(run, address=cluster.address))


def test_folder_that_becomes_unwritable_is_said_with_what_to_do(cluster: Any, tmp_path: Path):
    run = begun(written(tmp_path / "news.parquet", [story(1)]), tmp_path / "out")
    (tmp_path / "out" / "_run" / "done").write_text("no folder")
    with pytest.raises(StoreFailed, match=r"_run/done/part-000000\.json: cannot be .+ Check the address"):
        list(code_parts(run, address=cluster.address))


def test_real_coder_writes_the_file_of_one_process(cluster: Any, tmp_path: Path):
    page = str(ROOT / "examples" / "zuwara-meeting.txt")
    source = written(tmp_path / "news.parquet", [Path(page).read_text("utf-8"), story(1), story(2)])
    alone, together = tmp_path / "alone.parquet", tmp_path / "together.parquet"
    commands = CliRunner()
    assert commands.invoke(app, ["code", page, source, "-o", str(alone)]).exit_code == 0
    options = ["--engine", "ray", "--address", cluster.address, "--workers", "1"]
    result = commands.invoke(app, ["code", page, source, "-o", str(together), *options])
    assert result.exit_code == 0, result.stderr
    assert together.read_bytes() == alone.read_bytes()
    assert sorted(path.name for path in tmp_path.glob("*together*")) == ["together.parquet"]


def test_cluster_that_is_not_there_is_said(tmp_path: Path):
    run = begun(written(tmp_path / "news.parquet", [story(1)]), tmp_path / "out")
    with pytest.raises(RayFailed, match=r"^Ray at 127\.0\.0\.1:9 cannot be reached \(.+\)\. Check --address"):
        list(code_parts(run, address="127.0.0.1:9"))
