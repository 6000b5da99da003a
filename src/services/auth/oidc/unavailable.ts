import { errors } from "oidc-provider";
import { BackendUnavailableError } from "../identity/identity-backend.js";
import { StoreUnavailableError } from "../store/store.js";

const UNAVAILABLE = 503;

/**
 * What the library answers with when store or back-end do not.
 *
 * @throws TemporarilyUnavailable, which clients know from RFC 6749
 */
export async function askedFor<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof StoreUnavailableError || error instanceof BackendUnavailableError)) throw error;
    const told = new errors.TemporarilyUnavailable("try again later", error.message);
    throw Object.assign(told, { status: UNAVAILABLE, statusCode: UNAVAILABLE, cause: error });
  }
}
