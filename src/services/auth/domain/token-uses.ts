import type { TokenStore } from "../store/store.js";

/** To the minute: who uses a token all the time costs the store one write a minute. */
const GRAIN_MILLISECONDS = 60_000;

/** When tokens were used last, written in batches: a write for each review would be more than the reviews themselves. */
export class TokenUses {
  /** Not written yet, those that wait longest first. */
  private readonly uses = new Map<string, Date>();
  private minute = new Date(0);
  /** Whose use in this minute is written. */
  private readonly written = new Set<string>();

  constructor(private readonly tokens: Pick<TokenStore, "recordUses">) {}

  record(tokenId: string, at: Date): void {
    const milliseconds = at.getTime();
    const minute = milliseconds - (milliseconds % GRAIN_MILLISECONDS);
    if (minute !== this.minute.getTime()) {
      this.minute = new Date(minute);
      this.written.clear();
    }
    if (!this.written.has(tokenId)) this.uses.set(tokenId, this.minute);
  }

  /**
   * @param limit of tokens, so that reviews do not wait for long. @default - all
   * @throws StoreUnavailableError: they are written with a later batch then
   */
  async flush(limit = Number.POSITIVE_INFINITY): Promise<void> {
    if (this.uses.size === 0) return;
    const batch = new Map<string, Date>();
    for (const [id, at] of this.uses) {
      if (batch.size === limit) break;
      batch.set(id, at);
      this.uses.delete(id);
    }
    try {
      await this.tokens.recordUses(batch);
    } catch (error) {
      for (const [id, at] of batch) if (!this.uses.has(id)) this.uses.set(id, at);
      throw error;
    }
    for (const [id, at] of batch) if (at.getTime() === this.minute.getTime()) this.written.add(id);
  }
}
