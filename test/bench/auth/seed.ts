import { createHash } from "node:crypto";
import { DatabaseSync } from "@photostructure/sqlite";
import { formatToken, hashToken } from "../../../src/services/auth/domain/token-format.js";
import { NOBODYS_HASH } from "../../../src/services/auth/identity/local/password-hash.js";
import { openStore } from "../../../src/services/auth/store/open-store.js";

const USERS = 1000;
const YEAR_MILLISECONDS = 365 * 24 * 60 * 60 * 1000;

const uuidOf = (kind: string, index: number) =>
  createHash("md5")
    .update(`${kind} ${index}`)
    .digest("hex")
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");

/** The n-th token of a store that {@link seed} has filled: anybody can tell them, so nothing else may hold them. */
export function seededToken(index: number): string {
  return formatToken(createHash("sha256").update(`token ${index}`).digest());
}

/** Makes a SQLite store with so many tokens, of a thousand users in turn. */
export async function seed(path: string, tokens: number): Promise<void> {
  await (await openStore({ type: "sqlite", path })).close();
  const database = new DatabaseSync(path);
  // Nothing is lost with a store that can be made again.
  database.exec("PRAGMA synchronous = OFF; PRAGMA cache_size = -524288; BEGIN");
  const user = database.prepare(
    "INSERT INTO users (id, backend, subject, username, created) VALUES (?, 'local', ?, ?, ?)",
  );
  const local = database.prepare(
    "INSERT INTO local_users (username, password_hash, member_of, disabled) VALUES (?, ?, ?, 0)",
  );
  const token = database.prepare(
    "INSERT INTO tokens (id, hash, user_id, description, created, expires) VALUES (?, ?, ?, '', ?, ?)",
  );
  const now = Date.now();
  for (let index = 0; index < USERS; index++) {
    const name = `user-${index}@example.com`;
    user.run(uuidOf("user", index), name, name, now);
    local.run(name, NOBODYS_HASH, JSON.stringify(["team-a", "team-b", "5c1e9f0b7d7a4f6f8a9e2b3c4d5e6f70"]));
  }
  for (let index = 0; index < tokens; index++) {
    const owner = uuidOf("user", index % USERS);
    token.run(uuidOf("token", index), hashToken(seededToken(index)), owner, now, now + YEAR_MILLISECONDS);
  }
  database.exec("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
}
