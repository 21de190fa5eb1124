"""The world's public actors, region by region: who they are, of which country, in which office, when."""
