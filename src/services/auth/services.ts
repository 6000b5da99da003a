import type { AskingClusters } from "./domain/asking-cluster.js";
import type { Sessions } from "./domain/sessions.js";
import type { SignInGuard } from "./domain/sign-in-guard.js";
import type { TokenAdmin } from "./domain/token-admin.js";
import type { TokenReviewer } from "./domain/token-review.js";
import type { IdentityBackend } from "./identity/identity-backend.js";
import type { IdentityDirectory } from "./identity/identity-directory.js";
import type { Metrics } from "./metrics.js";
import type { DenyRule } from "./settings.js";
import type { Store } from "./store/store.js";

/** One line of the audit log. No value of a token or password is ever in it. */
export interface AuditEvent {
  /** `token-review`, `token.create`. */
  readonly event: string;
  /** Who did it: `cluster:demo`, `administrator`, `user:<id>`. */
  readonly by: string;
  readonly requestId: string;
  readonly [field: string]: unknown;
}

/** What the routes work with. */
export interface Services {
  readonly store: Store;
  readonly backend: IdentityBackend;
  readonly directory: IdentityDirectory;
  readonly reviewer: TokenReviewer;
  readonly askingClusters: AskingClusters;
  readonly tokenAdmin: TokenAdmin;
  readonly sessions: Sessions;
  readonly signInGuard: SignInGuard;
  readonly metrics: Metrics;
  readonly audit: (event: AuditEvent) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly randomId: () => string;
  /** What may change while the service runs. */
  readonly current: () => ReloadableSettings;
}

export interface ReloadableSettings {
  readonly adminTokens: readonly string[];
  readonly denyRules: readonly DenyRule[];
  /** How long before its end a token is warned of. */
  readonly warningDays: number;
}
