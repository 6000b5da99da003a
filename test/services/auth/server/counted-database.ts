import type {
  SqlDatabase,
  SqlRow,
  SqlTransaction,
  SqlValue,
} from "../../../../src/services/auth/store/sql-database.js";
import { StoreUnavailableError } from "../../../../src/services/auth/store/store.js";

/** A database that counts what it is asked, and that can be told not to answer. */
export class CountedDatabase implements SqlDatabase {
  statements = 0;
  isDown = false;

  constructor(private readonly database: SqlDatabase) {}

  all(sql: string, ...values: readonly SqlValue[]): Promise<readonly SqlRow[]> {
    return this.asked(() => this.database.all(sql, ...values));
  }

  run(sql: string, ...values: readonly SqlValue[]): Promise<number> {
    return this.asked(() => this.database.run(sql, ...values));
  }

  transaction<T>(
    work: (session: SqlTransaction) => Promise<T>,
    options?: Parameters<SqlDatabase["transaction"]>[1],
  ): Promise<T> {
    return this.asked(() => this.database.transaction(work, options));
  }

  close(): Promise<void> {
    return this.database.close();
  }

  private async asked<T>(ask: () => Promise<T>): Promise<T> {
    this.statements++;
    if (this.isDown) throw new StoreUnavailableError("the store does not answer: told so by the test");
    return ask();
  }
}
