import type { CliIo } from "../io.js";

/** A wait that is shorter needs no word. */
const QUIET_MS = 1_000;
const REPEAT_MS = 5_000;

/** Tells who sits at a terminal, on standard error, what a long wait is for and that it goes on. */
export async function withProgress<T>({ stderr }: Pick<CliIo, "stderr">, what: string, work: Promise<T>): Promise<T> {
  if (stderr.isTTY !== true) return work;
  let waitedMs = QUIET_MS;
  const tell = () => {
    const again = waitedMs > QUIET_MS ? ` (${Math.round(waitedMs / 1000)} s)` : "";
    stderr.write(`${what} …${again}\n`);
    waitedMs += REPEAT_MS;
    timer = setTimeout(tell, REPEAT_MS);
  };
  let timer = setTimeout(tell, QUIET_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
