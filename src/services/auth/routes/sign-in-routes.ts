import { z } from "zod";
import { signedIn as signedInAnswer, signIn as signInBody } from "../../../api/sign-in.js";
import { signIn } from "../domain/sign-in.js";
import { AuthError } from "../errors.js";
import type { Credentials } from "../identity/identity-backend.js";
import type { Services } from "../services.js";
import { userAnswer } from "./answers.js";
import { shownToken } from "./principal.js";
import type { Server } from "./server-type.js";

const tags = ["sign-in"];

/** Users sign in with what their identity back-end knows them by, to manage their tokens. */
export function addSignInRoutes(server: Server, services: Services): void {
  const { sessions } = services;

  server.post(
    "/sign-in",
    { schema: { tags, summary: "Sign in", body: signInBody, response: { 201: signedInAnswer } } },
    async (request, reply) => {
      const origin = { requestId: request.id, address: request.ip };
      const signedIn = await signIn(credentialsOf(request.body), origin, services);
      if (signedIn.outcome === "refused") throw new AuthError("wrongCredentials");
      if (signedIn.outcome === "locked") {
        void reply.header("retry-after", signedIn.retryAfterSeconds);
        throw new AuthError("lockedOut");
      }
      const { user } = signedIn;
      const { session, expires } = await sessions.open(user.id);
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

function credentialsOf(body: z.output<typeof signInBody>): Credentials {
  if ("application_credential" in body) return { type: "application-credential", ...body.application_credential };
  return { type: "password", ...body };
}
