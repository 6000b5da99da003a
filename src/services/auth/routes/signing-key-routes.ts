import { z } from "zod";
import { newSigningKey, signingKey, type SigningKeyAnswer } from "../../../api/signing-keys.js";
import { nameOf } from "../domain/principal.js";
import type { Issuer } from "../oidc/issuer.js";
import type { Services } from "../services.js";
import { askingAdministrator } from "./principal.js";
import type { Server } from "./server-type.js";

const tags = ["signing keys"];

/** Keys of the OpenID Connect issuer, for administrators. They are replaced by age without anybody's doing. */
export function addSigningKeyRoutes(server: Server, services: Services, issuer: Issuer): void {
  server.get(
    "/signing-keys",
    {
      schema: {
        tags,
        summary: "Keys that tokens of the issuer are verified with",
        response: { 200: z.array(signingKey) },
      },
    },
    async (request) => {
      await askingAdministrator(request, services);
      return answerOf(await issuer.refreshKeys());
    },
  );

  server.post(
    "/signing-keys",
    {
      schema: {
        tags,
        summary: "Make a new key, which signs within a minute, or at once when the others are withdrawn",
        body: newSigningKey,
        response: { 201: z.array(signingKey) },
      },
    },
    async (request, reply) => {
      const principal = await askingAdministrator(request, services);
      const withdraw = request.body?.withdraw ?? false;
      const keys = await issuer.rotateKeys({ withdraw });
      services.audit({ event: "signing-key.create", by: nameOf(principal), requestId: request.id, withdraw });
      void reply.code(201);
      return answerOf(keys);
    },
  );
}

function answerOf({ signing, published }: Awaited<ReturnType<Issuer["refreshKeys"]>>): SigningKeyAnswer[] {
  return published.map(({ id, created, signsFrom }) => ({
    id,
    created: created.toISOString(),
    signs_from: signsFrom.toISOString(),
    signing: id === signing.id,
  }));
}
