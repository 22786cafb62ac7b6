-- Of always giving the most frequent answer; NULL where it was not measured.
ALTER TABLE evaluations ADD COLUMN majority_floor REAL;
-- What is wrong with a run's numbers, as JSON; empty when nothing is known to be.
ALTER TABLE runs ADD COLUMN findings TEXT NOT NULL DEFAULT '';
-- Of the last start: when (milliseconds since 1970, UTC), and from which step on.
ALTER TABLE runs ADD COLUMN resumed_at INTEGER;
ALTER TABLE runs ADD COLUMN resumed_step INTEGER;
-- Runs whose files are there are read again, from the beginning.
UPDATE cursors SET events_stamp = 'again', spec_stamp = '';
