import type { SqlDatabase } from "./sql-database.js";
import type { SignInStore, StoredAttempt } from "./store.js";

export class SqlSignInStore implements SignInStore {
  constructor(private readonly database: SqlDatabase) {}

  change<T>(
    bucket: Uint8Array,
    until: Date,
    change: (attempts: readonly StoredAttempt[]) => { readonly attempts: readonly StoredAttempt[]; readonly result: T },
  ): Promise<T> {
    return this.database.transaction(async (session) => {
      // The write locks the row until the transaction ends, so that no other replica reads it meanwhile.
      await session.run(
        `INSERT INTO sign_in_attempts (bucket, attempts, until) VALUES ($1, '[]', $2)
         ON CONFLICT (bucket) DO UPDATE SET until = excluded.until`,
        bucket,
        until.getTime(),
      );
      const [row] = await session.all("SELECT attempts FROM sign_in_attempts WHERE bucket = $1", bucket);
      const { attempts, result } = change(attemptsOf(String(row?.["attempts"])));
      const text = JSON.stringify(attempts.map(({ at, isSettled }) => [at.getTime(), isSettled]));
      await session.run("UPDATE sign_in_attempts SET attempts = $1 WHERE bucket = $2", text, bucket);
      return result;
    });
  }

  async rememberOrigin(origin: Uint8Array, until: Date): Promise<void> {
    await this.database.run(
      `INSERT INTO sign_in_origins (origin, until) VALUES ($1, $2)
       ON CONFLICT (origin) DO UPDATE SET until = excluded.until`,
      origin,
      until.getTime(),
    );
  }

  async isKnownOrigin(origin: Uint8Array, now: Date): Promise<boolean> {
    const sql = "SELECT until FROM sign_in_origins WHERE origin = $1 AND until > $2";
    return (await this.database.all(sql, origin, now.getTime())).length > 0;
  }

  async purge(now: Date): Promise<number> {
    const attempts = await this.database.run("DELETE FROM sign_in_attempts WHERE until <= $1", now.getTime());
    return attempts + (await this.database.run("DELETE FROM sign_in_origins WHERE until <= $1", now.getTime()));
  }
}

function attemptsOf(text: string): readonly StoredAttempt[] {
  const pairs = JSON.parse(text) as readonly (readonly [number, boolean])[];
  return pairs.map(([at, isSettled]) => ({ at: new Date(at), isSettled }));
}
