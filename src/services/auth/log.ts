import { destination, pino, stdTimeFunctions, type DestinationStream, type Logger } from "pino";
import type { AuditEvent } from "./services.js";

const LEVELS = ["fatal", "error", "warn", "info", "info", "debug", "debug", "trace", "trace"] as const;

/** Lines are written by so many bytes, or after so long: one by one they would take as long as the reviews that they tell of. */
const GATHER = { minLength: 4096, periodicFlush: 100 };

/** Standard output. @returns with `flushSync`, for the end of the process */
export function standardOutput() {
  return destination({ fd: 1, sync: false, ...GATHER });
}

/** Lines of JSON. What is verbose tells of requests, never what was in them. @param verbosity 1 to 9 */
export function makeLogger(verbosity: number, destination: DestinationStream): Logger {
  return pino(
    {
      level: LEVELS[verbosity - 1] ?? "info",
      base: { service: "kubernetes-auth" },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    destination,
  );
}

/** Who did what, and how it was decided: on the same stream, whatever the log's level is. */
export function makeAudit(destination: DestinationStream): (event: AuditEvent) => void {
  const logger = pino(
    { level: "info", base: { service: "kubernetes-auth", log: "audit" }, timestamp: stdTimeFunctions.isoTime },
    destination,
  );
  return (event) => {
    logger.info(event);
  };
}
