DROP TABLE sign_in_origins;
DROP TABLE sign_in_attempts;
