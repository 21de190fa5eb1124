"""Lists of feeds and sitemaps in; the documents of what is new there out, each once, asked for politely."""

from sitrep.watch.rounds import Watch
from sitrep.watch.settings import WatchSettings
from sitrep.watch.tallies import Round, SourceRound

__all__ = ["Round", "SourceRound", "Watch", "WatchSettings"]
