import type { FastifyRequest } from "fastify";
import { assertAdministrator, principalOf, type Principal } from "../domain/principal.js";
import type { Services } from "../services.js";

export const TOKEN_HEADER = "x-auth-token";

/** What was shown as x-auth-token. Node joins a header that came twice: that is no token. */
export function shownToken({ headers }: FastifyRequest): string | undefined {
  const shown = headers[TOKEN_HEADER];
  return typeof shown === "string" ? shown : undefined;
}

/** @throws AuthError noCredentials */
export function askingPrincipal(request: FastifyRequest, { current, sessions }: Services): Promise<Principal> {
  return principalOf(shownToken(request), current().adminTokens, sessions);
}

/** @throws AuthError noCredentials, forbidden */
export async function askingAdministrator(request: FastifyRequest, services: Services): Promise<Principal> {
  const principal = await askingPrincipal(request, services);
  assertAdministrator(principal);
  return principal;
}
