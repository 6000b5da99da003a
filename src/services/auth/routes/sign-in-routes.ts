import { z } from "zod";
import { signedIn as signedInAnswer, signIn } from "../../../api/sign-in.js";
import { isReserved } from "../../../api/primitives.js";
import { knownUser } from "../domain/known-user.js";
import { AuthError } from "../errors.js";
import type { Credentials } from "../identity/identity-backend.js";
import type { Services } from "../services.js";
import { userAnswer } from "./answers.js";
import { shownToken } from "./principal.js";
import type { Server } from "./server-type.js";

const tags = ["sign-in"];

/** Users sign in with what their identity back-end knows them by, to manage their tokens. */
export function addSignInRoutes(server: Server, services: Services): void {
  const { backend, sessions, signInGuard, metrics, audit } = services;
  const count = (result: "success" | "failure" | "error") => {
    metrics.signIns.inc({ backend: backend.name, result });
  };
  const knownIdentity = async (credentials: Credentials) => {
    const identity = await backend.signIn(credentials);
    return identity === undefined || isReserved(identity.username) ? undefined : identity;
  };

  server.post(
    "/sign-in",
    { schema: { tags, summary: "Sign in", body: signIn, response: { 201: signedInAnswer } } },
    async (request, reply) => {
      const credentials = credentialsOf(request.body);
      const attempt = { account: accountOf(credentials), address: request.ip };
      const signedIn = await signInGuard
        .attempt(attempt, () => knownIdentity(credentials))
        .catch((error: unknown) => {
          count("error");
          throw error;
        });
      if (signedIn.outcome !== "signed-in") {
        count("failure");
        const event = signedIn.outcome === "locked" ? "sign-in.locked" : "sign-in.refused";
        audit({ event, by: "anonymous", requestId: request.id, backend: backend.name, address: request.ip });
        if (signedIn.outcome === "refused") throw new AuthError("wrongCredentials");
        void reply.header("retry-after", signedIn.retryAfterSeconds);
        throw new AuthError("lockedOut");
      }
      const { identity } = signedIn;
      count("success");
      const user = await knownUser(services, identity);
      const { session, expires } = await sessions.open(user.id);
      audit({ event: "sign-in", by: `user:${user.id}`, requestId: request.id, backend: backend.name });
      void reply.code(201);
      return { session, expires: expires.toISOString(), user: userAnswer(user) };
    },
  );

  server.delete(
    "/sign-in",
    { schema: { tags, summary: "Sign out", response: { 204: z.null() } } },
    async (request, reply) => {
      const shown = shownToken(request);
      if (shown === undefined || !(await sessions.close(shown))) throw new AuthError("noCredentials");
      void reply.code(204);
      return null;
    },
  );
}

function credentialsOf(body: z.output<typeof signIn>): Credentials {
  if ("application_credential" in body) return { type: "application-credential", ...body.application_credential };
  return { type: "password", ...body };
}

/** What attempts are counted by: the name as it was typed, whether somebody has it or not. */
function accountOf(credentials: Credentials): string {
  return credentials.type === "password"
    ? `password:${credentials.username}`
    : `application-credential:${credentials.id}`;
}
