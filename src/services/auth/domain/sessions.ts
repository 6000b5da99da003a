import type { SessionStore, StoredUser } from "../store/store.js";
import { sha256 } from "./secret-text.js";

const SESSION_BYTES = 32;
const PREFIX = "kaas-session_";

export interface SessionsOptions {
  readonly store: SessionStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly lifetimeSeconds: number;
}

/** Those who have signed in to manage their tokens. What they show is in no store: its hash is. */
export class Sessions {
  constructor(private readonly options: SessionsOptions) {}

  async open(userId: string): Promise<{ readonly session: string; readonly expires: Date }> {
    const { store, now, randomBytes, lifetimeSeconds } = this.options;
    const session = PREFIX + Buffer.from(randomBytes(SESSION_BYTES)).toString("base64url");
    const expires = new Date(now() + lifetimeSeconds * 1000);
    await store.create(sha256(session), { userId, expires });
    return { session, expires };
  }

  async userOf(session: string): Promise<StoredUser | undefined> {
    if (!session.startsWith(PREFIX)) return undefined;
    const found = await this.options.store.find(sha256(session));
    return found !== undefined && found.session.expires.getTime() > this.options.now() ? found.user : undefined;
  }

  close(session: string): Promise<boolean> {
    return this.options.store.delete(sha256(session));
  }
}
