"""A run's parts coded by the workers of a Ray cluster, or of this machine alone, by way of Ray Data.

Ray Data hands the parts out, has each worker load the coder once, and gives what a lost worker or machine had
in hand to another. What is finished is noted in the run's store (`engines.run`): Ray Data's own checkpoints
need rows with unique ids, and leave the names and the order of the files that it writes open.
"""

from __future__ import annotations

import json
import logging
import os
import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any, Final

from sitrep.engines.gazetteers import ship
from sitrep.engines.part_coder import PartCoder, Work, WrongMachine
from sitrep.engines.parts import Part, PartDone
from sitrep.engines.processes import LONGEST_S, WorkersFailed
from sitrep.engines.run import Run
from sitrep.engines.store import StoreFailed
from sitrep.records import from_json, to_json

MOST_TOGETHER: Final = 32  # parts of a table that a worker is given at once: it reads them in one go
SHARES: Final = 8  # a worker: how many times it is given parts, at least, so that all finish together
HOST_AND_PORT: Final = re.compile(r"(?:ray://)?(?P<host>\[.+\]|[^/:]+):(?P<port>\d+)")
REACHED_S: Final = 10.0
ADDRESS_VARIABLE: Final = "RAY_ADDRESS"  # Ray's own; a job that was submitted finds it set
# What passes through Ray's own memory are numbers of parts and notes; documents and reports do not.
OBJECT_STORE_BYTES: Final = 100_000_000


class RayFailed(RuntimeError):
    """Ray is not installed, not reached, or has given up; the message says what to do."""


_Note = dict[
    str, str
]  # "what" it is, a part that is done or the name of what failed; and what is "told" of it
_FAILURES: Final[dict[str, type[RuntimeError]]] = {
    kind.__name__: kind for kind in (StoreFailed, WrongMachine, WorkersFailed, RayFailed)
}


def code_parts(
    run: Run, *, workers: int | None = None, address: str | None = None, longest_s: float = LONGEST_S
) -> Iterator[PartDone]:
    """Code what is unfinished of `run`; what came of each part, as they are finished, in no order.

    `workers` is how many processes code, each on one core; without it as many as the cluster has cores, and
    grows to. `address` is that of a cluster ("auto", "HOST:6379", "ray://HOST:10001"); without it what the
    variable `RAY_ADDRESS` says, else this machine alone. Where Ray is connected already, `address` is not
    looked at. `longest_s` is as in `code_in_processes`.

    Raises `RayFailed`, `StoreFailed`, `WrongMachine` and `WorkersFailed`. Whatever it raises, and however
    it ends: a run opened anew goes on where this one ended.
    """
    if not run.unfinished:
        return
    with _connected(address, workers) as is_cluster:
        work = Work(
            run.store.address,
            run.load,
            run.plan.begun.coder,
            run.plan.begun.settings,
            ship(run.plan.begun.coder, run.store, copy=is_cluster),
            longest_s,
        )
        import ray

        notes = _from_afar if ray.util.client.ray.is_connected() else _notes  # type: ignore[no-untyped-call]
        for note in notes(run.unfinished, work, workers):
            if failure := _FAILURES.get(note["what"]):
                raise failure(note["told"])
            yield from_json(PartDone, json.loads(note["told"]))


def check_installed() -> None:
    """Raises `RayFailed` where Ray is not installed, or Ray Data is not."""
    # No numbers about its use are sent anywhere, unless somebody wants that. Ray looks when it is imported.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data  # noqa: F401
    except ImportError as error:
        raise RayFailed(f"Ray is not installed ({error}): pip install 'sitrep[ray]'") from error


