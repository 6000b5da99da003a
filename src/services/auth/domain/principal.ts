import { AuthError } from "../errors.js";
import type { StoredUser } from "../store/store.js";
import { sameSecret } from "./secret-text.js";
import type { Sessions } from "./sessions.js";

/** Who asks the admin API. */
export type Principal =
  | { readonly type: "administrator" }
  /** Manages the tokens that are its own. */
  | { readonly type: "user"; readonly user: StoredUser };

/**
 * @param shown value of x-auth-token
 * @param adminTokens taken ones: two while one replaces the other
 * @throws AuthError noCredentials
 */
export async function principalOf(
  shown: string | undefined,
  adminTokens: readonly string[],
  sessions: Sessions,
): Promise<Principal> {
  if (shown === undefined || shown === "") throw new AuthError("noCredentials");
  // All of them are compared, whichever it is.
  const matches = adminTokens.filter((token) => sameSecret(shown, token));
  if (matches.length > 0) return { type: "administrator" };
  const user = await sessions.userOf(shown);
  if (user === undefined) throw new AuthError("noCredentials");
  return { type: "user", user };
}

/** @throws AuthError forbidden */
export function assertAdministrator(principal: Principal): void {
  if (principal.type !== "administrator") throw new AuthError("forbidden");
}

/** For log and audit. */
export function nameOf(principal: Principal): string {
  return principal.type === "administrator" ? "administrator" : `user:${principal.user.id}`;
}
