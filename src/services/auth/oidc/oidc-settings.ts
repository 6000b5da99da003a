import { z } from "zod";
import { roleScope } from "../../../api/clusters.js";
import { secretReference } from "../secret-reference.js";

const seconds = (min: number, max: number, byDefault: number) => z.number().int().min(min).max(max).default(byDefault);
const days = (max: number, byDefault: number) => z.number().int().min(1).max(max).default(byDefault);

/** Hosts that nobody but this machine reaches. Source: RFC 8252, section 7.3; `localhost` for the tools that insist on it. */
const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

const issuer = z
  .string()
  .refine(isIssuer, "must be https://<host> without path and slash at its end (http:// on loopback only)")
  .describe("Address that this service is known by. Tokens tell it, and EKS compares it letter by letter.");

const redirectUri = z
  .string()
  .max(2048)
  .refine(
    isRedirectUri,
    "must be an https:// address, an http:// one on loopback, or a reversed domain's scheme (com.example.app:/path), without # or *",
  );

const webAddress = z
  .string()
  .max(2048)
  .refine(
    (text) => isRedirectUri(text) && /^https?:/.test(text),
    "must be an https:// address, or an http:// one on loopback",
  );

const client = z
  .strictObject({
    id: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "must be at most 64 letters, digits, dots, dashes and underscores")
      .describe("client_id, and the audience of its ID tokens."),
    name: z.string().min(1).max(64).describe("What users read when they sign in."),
    secret: secretReference.optional().describe("client_secret, of at least 16 characters."),
    public: z.literal(true).optional().describe("It can keep no secret: a program on users' machines, a cluster."),
    redirectUris: z
      .array(redirectUri)
      .max(32)
      .default([])
      .describe("Where codes are sent: exactly these. For public clients any port of an http:// one on loopback."),
    postLogoutRedirectUris: z.array(webAddress).max(32).default([]).describe("Where users may be sent after sign-out."),
    backchannelLogoutUri: webAddress.optional().describe("Is told when a user signs out, or is no user any more."),
    deviceFlow: z.boolean().default(false).describe("Users may sign in on another device, by a short code."),
    audiences: z.array(z.string().min(1).max(255)).max(8).default([]).describe("Who else takes its ID tokens."),
    roleScope: roleScope.optional().describe("Where Keystone's roles count as groups. Default: nowhere."),
  })
  .superRefine((one, context) => {
    const problem = (path: string, message: string) => {
      context.addIssue({ code: "custom", path: [path], message });
    };
    if ((one.secret === undefined) === (one.public === undefined)) problem("secret", "give a secret, or public: true");
    if (one.redirectUris.length === 0 && !one.deviceFlow) problem("redirectUris", "give one, or deviceFlow: true");
    if (one.public && one.redirectUris.some((uri) => URL.canParse(uri) && isLoopbackHttps(new URL(uri)))) {
      problem("redirectUris", "programs on users' machines listen at http:// on loopback");
    }
    if (one.secret !== undefined && one.redirectUris.some((uri) => !/^https?:/.test(uri))) {
      problem("redirectUris", "a scheme of its own is for programs on users' machines: public: true");
    }
  });

/** The OpenID Connect issuer. */
export const oidcSettings = z
  .strictObject({
    issuer,
    encryptionKey: secretReference.describe(
      "At least 32 random characters: signing keys and sessions are kept under it.",
    ),
    clients: z.array(client).default([]),
    lifetimes: z
      .strictObject({
        sessionSeconds: seconds(60, 2_592_000, 43_200).describe("After that users type their password again."),
        idTokenSeconds: seconds(60, 86_400, 900).describe("So long does a cluster on EKS let in who was disabled."),
        accessTokenSeconds: seconds(60, 86_400, 900),
        refreshTokenSeconds: seconds(60, 7_776_000, 86_400).describe(
          "Each use gives a new one. One that lies so long ends.",
        ),
        grantSeconds: seconds(60, 31_536_000, 604_800).describe(
          "After that refreshing ends, however often it was done.",
        ),
      })
      .prefault({}),
    signingKeys: z
      .strictObject({
        lifetimeDays: days(365, 30).describe("How long a key signs."),
        publishedAheadHours: z
          .number()
          .int()
          .min(1)
          .max(168)
          .default(24)
          .describe("How long before: whoever keeps keys must have fetched them by then."),
      })
      .prefault({}),
  })
  .superRefine(({ clients, signingKeys }, context) => {
    clients.forEach(({ id }, index) => {
      if (clients.findIndex((other) => other.id === id) === index) return;
      context.addIssue({ code: "custom", path: ["clients", index, "id"], message: `there are two clients ${id}` });
    });
    if (signingKeys.publishedAheadHours >= signingKeys.lifetimeDays * 24) {
      const message = "must be shorter than the lifetime";
      context.addIssue({ code: "custom", path: ["signingKeys", "publishedAheadHours"], message });
    }
  });
export type OidcSettings = Readonly<z.output<typeof oidcSettings>>;
export type OidcClient = OidcSettings["clients"][number];

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  return text === origin && (protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname)));
}

function isLoopbackHttps({ protocol, hostname }: URL): boolean {
  return protocol === "https:" && LOOPBACK.has(hostname);
}

/** Source: RFC 8252, sections 7.1 to 7.3. */
function isRedirectUri(text: string): boolean {
  if (!URL.canParse(text) || /[#*\s]/.test(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== "" || password !== "") return false;
  if (protocol === "http:") return LOOPBACK.has(hostname);
  return protocol === "https:" || /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(protocol);
}
