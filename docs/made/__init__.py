"""Pages that are made from the package itself when the site is built, so that they cannot fall behind it."""
