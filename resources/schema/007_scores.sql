-- The numbers of a finished run's result, one row a task and metric, so that any of them can be compared and filtered by.
CREATE TABLE scores (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    -- Empty in a run of one task that does not name it.
    task TEXT NOT NULL,
    -- "accuracy", "loss", "perplexity", "matthews", ...
    metric TEXT NOT NULL,
    value REAL NOT NULL,
    interval_low REAL,
    interval_high REAL,
    PRIMARY KEY (run, task, metric)
) STRICT, WITHOUT ROWID;
CREATE INDEX scores_by_metric ON scores (metric, task, value, run);
-- JSON object of the other metrics' intervals by name, as [low, high]; empty when there is none.
ALTER TABLE evaluations ADD COLUMN intervals TEXT NOT NULL DEFAULT '';

-- Runs whose files are there are read again, from the beginning. What follows is for those whose files are not.
UPDATE cursors SET events_stamp = 'again', spec_stamp = '';

-- Final are the evaluations that say so, or, in logs that do not, those at the last step; on the run's split, the newest
-- of each task.
CREATE TEMP TABLE final_numbers AS
SELECT e.run, max(e.number) AS number FROM evaluations e JOIN runs r USING (run)
WHERE r.lifecycle = 'finished'
AND e.split = coalesce((SELECT s.text FROM settings s JOIN keys k USING (key)
                        WHERE s.run = e.run AND k.name = 'evaluation.split'), 'test')
AND CASE WHEN EXISTS (SELECT 1 FROM evaluations f WHERE f.run = e.run AND f.final = 1)
         THEN coalesce(e.final, 0) = 1 ELSE e.step = coalesce(r.last_step, e.step) END
GROUP BY e.run, e.task;
INSERT INTO scores (run, task, metric, value, interval_low, interval_high)
SELECT run, task, 'accuracy', accuracy, interval_low, interval_high
FROM evaluations JOIN final_numbers USING (run, number) WHERE accuracy IS NOT NULL;
INSERT INTO scores (run, task, metric, value)
SELECT run, task, 'loss', loss FROM evaluations JOIN final_numbers USING (run, number) WHERE loss IS NOT NULL;
INSERT INTO scores (run, task, metric, value)
SELECT run, task, 'perplexity', perplexity
FROM evaluations JOIN final_numbers USING (run, number) WHERE perplexity IS NOT NULL;
INSERT INTO scores (run, task, metric, value)
SELECT e.run, e.task, m.key, CAST(m.value AS REAL)
FROM evaluations e JOIN final_numbers USING (run, number) JOIN json_each(nullif(e.metrics, '')) m
WHERE m.type IN ('integer', 'real') AND m.key NOT IN ('accuracy', 'loss', 'perplexity');
DROP TABLE final_numbers;
-- Logs that hold nothing but the summary of the end.
INSERT INTO scores (run, task, metric, value, interval_low, interval_high)
SELECT run, '', 'accuracy', accuracy, interval_low, interval_high FROM runs
WHERE accuracy IS NOT NULL AND NOT EXISTS (SELECT 1 FROM scores s WHERE s.run = runs.run AND s.metric = 'accuracy');
INSERT INTO scores (run, task, metric, value)
SELECT run, '', 'loss', loss FROM runs
WHERE loss IS NOT NULL AND NOT EXISTS (SELECT 1 FROM scores s WHERE s.run = runs.run AND s.metric = 'loss');
