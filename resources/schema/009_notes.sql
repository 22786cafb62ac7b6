-- What people say of a run, mirrored from its notes.json. runs.name is the name that counts: theirs, else the spec's.
ALTER TABLE runs ADD COLUMN spec_name TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN given_name TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN tags TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cursors ADD COLUMN notes_stamp TEXT NOT NULL DEFAULT '';
UPDATE runs SET spec_name = name;
