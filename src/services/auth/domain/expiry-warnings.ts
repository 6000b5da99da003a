import { nextTurn } from "../store/next-turn.js";
import type { StoredToken, TokenStore } from "../store/store.js";

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
/** Of the tokens that end on the same day so many are told of. */
export const TOKENS_OF_A_DAY = 500;

export interface ExpiryWarningsOptions {
  readonly tokens: Pick<TokenStore, "expiring">;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told of every token that ends soon, once. */
  readonly warn: (token: StoredToken) => void;
}

/**
 * Tells of tokens before they end. Each is told of once by a process: replicas do not know what others have told, nor a process
 * what was told before it started. Who reads it goes by the tokens' ids.
 */
export class ExpiryWarnings {
  /** When those that were told of end, by id. */
  private readonly told = new Map<string, number>();

  constructor(private readonly options: ExpiryWarningsOptions) {}

  /**
   * @param warningDays how long before its end a token is told of
   * @returns how many valid tokens end within that time
   * @throws StoreUnavailableError: what was not told yet is the next time
   */
  async check(warningDays: number): Promise<number> {
    const { tokens, now, warn } = this.options;
    const start = now();
    for (const [id, end] of this.told) if (end <= start) this.told.delete(id);
    let count = 0;
    // Day by day, so that reviews do not wait while a hundred thousand tokens are read.
    for (let day = 0; day < warningDays; day++) {
      const from = start + day * DAY_MILLISECONDS;
      // The store tells of what ends between two times, and at neither.
      const between = [new Date(day === 0 ? from : from - 1), new Date(from + DAY_MILLISECONDS)] as const;
      for (const { token } of await tokens.expiring(...between, TOKENS_OF_A_DAY)) {
        count += 1;
        if (this.told.has(token.id)) continue;
        this.told.set(token.id, token.expires.getTime());
        warn(token);
      }
      await nextTurn();
    }
    return count;
  }
}
