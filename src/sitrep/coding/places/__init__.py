"""Doc -> places: which names are places, and which place of the gazetteer each one is."""
