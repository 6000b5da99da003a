export type SqlValue = string | number | bigint | Uint8Array | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** SQLite would cut such a text off there, and PostgreSQL refuses it. */
export function hasNul(values: readonly SqlValue[]): boolean {
  return values.some((value) => typeof value === "string" && value.includes("\0"));
}

/** What statements are run with: the database itself, or a transaction of it. */
export interface SqlSession {
  /**
   * A text with NUL is in no row: none is found by it.
   *
   * @param sql with `$1`, `$2`, … for the values; the text itself is constant, since it is prepared once
   */
  all(sql: string, ...values: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** @returns how many rows were changed @throws RangeError when a text has NUL in it */
  run(sql: string, ...values: readonly SqlValue[]): Promise<number>;
}

export interface SqlTransaction extends SqlSession {
  /** Several statements in one text, without values. */
  script(text: string): Promise<void>;
}

/**
 * A database that understands the SQL of this folder, which is what SQLite and PostgreSQL have in common. Times are
 * milliseconds since 1970 in integers; lists and mappings are JSON texts.
 */
export interface SqlDatabase extends SqlSession {
  /**
   * All or nothing.
   *
   * @param work may be run again when another transaction was in the way: it changes nothing but the database
   * @param options.alone whether every other replica that asks for the same waits. @default false
   * @param options.lasting whether a power failure must not take it back: that is waited for. @default true
   */
  transaction<T>(
    work: (session: SqlTransaction) => Promise<T>,
    options?: { readonly alone?: boolean; readonly lasting?: boolean },
  ): Promise<T>;
  close(): Promise<void>;
}
