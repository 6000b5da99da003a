import type { FastifyRequest } from "fastify";
import { subjectAccessReviewRequest, subjectAccessReviewResponse } from "../../../api/subject-access-review.js";
import {
  tokenReviewRequest,
  tokenReviewResponse,
  type TokenReviewRequest,
  type TokenReviewResponse,
} from "../../../api/token-review.js";
import { denialOf } from "../domain/access-review.js";
import { refusalMessages, type Decision } from "../domain/token-review.js";
import { AuthError } from "../errors.js";
import { nextTurn } from "../store/next-turn.js";
import type { Services } from "../services.js";
import { clientNameOf } from "./client-certificate.js";
import type { Server } from "./server-type.js";

export interface ReviewRoutesOptions {
  readonly services: Services;
  /** Whether only API servers with a certificate of ours may ask. */
  readonly certificateRequired: boolean;
}

/** What API servers ask. An answer is 200 for every decision, and 503 when nothing can be decided. */
export function addReviewRoutes(server: Server, { services, certificateRequired }: ReviewRoutesOptions): void {
  const askerOf = (request: FastifyRequest) => {
    const name = clientNameOf(request);
    if (name === undefined && certificateRequired) throw new AuthError("noCredentials");
    return name;
  };

  const decide = async ({ token, audiences }: TokenReviewRequest["spec"], asker: string | undefined) => {
    const cluster = asker === undefined ? undefined : await services.askingClusters.find(asker);
    return services.reviewer.review({
      token,
      ...(audiences !== undefined && { audiences }),
      ...(cluster !== undefined && { cluster }),
    });
  };

  server.post(
    "/authenticate/token",
    {
      schema: {
        tags: ["webhooks"],
        summary: "Whose a token is",
        body: tokenReviewRequest,
        response: { 200: tokenReviewResponse },
      },
      // It is the hot path, and what it answers is made here whole.
      serializerCompiler: () => JSON.stringify,
    },
    async (request): Promise<TokenReviewResponse> => {
      const { apiVersion, kind, spec } = request.body;
      const asker = askerOf(request);
      const decision = await decide(spec, asker).catch((error: unknown) => {
        services.metrics.tokenReviews.inc({ result: "error" });
        throw error;
      });
      // Requests that came together are answered together: one by one each would wake whoever waits for it.
      await nextTurn();
      services.metrics.tokenReviews.inc({ result: decision.authenticated ? "authenticated" : "refused" });
      services.audit({
        event: "token-review",
        by: asker === undefined ? "anonymous" : `cluster:${asker}`,
        requestId: request.id,
        ...auditOf(decision),
      });
      return { apiVersion, kind, status: statusOf(decision) };
    },
  );

  server.post(
    "/authorize",
    {
      schema: {
        tags: ["webhooks"],
        summary: "Whether a request is refused whatever RBAC says",
        body: subjectAccessReviewRequest,
        response: { 200: subjectAccessReviewResponse },
      },
    },
    (request) => {
      const { apiVersion, kind, spec } = request.body;
      const asker = askerOf(request);
      const reason = denialOf(spec, services.current().denyRules);
      if (reason !== undefined) {
        const by = asker === undefined ? "anonymous" : `cluster:${asker}`;
        services.audit({ event: "access-denied", by, requestId: request.id, user: spec.user, reason });
      }
      return { apiVersion, kind, status: { allowed: false, ...(reason !== undefined && { denied: true, reason }) } };
    },
  );
}

function statusOf(decision: Decision): TokenReviewResponse["status"] {
  if (!decision.authenticated) {
    const error = refusalMessages[decision.refusal];
    return { authenticated: false, ...(error !== undefined && { error }) };
  }
  const { user, audiences } = decision;
  return { authenticated: true, user, ...(audiences !== undefined && { audiences: [...audiences] }) };
}

function auditOf(decision: Decision): Readonly<Record<string, unknown>> {
  return decision.authenticated
    ? { authenticated: true, token: decision.tokenId, user: decision.user.uid }
    : { authenticated: false, refusal: decision.refusal, token: decision.tokenId };
}
