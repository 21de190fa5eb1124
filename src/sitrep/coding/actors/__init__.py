"""Doc -> actors: who is named or described, in which mentions, of which country and sectors."""
