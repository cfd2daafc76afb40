CREATE INDEX activity_of_account ON activity (account);

CREATE INDEX credential_of_account ON credential (account);

CREATE INDEX journal_by_stage ON journal (stage);

CREATE INDEX journal_followers ON journal (follows);

CREATE INDEX journal_of_account ON journal (account);

CREATE INDEX twilio_key_of_account ON twilio_key (account);

CREATE TABLE activity (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    account TEXT,
    key TEXT,
    what TEXT NOT NULL,
    detail TEXT NOT NULL
, parent TEXT, user TEXT, computer TEXT, request_id TEXT) STRICT;

CREATE TABLE backup (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    file TEXT NOT NULL,
    credentials INTEGER NOT NULL,
    problem TEXT
) STRICT;

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

CREATE TABLE connection (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    connected_at TEXT NOT NULL,
    balance_amount TEXT,
    balance_currency TEXT,
    refreshed_at TEXT
) STRICT;

CREATE TABLE credential (
    key TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    key_name TEXT NOT NULL,
    account_name TEXT NOT NULL,
    kept TEXT NOT NULL,
    created_at TEXT NOT NULL,
    proved_at TEXT,
    handed_over_at TEXT,
    handed_over_to TEXT,
    postponed_at TEXT,
    removed_at_twilio TEXT, parent TEXT, region TEXT NOT NULL DEFAULT 'us1',
    CHECK ((handed_over_at IS NULL) = (handed_over_to IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE customer (
    account TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    tags TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE folder (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    id TEXT NOT NULL,
    recipient TEXT,
    checked_at TEXT
) STRICT;

CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    tag TEXT NOT NULL UNIQUE,
    stage TEXT NOT NULL,
    parent TEXT NOT NULL,
    account TEXT,
    key TEXT,
    looks INTEGER NOT NULL DEFAULT 0,
    last_look TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    follows INTEGER REFERENCES journal (id),
    reason TEXT
, region TEXT NOT NULL DEFAULT 'us1', body TEXT NOT NULL DEFAULT '{}') STRICT;

CREATE TABLE list_read (
    list TEXT PRIMARY KEY,
    read_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plain_export (
    file TEXT PRIMARY KEY,
    written_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE preference (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE proof_due (
    key TEXT PRIMARY KEY REFERENCES credential (key) ON DELETE CASCADE,
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE put_off (
    task TEXT PRIMARY KEY,
    until TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    wrapped_identity TEXT NOT NULL,
    sealed_passphrase TEXT NOT NULL,
    recipient TEXT NOT NULL,
    set_at TEXT NOT NULL
) STRICT;

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

CREATE TABLE sealed_copy (
    key TEXT PRIMARY KEY REFERENCES credential (key) ON DELETE CASCADE,
    account TEXT NOT NULL,
    armoured TEXT NOT NULL,
    sealed_at TEXT NOT NULL
, region TEXT NOT NULL DEFAULT 'us1') STRICT, WITHOUT ROWID;

CREATE TABLE spend (
    account TEXT PRIMARY KEY,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    as_of TEXT,
    read_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE subaccount (
    account TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at TEXT,
    missing_since TEXT,
    seen_at TEXT NOT NULL
, parent TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE twilio_key (
    key TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at TEXT,
    seen_at TEXT NOT NULL
, region TEXT NOT NULL DEFAULT 'us1') STRICT, WITHOUT ROWID;

CREATE VIEW unfinished AS
    SELECT * FROM journal WHERE stage NOT IN ('committed', 'not_created', 'revoked');
