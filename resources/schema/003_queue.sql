-- The queue, a mirror of runs/<id>/queue.json.
CREATE TABLE queue (
    run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
    position REAL NOT NULL,
    maximum_attempts INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    checkpoint INTEGER NOT NULL
) STRICT;
CREATE INDEX queue_by_position ON queue (position, run);
