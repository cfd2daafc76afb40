-- What an entry is to do is its kind, its name, and what else that kind needs: JSON with the number of its form.
DROP VIEW unfinished;
ALTER TABLE journal RENAME COLUMN intent TO kind;
ALTER TABLE journal ADD COLUMN body TEXT NOT NULL DEFAULT '{}';
UPDATE journal SET body = CASE kind
    WHEN 'subaccount' THEN json_object('version', 1, 'thenKey', then_key)
    ELSE json_object('version', 1, 'accountName', account_name)
END;
ALTER TABLE journal DROP COLUMN then_key;
ALTER TABLE journal DROP COLUMN account_name;
CREATE VIEW unfinished AS
    SELECT * FROM journal WHERE stage NOT IN ('committed', 'not_created', 'revoked');

-- Orders that were given at once. What one of them makes is in the journal by the order's tag, so it is never made twice.
CREATE TABLE batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent TEXT,
    begun_at TEXT NOT NULL
) STRICT;

CREATE TABLE batch_item (
    batch INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    tag TEXT NOT NULL UNIQUE,
    stage TEXT NOT NULL,
    outcome TEXT,
    PRIMARY KEY (batch, number)
) STRICT, WITHOUT ROWID;
