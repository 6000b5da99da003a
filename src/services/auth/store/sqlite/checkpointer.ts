import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** How long commits gather for one checkpoint. */
const GATHER_MILLISECONDS = 1000;

/**
 * Keeps a store's log short while reviews go on: SQLite would otherwise copy the log into the file in the middle of a commit, and
 * everybody would wait for the disk.
 */
export class Checkpointer {
  private timer: NodeJS.Timeout | undefined;
  private thread: Worker | undefined;

  /** @param path of the store's file */
  constructor(private readonly path: string) {}

  /** Something was committed. */
  committed(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.thread ??= this.start();
      this.thread.postMessage("checkpoint");
    }, GATHER_MILLISECONDS).unref();
  }

  /** Returns when the thread has let go of the file. */
  async close(): Promise<void> {
    clearTimeout(this.timer);
    const { thread } = this;
    if (thread === undefined) return;
    this.thread = undefined;
    thread.ref();
    const ended = once(thread, "exit");
    thread.postMessage("end");
    await ended;
  }

  private start(): Worker {
    const thread = new Worker(new URL("./checkpoint-thread.js", import.meta.url), { workerData: { path: this.path } });
    // A thread that cannot start is tried again with the next commit; the connection that writes does its work meanwhile.
    thread.on("error", () => {
      this.thread = undefined;
    });
    thread.unref();
    return thread;
  }
}
