DROP TABLE sessions;
DROP TABLE local_users;
DROP TABLE clusters;
DROP TABLE tokens;
DROP TABLE users;
