import { isReserved } from "../../../api/primitives.js";
import type { Credentials } from "../identity/identity-backend.js";
import type { Services } from "../services.js";
import type { StoredUser } from "../store/store.js";
import { knownUser } from "./known-user.js";

export interface SignInOrigin {
  readonly requestId: string;
  /** Of who signs in. */
  readonly address: string;
  /** Of OpenID Connect: whom the user wants to go on to. */
  readonly client?: string;
}

export type SignInResult =
  | { readonly outcome: "signed-in"; readonly user: StoredUser }
  | { readonly outcome: "refused" }
  | { readonly outcome: "locked"; readonly retryAfterSeconds: number };

/**
 * Asks the back-end whether somebody is who they say: guarded against guessing, counted, and told to the audit log.
 *
 * @throws BackendUnavailableError, StoreUnavailableError
 */
export async function signIn(
  credentials: Credentials,
  { address, ...origin }: SignInOrigin,
  services: Services,
): Promise<SignInResult> {
  const { backend, signInGuard, metrics, audit } = services;
  const count = (result: "success" | "failure" | "error") => {
    metrics.signIns.inc({ backend: backend.name, result });
  };
  const told = { ...origin, backend: backend.name };
  const signedIn = await signInGuard
    .attempt({ account: accountOf(credentials), address }, async () => {
      const identity = await backend.signIn(credentials);
      return identity === undefined || isReserved(identity.username) ? undefined : identity;
    })
    .catch((error: unknown) => {
      count("error");
      throw error;
    });
  if (signedIn.outcome !== "signed-in") {
    count("failure");
    const event = signedIn.outcome === "locked" ? "sign-in.locked" : "sign-in.refused";
    audit({ event, by: "anonymous", ...told, address });
    return signedIn;
  }
  count("success");
  const user = await knownUser(services, signedIn.identity);
  audit({ event: "sign-in", by: `user:${user.id}`, ...told });
  return { outcome: "signed-in", user };
}

/** What attempts are counted by: the name as it was typed, whether somebody has it or not. */
function accountOf(credentials: Credentials): string {
  return credentials.type === "password"
    ? `password:${credentials.username}`
    : `application-credential:${credentials.id}`;
}
