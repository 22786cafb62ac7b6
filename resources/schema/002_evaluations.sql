-- The evaluations by themselves, so that the accuracy over steps and per split can be asked for.
CREATE TABLE evaluations (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    split TEXT NOT NULL,
    protocol TEXT NOT NULL,
    step INTEGER NOT NULL,
    accuracy REAL,
    interval_low REAL,
    interval_high REAL,
    correct INTEGER,
    total INTEGER,
    unparsable INTEGER,
    PRIMARY KEY (run, split, protocol, step)
) STRICT, WITHOUT ROWID;
-- Runs that were read before this table existed are read again.
UPDATE cursors SET events_stamp = 'again', spec_stamp = '';
