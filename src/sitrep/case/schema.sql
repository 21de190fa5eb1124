-- What a case keeps: the reports as they were coded, and what people decided. docs/case.md explains each column.
--
-- What follows from these is in derived.sql and can be dropped and made again at any time; these cannot. The version
-- is PRAGMA user_version: after a release, a change is a script upgrades/NNN.sql that brings an older file to it.
--
-- Spans and lists are JSON text. Days are ISO 8601 text, which sorts as the calendar does. NULL: the text does not say.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE coder (
    number INTEGER PRIMARY KEY,
    sitrep TEXT NOT NULL,
    models TEXT NOT NULL,                 -- {"name": "sha256:…"}
    UNIQUE (sitrep, models)
) STRICT;

-- `number` is only this file's short name for a report: it depends on the order of adding, `id` does not.
CREATE TABLE report (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    url TEXT,
    publisher TEXT,
    section TEXT,
    title TEXT,
    authors TEXT NOT NULL,
    published TEXT,
    language TEXT,
    text TEXT NOT NULL,
    coder INTEGER NOT NULL REFERENCES coder (number)
) STRICT;
CREATE INDEX report_by_day ON report (published);
CREATE INDEX report_by_publisher ON report (publisher, published);

CREATE TABLE removed (
    report INTEGER NOT NULL REFERENCES report (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (report, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE actor (
    report INTEGER NOT NULL REFERENCES report (number) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    sectors TEXT NOT NULL,
    description TEXT,
    aliases TEXT NOT NULL,
    mentions TEXT NOT NULL,
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
    report INTEGER NOT NULL REFERENCES report (number) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    geonameid INTEGER,
    latitude REAL,
    longitude REAL,
    country TEXT,
    admin1 TEXT,
    feature TEXT,
    mentions TEXT NOT NULL,
    confidence REAL NOT NULL,
    inferred INTEGER NOT NULL,
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- One time expression; the span is `start` to `end`.
CREATE TABLE time (
    report INTEGER NOT NULL REFERENCES report (number) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    type TEXT NOT NULL,
    value TEXT,
    earliest TEXT,
    latest TEXT,
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE attribution (
    report INTEGER NOT NULL REFERENCES report (number) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    actor TEXT,                           -- the actor that the source names
    cue TEXT NOT NULL,
    content TEXT NOT NULL,
    medium TEXT,
    time TEXT,                            -- the time that says when it was said
    within TEXT,
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- `words` and `sentence` are what the spans of trigger and evidence cut out, for reading and full-text search.
CREATE TABLE event (
    number INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (number) ON DELETE CASCADE,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    contexts TEXT NOT NULL,
    quad TEXT,
    score REAL,
    place TEXT,
    earliest TEXT,
    latest TEXT,
    inferred INTEGER NOT NULL,
    status TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    evidence TEXT NOT NULL,
    killed_low INTEGER,
    killed_high INTEGER,
    killed_spans TEXT,
    injured_low INTEGER,
    injured_high INTEGER,
    injured_spans TEXT,
    crowd_low INTEGER,
    crowd_high INTEGER,
    crowd_spans TEXT,
    confidence REAL NOT NULL,
    words TEXT NOT NULL,
    sentence TEXT NOT NULL,
    UNIQUE (report, id),
    FOREIGN KEY (report, place) REFERENCES place (report, id)
) STRICT;

CREATE TABLE event_party (
    report INTEGER NOT NULL REFERENCES report (number) ON DELETE CASCADE,
    event TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('actor', 'recipient')),
    position INTEGER NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (report, event, role, position),
    FOREIGN KEY (report, event) REFERENCES event (report, id),
    FOREIGN KEY (report, actor) REFERENCES actor (report, id)
) STRICT, WITHOUT ROWID;

-- By whose word, outermost first; no row is the report's own voice.
CREATE TABLE event_source (
    report INTEGER NOT NULL REFERENCES report (number) ON DELETE CASCADE,
    event TEXT NOT NULL,
    position INTEGER NOT NULL,
    attribution TEXT NOT NULL,
    PRIMARY KEY (report, event, position),
    FOREIGN KEY (report, event) REFERENCES event (report, id),
    FOREIGN KEY (report, attribution) REFERENCES attribution (report, id)
) STRICT, WITHOUT ROWID;

-- A statement of who holds a place. `words` and `sentence` as in event.
CREATE TABLE control (
    number INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (number) ON DELETE CASCADE,
    id TEXT NOT NULL,
    place TEXT NOT NULL,
    holder TEXT NOT NULL,                 -- an actor of the report
    earliest TEXT,
    latest TEXT,
    inferred INTEGER NOT NULL,
    status TEXT NOT NULL,
    according_to TEXT NOT NULL,           -- ids of attributions, outermost first
    "trigger" TEXT NOT NULL,
    evidence TEXT NOT NULL,
    words TEXT NOT NULL,
    sentence TEXT NOT NULL,
    UNIQUE (report, id),
    FOREIGN KEY (report, place) REFERENCES place (report, id),
    FOREIGN KEY (report, holder) REFERENCES actor (report, id)
) STRICT;

-- What people decided. Rows are only ever added: an undoing is a row of its own.
CREATE TABLE decision (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN (
        'accept', 'reject', 'correct', 'merge_actors', 'split_actor', 'pin_place', 'join', 'part', 'grade', 'undo'
    )),
    target TEXT NOT NULL,                 -- what it is about, by evidence: JSON
    value TEXT NOT NULL,                  -- what was decided: JSON
    who TEXT NOT NULL,
    at TEXT NOT NULL,                     -- UTC, ISO 8601
    why TEXT
) STRICT;
CREATE INDEX decision_by_time ON decision (at, id);
CREATE INDEX decision_by_kind ON decision (kind);
CREATE UNIQUE INDEX decision_undone ON decision (json_extract(target, '$.decision')) WHERE kind = 'undo';
-- The report that a decision on an event is bound to; NULL for the other kinds.
CREATE INDEX decision_by_report ON decision (json_extract(target, '$.report'));

-- Full-text search: stories, and what tells each event.
CREATE VIRTUAL TABLE report_text USING fts5 (
    title, text, content = 'report', content_rowid = 'number', tokenize = "porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE event_text USING fts5 (
    sentence, content = 'event', content_rowid = 'number', tokenize = "porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER report_text_added AFTER INSERT ON report BEGIN
    INSERT INTO report_text (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER report_text_deleted AFTER DELETE ON report BEGIN
    INSERT INTO report_text (report_text, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
END;
CREATE TRIGGER event_text_added AFTER INSERT ON event BEGIN
    INSERT INTO event_text (rowid, sentence) VALUES (new.number, new.sentence);
END;
CREATE TRIGGER event_text_deleted AFTER DELETE ON event BEGIN
    INSERT INTO event_text (event_text, rowid, sentence) VALUES ('delete', old.number, old.sentence);
END;
