-- Of which connected account something is, since several can be; NULL where nothing here says it. What is of a key or a subaccount alone
-- (keys at Twilio, spend, sealed copies, proofs) is of its parent.
ALTER TABLE subaccount ADD COLUMN parent TEXT;
ALTER TABLE credential ADD COLUMN parent TEXT;
ALTER TABLE activity ADD COLUMN parent TEXT;

UPDATE subaccount SET parent = coalesce(
    (SELECT parent FROM journal WHERE journal.account = subaccount.account),
    (SELECT account FROM connection WHERE subaccount.missing_since IS NULL)
);
UPDATE credential SET parent = coalesce(
    (SELECT parent FROM journal WHERE journal.key = credential.key),
    (SELECT parent FROM subaccount WHERE subaccount.account = credential.account)
);
UPDATE activity SET parent = coalesce(
    (SELECT parent FROM subaccount WHERE subaccount.account = activity.account),
    (SELECT parent FROM credential WHERE credential.account = activity.account),
    CASE WHEN what IN ('connected', 'disconnected') THEN account END
);

-- An API key is of one of Twilio's Regions, and its SID does not tell of which. Until now all were of this one.
ALTER TABLE twilio_key ADD COLUMN region TEXT NOT NULL DEFAULT 'us1';
ALTER TABLE credential ADD COLUMN region TEXT NOT NULL DEFAULT 'us1';
ALTER TABLE sealed_copy ADD COLUMN region TEXT NOT NULL DEFAULT 'us1';
ALTER TABLE journal ADD COLUMN region TEXT NOT NULL DEFAULT 'us1';

-- A service is kept by its id, which stays when its name changes.
UPDATE credential SET handed_over_to = CASE handed_over_to
    WHEN 'DicksonOne' THEN 'dicksonone'
    WHEN 'Chatwoot' THEN 'chatwoot'
    WHEN 'Tines' THEN 'tines'
    WHEN 'Finout' THEN 'finout'
    WHEN 'Environment variables' THEN 'environment'
    ELSE handed_over_to
END;
UPDATE activity SET detail = CASE detail
    WHEN 'DicksonOne' THEN 'dicksonone'
    WHEN 'Chatwoot' THEN 'chatwoot'
    WHEN 'Tines' THEN 'tines'
    WHEN 'Finout' THEN 'finout'
    WHEN 'Environment variables' THEN 'environment'
    ELSE detail
END WHERE what = 'handed_over';

-- What stopped an entry last, as the window is told: JSON. The column was there and nothing was ever written to it.
ALTER TABLE journal RENAME COLUMN last_problem TO reason;

-- Only an account's own Auth Token connects it (docs/decisions/0004), so every connection may do everything.
ALTER TABLE connection DROP COLUMN mode;

-- Nothing was ever given up without being finished or deleted.
DROP VIEW unfinished;
CREATE VIEW unfinished AS
    SELECT * FROM journal WHERE stage NOT IN ('committed', 'not_created', 'revoked');
