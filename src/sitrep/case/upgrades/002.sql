-- Who a list of public actors holds an actor for (JSON), and whether its country or sectors are from there.
ALTER TABLE actor ADD COLUMN inferred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE actor ADD COLUMN identity TEXT;
