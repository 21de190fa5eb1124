"""A driver to be killed: codes a table into a folder on the cluster at an address."""

from __future__ import annotations

import sys

from sitrep.engines.ray_data import code_parts
from sitrep.engines.run import open_run
from tests.engines.faulty import faulty_coder

if __name__ == "__main__":
    source, output, address = sys.argv[1:]
    for _ in code_parts(open_run([source], output, faulty_coder, part_size=4), address=address):
        pass
