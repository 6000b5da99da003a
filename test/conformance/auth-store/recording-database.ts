import type { SqlDatabase, SqlSession, SqlValue } from "../../../src/services/auth/store/sql-database.js";

export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** A database that remembers which statements it was asked to run. */
export class RecordingDatabase implements SqlDatabase {
  private statements: Statement[] = [];

  constructor(private readonly database: SqlDatabase) {}

  /** Those that some work runs. */
  async of(work: () => Promise<unknown>): Promise<readonly Statement[]> {
    this.statements = [];
    await work();
    return this.statements;
  }

  all(sql: string, ...values: readonly SqlValue[]) {
    return this.recorded(this.database).all(sql, ...values);
  }

  run(sql: string, ...values: readonly SqlValue[]) {
    return this.recorded(this.database).run(sql, ...values);
  }

  transaction: SqlDatabase["transaction"] = (work, options) =>
    this.database.transaction(
      (session) => work({ ...this.recorded(session), script: (text) => session.script(text) }),
      options,
    );

  close() {
    return this.database.close();
  }

  private recorded(session: SqlSession): SqlSession {
    return {
      all: (sql, ...values) => {
        this.statements.push({ sql, values });
        return session.all(sql, ...values);
      },
      run: (sql, ...values) => {
        this.statements.push({ sql, values });
        return session.run(sql, ...values);
      },
    };
  }
}
