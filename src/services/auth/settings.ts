import { z } from "zod";
import { keystoneSettings } from "./identity/keystone/keystone-settings.js";
import { ldapSettings } from "./identity/ldap/ldap-settings.js";
import { oidcSettings } from "./oidc/oidc-settings.js";
import { secretReference } from "./secret-reference.js";

const file = z.string().min(1);
const seconds = (min: number, max: number) => z.number().int().min(min).max(max);

const listen = z
  .string()
  .regex(/^(\[[0-9a-fA-F:]+\]|[^:[\]]+):\d{1,5}$/, "must be <address>:<port>")
  .default("127.0.0.1:8080")
  .describe("Address and port.");

const tls = z
  .strictObject({
    certificate: file.describe("PEM file: certificate of the service, then those between it and the authority."),
    key: file.describe("PEM file of its key."),
    clientAuthority: file
      .optional()
      .describe("PEM file of the authority that issues API servers' certificates. Their CN is the cluster's name."),
  })
  .describe("Without it the service speaks plain HTTP, on loopback only.");

const store = z
  .discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("sqlite"),
      path: file.optional().describe("File. Default: in the folder of the user's data."),
    }),
    z.strictObject({
      type: z.literal("postgres"),
      url: secretReference.describe("postgres://user:password@host/database"),
      connections: z.number().int().min(1).max(100).default(10).describe("At most so many a replica."),
    }),
  ])
  .prefault({ type: "sqlite" });

const identity = z
  .discriminatedUnion("type", [z.strictObject({ type: z.literal("local") }), keystoneSettings, ldapSettings])
  .prefault({ type: "local" })
  .describe("What knows the users.");

const identityCache = z
  .strictObject({
    freshSeconds: seconds(1, 3600).default(60).describe("How long an answer of the back-end holds."),
    staleSeconds: seconds(1, 86_400).default(3600).describe("How long it is served while the back-end is down."),
  })
  .prefault({});

const tokens = z
  .strictObject({
    defaultLifetimeDays: z.number().int().min(1).max(3650).default(365),
    maxLifetimeDays: z.number().int().min(1).max(3650).default(365).describe("Nobody gets a token for longer."),
    warningDays: z
      .number()
      .int()
      .min(0)
      .max(365)
      .default(30)
      .describe("How long before its end lists and the audit log warn."),
    keepDays: z.number().int().min(0).max(3650).default(30).describe("How long ended tokens can be told as such."),
  })
  .prefault({});

/** A request that is refused whatever RBAC says. Every condition that is named must hold. */
const denyRule = z.strictObject({
  reason: z.string().min(1).describe("What the user reads."),
  users: z.array(z.string()).optional(),
  groups: z.array(z.string()).optional(),
  exceptGroups: z.array(z.string()).optional(),
  verbs: z.array(z.string()).optional(),
  resources: z.array(z.string()).optional().describe("`pods`, `pods/exec`; `*` for all."),
  namespaces: z.array(z.string()).optional().describe('`""` for what is of no namespace, and of all at once.'),
});
export type DenyRule = Readonly<z.output<typeof denyRule>>;

/** Configuration of kubernetes-auth: strict, and without a secret in it. */
export const settingsSchema = z.strictObject({
  listen,
  tls: tls.optional(),
  trustedProxies: z
    .array(z.union([z.cidrv4(), z.cidrv6()]))
    .default([])
    .describe("Networks of proxies whose X-Forwarded-For tells where a sign-in comes from. Default: nobody's does."),
  adminToken: secretReference
    .optional()
    .describe("Token of administrators. Default: the environment variable KUBERNETES_AUTH_ADMIN_TOKEN."),
  store,
  identity,
  identityCache,
  tokens,
  sessions: z.strictObject({ lifetimeSeconds: seconds(60, 86_400).default(3600) }).prefault({}),
  audiences: z.array(z.string().min(1)).default([]).describe("Who tokens are for. Default: whichever API server asks."),
  oidc: oidcSettings
    .optional()
    .describe("The OpenID Connect issuer, for web UIs, kubectl and EKS. Default: there is none."),
  authorization: z.strictObject({ deny: z.array(denyRule).default([]) }).prefault({}),
});
export type Settings = z.output<typeof settingsSchema>;
