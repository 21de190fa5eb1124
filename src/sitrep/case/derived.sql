-- What follows from the reports and the decisions of a case. docs/case.md explains each column.
--
-- All of this can be dropped and made again: `sitrep rebuild` does. An add writes only what it touches, and ends in
-- the same rows. Ids come from content; `event`, `report` and
-- `control` are the numbers of schema.sql. No foreign keys: what is derived is removed with what it follows from,
-- and checking each row again made an add slower.

-- Which report copies which -------------------------------------------------------------------------------------

CREATE TABLE copy_signature (
    report INTEGER PRIMARY KEY,
    runs INTEGER NOT NULL,
    "values" BLOB NOT NULL                -- MinHash values, 32-bit little-endian
) STRICT;
CREATE TABLE copy_band (
    band INTEGER NOT NULL,                -- 63 bits of the digest of the band
    report INTEGER NOT NULL,
    PRIMARY KEY (band, report)
) STRICT, WITHOUT ROWID;
CREATE TABLE copy_link (
    report INTEGER NOT NULL,
    other INTEGER NOT NULL,
    PRIMARY KEY (report, other)           -- both ways round
) STRICT, WITHOUT ROWID;
-- The report that is counted as the source of each report: itself where it copies none.
CREATE TABLE copy_group (
    report INTEGER PRIMARY KEY,
    origin INTEGER NOT NULL
) STRICT;
CREATE INDEX copy_group_by_origin ON copy_group (origin);

-- Who is who ----------------------------------------------------------------------------------------------------

