import { localUserOf } from "./rows.js";
import type { SqlDatabase } from "./sql-database.js";
import type { LocalUserStore, StoredLocalUser } from "./store.js";

export class SqlLocalUserStore implements LocalUserStore {
  constructor(private readonly database: SqlDatabase) {}

  async find(username: string): Promise<StoredLocalUser | undefined> {
    const sql = "SELECT username, password_hash, member_of, disabled FROM local_users WHERE username = $1";
    const [row] = await this.database.all(sql, username);
    return row && localUserOf(row);
  }

  async put({ username, passwordHash, groups, disabled }: StoredLocalUser): Promise<void> {
    await this.database.run(
      `INSERT INTO local_users (username, password_hash, member_of, disabled) VALUES ($1, $2, $3, $4)
       ON CONFLICT (username) DO UPDATE SET
         password_hash = excluded.password_hash, member_of = excluded.member_of, disabled = excluded.disabled`,
      username,
      passwordHash,
      JSON.stringify(groups),
      disabled ? 1 : 0,
    );
  }

  async delete(username: string): Promise<boolean> {
    return (await this.database.run("DELETE FROM local_users WHERE username = $1", username)) > 0;
  }
}
