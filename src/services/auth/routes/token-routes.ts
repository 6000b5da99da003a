import { z } from "zod";
import { id } from "../../../api/primitives.js";
import { createdToken, newToken, token, tokenChange, tokensQuery } from "../../../api/tokens.js";
import { nameOf } from "../domain/principal.js";
import type { Services } from "../services.js";
import type { StoredToken } from "../store/store.js";
import { pageAnswer, pageRequest, tokenAnswer } from "./answers.js";
import { askingPrincipal } from "./principal.js";
import type { Server } from "./server-type.js";

const tags = ["tokens"];
const params = z.object({ id });

/** Users manage the tokens that are their own, administrators everybody's. */
export function addTokenRoutes(server: Server, services: Services): void {
  const { tokenAdmin, audit } = services;
  const answerOf = (stored: StoredToken) => tokenAnswer(stored, services.now(), services.current().warningDays);

  server.get(
    "/tokens",
    { schema: { tags, summary: "List tokens", querystring: tokensQuery, response: { 200: z.array(token) } } },
    async (request, reply) => {
      const principal = await askingPrincipal(request, services);
      const { user_id: userId, ...page } = request.query;
      return pageAnswer(request, reply, await tokenAdmin.list(principal, userId, pageRequest(page)), answerOf);
    },
  );

  server.get(
    "/tokens/:id",
    { schema: { tags, summary: "One token", params, response: { 200: token } } },
    async (request) => {
      const principal = await askingPrincipal(request, services);
      return answerOf(await tokenAdmin.find(principal, request.params.id));
    },
  );

  server.post(
    "/tokens",
    { schema: { tags, summary: "Make a token", body: newToken, response: { 201: createdToken } } },
    async (request, reply) => {
      const principal = await askingPrincipal(request, services);
      const { user_id: userId, description, expiry, clusters } = request.body;
      const made = await tokenAdmin.create(principal, {
        description,
        ...(userId !== undefined && { userId }),
        ...(expiry !== undefined && { expires: new Date(expiry) }),
        ...(clusters !== undefined && { clusters }),
      });
      audit({
        event: "token.create",
        by: nameOf(principal),
        requestId: request.id,
        token: made.id,
        user: made.userId,
        expiry: made.expires.toISOString(),
      });
      void reply.code(201);
      return { ...answerOf(made), token: made.value };
    },
  );

  server.patch(
    "/tokens/:id",
    { schema: { tags, summary: "Describe a token anew", params, body: tokenChange, response: { 200: token } } },
    async (request) => {
      const principal = await askingPrincipal(request, services);
      const changed = await tokenAdmin.describe(principal, request.params.id, request.body.description);
      audit({ event: "token.describe", by: nameOf(principal), requestId: request.id, token: changed.id });
      return answerOf(changed);
    },
  );

  server.delete(
    "/tokens/:id",
    { schema: { tags, summary: "Delete a token: it is refused at once", params, response: { 204: z.null() } } },
    async (request, reply) => {
      const principal = await askingPrincipal(request, services);
      const { id: tokenId, userId } = await tokenAdmin.delete(principal, request.params.id);
      audit({ event: "token.delete", by: nameOf(principal), requestId: request.id, token: tokenId, user: userId });
      void reply.code(204);
      return null;
    },
  );
}
