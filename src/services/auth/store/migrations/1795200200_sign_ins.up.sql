CREATE TABLE sign_in_attempts (
  bucket BYTEA PRIMARY KEY,
  attempts TEXT NOT NULL,
  until BIGINT NOT NULL
);
CREATE INDEX sign_in_attempts_by_end ON sign_in_attempts (until);

CREATE TABLE sign_in_origins (
  origin BYTEA PRIMARY KEY,
  until BIGINT NOT NULL
);
CREATE INDEX sign_in_origins_by_end ON sign_in_origins (until);
