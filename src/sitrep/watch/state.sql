-- What is watched, and what has become of every entry. Moments are seconds since 1970; keys are `key_of`'s.

CREATE TABLE source (              -- a feed, a sitemap, or an index of sitemaps
  url           TEXT PRIMARY KEY,  -- as listed, or as its index names it
  is_listed     INTEGER NOT NULL DEFAULT 0,    -- by the user, in the last round
  parent        TEXT REFERENCES source (url),  -- the index that first named it
  title         TEXT,
  kind          TEXT,              -- feed, sitemap, index; NULL before its first answer
  moved_to      TEXT,              -- where permanent redirects lead
  is_private    INTEGER NOT NULL DEFAULT 0,    -- it answers from this machine or its own network
  etag          TEXT,
  last_modified TEXT,
  digest        TEXT,              -- of the last bytes, for servers without the two above
  day           TEXT,              -- of the last change, as its index has it
  since         TEXT,              -- entries of earlier days are left alone
  asked         REAL,
  answered      REAL,
  failures      INTEGER NOT NULL DEFAULT 0,    -- in a row
  failing_since REAL,
  problem       TEXT,
  next_try      REAL,
  gone_since    REAL               -- it said that it is gone for good, and is not asked again
) STRICT;

CREATE TABLE entry (
  key           TEXT PRIMARY KEY,
  url           TEXT,
  source        TEXT NOT NULL REFERENCES source (url),  -- where it was first seen
  seen          REAL NOT NULL,
  state         TEXT NOT NULL,     -- `state.py` says which there are
  reason        TEXT,              -- why it is not delivered
  day           TEXT,              -- how old it is, as its source has it
  published     TEXT,
  title         TEXT,
  publisher     TEXT,
  carried       TEXT,              -- the feed's own text, until the entry is done with
  attempts      INTEGER NOT NULL DEFAULT 0,
  next_try      REAL,
  fetched       REAL,
  final_url     TEXT,
  digest        TEXT,              -- of the page's bytes: the document's id
  document      TEXT               -- read, and not yet delivered
) STRICT;
CREATE INDEX entry_by_state ON entry (state, source) WHERE state IN ('waiting', 'read');
CREATE INDEX entry_by_source ON entry (source, state);

CREATE TABLE mark (                -- what tells that two pages are one: addresses, bytes, texts
  mark          TEXT PRIMARY KEY,
  entry         TEXT NOT NULL REFERENCES entry (key)
) STRICT, WITHOUT ROWID;

CREATE TABLE host (
  name          TEXT PRIMARY KEY,
  next_turn     REAL NOT NULL DEFAULT 0,       -- by its spacing
  off_until     REAL NOT NULL DEFAULT 0,       -- put off, as it was too busy or did not answer
  busy          INTEGER NOT NULL DEFAULT 0     -- how often in a row it was put off
) STRICT;

CREATE TABLE robots (
  origin        TEXT PRIMARY KEY,
  text          TEXT NOT NULL,
  asked         REAL NOT NULL
) STRICT;

CREATE TABLE writing (             -- a block that is being appended to a file: there whole, or to be cut off
  path          TEXT PRIMARY KEY,
  start         INTEGER NOT NULL,
  length        INTEGER NOT NULL,
  digest        TEXT NOT NULL,
  entry         TEXT               -- the entry that it delivers, if any
) STRICT;
