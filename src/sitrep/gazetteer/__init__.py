"""Names of places in, the places that bear them out: GeoNames, compiled once into one SQLite file."""

from sitrep.gazetteer.lookup import Candidate, Gazetteer

__all__ = ["Candidate", "Gazetteer"]
