import { nextTurn } from "./next-turn.js";
import { readPage } from "./page.js";
import { userOf } from "./rows.js";
import type { SqlDatabase } from "./sql-database.js";
import type { Page, PageRequest, StoredUser, UserStore } from "./store.js";

const SELECT = "SELECT id, backend, subject, username, created FROM users";
const AT_A_TIME = 1000;

export class SqlUserStore implements UserStore {
  constructor(private readonly database: SqlDatabase) {}

  /** The write comes first: it locks the user, so that nobody deletes it meanwhile. */
  ensure({ id, backend, subject, username, created }: StoredUser): Promise<StoredUser> {
    return this.database.transaction(async (session) => {
      await session.run(
        `INSERT INTO users (id, backend, subject, username, created) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (backend, subject) DO UPDATE SET username = excluded.username`,
        id,
        backend,
        subject,
        username,
        created.getTime(),
      );
      const [row] = await session.all(
        "SELECT id, backend, subject, username, created, deleted FROM users WHERE backend = $1 AND subject = $2",
        backend,
        subject,
      );
      if (row === undefined) throw new Error("a user that was just written is not there");
      const user = userOf(row);
      const deleted = row["deleted"] ?? null;
      if (deleted !== null) {
        await session.run("UPDATE tokens SET deleted = $1 WHERE user_id = $2 AND deleted IS NULL", deleted, user.id);
        await session.run("DELETE FROM sessions WHERE user_id = $1", user.id);
        await session.run("DELETE FROM oidc_records WHERE user_id = $1", user.id);
        await session.run("UPDATE users SET deleted = NULL WHERE id = $1", user.id);
      }
      return user;
    });
  }

  async find(id: string): Promise<StoredUser | undefined> {
    const [row] = await this.database.all(`${SELECT} WHERE id = $1 AND deleted IS NULL`, id);
    return row && userOf(row);
  }

  list({ username }: { readonly username?: string }, page: PageRequest): Promise<Page<StoredUser>> {
    const where = ["deleted IS NULL", ...(username === undefined ? [] : ["username = $1"])];
    const values = username === undefined ? [] : [username];
    return readPage(this.database, { select: SELECT, where, values }, page, userOf);
  }

  /**
   * User and tokens stay until they are purged, so that who shows one hears that it was deleted. With the user every token is
   * refused at once; that each is marked too takes its time when there are many, and holds up nobody.
   */
  async delete(id: string, at: Date): Promise<boolean> {
    const isDeleted = await this.database.transaction(async (session) => {
      await session.run("DELETE FROM sessions WHERE user_id = $1", id);
      const sql = "UPDATE users SET deleted = $1 WHERE id = $2 AND deleted IS NULL";
      return (await session.run(sql, at.getTime(), id)) > 0;
    });
    const some = "SELECT id FROM tokens WHERE user_id = $2 AND deleted IS NULL LIMIT $3";
    const sql = `UPDATE tokens SET deleted = $1 WHERE id IN (${some})`;
    // Also when it was deleted before: whoever did that may have been stopped in the middle.
    while ((await this.database.run(sql, at.getTime(), id, AT_A_TIME)) === AT_A_TIME) await nextTurn();
    return isDeleted;
  }
}
