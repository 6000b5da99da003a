import type { SqlDatabase, SqlRow } from "./sql-database.js";
import type { OidcStore, StoredOidcRecord, StoredSigningKey } from "./store.js";

const SELECT = "SELECT id, reference, grant_id, user_id, client_id, content, consumed, expires FROM oidc_records";

export class SqlOidcStore implements OidcStore {
  constructor(private readonly database: SqlDatabase) {}

  async put({ id, reference, grantId, userId, clientId, content, expires }: StoredOidcRecord): Promise<void> {
    await this.database.run(
      `INSERT INTO oidc_records (id, reference, grant_id, user_id, client_id, content, expires)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (id) DO UPDATE SET
         reference = excluded.reference, grant_id = excluded.grant_id, user_id = excluded.user_id,
         client_id = excluded.client_id, content = excluded.content, expires = excluded.expires`,
      id,
      reference ?? null,
      grantId ?? null,
      userId ?? null,
      clientId ?? null,
      content,
      expires.getTime(),
    );
  }

  async find(id: Uint8Array): Promise<StoredOidcRecord | undefined> {
    const [row] = await this.database.all(`${SELECT} WHERE id = $1`, id);
    return row && recordOf(row);
  }

  async findByReference(reference: Uint8Array): Promise<StoredOidcRecord | undefined> {
    const [row] = await this.database.all(`${SELECT} WHERE reference = $1`, reference);
    return row && recordOf(row);
  }

  async consume(id: Uint8Array, at: Date): Promise<boolean> {
    const sql = "UPDATE oidc_records SET consumed = $1 WHERE id = $2 AND consumed IS NULL";
    return (await this.database.run(sql, at.getTime(), id)) > 0;
  }

  async delete(id: Uint8Array): Promise<boolean> {
    return (await this.database.run("DELETE FROM oidc_records WHERE id = $1", id)) > 0;
  }

  deleteGrant(grantId: Uint8Array): Promise<number> {
    return this.database.run("DELETE FROM oidc_records WHERE grant_id = $1", grantId);
  }

  async clientsOfUser(userId: string): Promise<readonly string[]> {
    const rows = await this.database.all(
      `SELECT DISTINCT client_id FROM oidc_records WHERE user_id = $1 AND client_id IS NOT NULL ORDER BY client_id`,
      userId,
    );
    return rows.map((row) => String(row["client_id"]));
  }

  deleteOfUser(userId: string): Promise<number> {
    return this.database.run("DELETE FROM oidc_records WHERE user_id = $1", userId);
  }

  purge(before: Date, limit: number): Promise<number> {
    const expired = "SELECT id FROM oidc_records WHERE expires < $1 LIMIT $2";
    return this.database.run(`DELETE FROM oidc_records WHERE id IN (${expired})`, before.getTime(), limit);
  }

  async signingKeys(): Promise<readonly StoredSigningKey[]> {
    const sql = "SELECT number, id, content, created, signs_from FROM oidc_signing_keys ORDER BY number";
    return (await this.database.all(sql)).map(signingKeyOf);
  }

  async addSigningKey({ number, id, content, created, signsFrom }: StoredSigningKey): Promise<boolean> {
    const added = await this.database.run(
      `INSERT INTO oidc_signing_keys (number, id, content, created, signs_from) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (number) DO NOTHING`,
      number,
      id,
      content,
      created.getTime(),
      signsFrom.getTime(),
    );
    return added > 0;
  }

  async deleteSigningKey(id: string): Promise<boolean> {
    return (await this.database.run("DELETE FROM oidc_signing_keys WHERE id = $1", id)) > 0;
  }
}

function recordOf(row: SqlRow): StoredOidcRecord {
  const { reference, grant_id: grantId, user_id: userId, client_id: clientId, consumed } = row;
  return {
    id: bytes(row["id"]),
    content: bytes(row["content"]),
    expires: new Date(Number(row["expires"])),
    ...(reference !== null && { reference: bytes(reference) }),
    ...(grantId !== null && { grantId: bytes(grantId) }),
    ...(userId !== null && { userId: String(userId) }),
    ...(clientId !== null && { clientId: String(clientId) }),
    ...(consumed !== null && { consumed: new Date(Number(consumed)) }),
  };
}

function signingKeyOf(row: SqlRow): StoredSigningKey {
  return {
    number: Number(row["number"]),
    id: String(row["id"]),
    content: bytes(row["content"]),
    created: new Date(Number(row["created"])),
    signsFrom: new Date(Number(row["signs_from"])),
  };
}

/** PostgreSQL gives a Buffer: a plain array is the same for every database. */
function bytes(value: SqlRow[string] | undefined): Uint8Array {
  return new Uint8Array(value as Uint8Array);
}
