-- The recovery passphrase. Each half is encrypted: one to the passphrase, the other to the identity in the keychain.
CREATE TABLE recovery (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    wrapped_identity TEXT NOT NULL,
    sealed_passphrase TEXT NOT NULL,
    recipient TEXT NOT NULL,
    set_at TEXT NOT NULL
) STRICT;

-- Backups that were tried. A backup without a problem was opened and compared after it was written.
CREATE TABLE backup (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    file TEXT NOT NULL,
    credentials INTEGER NOT NULL,
    problem TEXT
) STRICT;

-- Files with readable secrets that were written for another program and are still to be deleted.
CREATE TABLE plain_export (
    file TEXT PRIMARY KEY,
    written_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Restored credentials that no live call has proved yet.
CREATE TABLE proof_due (
    key TEXT PRIMARY KEY REFERENCES credential (key) ON DELETE CASCADE,
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;
