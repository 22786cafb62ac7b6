-- Runs, their settings, their metrics and what else their events say. Everything here can be read again from runs/<id>/.
CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL DEFAULT '',
    -- new, queued, running, interrupted, stopped, finished, failed, missing, archived, damaged
    state TEXT NOT NULL DEFAULT 'new',
    -- The last of started, paused, interrupted, finished, failed, stopped; empty before the first.
    lifecycle TEXT NOT NULL DEFAULT '',
    spec_sha256 TEXT NOT NULL DEFAULT '',
    seed INTEGER,
    -- SHA-256 of the spec without name and seed: repeated seeds share it.
    repeat_group TEXT NOT NULL DEFAULT '',
    started_at INTEGER,
    ended_at INTEGER,
    last_event_at INTEGER,
    last_step INTEGER,
    total_steps INTEGER,
    accuracy REAL,
    interval_low REAL,
    interval_high REAL,
    trainable_parameters INTEGER,
    active_parameters INTEGER,
    seconds REAL,
    peak_memory_bytes INTEGER,
    error_code INTEGER,
    error_message TEXT NOT NULL DEFAULT '',
    error_hint TEXT NOT NULL DEFAULT '',
    -- What is wrong with the run's files; empty when nothing.
    problem TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX runs_by_group ON runs (repeat_group);

-- Where the reading of events.ndjson stopped, and how the files looked then.
CREATE TABLE cursors (
    run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
    offset INTEGER NOT NULL DEFAULT 0,
    head_print TEXT NOT NULL DEFAULT '',
    tail_print TEXT NOT NULL DEFAULT '',
    events INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    spec_stamp TEXT NOT NULL DEFAULT '',
    events_stamp TEXT NOT NULL DEFAULT '',
    -- When the log grew last, by the clock of that boot, which never jumps.
    boot_id TEXT NOT NULL DEFAULT '',
    signal_milliseconds INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE keys (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE settings (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    key INTEGER NOT NULL REFERENCES keys,
    number REAL,
    text TEXT,
    PRIMARY KEY (run, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX settings_by_number ON settings (key, number) WHERE number IS NOT NULL;
CREATE INDEX settings_by_text ON settings (key, text) WHERE text IS NOT NULL;

CREATE TABLE series (
    series INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    key INTEGER NOT NULL REFERENCES keys,
    points INTEGER NOT NULL DEFAULT 0,
    last_step INTEGER NOT NULL DEFAULT 0,
    last REAL,
    lowest REAL,
    highest REAL,
    UNIQUE (run, key)
) STRICT;
CREATE INDEX series_by_last ON series (key, last, run);
CREATE INDEX series_by_lowest ON series (key, lowest, run);
CREATE INDEX series_by_highest ON series (key, highest, run);

CREATE TABLE chunks (
    chunk INTEGER PRIMARY KEY,
    series INTEGER NOT NULL REFERENCES series ON DELETE CASCADE,
    first_step INTEGER NOT NULL,
    points INTEGER NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (series, first_step)
) STRICT;

-- Every event that is not a step, in the order of the log.
CREATE TABLE documents (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    number INTEGER NOT NULL,
    event TEXT NOT NULL,
    step INTEGER,
    document TEXT NOT NULL,
    PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;
