"""Doc -> events with their status and the attributions they stand in."""
