import type { IncomingMessage } from "node:http";
import type Provider from "oidc-provider";
import type { Client, KoaContextWithOIDC } from "oidc-provider";
import type { Logger } from "pino";
import type { AuditEvent } from "../services.js";

export interface AuditedEventsOptions {
  readonly audit: (event: AuditEvent) => void;
  readonly logger: Pick<Logger, "warn" | "error">;
  readonly requestIdOf: (request: IncomingMessage) => string;
}

interface ProviderError extends Error {
  readonly error?: string;
  readonly error_description?: string;
}

/** A device asks for that all the time. */
const PENDING = "authorization_pending";

/** Tells the audit log what the library does. No token, code or secret is in it: those of the library's errors name none. */
export function auditEvents(provider: Provider, { audit, logger, requestIdOf }: AuditedEventsOptions): void {
  const told = (ctx: KoaContextWithOIDC) => ({
    by: byOf(ctx),
    requestId: requestIdOf(ctx.req),
    ...(ctx.oidc.client && { client: ctx.oidc.client.clientId }),
  });
  provider.on("grant.success", (ctx: KoaContextWithOIDC) => {
    audit({ event: "oidc.tokens", ...told(ctx), grant: ctx.oidc.params?.["grant_type"] });
  });
  provider.on("grant.error", (ctx: KoaContextWithOIDC, { error, error_description: reason }: ProviderError) => {
    if (error !== PENDING) audit({ event: "oidc.tokens-refused", ...told(ctx), error, reason });
  });
  provider.on("grant.revoked", (ctx: KoaContextWithOIDC) => {
    audit({ event: "oidc.grant-ended", ...told(ctx) });
  });
  provider.on("end_session.success", (ctx: KoaContextWithOIDC) => {
    audit({ event: "sign-out", ...told(ctx) });
  });
  provider.on("backchannel.success", (ctx: KoaContextWithOIDC, client: Client) => {
    audit({ event: "oidc.client-told", ...told(ctx), client: client.clientId });
  });
  provider.on("backchannel.error", (ctx: KoaContextWithOIDC, error: Error, client: Client) => {
    clientNotTold(error, client.clientId, logger);
    audit({ event: "oidc.client-not-told", ...told(ctx), client: client.clientId });
  });
  provider.on("server_error", (ctx: KoaContextWithOIDC, error: Error) => {
    logger.error({ err: error, reqId: requestIdOf(ctx.req) }, "the issuer has a defect");
  });
}

/** The error itself holds the request, and with it the token that tells of the sign-out. */
export function clientNotTold({ message }: Error, client: string, logger: Pick<Logger, "warn">): void {
  logger.warn({ client, reason: message }, "a client could not be told of a sign-out");
}

function byOf({ oidc: { account, session, client, entities } }: KoaContextWithOIDC): string {
  const userId = account?.accountId ?? session?.accountId ?? entities.RefreshToken?.accountId;
  if (userId !== undefined) return `user:${userId}`;
  return client === undefined ? "anonymous" : `client:${client.clientId}`;
}
