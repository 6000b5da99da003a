/** Lets others have their turn, which promises alone do not: what has come meanwhile is begun. SQLite answers in this thread. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
