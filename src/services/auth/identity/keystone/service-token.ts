import { BackendUnavailableError } from "../identity-backend.js";
import type { KeystoneHttp } from "./keystone-http.js";
import { signInToKeystone, type KeystoneAuth } from "./keystone-sign-in.js";

export interface ServiceTokenOptions {
  readonly http: KeystoneHttp;
  readonly auth: KeystoneAuth;
  readonly timeoutMilliseconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** It is renewed so long before its end, or halfway when it lives shorter than twice that. */
const RENEWAL_MILLISECONDS = 300_000;
/** A refused sign-in is not tried again sooner: Keystone may lock the account. */
const REFUSAL_HOLDS_MILLISECONDS = 5000;

/** The token of the service user. Whoever needs it while it is being renewed waits for the same sign-in. */
export class ServiceToken {
  private held: { readonly secret: string; readonly renewAt: number } | undefined;
  private renewal: Promise<string> | undefined;
  private refusedAt: number | undefined;

  constructor(private readonly options: ServiceTokenOptions) {}

  /** @throws BackendUnavailableError when Keystone does not answer, or refuses the service user */
  get(): Promise<string> {
    if (this.held !== undefined && this.options.now() < this.held.renewAt) return Promise.resolve(this.held.secret);
    this.renewal ??= this.renew().finally(() => {
      this.renewal = undefined;
    });
    return this.renewal;
  }

  /** Keystone has refused it: the next one who needs a token gets another. */
  refused(secret: string): void {
    if (this.held?.secret === secret) this.held = undefined;
  }

  private async renew(): Promise<string> {
    const { http, auth, timeoutMilliseconds, now } = this.options;
    if (this.refusedAt !== undefined && now() - this.refusedAt < REFUSAL_HOLDS_MILLISECONDS) throw refusedUser();
    const signIn = await signInToKeystone(http, auth, AbortSignal.timeout(timeoutMilliseconds));
    if (signIn === undefined) {
      this.refusedAt = now();
      throw refusedUser();
    }
    this.refusedAt = undefined;
    // Of Keystone's times only the difference counts: its clock is not ours.
    const lifetime = Date.parse(signIn.token.expires_at) - Date.parse(signIn.token.issued_at);
    this.held = {
      secret: signIn.secret,
      renewAt: now() + Math.max(lifetime - RENEWAL_MILLISECONDS, lifetime / 2),
    };
    return signIn.secret;
  }
}

function refusedUser(): BackendUnavailableError {
  return new BackendUnavailableError("Keystone refuses the service user: its name, password, domain or role is wrong");
}
