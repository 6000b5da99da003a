import { closeSync, openSync } from "node:fs";
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from "@photostructure/sqlite";
import { nextTurn } from "../next-turn.js";
import { hasNul, type SqlDatabase, type SqlRow, type SqlTransaction, type SqlValue } from "../sql-database.js";
import { StoreUnavailableError } from "../store.js";
import { Checkpointer } from "./checkpointer.js";

/** How long a statement waits for another process that writes. */
const BUSY_MILLISECONDS = 5000;
const CACHE_KIB = 64 * 1024;
/** So much of the file is read through the pages that the system keeps of it, not copied. */
const MAPPED_BYTES = 4 * 1024 ** 3;
/** Pages of 4 KiB in the log at which a commit copies them itself: only when the thread that does so does not get by. */
const LONGEST_LOG_PAGES = 8000;
const IN_MEMORY = ":memory:";
const OWNER_ONLY = 0o600;

/** One connection's prepared statements. */
class SqliteSession implements SqlTransaction {
  private readonly statements = new Map<string, StatementSyncInstance>();

  constructor(private readonly database: DatabaseSyncInstance) {}

  all(sql: string, ...values: readonly SqlValue[]): Promise<readonly SqlRow[]> {
    return promised(() => (hasNul(values) ? [] : (this.prepared(sql).all(...values) as SqlRow[])));
  }

  run(sql: string, ...values: readonly SqlValue[]): Promise<number> {
    return promised(() => this.write(sql, values));
  }

  write(sql: string, values: readonly SqlValue[]): number {
    if (hasNul(values)) throw new RangeError("a text with NUL cannot be stored");
    return this.prepared(sql).run(...values).changes;
  }

  script(text: string): Promise<void> {
    return promised(() => {
      this.database.exec(text.replaceAll(/\bBYTEA\b/g, "BLOB"));
    });
  }

  private prepared(sql: string): StatementSyncInstance {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql.replaceAll(/\$(\d+)/g, "?$1"));
    this.statements.set(sql, statement);
    return statement;
  }
}

interface PendingWrite {
  readonly write: () => number;
  readonly resolve: (changes: number) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * SQLite in this process. What was committed survives a kill and a power failure: the log is synced with every commit. Writes
 * and transactions take turns: on one connection a write in the middle of another's transaction would be rolled back with it.
 */
export class SqliteDatabase implements SqlDatabase {
  private readonly session: SqliteSession;
  private isInTransaction = false;
  /** That wait to be committed. */
  private writes: PendingWrite[] = [];
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly database: DatabaseSyncInstance,
    private readonly checkpointer: Checkpointer | undefined,
  ) {
    this.session = new SqliteSession(database);
  }

  /** @param path of the file, made when it is missing, for nobody else to read; `:memory:` for none */
  static open(path: string): SqliteDatabase {
    // SQLite gives the files beside it the same permissions.
    if (path !== IN_MEMORY) closeSync(opened(path));
    const database = answered(() => new DatabaseSync(path));
    // FULL: what was acknowledged is on the disk. Source: sqlite.org/pragma.html#pragma_synchronous
    for (const pragma of [
      `busy_timeout = ${BUSY_MILLISECONDS}`,
      "journal_mode = WAL",
      "synchronous = FULL",
      "foreign_keys = ON",
      `cache_size = -${CACHE_KIB}`,
      `mmap_size = ${MAPPED_BYTES}`,
      `wal_autocheckpoint = ${LONGEST_LOG_PAGES}`,
    ]) {
      answered(() => {
        database.exec(`PRAGMA ${pragma}`);
      });
    }
    return new SqliteDatabase(database, path === IN_MEMORY ? undefined : new Checkpointer(path));
  }

  all(sql: string, ...values: readonly SqlValue[]): Promise<readonly SqlRow[]> {
    const read = () => this.session.all(sql, ...values);
    // On one connection it would see what is not committed yet, and may never be.
    return this.isInTransaction ? this.inTurn(read) : read();
  }

  run(sql: string, ...values: readonly SqlValue[]): Promise<number> {
    return new Promise((resolve, reject) => {
      this.writes.push({ write: () => this.session.write(sql, values), resolve, reject });
      if (this.writes.length > 1) return;
      // Those of all requests that have come by then are committed together: a commit waits for the disk, and with it everybody.
      void this.inTurn(async () => {
        await nextTurn();
        this.commitWrites();
      });
    });
  }

  /** Takes the lock of writers at its beginning: no other process writes meanwhile. */
  transaction<T>(
    work: (session: SqlTransaction) => Promise<T>,
    { lasting = true }: { readonly lasting?: boolean } = {},
  ): Promise<T> {
    return this.inTurn(async () => {
      // NORMAL leaves it to the next commit that is waited for, or to the next checkpoint. It cannot be said within a transaction.
      if (!lasting) await this.session.script("PRAGMA synchronous = NORMAL");
      try {
        await this.session.run("BEGIN IMMEDIATE");
        this.isInTransaction = true;
        const result = await work(this.session);
        await this.session.run("COMMIT");
        this.checkpointer?.committed();
        return result;
      } finally {
        if (this.database.isTransaction) await this.session.run("ROLLBACK");
        if (!lasting) await this.session.script("PRAGMA synchronous = FULL");
        this.isInTransaction = false;
      }
    });
  }

  async close(): Promise<void> {
    await this.turn;
    await this.checkpointer?.close();
    this.database.close();
  }

  /** One that fails takes nothing but itself back. */
  private commitWrites(): void {
    const writes = this.writes;
    this.writes = [];
    try {
      answered(() => {
        this.database.exec("BEGIN IMMEDIATE");
      });
      const told = writes.map(({ write, resolve, reject }) => {
        try {
          const changes = answered(write);
          return () => {
            resolve(changes);
          };
        } catch (error) {
          // Of some failures SQLite takes the whole transaction back by itself, a full disk among them.
          if (!this.database.isTransaction) throw error;
          return () => {
            reject(error);
          };
        }
      });
      answered(() => {
        this.database.exec("COMMIT");
      });
      this.checkpointer?.committed();
      for (const tell of told) tell();
    } catch (error) {
      if (this.database.isTransaction) this.database.exec("ROLLBACK");
      for (const { reject } of writes) reject(error);
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

function opened(path: string): number {
  try {
    return openSync(path, "a", OWNER_ONLY);
  } catch (error) {
    throw new StoreUnavailableError(`the store cannot be opened: ${(error as Error).message}`, { cause: error });
  }
}

/** SQLite answers at once, in this thread. */
function promised<T>(ask: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(answered(ask));
  });
}

/** A file that cannot be opened, read or written is a store that does not answer. */
function answered<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (isSqliteError(error) && isUnavailable(error.sqliteCode)) {
      throw new StoreUnavailableError(`the store does not answer: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

interface SqliteError extends Error {
  readonly code: "ERR_SQLITE_ERROR";
  readonly sqliteCode: number;
}

function isSqliteError(error: unknown): error is SqliteError {
  // Not by its class: a native module has that of the realm which loaded it first.
  return typeof error === "object" && error !== null && "code" in error && error.code === "ERR_SQLITE_ERROR";
}

/** Of the primary result codes. Source: sqlite.org/rescode.html */
const UNAVAILABLE = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  inputOutput: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

function isUnavailable(code: number): boolean {
  return Object.values(UNAVAILABLE).includes(code);
}
