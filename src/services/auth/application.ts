import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { AskingClusters } from "./domain/asking-cluster.js";
import { ExpiryWarnings } from "./domain/expiry-warnings.js";
import { Sessions } from "./domain/sessions.js";
import { SignInGuard } from "./domain/sign-in-guard.js";
import { TokenAdmin } from "./domain/token-admin.js";
import { TokenReviewer } from "./domain/token-review.js";
import { TokenUses } from "./domain/token-uses.js";
import type { IdentityBackend } from "./identity/identity-backend.js";
import { IdentityDirectory } from "./identity/identity-directory.js";
import { Metrics } from "./metrics.js";
import type { AuditEvent, ReloadableSettings, Services } from "./services.js";
import type { Settings } from "./settings.js";
import { StoreUnavailableError, type Store } from "./store/store.js";

export interface ApplicationOptions {
  readonly settings: Settings;
  readonly store: Store;
  readonly backend: IdentityBackend;
  readonly logger: Pick<Logger, "info" | "warn" | "error">;
  readonly audit: (event: AuditEvent) => void;
  readonly current: () => ReloadableSettings;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
/** Few at a time, and often: on SQLite reviews wait meanwhile. Twelve thousand tokens in use are written once a minute. */
const USES_MILLISECONDS = 50;
const USES_AT_A_TIME = 10;
const PURGE_MILLISECONDS = 60 * 60 * 1000;
/** At a time, so that reviews do not wait for long. */
const PURGE_AT_A_TIME = 1000;
const DIRECTORY_CAPACITY = 100_000;
const EXPIRY_MILLISECONDS = 10 * 60 * 1000;
/** The first time, at the earliest and the latest: replicas that start together do not all ask at once. */
const FIRST_EXPIRY_MILLISECONDS = [10_000, 20_000] as const;

/** The service but for HTTP: what it works with, and what it does by itself from time to time. */
export class Application {
  readonly services: Services;
  private readonly uses: TokenUses;
  private readonly expiryWarnings: ExpiryWarnings;
  private readonly timers: readonly NodeJS.Timeout[];

  constructor(private readonly options: ApplicationOptions) {
    const { settings, store, backend, current, audit, now } = options;
    const { tokens, sessions, identityCache } = settings;
    const random = { randomBytes: (length: number) => randomBytes(length), randomId: () => randomUUID() };
    const directory = new IdentityDirectory({ backend, now, ...identityCache, capacity: DIRECTORY_CAPACITY });
    this.uses = new TokenUses(store.tokens);
    this.services = {
      store,
      backend,
      directory,
      reviewer: new TokenReviewer({
        tokens: store.tokens,
        directory,
        now,
        audiences: settings.audiences,
        used: (id, at) => {
          this.uses.record(id, at);
        },
      }),
      askingClusters: new AskingClusters(store.clusters, now),
      tokenAdmin: new TokenAdmin({ tokens: store.tokens, users: store.users, now, ...random, ...tokens }),
      sessions: new Sessions({ store: store.sessions, now, ...random, ...sessions }),
      signInGuard: new SignInGuard({ store: store.signIns, now }),
      metrics: new Metrics(),
      audit,
      now,
      randomId: random.randomId,
      current,
    };
    this.expiryWarnings = new ExpiryWarnings({
      tokens: store.tokens,
      now,
      warn: ({ id, userId, expires, lastUsed }) => {
        audit({
          event: "token.expiring",
          by: "kubernetes-auth",
          requestId: "none",
          token: id,
          user: userId,
          expiry: expires.toISOString(),
          lastUsed: lastUsed?.toISOString() ?? null,
        });
      },
    });
    this.timers = [
      this.every(USES_MILLISECONDS, () => this.uses.flush(USES_AT_A_TIME)),
      this.every(PURGE_MILLISECONDS, () => this.purge()),
      this.every((identityCache.freshSeconds * 1000) / 2, () => directory.refresh()),
      this.every(EXPIRY_MILLISECONDS, () => this.warnOfExpiry()),
      setTimeout(() => void this.quietly(() => this.warnOfExpiry()), randomInt(...FIRST_EXPIRY_MILLISECONDS)).unref(),
    ];
  }

  /** Writes what is not written yet, and ends. */
  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.quietly(() => this.flush());
    await this.options.backend.close();
    await this.options.store.close();
  }

  /** Writes when tokens were last used. @throws StoreUnavailableError */
  flush(): Promise<void> {
    return this.uses.flush();
  }

  /** Forgets what has long ended. */
  async purge(): Promise<void> {
    const { store, now } = this.services;
    const ended = new Date(now());
    const longEnded = new Date(now() - this.options.settings.tokens.keepDays * DAY_MILLISECONDS);
    await store.sessions.purge(ended);
    await store.signIns.purge(ended);
    await purgeAll((limit) => store.oidc.purge(ended, limit));
    await purgeAll((limit) => store.tokens.purge(longEnded, limit));
  }

  /** Tells the audit log of tokens that end soon, and the metrics how many they are. @throws StoreUnavailableError */
  async warnOfExpiry(): Promise<void> {
    const { current, metrics } = this.services;
    metrics.tokensExpiring.set(await this.expiryWarnings.check(current().warningDays));
  }

  /** What takes longer than that is not begun again meanwhile. */
  private every(milliseconds: number, work: () => Promise<void>): NodeJS.Timeout {
    let isAtWork = false;
    const timer = setInterval(() => {
      if (isAtWork) return;
      isAtWork = true;
      void this.quietly(work).finally(() => {
        isAtWork = false;
      });
    }, milliseconds);
    return timer.unref();
  }

  /** A store that is down is tried again the next time. */
  private async quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof StoreUnavailableError) this.options.logger.warn({ err: error }, "the store does not answer");
      else this.options.logger.error({ err: error }, "work in the background failed");
    }
  }
}

/** @param purge forgets at most so many, and tells how many they were */
async function purgeAll(purge: (limit: number) => Promise<number>): Promise<void> {
  while ((await purge(PURGE_AT_A_TIME)) === PURGE_AT_A_TIME);
}
