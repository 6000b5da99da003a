import type { SecureContextOptions } from "node:tls";
import swagger from "@fastify/swagger";
import { randomBytes } from "node:crypto";
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import type { Problem } from "../../api/problem.js";
import { AuthError, type ProblemDetail } from "./errors.js";
import { BackendUnavailableError } from "./identity/identity-backend.js";
import type { Issuer } from "./oidc/issuer.js";
import { addClusterRoutes } from "./routes/cluster-routes.js";
import { addHealthRoutes } from "./routes/health-routes.js";
import { addReviewRoutes } from "./routes/review-routes.js";
import type { Server } from "./routes/server-type.js";
import { addSignInRoutes } from "./routes/sign-in-routes.js";
import { addTokenRoutes } from "./routes/token-routes.js";
import { addUserRoutes } from "./routes/user-routes.js";
import type { Services } from "./services.js";
import { StoreUnavailableError } from "./store/store.js";

export interface ServerOptions {
  readonly services: Services;
  readonly logger: FastifyBaseLogger;
  /** @default - plain HTTP */
  readonly tls?: Pick<SecureContextOptions, "cert" | "key" | "ca">;
  readonly version: string;
  /** Networks whose word for a client's address is taken. @default - none */
  readonly trustedProxies?: readonly string[];
  /** @default - none: its addresses are not found */
  readonly issuer?: Issuer;
}

const BODY_LIMIT_BYTES = 64 * 1024;
/** Who sends slower than that is not waited for. */
const REQUEST_MILLISECONDS = 15_000;
const CONNECTION_MILLISECONDS = 30_000;
const KEEP_ALIVE_MILLISECONDS = 72_000;

/** Builds the server; whoever calls it lets it listen. */
export async function buildServer({
  services,
  logger,
  tls,
  version,
  trustedProxies = [],
  issuer,
}: ServerOptions): Promise<Server> {
  const server = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIds(),
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_MILLISECONDS,
    connectionTimeout: CONNECTION_MILLISECONDS,
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    // Without a certificate one is a client too: users have none.
    ...(tls !== undefined && { https: { ...tls, requestCert: tls.ca !== undefined, rejectUnauthorized: false } }),
  }).withTypeProvider<ZodTypeProvider>() as unknown as Server;
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  takeJsonWhateverItIsCalled(server);
  measure(server, services);
  server.setErrorHandler(answerProblem);
  server.setNotFoundHandler((request, reply) => {
    answerProblem(new AuthError("notFound"), request, reply);
  });

  await server.register(swagger, {
    openapi: { info: { title: "kubernetes-auth", version } },
    transform: jsonSchemaTransform,
  });
  addReviewRoutes(server, { services, certificateRequired: tls?.ca !== undefined });
  addSignInRoutes(server, services);
  addUserRoutes(server, services, issuer);
  addTokenRoutes(server, services);
  addClusterRoutes(server, services);
  if (issuer !== undefined) {
    const { addSigningKeyRoutes } = await import("./routes/signing-key-routes.js");
    const { addOidcRoutes } = await import("./routes/oidc-routes.js");
    addSigningKeyRoutes(server, services, issuer);
    await addOidcRoutes(server, services, issuer);
  }
  addHealthRoutes(server, services);
  server.get("/openapi.json", { schema: { hide: true } }, () => server.swagger());
  return server;
}

/** Ids that no other start of the service gives: `f3a91c2e-17`. */
function requestIds(): () => string {
  const start = randomBytes(4).toString("hex");
  let count = 0;
  return () => `${start}-${(++count).toString(36)}`;
}

/** curl calls what it sends a form unless it is told otherwise. */
function takeJsonWhateverItIsCalled(server: Server): void {
  const parse = server.getDefaultJsonParser("error", "error");
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body === "") done(null, undefined);
    else void parse(request, String(body), done);
  });
  server.addHook("onRequest", ({ headers, routeOptions }, _reply, done) => {
    if (routeOptions.config.takesForms !== true) headers["content-type"] = "application/json";
    done();
  });
}

function measure(server: Server, { metrics }: Services): void {
  server.addHook("onResponse", (request, reply, done) => {
    const labels = { route: request.routeOptions.url ?? "none", method: request.method };
    metrics.requests.inc({ ...labels, code: reply.statusCode });
    metrics.requestDuration.observe(labels, reply.elapsedTime / 1000);
    request.log.debug({ route: labels.route, code: reply.statusCode, milliseconds: reply.elapsedTime }, labels.method);
    done();
  });
}

function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error);
  if (problem.status >= 500) request.log.error({ err: error, route: request.routeOptions.url }, problem.message);
  const body: Problem = {
    code: problem.code,
    message: problem.message,
    ...(problem.details !== undefined && { details: [...problem.details] }),
    request_id: request.id,
  };
  void reply
    .code(problem.status)
    .type("application/json; charset=utf-8")
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body);
}

function problemOf(error: unknown): AuthError {
  if (error instanceof AuthError) return error;
  if (error instanceof StoreUnavailableError) return new AuthError("storeUnavailable");
  if (error instanceof BackendUnavailableError) return new AuthError("identityUnavailable");
  if (hasZodFastifySchemaValidationErrors(error))
    return new AuthError("badRequest", error.validation.map(detailOf(error)));
  const { code, statusCode = 500 } = error as Partial<FastifyError>;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return new AuthError("tooLarge");
  if (error instanceof SyntaxError || code === "FST_ERR_CTP_INVALID_JSON_BODY") return new AuthError("notJson");
  return new AuthError(statusCode < 500 ? "badRequest" : "internal");
}

function detailOf({ validationContext = "" }: { readonly validationContext?: string }) {
  return ({ instancePath, message }: { readonly instancePath: string; readonly message?: string }): ProblemDetail => ({
    path: `${validationContext}${instancePath.replaceAll("/", ".")}`.replace(/\.$/, ""),
    problem: message ?? "is not what was expected",
  });
}
