import type { SqlRow, SqlSession, SqlValue } from "./sql-database.js";
import type { Page, PageRequest } from "./store.js";

export interface PagedQuery {
  /** What is read, up to and without WHERE. */
  readonly select: string;
  /** Conditions with `$1` and so on for their values. */
  readonly where: readonly string[];
  readonly values: readonly SqlValue[];
  /**
   * A column of which only one value is listed, and its index begins with the column. It is asked for as a range: of an equality
   * PostgreSQL would infer that the index of all rows in their order does as well, and read those of everybody else too.
   */
  readonly within?: { readonly column: string; readonly value: SqlValue };
}

const SEPARATOR = ".";
/** Times up to the year 33658, and ids that are UUIDs. */
const POSITION = /^(?<created>\d{1,15})\.(?<id>[0-9a-f-]{36})$/;

/**
 * Reads a page in the order of creation, from where the last one ended: by an index, so that the last page of a long list
 * costs what the first does.
 */
export async function readPage<T>(
  session: SqlSession,
  { select, where, values, within }: PagedQuery,
  { limit, after }: PageRequest,
  itemOf: (row: SqlRow) => T,
): Promise<Page<T>> {
  const start = after === undefined ? BEGINNING : positionOf(after);
  const columns = [...(within === undefined ? [] : [within.column]), "created", "id"];
  const from = [...(within === undefined ? [] : [within.value]), start.created, start.id];
  const all = [...values, ...from];
  const parameters = from.map((_, index) => `$${values.length + index + 1}`);
  const conditions = [...where, `(${columns.join(", ")}) > (${parameters.join(", ")})`];
  if (within !== undefined) conditions.push(`${within.column} <= $${values.length + 1}`);
  // One more than asked for tells whether there is a next page.
  all.push(limit + 1);
  const order = `WHERE ${conditions.join(" AND ")} ORDER BY ${columns.join(", ")} LIMIT $${all.length}`;
  const rows = await session.all(`${select} ${order}`, ...all);
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(itemOf),
    ...(rows.length > limit &&
      last !== undefined && { next: `${String(last["created"])}${SEPARATOR}${String(last["id"])}` }),
  };
}

interface Position {
  readonly created: number;
  readonly id: string;
}

const BEGINNING: Position = { created: -1, id: "" };

/** Of a text that this made; of another one, the end of every list. */
function positionOf(after: string): Position {
  const { created, id } = POSITION.exec(after)?.groups ?? {};
  if (created === undefined || id === undefined) return { created: Number.MAX_SAFE_INTEGER, id: "" };
  return { created: Number(created), id };
}
