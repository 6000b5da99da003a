import { interactionPolicy, type ClientMetadata, type Configuration, type KoaContextWithOIDC } from "oidc-provider";
import { CLAIMS, SCOPES, type Accounts } from "./accounts.js";
import type { OidcClient, OidcSettings } from "./oidc-settings.js";
import { codePage, confirmCodePage, messagePage, refusedPage, signOutPage, startAgainPage } from "./pages.js";
import { DEVICE_PATH, INTERACTION_PREFIX, JWKS_PATH, OIDC_PREFIX } from "./paths.js";
import { RecordAdapter, type RecordAdapterOptions } from "./record-adapter.js";
import { SIGNING_ALGORITHM, type PublishedKeys } from "./signing-keys.js";

/** How long a user may take to sign in, and a device waits for its user. What anybody can have kept is kept no longer. */
const INTERACTION_SECONDS = 600;
const CODE_SECONDS = 60;
const BACKCHANNEL_MILLISECONDS = 3000;

export interface ProviderConfigurationOptions {
  readonly settings: OidcSettings;
  /** By the ids of their clients. */
  readonly clientSecrets: ReadonlyMap<string, string>;
  readonly accounts: Accounts;
  readonly records: RecordAdapterOptions;
  readonly keys: PublishedKeys;
}

/** What the library is told: what the settings say, and everything off that nobody needs. */
export function providerConfiguration(options: ProviderConfigurationOptions): Configuration {
  const { settings, clientSecrets, accounts, records, keys } = options;
  const { lifetimes } = settings;
  const others = keys.published.filter(({ id }) => id !== keys.signing.id);
  return {
    adapter: (model: string) => new RecordAdapter(model, records),
    clients: settings.clients.map((client) => metadataOf(client, clientSecrets.get(client.id))),
    findAccount: (ctx, userId) => accounts.find(ctx, userId),
    // It signs with the first that it finds.
    jwks: {
      keys: [keys.signing, ...others].map(({ id, jwk }) => ({
        ...jwk,
        kid: id,
        use: "sig",
        alg: SIGNING_ALGORITHM,
      })),
    },
    scopes: SCOPES,
    claims: CLAIMS,
    // API servers read the ID token and nothing else.
    conformIdTokenClaims: false,
    responseTypes: ["code"],
    clientAuthMethods: ["client_secret_basic", "client_secret_post", "none"],
    clientBasedCORS: () => false,
    pkce: { methods: ["S256"], required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    loadExistingGrant,
    interactions: { policy: interactions(), url: (_ctx, { uid }) => `${INTERACTION_PREFIX}${uid}` },
    cookies: {
      keys: [records.vault.cookieKey],
      names: {
        session: "kubernetes-auth",
        interaction: "kubernetes-auth-interaction",
        resume: "kubernetes-auth-resume",
      },
      long: { httpOnly: true, sameSite: "lax", path: OIDC_PREFIX, signed: true },
      short: { httpOnly: true, sameSite: "lax", signed: true },
    },
    routes: {
      authorization: `${OIDC_PREFIX}auth`,
      code_verification: DEVICE_PATH,
      device_authorization: `${OIDC_PREFIX}device/code`,
      end_session: `${OIDC_PREFIX}sign-out`,
      jwks: JWKS_PATH,
      revocation: `${OIDC_PREFIX}revoke`,
      token: `${OIDC_PREFIX}token`,
      userinfo: `${OIDC_PREFIX}userinfo`,
    },
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      revocation: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          show(ctx, signOutPage(form, ctx.oidc.client && nameOf(ctx.oidc.client)));
        },
        postLogoutSuccessSource: (ctx) => {
          show(ctx, messagePage("Signed out", "You can close this page."));
        },
      },
      deviceFlow: {
        enabled: true,
        charset: "base-20",
        mask: "****-****",
        deviceInfo: () => ({}),
        userCodeInputSource: (ctx, _form, out, error) => {
          if (out !== undefined && isNeverKept(ctx)) {
            show(ctx, startAgainPage(DEVICE_PATH));
            return;
          }
          const typed = error as { readonly userCode?: string; readonly name: string } | undefined;
          const problem = codeProblemOf(typed?.name, out !== undefined);
          const shown = { action: DEVICE_PATH, xsrf: xsrfOf(ctx) };
          show(
            ctx,
            codePage({ ...shown, ...(typed?.userCode && { code: typed.userCode }), ...(problem && { problem }) }),
          );
        },
        userCodeConfirmSource: (ctx, _form, client, _deviceInfo, code) => {
          const shown = { action: DEVICE_PATH, xsrf: xsrfOf(ctx) };
          show(ctx, confirmCodePage({ ...shown, code, clientName: nameOf(client) }));
        },
        successSource: (ctx) => {
          show(ctx, messagePage("Signed in", "Your device goes on by itself. You can close this page."));
        },
      },
    },
    renderError: (ctx, { error, error_description: description = "" }) => {
      show(ctx, refusedPage(`${description || "the request cannot be answered"} (${error})`));
    },
    httpOptions: () => ({ signal: AbortSignal.timeout(BACKCHANNEL_MILLISECONDS) }),
    ttl: {
      AccessToken: lifetimes.accessTokenSeconds,
      AuthorizationCode: CODE_SECONDS,
      DeviceCode: INTERACTION_SECONDS,
      Grant: lifetimes.grantSeconds,
      IdToken: lifetimes.idTokenSeconds,
      Interaction: INTERACTION_SECONDS,
      RefreshToken: lifetimes.refreshTokenSeconds,
      // From when the password was typed: it does not go on as long as somebody comes back.
      Session: (_ctx, { loginTs }) =>
        loginTs === undefined
          ? INTERACTION_SECONDS
          : Math.max(1, loginTs + lifetimes.sessionSeconds - Math.floor(records.now() / 1000)),
    },
  };
}

