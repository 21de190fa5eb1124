"""Doc -> events: who did what to whom in each proposition, and its PLOVER type."""
