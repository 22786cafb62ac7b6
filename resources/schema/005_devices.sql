-- How many devices at once a run asked for when it was queued (0: as many as it was begun on, else one), and how many
-- processes it was trained by last, on which devices.
ALTER TABLE queue ADD COLUMN devices INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN processes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN devices TEXT NOT NULL DEFAULT '';
UPDATE runs SET
    processes = coalesce((SELECT CAST(json_extract(d.document, '$.processes') AS INTEGER) FROM documents d
                          WHERE d.run = runs.run AND d.event = 'started' ORDER BY d.number DESC LIMIT 1), 0),
    devices = coalesce((SELECT CAST(json_extract(d.document, '$.devices') AS TEXT) FROM documents d
                        WHERE d.run = runs.run AND d.event = 'started' ORDER BY d.number DESC LIMIT 1), '');
