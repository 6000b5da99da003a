import { createHash } from "node:crypto";
import { Client, Pool, type ClientBase, type ClientConfig, type PoolClient, type QueryResult } from "pg";
import { hasNul, type SqlDatabase, type SqlRow, type SqlTransaction, type SqlValue } from "../sql-database.js";
import { StoreUnavailableError } from "../store.js";
import { asStoreError, isRetryable } from "./postgres-errors.js";

export interface PostgresLocation {
  /** `postgres://user:password@host/database`. A secret. */
  readonly url: string;
  /** At most so many at a time. */
  readonly connections: number;
}

/** Reviews are asked for with some patience, but an API server must hear in time that it has to try again. */
const CONNECT_MILLISECONDS = 5000;
const STATEMENT_MILLISECONDS = 5000;
/** When the server itself does not end a statement in time, nothing is heard from it any more. */
const SILENCE_MILLISECONDS = 7000;
const IDLE_IN_TRANSACTION_MILLISECONDS = 10_000;
const ATTEMPTS = 5;
/** Of the advisory lock that replicas which start take turns by: the first bytes of the service's name. */
const LOCK = 0x6b756265;

/**
 * PostgreSQL, for any number of replicas. A statement sees what was committed before it began; a transaction that decides on
 * what it reads has to lock that first, by a write. What the server gives up for another's sake is run again.
 */
export class PostgresDatabase implements SqlDatabase {
  private readonly pool: Pool;
  private readonly config: ClientConfig;

  constructor({ url, connections }: PostgresLocation) {
    this.config = {
      connectionString: url,
      application_name: "kubernetes-auth",
      connectionTimeoutMillis: CONNECT_MILLISECONDS,
      keepAlive: true,
    };
    this.pool = new Pool({
      ...this.config,
      max: connections,
      statement_timeout: STATEMENT_MILLISECONDS,
      query_timeout: SILENCE_MILLISECONDS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MILLISECONDS,
    });
    // A connection that ends, idle or not, tells so by an event too, and an event of errors that nobody hears ends the process.
    // Whoever uses it is told by its statement; the pool forgets an idle one.
    this.pool.on("error", ignore);
    this.pool.on("connect", (client) => client.on("error", ignore));
  }

  all(sql: string, ...values: readonly SqlValue[]): Promise<readonly SqlRow[]> {
    return retried(() => this.withPooled((client) => new PostgresSession(client).all(sql, ...values)));
  }

  run(sql: string, ...values: readonly SqlValue[]): Promise<number> {
    return retried(() => this.withPooled((client) => new PostgresSession(client).run(sql, ...values)));
  }

  transaction<T>(
    work: (session: SqlTransaction) => Promise<T>,
    { alone = false }: { readonly alone?: boolean } = {},
  ): Promise<T> {
    return retried(() =>
      alone
        ? this.withOwn((client) => committed(client, work, LOCK))
        : this.withPooled((client) => committed(client, work)),
    );
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async withPooled<T>(work: (client: ClientBase) => Promise<T>): Promise<T> {
    let client: PoolClient;
    try {
      client = await this.pool.connect();
    } catch (error) {
      throw unavailable(error);
    }
    let isSound = false;
    try {
      const result = await work(client);
      isSound = true;
      return result;
    } catch (error) {
      const told = asStoreError(error);
      isSound = !(told instanceof StoreUnavailableError);
      throw told;
    } finally {
      // One that is not sound is closed: a statement may still be under way in it.
      client.release(!isSound);
    }
  }

  /** A connection without limits of time: a migration may take long, and the others wait for it. */
  private async withOwn<T>(work: (client: ClientBase) => Promise<T>): Promise<T> {
    const client = new Client(this.config);
    client.on("error", ignore);
    try {
      await client.connect();
    } catch (error) {
      throw unavailable(error);
    }
    try {
      return await work(client);
    } catch (error) {
      throw asStoreError(error);
    } finally {
      await client.end();
    }
  }
}

class PostgresSession implements SqlTransaction {
  constructor(private readonly client: ClientBase) {}

  async all(sql: string, ...values: readonly SqlValue[]): Promise<readonly SqlRow[]> {
    return hasNul(values) ? [] : (await this.prepared(sql, values)).rows;
  }

  async run(sql: string, ...values: readonly SqlValue[]): Promise<number> {
    if (hasNul(values)) throw new RangeError("a text with NUL cannot be stored");
    return (await this.prepared(sql, values)).rowCount ?? 0;
  }

  /** Texts are compared by their bytes, as in SQLite: an index does not depend on the machine's locale. */
  async script(text: string): Promise<void> {
    await this.client.query(text.replaceAll(/\bTEXT\b/g, 'TEXT COLLATE "C"'));
  }

  private prepared(text: string, values: readonly SqlValue[]): Promise<QueryResult<SqlRow>> {
    return this.client.query<SqlRow>({ name: nameOf(text), text, values: [...values] });
  }
}

/** A statement by itself is a transaction too: of many rows it may wait for another that waits for it. */
async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isRetryable(error)) throw error;
      if (count === ATTEMPTS) throw unavailable(error);
    }
  }
}

/** All of the work or nothing. What it throws stays as it is: whoever calls decides whether to try again. */
async function committed<T>(
  client: ClientBase,
  work: (session: SqlTransaction) => Promise<T>,
  lock?: number,
): Promise<T> {
  await client.query("BEGIN ISOLATION LEVEL READ COMMITTED");
  try {
    if (lock !== undefined) await client.query("SELECT pg_advisory_xact_lock($1)", [lock]);
    const result = await work(new PostgresSession(client));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    // Without the connection the server takes everything back by itself.
    if (!(asStoreError(error) instanceof StoreUnavailableError)) await client.query("ROLLBACK");
    throw error;
  }
}

/** The same for every replica: a pooler between may share its connections among them. */
const names = new Map<string, string>();
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash("sha256").update(text).digest("hex").slice(0, 32);
  names.set(text, name);
  return name;
}

function unavailable(error: unknown): StoreUnavailableError {
  return new StoreUnavailableError(`the store does not answer: ${(error as Error).message}`, { cause: error });
}

function ignore(): void {
  return undefined;
}
