CREATE TABLE oidc_records (
  id BYTEA PRIMARY KEY,
  reference BYTEA,
  grant_id BYTEA,
  user_id TEXT,
  client_id TEXT,
  content BYTEA NOT NULL,
  consumed BIGINT,
  expires BIGINT NOT NULL
);
CREATE UNIQUE INDEX oidc_records_by_reference ON oidc_records (reference) WHERE reference IS NOT NULL;
CREATE INDEX oidc_records_of_grant ON oidc_records (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX oidc_records_of_user ON oidc_records (user_id, client_id) WHERE user_id IS NOT NULL;
CREATE INDEX oidc_records_by_expiry ON oidc_records (expires);

CREATE TABLE oidc_signing_keys (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  content BYTEA NOT NULL,
  created BIGINT NOT NULL,
  signs_from BIGINT NOT NULL
);
