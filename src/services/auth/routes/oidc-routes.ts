import type { FastifyReply, FastifyRequest } from "fastify";
import { BackendUnavailableError } from "../identity/identity-backend.js";
import type { Issuer } from "../oidc/issuer.js";
import { PAGE_POLICY, REFERRER_POLICY } from "../oidc/page.js";
import { messagePage, signInPage, WRONG_CREDENTIALS } from "../oidc/pages.js";
import { DISCOVERY_PATH, INTERACTION_PREFIX, OIDC_PREFIX } from "../oidc/paths.js";
import { signInByForm, typedName } from "../oidc/sign-in.js";
import type { Services } from "../services.js";
import { StoreUnavailableError } from "../store/store.js";
import type { Server } from "./server-type.js";

const form = { schema: { hide: true }, config: { takesForms: true } };
type PageRequest = FastifyRequest<{ Params: { readonly id: string } }>;

/** The OpenID Connect issuer: the library's addresses, and the page on which users sign in. */
export async function addOidcRoutes(server: Server, services: Services, issuer: Issuer): Promise<void> {
  await server.register((library, _options, done) => {
    library.removeAllContentTypeParsers();
    // The library reads bodies itself, up to 56 KiB.
    library.addContentTypeParser("*", (_request, _body, parsed) => {
      parsed(null);
    });
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      reply.hijack();
      await issuer.answer(request.raw, reply.raw, { id: request.id, ip: request.ip });
    };
    library.route({ method: ["GET", "POST", "OPTIONS"], url: `${OIDC_PREFIX}*`, ...form, handler: answer });
    library.route({ method: ["GET", "OPTIONS"], url: DISCOVERY_PATH, ...form, handler: answer });
    done();
  });
  await server.register((pages, _options, done) => {
    addSignInPage(pages, services, issuer);
    done();
  });
}

function addSignInPage(server: Server, services: Services, issuer: Issuer): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, parsed) => {
    parsed(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  server.setErrorHandler((error: unknown, request, reply) => {
    const status = statusOf(error);
    if (status >= 500) request.log.error({ err: error }, "the page to sign in failed");
    void send(reply, messagePage("That did not work", messageOf(status)), status);
  });
  const url = `${INTERACTION_PREFIX}:id`;
  const shown = (request: FastifyRequest) => ({ action: request.url, host: new URL(issuer.origin).host });

  server.get(url, form, async (request: PageRequest, reply) => {
    const { prompt, params } = await interactionOf(request, reply);
    // Clients are our own: whoever asks for consent has it.
    if (prompt.name !== "login") return finish(request, reply, { consent: {} });
    const clientName = issuer.nameOf(String(params["client_id"]));
    const hint = params["login_hint"];
    const username = typeof hint === "string" ? { username: hint } : {};
    return send(reply, signInPage({ ...shown(request), clientName, ...username }));
  });

  server.post(url, form, async (request: PageRequest, reply) => {
    const { origin = issuer.origin } = request.headers;
    // The cookie is not sent along from elsewhere; this is for browsers that think otherwise.
    if (origin !== issuer.origin) return send(reply, messagePage("That did not work", messageOf(403)), 403);
    const { prompt, params } = await interactionOf(request, reply);
    if (prompt.name !== "login") return finish(request, reply, { consent: {} });
    const typed = request.body;
    if (typeof typed === "object" && typed !== null && "cancel" in typed) {
      return finish(request, reply, { error: "access_denied", error_description: "the user cancelled" });
    }
    const clientId = String(params["client_id"]);
    const signedIn = await signInByForm(
      typed,
      { requestId: request.id, client: clientId, address: request.ip },
      services,
    );
    if (signedIn.outcome === "signed-in") return finish(request, reply, { login: { accountId: signedIn.user.id } });
    const username = typedName(typed);
    const again = (problem: string) =>
      signInPage({ ...shown(request), clientName: issuer.nameOf(clientId), problem, ...(username && { username }) });
    switch (signedIn.outcome) {
      case "incomplete":
        return send(reply, again("Type your user name and your password."), 400);
      case "refused":
        return send(reply, again(WRONG_CREDENTIALS), 401);
      case "locked":
        void reply.header("retry-after", signedIn.retryAfterSeconds);
        return send(reply, again("Too many attempts have failed. Try again later."), 429);
    }
  });

  /** @throws an error of the library's when the browser was not sent here, or too long ago */
  const interactionOf = async (request: PageRequest, reply: FastifyReply) => {
    const interaction = await issuer.provider.interactionDetails(request.raw, reply.raw);
    if (interaction.uid !== request.params.id) throw Object.assign(new Error("another sign-in"), { statusCode: 400 });
    return interaction;
  };
  const finish = async (
    request: PageRequest,
    reply: FastifyReply,
    result: Parameters<Issuer["provider"]["interactionResult"]>[2],
  ) => {
    const next = await issuer.provider.interactionResult(request.raw, reply.raw, result);
    return reply.header("cache-control", "no-store").redirect(next, 303);
  };
}

function send(reply: FastifyReply, text: string, status = 200): FastifyReply {
  return reply
    .code(status)
    .headers({
      "cache-control": "no-store",
      "content-security-policy": PAGE_POLICY,
      "referrer-policy": REFERRER_POLICY,
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    })
    .type("text/html; charset=utf-8")
    .send(text);
}

function statusOf(error: unknown): number {
  if (error instanceof StoreUnavailableError || error instanceof BackendUnavailableError) return 503;
  const { statusCode } = error as { readonly statusCode?: unknown };
  return typeof statusCode === "number" ? statusCode : 500;
}

function messageOf(status: number): string {
  if (status === 503) return "Nobody can be signed in at the moment. Try again later.";
  if (status >= 500) return "The service has a defect.";
  if (status === 413) return "That is more than can be typed.";
  return "This page is of a sign-in that has ended, or that another browser began. Go back to where you came from, and try again.";
}
