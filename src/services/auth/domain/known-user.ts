import type { Identity } from "../identity/identity-backend.js";
import type { Services } from "../services.js";
import type { StoredUser } from "../store/store.js";

/**
 * The user that an identity of the back-end is; made known when it was not yet.
 *
 * @throws StoreUnavailableError
 */
export function knownUser(
  { store, backend, randomId, now }: Pick<Services, "store" | "backend" | "randomId" | "now">,
  { subject, username }: Identity,
): Promise<StoredUser> {
  return store.users.ensure({ id: randomId(), backend: backend.name, subject, username, created: new Date(now()) });
}
