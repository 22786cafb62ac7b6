-- What other programs measured of a run (imported_scores.json of its folder). Never part of its result.
CREATE TABLE imported_scores (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    task TEXT NOT NULL,
    -- "lm_eval.acc", "lm_eval.exact_match.strict-match"
    metric TEXT NOT NULL,
    value REAL NOT NULL,
    interval_low REAL,
    interval_high REAL,
    -- 0: a mean over other tasks, which a mean over tasks would count twice.
    in_mean INTEGER NOT NULL,
    PRIMARY KEY (run, task, metric)
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_scores_by_metric ON imported_scores (metric, task, value, run);
-- How the file looked that was read last; empty: there was none.
ALTER TABLE cursors ADD COLUMN imported_stamp TEXT NOT NULL DEFAULT '';
