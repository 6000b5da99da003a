CREATE TABLE users (
  id TEXT PRIMARY KEY,
  backend TEXT NOT NULL,
  subject TEXT NOT NULL,
  username TEXT NOT NULL,
  created BIGINT NOT NULL,
  deleted BIGINT,
  UNIQUE (backend, subject)
);
CREATE INDEX users_by_username ON users (username) WHERE deleted IS NULL;
CREATE INDEX users_in_order ON users (created, id) WHERE deleted IS NULL;
CREATE INDEX users_by_deletion ON users (deleted) WHERE deleted IS NOT NULL;

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  hash BYTEA NOT NULL UNIQUE,
  user_id TEXT NOT NULL REFERENCES users (id),
  description TEXT NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  deleted BIGINT,
  last_used BIGINT,
  clusters TEXT
);
CREATE INDEX tokens_of_user ON tokens (user_id, created, id) WHERE deleted IS NULL;
CREATE INDEX tokens_of_user_ended_too ON tokens (user_id);
CREATE INDEX tokens_in_order ON tokens (created, id) WHERE deleted IS NULL;
CREATE INDEX tokens_by_expiry ON tokens (expires);
CREATE INDEX tokens_by_deletion ON tokens (deleted) WHERE deleted IS NOT NULL;

CREATE TABLE clusters (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kubeconfig TEXT NOT NULL,
  admin_role TEXT NOT NULL,
  role_scope TEXT,
  created BIGINT NOT NULL
);

CREATE TABLE sessions (
  hash BYTEA PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  expires BIGINT NOT NULL
);
CREATE INDEX sessions_of_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires);

CREATE TABLE local_users (
  username TEXT PRIMARY KEY,
  password_hash TEXT NOT NULL,
  member_of TEXT NOT NULL,
  disabled INTEGER NOT NULL
);
