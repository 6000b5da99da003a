import { type EtcdClient, type EtcdEntry } from "./etcd-client.js";

const AT_ONCE = 64;

/** Writes keys one at a time each, to whichever member takes them, until every one of them is acknowledged. */
export class EtcdWriter {
  /** Keys and values that etcd has acknowledged. */
  readonly acknowledged = new Map<string, string>();
  /** Attempts that were not acknowledged, and made again. */
  failures = 0;
  readonly ended: Promise<void>;
  private next = 0;

  /** @param clients with a time-out that is short beside an election */
  constructor(
    private readonly clients: readonly EtcdClient[],
    readonly prefix: string,
    readonly count: number,
  ) {
    this.ended = Promise.all(Array.from({ length: AT_ONCE }, (_, lane) => this.work(lane))).then(() => undefined);
  }

  /** Resolves when so many are acknowledged. */
  async reached(count: number): Promise<void> {
    while (this.acknowledged.size < count) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** What of the acknowledged is not among the entries, or is there with another value. */
  missingFrom(entries: readonly EtcdEntry[]): readonly string[] {
    const there = new Map(entries.map(({ key, value }) => [key, value]));
    return [...this.acknowledged].filter(([key, value]) => there.get(key) !== value).map(([key]) => key);
  }

  private async work(lane: number): Promise<void> {
    for (let turn = lane; this.next < this.count;) {
      const number = this.next;
      this.next += 1;
      const key = `${this.prefix}${String(number).padStart(6, "0")}`;
      const value = `${number}:`.padEnd(100, "x");
      while (!this.acknowledged.has(key)) {
        try {
          await this.clients[turn % this.clients.length]?.put(key, value);
          this.acknowledged.set(key, value);
        } catch {
          this.failures += 1;
          turn += 1;
        }
      }
    }
  }
}
