import { nextTurn } from "./next-turn.js";
import { readPage } from "./page.js";
import { tokenOf, userOf } from "./rows.js";
import type { SqlDatabase, SqlRow, SqlSession } from "./sql-database.js";
import type { NewStoredToken, Page, PageRequest, StoredToken, TokenStore, TokenWithUser } from "./store.js";

const COLUMNS = "id, user_id, description, created, expires, deleted, last_used, clusters";
const SELECT = `SELECT ${COLUMNS} FROM tokens`;
/** With its user a token is deleted, also one that was made at that very moment. */
const DELETED = "COALESCE(t.deleted, u.deleted) AS deleted";
const SELECT_WITH_USER = `
  SELECT ${COLUMNS.split(", ")
    .map((column) => (column === "deleted" ? DELETED : `t.${column} AS ${column}`))
    .join(", ")},
    u.id AS u_id, u.backend AS u_backend, u.subject AS u_subject, u.username AS u_username, u.created AS u_created
  FROM tokens t JOIN users u ON u.id = t.user_id`;
/** Put together once: it is what every review asks. */
const FIND_BY_HASH = `${SELECT_WITH_USER} WHERE t.hash = $1`;

/** Reviews wait for no more than these. */
const USES_AT_A_TIME = 500;

export class SqlTokenStore implements TokenStore {
  constructor(private readonly database: SqlDatabase) {}

  async create({ id, hash, userId, description, created, expires, clusters }: NewStoredToken): Promise<void> {
    await this.database.run(
      `INSERT INTO tokens (id, hash, user_id, description, created, expires, clusters) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      id,
      hash,
      userId,
      description,
      created.getTime(),
      expires.getTime(),
      clusters === undefined ? null : JSON.stringify(clusters),
    );
  }

  async findByHash(hash: Uint8Array): Promise<TokenWithUser | undefined> {
    const [row] = await this.database.all(FIND_BY_HASH, hash);
    return row && withUser(row);
  }

  async find(id: string): Promise<StoredToken | undefined> {
    const [row] = await this.database.all(`${SELECT} WHERE id = $1`, id);
    return row && tokenOf(row);
  }

  list({ userId }: { readonly userId?: string }, page: PageRequest): Promise<Page<StoredToken>> {
    const query = { select: SELECT, where: ["deleted IS NULL"], values: [] };
    const within = userId === undefined ? {} : { within: { column: "user_id", value: userId } };
    return readPage(this.database, { ...query, ...within }, page, tokenOf);
  }

  async describe(id: string, description: string): Promise<boolean> {
    const sql = "UPDATE tokens SET description = $1 WHERE id = $2 AND deleted IS NULL";
    return (await this.database.run(sql, description, id)) > 0;
  }

  async delete(id: string, at: Date): Promise<boolean> {
    const sql = "UPDATE tokens SET deleted = $1 WHERE id = $2 AND deleted IS NULL";
    return (await this.database.run(sql, at.getTime(), id)) > 0;
  }

  async recordUses(uses: ReadonlyMap<string, Date>): Promise<void> {
    const sql = "UPDATE tokens SET last_used = $1 WHERE id = $2 AND (last_used IS NULL OR last_used < $1)";
    // In one order, so that two replicas cannot wait for each other.
    const inOrder = [...uses].sort(([one], [other]) => (one < other ? -1 : 1));
    for (let start = 0; start < inOrder.length; start += USES_AT_A_TIME) {
      const some = inOrder.slice(start, start + USES_AT_A_TIME);
      const write = async (session: SqlSession) => {
        for (const [id, at] of some) await session.run(sql, at.getTime(), id);
      };
      // Reviews need not wait for the disk: a last use that is lost does no harm.
      await this.database.transaction(write, { lasting: false });
      await nextTurn();
    }
  }

  purge(before: Date, limit: number): Promise<number> {
    const time = before.getTime();
    return this.database.transaction(async (session) => {
      const ended = "SELECT id FROM tokens WHERE expires < $1 OR deleted < $1 LIMIT $2";
      const tokens = await session.run(`DELETE FROM tokens WHERE id IN (${ended})`, time, limit);
      await session.run(
        `DELETE FROM users WHERE deleted < $1
           AND NOT EXISTS (SELECT 1 FROM tokens WHERE user_id = users.id)
           AND NOT EXISTS (SELECT 1 FROM sessions WHERE user_id = users.id)`,
        time,
      );
      return tokens;
    });
  }

  async expiring(now: Date, before: Date, limit: number): Promise<readonly TokenWithUser[]> {
    const rows = await this.database.all(
      `${SELECT_WITH_USER} WHERE t.expires > $1 AND t.expires < $2 AND t.deleted IS NULL AND u.deleted IS NULL
       ORDER BY t.expires LIMIT $3`,
      now.getTime(),
      before.getTime(),
      limit,
    );
    return rows.map(withUser);
  }
}

const USER_COLUMNS = ["id", "backend", "subject", "username", "created"] as const;

function withUser(row: SqlRow): TokenWithUser {
  const user = Object.fromEntries(USER_COLUMNS.map((column) => [column, row[`u_${column}`] ?? null]));
  return { token: tokenOf(row), user: userOf(user) };
}
