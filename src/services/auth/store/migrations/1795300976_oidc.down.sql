DROP TABLE oidc_signing_keys;
DROP TABLE oidc_records;
