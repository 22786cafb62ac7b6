-- A run's accuracy is that of its final evaluations on its own split, once it has finished; before, it was the newest
-- that was measured, on whatever split. Evaluations know their task, and what is measured besides accuracy.
DROP TABLE evaluations;
CREATE TABLE evaluations (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    -- The order of the log.
    number INTEGER NOT NULL,
    step INTEGER NOT NULL,
    task TEXT NOT NULL DEFAULT '',
    split TEXT NOT NULL,
    protocol TEXT NOT NULL,
    -- 1: it says that it belongs to the run's result, 0: that it does not; NULL in logs of older versions.
    final INTEGER,
    accuracy REAL,
    interval_low REAL,
    interval_high REAL,
    correct INTEGER,
    total INTEGER,
    unparsable INTEGER,
    loss REAL,
    perplexity REAL,
    tokens INTEGER,
    -- JSON object of other metrics by name; empty when there is none.
    metrics TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX evaluations_by_split ON evaluations (run, split, step);
ALTER TABLE runs ADD COLUMN loss REAL;

-- Runs whose files are there are read again, from the beginning. What follows is for those whose files are not.
UPDATE cursors SET events_stamp = 'again', spec_stamp = '';

INSERT INTO evaluations (run, number, step, split, protocol, accuracy, interval_low, interval_high)
SELECT run, number, step, split, protocol, CASE WHEN accuracy BETWEEN 0 AND 1 THEN accuracy END,
       CASE WHEN accuracy BETWEEN 0 AND 1 AND low <= high THEN min(max(low, 0.0), 1.0) END,
       CASE WHEN accuracy BETWEEN 0 AND 1 AND low <= high THEN min(max(high, 0.0), 1.0) END
FROM (SELECT run, number, coalesce(step, 0) AS step,
             CAST(coalesce(json_extract(document, '$.split'), '') AS TEXT) AS split,
             CAST(coalesce(json_extract(document, '$.protocol'), '') AS TEXT) AS protocol,
             CASE WHEN json_type(document, '$.accuracy') IN ('integer', 'real')
                  THEN CAST(json_extract(document, '$.accuracy') AS REAL) END AS accuracy,
             CASE WHEN json_type(document, '$.interval[0]') IN ('integer', 'real')
                  THEN CAST(json_extract(document, '$.interval[0]') AS REAL) END AS low,
             CASE WHEN json_type(document, '$.interval[1]') IN ('integer', 'real')
                  THEN CAST(json_extract(document, '$.interval[1]') AS REAL) END AS high
      FROM documents WHERE event = 'evaluation');
DELETE FROM evaluations WHERE EXISTS (
    SELECT 1 FROM evaluations later WHERE later.run = evaluations.run AND later.number > evaluations.number
    AND later.split = evaluations.split AND later.protocol = evaluations.protocol AND later.step <= evaluations.step);

UPDATE runs SET accuracy = NULL, interval_low = NULL, interval_high = NULL WHERE lifecycle <> 'finished';
UPDATE runs SET (accuracy, interval_low, interval_high) = (
    SELECT e.accuracy, e.interval_low, e.interval_high FROM evaluations e
    WHERE e.run = runs.run AND e.step >= coalesce(runs.last_step, 0)
    AND e.split = coalesce((SELECT s.text FROM settings s JOIN keys k USING (key)
                            WHERE s.run = runs.run AND k.name = 'evaluation.split'), 'test')
    ORDER BY e.number DESC LIMIT 1)
WHERE lifecycle = 'finished' AND EXISTS (SELECT 1 FROM evaluations e WHERE e.run = runs.run);