def _notes(parts: Sequence[Part], work: Work, workers: int | None) -> Iterator[_Note]:
    """A note of each part that is finished, or of what has failed, which is the last."""
    import ray
    import ray.data

    tasks = [{"parts": json.dumps([to_json(part) for part in group])} for group in _together(parts, workers)]
    most = min(workers or len(tasks), len(tasks))
    context = ray.data.DataContext.get_current()
    shown, context.enable_progress_bars = context.enable_progress_bars, False
    try:
        notes = ray.data.from_items(tasks, override_num_blocks=len(tasks)).flat_map(
            _Worker,
            fn_constructor_args=(work,),
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=most),
            num_cpus=1,
        )  # a worker that dies is replaced, and what it had in hand given to another, without limit
        for note in notes.iter_rows():
            yield note
            if note["what"] in _FAILURES:
                return
    except ray.exceptions.RayError as error:
        yield _gave_up(error)
    finally:
        context.enable_progress_bars = shown


class _Driver:
    """What drives Ray Data from within the cluster, for who is connected by Ray's client: Ray Data cannot
    be driven through that."""

    def __init__(self, parts: Sequence[Part], work: Work, workers: int | None) -> None:
        self._notes = _notes(parts, work, workers)

    def next(self) -> _Note | None:
        return next(self._notes, None)


def _from_afar(parts: Sequence[Part], work: Work, workers: int | None) -> Iterator[_Note]:
    import ray

    driver: Any = ray.remote(num_cpus=0)(_Driver)
    driving = driver.remote(parts, work, workers)
    try:
        while note := ray.get(driving.next.remote()):
            yield note
    except (ray.exceptions.RayError, ConnectionError) as error:
        yield _gave_up(error)


class _Worker:
    """One process of the cluster that codes parts."""

    def __init__(self, work: Work) -> None:
        self._coder = PartCoder(work)

    def __call__(self, row: dict[str, Any]) -> list[_Note]:
        parts = [from_json(Part, part) for part in json.loads(row["parts"])]
        try:
            return [{"what": "done", "told": json.dumps(to_json(done))} for done in self._coder.code(parts)]
        except tuple(_FAILURES.values()) as error:
            # Not raised here: Ray would pass on its words, but not what kind of error it is.
            return [{"what": type(error).__name__, "told": str(error)}]


def _together(parts: Sequence[Part], workers: int | None) -> Iterator[list[Part]]:
    """Parts that one worker codes: neighbours in one table, few enough that all workers have their share."""
    import ray

    cores = ray.cluster_resources().get("CPU", 1)  # type: ignore[no-untyped-call]
    sharing = workers or max(1, int(cores))
    most = max(1, min(MOST_TOGETHER, len(parts) // (sharing * SHARES)))
    neighbours = groupby(enumerate(parts), key=lambda one: (one[1].table, one[1].number - one[0]))
    for _, group in neighbours:
        held = [part for _, part in group]
        yield from (held[start : start + most] for start in range(0, len(held), most))


@contextmanager
def _connected(address: str | None, workers: int | None) -> Iterator[bool]:
    """Connected to Ray; whether to a cluster, that is, to machines that may see other disks than this."""
    check_installed()
    import ray

    if ray.is_initialized():
        yield True
        return
    wanted = address or os.environ.get(ADDRESS_VARIABLE) or "local"
    try:
        if wanted == "local":
            ray.init(
                "local",
                num_cpus=workers,
                include_dashboard=False,
                object_store_memory=OBJECT_STORE_BYTES,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
        else:
            _knock(wanted)
            ray.init(wanted, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError, ValueError, OSError, TimeoutError) as error:
        raise RayFailed(
            f"Ray at {wanted} cannot be reached ({' '.join(str(error).split())[:200]}). Check --address: "
            "auto on a machine of the cluster, HOST:6379, or ray://HOST:10001 from elsewhere."
        ) from error
    try:
        yield wanted != "local"
    finally:
        ray.shutdown()


def _knock(address: str) -> None:
    """Raises `OSError` where nobody listens there: Ray itself would try for many minutes."""
    if place := HOST_AND_PORT.fullmatch(address):
        socket.create_connection((place["host"].strip("[]"), int(place["port"])), REACHED_S).close()


def _gave_up(error: Exception) -> _Note:
    cause = getattr(error, "cause", None) or error
    said = f"{type(cause).__name__}: {' '.join(str(cause).split())[-300:]}"
    told = f"Ray gave up ({said}). Run the same command again: what is finished is kept."
    return {"what": RayFailed.__name__, "told": told}
