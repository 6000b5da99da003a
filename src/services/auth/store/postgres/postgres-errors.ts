import { DatabaseError } from "pg";
import { StoreUnavailableError } from "../store.js";

/** Another transaction was in the way. Source: postgresql.org/docs/15/errcodes-appendix.html, as are the codes below */
const RETRYABLE = new Set(["40001", "40P01"]);

/** Whole classes: connections; authorization; what the server lacks; its operator stepped in; its system; its files. */
const UNAVAILABLE_CLASSES = ["08", "28", "53", "57", "58", "XX"];

const UNAVAILABLE_CODES = new Set([
  "3D000", // There is no such database, or none yet.
  "25006", // It only reads: a standby, or one that was the primary until a moment ago.
  "25P03", // It ended a transaction in which nothing happened for too long.
  "55P03", // A lock was not to be had in time.
]);

/** What the driver says of a connection without a code. Source: its lib/client.js and lib/connection.js, and pg-pool */
const CONNECTION_MESSAGES = [
  /^Connection terminated/,
  /^Query read timeout$/,
  /^timeout expired$/,
  /^Client (has encountered a connection error|was closed) and is not queryable$/,
];

/** Of the system, for sockets and names. */
const SOCKET_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

/** Whether the same transaction may well succeed when it is run again. */
export function isRetryable(error: unknown): boolean {
  return error instanceof DatabaseError && RETRYABLE.has(error.code ?? "");
}

/** The error itself when it is a defect of ours, and nothing that the server will get over. */
export function asStoreError(error: unknown): unknown {
  // Not by its class: an error of a socket has that of the realm which Node itself runs in.
  const told = error as Partial<NodeJS.ErrnoException>;
  if (!isUnavailable(told)) return error;
  return new StoreUnavailableError(`the store does not answer: ${told.message ?? ""}`, { cause: error });
}

function isUnavailable(error: Partial<NodeJS.ErrnoException>): boolean {
  const { code, message = "" } = error;
  if (error instanceof DatabaseError) {
    return UNAVAILABLE_CLASSES.includes(code?.slice(0, 2) ?? "") || UNAVAILABLE_CODES.has(code ?? "");
  }
  if (code !== undefined) return SOCKET_CODES.has(code);
  return CONNECTION_MESSAGES.some((pattern) => pattern.test(message));
}
