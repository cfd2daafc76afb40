-- What the user keeps of a customer here; Twilio knows nothing of it. The tags are a JSON list of words.
CREATE TABLE customer (
    account TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    tags TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who did it, on which computer, and Twilio's identifier of the request; nothing where that is not known.
ALTER TABLE activity ADD COLUMN user TEXT;
ALTER TABLE activity ADD COLUMN computer TEXT;
ALTER TABLE activity ADD COLUMN request_id TEXT;

-- What needs attention and was put off until a day.
CREATE TABLE put_off (
    task TEXT PRIMARY KEY,
    until TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A key that is being replaced, or was: both of its keys work until the old one is deleted.
CREATE TABLE replacement (
    old_key TEXT PRIMARY KEY,
    new_key TEXT NOT NULL UNIQUE REFERENCES credential (key) ON DELETE CASCADE,
    account TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    looked_at TEXT,
    in_use_at TEXT,
    in_use TEXT,
    ended_at TEXT,
    CHECK ((in_use_at IS NULL) = (in_use IS NULL))
) STRICT, WITHOUT ROWID;
