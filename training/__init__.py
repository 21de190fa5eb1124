"""How each set of weights was made: one module a model, runnable, with a fixed seed."""

import os

# Read when torch is first imported. Threads that wait by spinning made a training step ten times
# slower on cores that had other work to do.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("GOMP_SPINCOUNT", "0")
