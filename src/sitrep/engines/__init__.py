"""Documents in, their reports in the same order out: what runs the coder, in this process or in several."""

from sitrep.engines.batches import code_batch, code_here
from sitrep.engines.processes import code_in_processes

__all__ = ["code_batch", "code_here", "code_in_processes"]