-- One row a key of names (situation/names.py). `actor` is the actor of the case that it belongs to.
CREATE TABLE name (
    key TEXT PRIMARY KEY,
    bucket TEXT NOT NULL,
    reports INTEGER NOT NULL,
    spelling TEXT,                        -- as most reports have it; so are kind, country and sectors
    kind TEXT,
    country TEXT,
    sectors TEXT,
    actor TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX name_by_bucket ON name (bucket);
CREATE INDEX name_by_actor ON name (actor);
-- How often a key came as this spelling, with this kind, country or sectors: reports.
CREATE TABLE name_trait (
    key TEXT NOT NULL,
    trait TEXT NOT NULL CHECK (trait IN ('name', 'kind', 'country', 'sectors')),
    value TEXT NOT NULL,
    reports INTEGER NOT NULL,
    PRIMARY KEY (key, trait, value)
) STRICT, WITHOUT ROWID;
-- Which actor of which report a key stands for.
CREATE TABLE name_mention (
    report INTEGER NOT NULL,
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (report, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_mention_by_key ON name_mention (key);
-- The phrases that a report calls it by: names, titles, descriptions; no pronouns.
CREATE TABLE wording (
    report INTEGER NOT NULL,
    key TEXT NOT NULL,
    wording TEXT NOT NULL,
    PRIMARY KEY (report, key, wording)
) STRICT, WITHOUT ROWID;
CREATE INDEX wording_by_key ON wording (key);
CREATE TABLE case_actor (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT,
    country TEXT,
    sectors TEXT NOT NULL,
    names TEXT NOT NULL,                  -- its keys
    reports INTEGER NOT NULL,
    decision TEXT                         -- the last merge or split that made it so
) STRICT, WITHOUT ROWID;

-- Where ---------------------------------------------------------------------------------------------------------

CREATE TABLE site (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,             -- situation/places.py
    name TEXT NOT NULL,
    geonameid INTEGER,
    latitude REAL,
    longitude REAL,
    country TEXT,
    admin1 TEXT,
    feature TEXT,
    inferred INTEGER NOT NULL,
    mentions INTEGER NOT NULL             -- in how many reports, each of its variants counted
) STRICT;
-- What reports have said of it: a row each different name, coordinates, … The commonest is the site's.
CREATE TABLE site_variant (
    site INTEGER NOT NULL,
    variant TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (site, variant)
) STRICT, WITHOUT ROWID;
CREATE INDEX site_by_name ON site (name COLLATE NOCASE);
CREATE INDEX site_by_country ON site (country);
CREATE VIRTUAL TABLE site_box USING rtree (number, south, north, west, east);
CREATE TABLE site_mention (
    report INTEGER NOT NULL,
    place TEXT NOT NULL,
    site INTEGER NOT NULL,
    variant TEXT NOT NULL,
    PRIMARY KEY (report, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX site_mention_by_site ON site_mention (site);

-- What happened -------------------------------------------------------------------------------------------------

-- Each event as the case reads it, after corrections. `event` holds what the coder said.
CREATE TABLE telling (
    event INTEGER PRIMARY KEY,
    report INTEGER NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    contexts TEXT NOT NULL,
    quad TEXT,
    score REAL,
    status TEXT NOT NULL,
    earliest TEXT,
    latest TEXT,
    inferred INTEGER NOT NULL,
    place TEXT,                           -- key of a site
    killed_low INTEGER,
    killed_high INTEGER,
    injured_low INTEGER,
    injured_high INTEGER,
    crowd_low INTEGER,
    crowd_high INTEGER,
    confidence REAL NOT NULL,
    decision TEXT CHECK (decision IN ('accepted', 'rejected', 'corrected')),
    corrected TEXT NOT NULL,              -- names of the fields that people changed
    record TEXT NOT NULL,                 -- the whole Telling, without its words
    incident TEXT                         -- NULL where it was rejected
) STRICT;
CREATE INDEX telling_by_report ON telling (report);
CREATE INDEX telling_by_incident ON telling (incident);
CREATE INDEX telling_by_type ON telling (type, latest);
CREATE INDEX telling_by_day ON telling (latest);
CREATE INDEX telling_by_place ON telling (place);
CREATE INDEX telling_by_decision ON telling (decision) WHERE decision IS NOT NULL;

CREATE TABLE telling_party (
    event INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('actor', 'recipient', 'source')),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    key TEXT,
    kind TEXT,
    country TEXT,
    sectors TEXT NOT NULL,
    PRIMARY KEY (event, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX telling_party_by_key ON telling_party (key) WHERE key IS NOT NULL;

CREATE TABLE block (
    key INTEGER NOT NULL,                 -- 63 bits of the digest of a key (situation/incidents.py)
    event INTEGER NOT NULL,
    PRIMARY KEY (key, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
    event INTEGER NOT NULL,
    other INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (event, other)            -- both ways round
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    mode TEXT,
    status TEXT NOT NULL,
    earliest TEXT,
    latest TEXT,
    place TEXT,                           -- key of a site
    country TEXT,
    actors TEXT NOT NULL,
    recipients TEXT NOT NULL,
    killed_low INTEGER,
    killed_high INTEGER,
    injured_low INTEGER,
    injured_high INTEGER,
    crowd_low INTEGER,
    crowd_high INTEGER,
    publishers TEXT NOT NULL,
    sources INTEGER NOT NULL,             -- independent ones, in reports that do not copy each other
    agreed TEXT NOT NULL,
    differs TEXT NOT NULL,
    credibility INTEGER NOT NULL,
    credibility_reason TEXT NOT NULL,
    confidence REAL NOT NULL,
    record TEXT NOT NULL                  -- the whole Incident, but for its accounts
) STRICT;
CREATE INDEX incident_in_order ON incident (coalesce(earliest, latest), id);

CREATE TABLE account (
    incident TEXT NOT NULL,
    position INTEGER NOT NULL,
    origin TEXT NOT NULL,                 -- id of a report
    stance TEXT NOT NULL,
    publishers TEXT NOT NULL,
    by TEXT NOT NULL,                     -- whose word it is, outermost first; [] is the publisher's own
    tellings TEXT NOT NULL,               -- keys
    PRIMARY KEY (incident, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
    incident TEXT NOT NULL,
    position INTEGER NOT NULL,
    event INTEGER NOT NULL,
    source TEXT NOT NULL,
    source_key TEXT,
    stance TEXT NOT NULL,
    said TEXT,
    contradicts TEXT NOT NULL,            -- keys of tellings
    party TEXT NOT NULL,                  -- the source, whole
    PRIMARY KEY (incident, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_by_source ON claim (source_key);

-- Who held what -------------------------------------------------------------------------------------------------

-- Statements of control as the case reads them.
CREATE TABLE stated (
    control INTEGER PRIMARY KEY,
    report INTEGER NOT NULL,
    holder_key TEXT,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX stated_by_report ON stated (report);
CREATE INDEX stated_by_holder ON stated (holder_key) WHERE holder_key NOT NULL;
-- What bears on the control of a place: an event or a statement.
CREATE TABLE control_ground (
    place TEXT NOT NULL,                  -- key of a site
    event INTEGER,
    control INTEGER
) STRICT;
CREATE INDEX control_ground_by_place ON control_ground (place);
CREATE INDEX control_ground_by_event ON control_ground (event) WHERE event IS NOT NULL;
CREATE INDEX control_ground_by_control ON control_ground (control) WHERE control IS NOT NULL;
-- Whom a report puts in or at the head of a body: a commander and his army are one side.
CREATE TABLE side (
    report INTEGER NOT NULL,
    person TEXT NOT NULL,                 -- keys of names
    body TEXT NOT NULL,
    PRIMARY KEY (person, body, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX side_by_report ON side (report);
CREATE TABLE holding (
    place TEXT NOT NULL,
    position INTEGER NOT NULL,
    holder TEXT,                          -- NULL: somebody left, and who holds it is not told
    holder_key TEXT,
    since TEXT,
    until TEXT,
    basis TEXT NOT NULL,
    contested INTEGER NOT NULL,
    claimants TEXT NOT NULL,
    tellings TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (place, position)
) STRICT, WITHOUT ROWID;

-- What people decided, bound to what is there now -----------------------------------------------------------------

-- Which decision bears on which event; one whose event the coder no longer finds has no row.
CREATE TABLE decision_event (
    decision TEXT NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (event, decision)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_event_by_decision ON decision_event (decision);
-- The events that a joining or parting of incidents is bound to, on its two sides.
CREATE TABLE decision_anchor (
    decision TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('one', 'other')),
    event INTEGER NOT NULL,
    PRIMARY KEY (decision, side, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_anchor_by_event ON decision_anchor (event);

-- For reading ---------------------------------------------------------------------------------------------------

-- Which publisher calls an actor of the case what, in how many reports.
CREATE VIEW name_use AS
SELECT n.actor, a.name AS actor_name, w.key, w.wording, r.publisher, count(*) AS reports
FROM wording w
JOIN name n ON n.key = w.key
JOIN case_actor a ON a.id = n.actor
JOIN report r ON r.number = w.report
GROUP BY n.actor, w.key, w.wording, r.publisher;

-- One flat row an event, as the case reads it: what analysts load.
CREATE VIEW event_table AS
SELECT
    t.event AS number,
    r.id || '/' || e.id AS event,
    r.published,
    t.earliest,
    t.latest,
    t.inferred AS dates_inferred,
    (SELECT group_concat(name, '; ') FROM telling_party p WHERE p.event = t.event AND role = 'actor') AS who,
    (SELECT group_concat(DISTINCT country) FROM telling_party p WHERE p.event = t.event AND role = 'actor')
        AS who_countries,
    t.type,
    t.mode,
    t.contexts,
    t.quad,
    t.score,
    (SELECT group_concat(name, '; ') FROM telling_party p WHERE p.event = t.event AND role = 'recipient') AS whom,
    (SELECT group_concat(DISTINCT country) FROM telling_party p WHERE p.event = t.event AND role = 'recipient')
        AS whom_countries,
    s.name AS place,
    s.latitude,
    s.longitude,
    s.country,
    s.admin1,
    s.geonameid,
    t.status,
    (SELECT group_concat(name, ' > ') FROM telling_party p WHERE p.event = t.event AND role = 'source')
        AS according_to,
    t.killed_low,
    t.killed_high,
    t.injured_low,
    t.injured_high,
    t.crowd_low,
    t.crowd_high,
    t.confidence,
    e.words AS "trigger",
    e.sentence,
    t.decision,
    t.corrected,
    t.incident,
    i.credibility,
    r.publisher,
    r.title,
    r.url,
    r.source,
    r.id AS report
FROM telling t
JOIN event e ON e.number = t.event
JOIN report r ON r.number = t.report
LEFT JOIN site s ON s.key = t.place
LEFT JOIN incident i ON i.id = t.incident;

-- Every decision, with the one that took it back.
CREATE VIEW decision_log AS
SELECT d.id, d.kind, d.target, d.value, d.who, d.at, d.why, u.id AS undone, u.at AS undone_at, u.who AS undone_by
FROM decision d
LEFT JOIN decision u ON u.kind = 'undo' AND json_extract(u.target, '$.decision') = d.id;
