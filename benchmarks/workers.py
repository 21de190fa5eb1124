"""What several processes cost over one, in processor time, which a busy machine does not change.

    python -m benchmarks.workers [SOURCE…]

Each of two workers' time a document is told from a short run and a long one, so that loading the models
does not count. On two idle cores two workers code as many times as fast as the last line says.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from typing import Final

from sitrep.coding.pipeline import load
from sitrep.engines.batches import code_here
from sitrep.engines.processes import code_in_processes
from sitrep.read import read
from sitrep.records import Document

TIMES: Final = 4
EXAMPLES: Final = Path(__file__).parent.parent / "examples"


def main() -> None:
    once = [item for item in read(sys.argv[1:] or [str(EXAMPLES)]) if isinstance(item, Document)]
    more = once * (TIMES - 1)
    nlp = load()
    list(code_here(once, nlp))  # warm: models, gazetteer, caches
    begun = time.process_time()
    list(code_here(more, nlp))
    alone = (time.process_time() - begun) / len(more)
    begun = time.process_time()
    short, long = _workers_s(once), _workers_s(once + more)
    ours = (time.process_time() - begun) / (2 * len(once) + len(more))
    together = (long - short) / len(more)
    print(f"{len(more)} reports; seconds of processor time a report:")
    print(f"one process {alone:.4f}, a worker of two {together:.4f}, the process that feeds them {ours:.4f}")
    print(f"two workers on two cores: {2 * alone / (together + ours):.2f} times the rate of one process")


def _workers_s(documents: list[Document]) -> float:
    """Processor time of two workers that code `documents`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    list(code_in_processes(documents, 2, load))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
