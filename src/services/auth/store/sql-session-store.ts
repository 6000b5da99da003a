import { userOf } from "./rows.js";
import type { SqlDatabase } from "./sql-database.js";
import type { SessionStore, StoredSession, StoredUser } from "./store.js";

export class SqlSessionStore implements SessionStore {
  constructor(private readonly database: SqlDatabase) {}

  async create(hash: Uint8Array, { userId, expires }: StoredSession): Promise<void> {
    const sql = "INSERT INTO sessions (hash, user_id, expires) VALUES ($1, $2, $3)";
    await this.database.run(sql, hash, userId, expires.getTime());
  }

  async find(hash: Uint8Array): Promise<{ readonly session: StoredSession; readonly user: StoredUser } | undefined> {
    const [row] = await this.database.all(
      `SELECT s.expires AS expires, u.id AS id, u.backend AS backend, u.subject AS subject, u.username AS username,
         u.created AS created
       FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.hash = $1 AND u.deleted IS NULL`,
      hash,
    );
    if (row === undefined) return undefined;
    const user = userOf(row);
    return { session: { userId: user.id, expires: new Date(Number(row["expires"])) }, user };
  }

  async delete(hash: Uint8Array): Promise<boolean> {
    return (await this.database.run("DELETE FROM sessions WHERE hash = $1", hash)) > 0;
  }

  deleteOfUser(userId: string): Promise<number> {
    return this.database.run("DELETE FROM sessions WHERE user_id = $1", userId);
  }

  purge(before: Date): Promise<number> {
    return this.database.run("DELETE FROM sessions WHERE expires < $1", before.getTime());
  }
}
