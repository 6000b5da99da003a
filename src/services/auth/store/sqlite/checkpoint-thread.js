// Copies what a store's log holds into its file, whenever it is told to. In a thread of its own, since it waits for the disk:
// checkpointer.ts starts it. JavaScript, since a thread loads nothing else in Node 20.
import { parentPort, workerData } from "node:worker_threads";
import { DatabaseSync } from "@photostructure/sqlite";

const database = new DatabaseSync(workerData.path);

parentPort.on("message", (what) => {
  if (what === "end") {
    database.close();
    parentPort.close();
    return;
  }
  try {
    // PASSIVE waits for nobody, and nobody for it. Source: sqlite.org/pragma.html#pragma_wal_checkpoint
    database.exec("PRAGMA wal_checkpoint(PASSIVE)");
  } catch {
    // The connection that writes copies the log itself when it grows too long, and tells what is wrong then.
  }
});
