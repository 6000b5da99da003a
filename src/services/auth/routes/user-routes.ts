import { z } from "zod";
import { id } from "../../../api/primitives.js";
import { newUser, user, userChange, usersQuery, type UserChange } from "../../../api/users.js";
import { knownUser } from "../domain/known-user.js";
import { nameOf } from "../domain/principal.js";
import { AuthError } from "../errors.js";
import type { ManagedUser } from "../identity/identity-backend.js";
import type { Issuer } from "../oidc/issuer.js";
import type { Services } from "../services.js";
import { pageAnswer, pageRequest, userAnswer } from "./answers.js";
import { askingAdministrator } from "./principal.js";
import type { Server } from "./server-type.js";

const tags = ["users"];
const params = z.object({ id });

/** Users as the store knows them: whom tokens belong to. Who they are is the identity back-end's to tell. */
export function addUserRoutes(server: Server, services: Services, issuer?: Pick<Issuer, "endUser">): void {
  const { store, backend, directory, audit } = services;

  server.get(
    "/users",
    { schema: { tags, summary: "List users", querystring: usersQuery, response: { 200: z.array(user) } } },
    async (request, reply) => {
      await askingAdministrator(request, services);
      const { username, ...page } = request.query;
      const found = await store.users.list(username === undefined ? {} : { username }, pageRequest(page));
      return pageAnswer(request, reply, found, userAnswer);
    },
  );

  server.get(
    "/users/:id",
    { schema: { tags, summary: "One user", params, response: { 200: user } } },
    async (request) => {
      await askingAdministrator(request, services);
      const found = await store.users.find(request.params.id);
      if (found === undefined) throw new AuthError("notFound");
      return userAnswer(found);
    },
  );

  server.post(
    "/users",
    {
      schema: {
        tags,
        summary: "Make a user known",
        description: "The identity back-end must know the user. A user that is known already is answered as it is.",
        body: newUser,
        response: { 201: user },
      },
    },
    async (request, reply) => {
      const principal = await askingAdministrator(request, services);
      const { username, ...managed } = request.body;
      if (backend.manager !== undefined) await backend.manager.put(username, definite(managed));
      else refuseManaged(managed, backend.name);
      const identity = await backend.findByName(username);
      if (identity === undefined) {
        throw new AuthError("badRequest", [
          { path: "body.username", problem: `is no user that the identity back-end ${backend.name} knows` },
        ]);
      }
      const known = await knownUser(services, identity);
      audit({ event: "user.create", by: nameOf(principal), requestId: request.id, user: known.id });
      void reply.code(201);
      return userAnswer(known);
    },
  );

  server.patch(
    "/users/:id",
    {
      schema: {
        tags,
        summary: "Change a user of the local back-end",
        params,
        body: userChange,
        response: { 200: user },
      },
    },
    async (request) => {
      const principal = await askingAdministrator(request, services);
      const found = await store.users.find(request.params.id);
      if (found === undefined) throw new AuthError("notFound");
      if (backend.manager === undefined) refuseManaged(request.body, backend.name);
      await backend.manager?.put(found.subject, definite(request.body));
      directory.forget(found.subject);
      if ((await store.users.find(found.id)) === undefined) {
        // Deleted meanwhile: what was just put would be a user of the back-end that nobody can reach any more.
        await backend.manager?.remove(found.subject);
        throw new AuthError("notFound");
      }
      const changed = Object.keys(request.body);
      audit({ event: "user.change", by: nameOf(principal), requestId: request.id, user: found.id, changed });
      return userAnswer(found);
    },
  );

  server.delete(
    "/users/:id",
    { schema: { tags, summary: "Forget a user, and delete its tokens", params, response: { 204: z.null() } } },
    async (request, reply) => {
      const principal = await askingAdministrator(request, services);
      const found = await store.users.find(request.params.id);
      if (found === undefined || !(await store.users.delete(found.id, new Date(services.now())))) {
        throw new AuthError("notFound");
      }
      await issuer?.endUser(found.id, request.id);
      await backend.manager?.remove(found.subject);
      directory.forget(found.subject);
      audit({ event: "user.delete", by: nameOf(principal), requestId: request.id, user: found.id });
      void reply.code(204);
      return null;
    },
  );
}

/** @throws AuthError badRequest when it says what the back-end knows itself */
function refuseManaged(managed: UserChange, backend: string): void {
  const details = Object.keys(managed).map((field) => ({
    path: `body.${field}`,
    problem: `is for the identity back-end ${backend} to know`,
  }));
  if (details.length > 0) throw new AuthError("badRequest", details);
}

/** Without the fields that were not given. */
function definite({ password, groups, disabled }: UserChange): ManagedUser {
  return {
    ...(password !== undefined && { password }),
    ...(groups !== undefined && { groups }),
    ...(disabled !== undefined && { disabled }),
  };
}
