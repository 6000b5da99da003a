import { setImmediate } from "node:timers/promises";

/** Between the parts of long work: lets others have their turn, which promises alone do not. SQLite answers in this thread. */
export function nextTurn(): Promise<void> {
  return setImmediate();
}