function metadataOf(client: OidcClient, secret: string | undefined): ClientMetadata {
  const hasRedirects = client.redirectUris.length > 0;
  return {
    client_id: client.id,
    client_name: client.name,
    // Of a native one the port on loopback may be any. Source: RFC 8252, section 7.3.
    application_type: client.public === true ? "native" : "web",
    ...(secret === undefined ? { token_endpoint_auth_method: "none" } : { client_secret: secret }),
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    response_types: hasRedirects ? ["code"] : [],
    grant_types: [
      ...(hasRedirects ? ["authorization_code"] : []),
      ...(client.deviceFlow ? ["urn:ietf:params:oauth:grant-type:device_code"] : []),
      "refresh_token",
    ],
    id_token_signed_response_alg: SIGNING_ALGORITHM,
    ...(client.backchannelLogoutUri !== undefined && { backchannel_logout_uri: client.backchannelLogoutUri }),
  };
}

/** Clients are our own: nobody is asked whether they may know who has signed in. */
async function loadExistingGrant(ctx: KoaContextWithOIDC) {
  const { client, account, session, provider, params } = ctx.oidc;
  if (client === undefined || account === undefined || session === undefined) return undefined;
  const grantId = session.grantIdFor(client.clientId) as string | undefined;
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant = known ?? new provider.Grant({ clientId: client.clientId, accountId: account.accountId });
  const scope = params?.["scope"];
  const asked = typeof scope === "string" ? scope.split(" ") : [];
  const granted = grant.getOIDCScope().split(" ");
  const missing = SCOPES.filter((scope) => asked.includes(scope) && !granted.includes(scope));
  if (missing.length > 0) grant.addOIDCScope(missing.join(" "));
  if (missing.length > 0 || known === undefined) await grant.save();
  return grant;
}

function interactions(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.get("consent")?.checks.remove("native_client_prompt");
  policy
    .get("login")
    ?.checks.add(
      new interactionPolicy.Check(
        "no_account",
        "the user who had signed in is none any more",
        "login_required",
        ({ oidc }) => oidc.session?.accountId !== undefined && oidc.account === undefined,
      ),
    );
  return policy;
}

/** @param name of what the library throws when it shows the page again */
function codeProblemOf(name: string | undefined, hasFailed: boolean): string | undefined {
  switch (name) {
    case undefined:
      return hasFailed ? "That did not work. Try again." : undefined;
    case "NoCodeError":
      return "Type the code.";
    case "NotFoundError":
    case "ExpiredError":
    case "AlreadyUsedError":
      return "There is no such code, or it is too old. Start again on your device.";
    case "AbortedError":
      return "You have cancelled it.";
    default:
      return "That did not work. Start again on your device.";
  }
}

/**
 * Whether the browser came without a cookie, and gets none: the library would put into a session that is kept nowhere what the
 * next form is checked by, and fail.
 */
function isNeverKept({ oidc }: KoaContextWithOIDC): boolean {
  const session = oidc.session as { exp?: number; touched?: boolean } | undefined;
  if (session === undefined || session.exp !== undefined) return false;
  session.touched = false;
  return true;
}

function xsrfOf({ oidc }: KoaContextWithOIDC): string {
  return String(oidc.session?.state?.["secret"]);
}

function nameOf({
  clientName,
  clientId,
}: {
  readonly clientName?: string | undefined;
  readonly clientId: string;
}): string {
  return clientName ?? clientId;
}

function show(ctx: KoaContextWithOIDC, text: string): void {
  ctx.type = "html";
  ctx.body = text;
}
