import type { IncomingMessage, ServerResponse } from "node:http";
import Provider from "oidc-provider";
import type { Logger } from "pino";
import { UserError } from "../../../lib/user-error.js";
import type { SecretReference } from "../secret-reference.js";
import type { Services } from "../services.js";
import { Accounts } from "./accounts.js";
import { auditEvents, clientNotTold } from "./audited-events.js";
import { compareAddressesExactly } from "./exact-addresses.js";
import { addAudiences } from "./id-token-audiences.js";
import type { OidcSettings } from "./oidc-settings.js";
import { PAGE_POLICY, REFERRER_POLICY } from "./page.js";
import { DISCOVERY_PATH, JWKS_PATH } from "./paths.js";
import { providerConfiguration } from "./provider-configuration.js";
import { SigningKeys, type PublishedKeys, type SigningKey } from "./signing-keys.js";
import { Vault } from "./vault.js";

export interface IssuerOptions {
  readonly settings: OidcSettings;
  readonly services: Services;
  readonly logger: Pick<Logger, "info" | "warn" | "error">;
  /** The value of a secret. @param field its path, for messages @throws UserError */
  readonly secretOf: (reference: SecretReference, field: string) => string;
}

/** What an answer to a request is told with. */
export interface RequestOrigin {
  readonly id: string;
  /** Address of the client. */
  readonly ip: string;
}

const MIN_ENCRYPTION_KEY = 32;
const MIN_CLIENT_SECRET = 16;
/** The same for everybody. */
const PUBLIC_PATHS = new Set([DISCOVERY_PATH, JWKS_PATH]);
const KEYS_MILLISECONDS = 15_000;
const HOUR_MILLISECONDS = 60 * 60 * 1000;

/** The library's client, as far as its types leave it out. */
interface LogoutClient {
  readonly backchannelLogoutUri?: string;
  /** Without a session's id every session of the user is meant. */
  backchannelLogout(userId: string): Promise<void>;
}

/** The library's part of the issuer. It is made anew whenever the signing keys change: its state is all in the store. */
interface Running {
  readonly provider: Provider;
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly keys: PublishedKeys;
}

/** The OpenID Connect issuer: for web UIs, for programs on users' machines, and for clusters whose API server has no webhook. */
export class Issuer {
  private readonly url: URL;
  private readonly requestIds = new WeakMap<IncomingMessage, string>();
  private readonly timer: NodeJS.Timeout;
  private running: Running;

  private constructor(
    private readonly options: IssuerOptions,
    private readonly vault: Vault,
    private readonly clientSecrets: ReadonlyMap<string, string>,
    private readonly keys: SigningKeys,
    published: PublishedKeys,
  ) {
    this.url = new URL(options.settings.issuer);
    this.running = this.run(published);
    this.timer = setInterval(() => void this.refreshQuietly(), KEYS_MILLISECONDS).unref();
  }

  /** @throws UserError when a secret cannot be read, or is too short @throws StoreUnavailableError */
  static async open(options: IssuerOptions): Promise<Issuer> {
    const { settings, services, logger, secretOf } = options;
    const secret = (reference: SecretReference, field: string, min: number) => {
      const value = secretOf(reference, field);
      if (value.length < min)
        throw new UserError(`${field}: has fewer than ${min} characters`, "openssl rand -base64 32");
      return value;
    };
    const vault = new Vault(secret(settings.encryptionKey, "oidc.encryptionKey", MIN_ENCRYPTION_KEY));
    const clientSecrets = new Map(
      settings.clients.flatMap(({ id, secret: reference }, index): [string, string][] =>
        reference === undefined ? [] : [[id, secret(reference, `oidc.clients.${index}.secret`, MIN_CLIENT_SECRET)]],
      ),
    );
    const { signingKeys, lifetimes } = settings;
    const keys = new SigningKeys({
      store: services.store.oidc,
      vault,
      now: services.now,
      schedule: {
        lifetimeMilliseconds: signingKeys.lifetimeDays * 24 * HOUR_MILLISECONDS,
        aheadMilliseconds: signingKeys.publishedAheadHours * HOUR_MILLISECONDS,
        // Clients show an ID token when their users sign out, however old it is.
        afterMilliseconds: Math.max(lifetimes.idTokenSeconds, lifetimes.sessionSeconds, lifetimes.grantSeconds) * 1000,
      },
      warn: (message) => {
        logger.warn(message);
      },
    });
    return new Issuer(options, vault, clientSecrets, keys, await keys.refresh());
  }

  close(): void {
    clearInterval(this.timer);
  }

  /** Its own origin: forms come from there. */
  get origin(): string {
    return this.url.origin;
  }

  get provider(): Provider {
    return this.running.provider;
  }

  /** What users read of a client. */
  nameOf(clientId: string): string {
    return this.options.settings.clients.find(({ id }) => id === clientId)?.name ?? clientId;
  }

  /** Answers a request that no pattern but the issuer's took. */
  answer(request: IncomingMessage, response: ServerResponse, { id, ip }: RequestOrigin): Promise<void> {
    this.requestIds.set(request, id);
    this.presentAsIssuer(request, ip);
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("referrer-policy", REFERRER_POLICY);
    response.setHeader("x-frame-options", "DENY");
    response.setHeader("content-security-policy", PAGE_POLICY);
    if (!PUBLIC_PATHS.has(request.url ?? "")) response.setHeader("cache-control", "no-store");
    return this.running.answer(request, response);
  }

  /** Ends whatever a user has, and tells the clients that know the user. They are told when this has resolved. */
  async endUser(userId: string, requestId: string): Promise<void> {
    const { services } = this.options;
    const clientIds = await services.store.oidc.clientsOfUser(userId);
    if ((await services.store.oidc.deleteOfUser(userId)) === 0) return;
    services.audit({ event: "oidc.user-ended", by: `user:${userId}`, requestId, clients: clientIds });
    await Promise.all(clientIds.map((clientId) => this.tell(clientId, userId, requestId)));
  }

  /** Makes a key that signs soon, or at once with all others taken back. @throws StoreUnavailableError */
  async rotateKeys(options: { readonly withdraw: boolean }): Promise<PublishedKeys> {
    return this.use(await this.keys.rotate(options));
  }

  /** Those that are shown. @throws StoreUnavailableError */
  async refreshKeys(): Promise<PublishedKeys> {
    return this.use(await this.keys.refresh());
  }

  private use(published: PublishedKeys): PublishedKeys {
    if (fingerprint(published) !== fingerprint(this.running.keys)) this.running = this.run(published);
    return published;
  }

  private run(keys: PublishedKeys): Running {
    const { settings, services, logger } = this.options;
    const accounts = new Accounts({
      services,
      clients: settings.clients,
      ended: (userId, request) => this.endUserQuietly(userId, request),
    });
    const records = { store: services.store.oidc, vault: this.vault, now: services.now };
    const { clientSecrets } = this;
    const configuration = providerConfiguration({ settings, clientSecrets, accounts, records, keys });
    const provider = new Provider(settings.issuer, configuration);
    // What stands in the headers of forwarding is our own word: see presentAsIssuer.
    provider.proxy = true;
    provider.app.on("error", (error: unknown) => {
      logger.error({ err: error }, "the issuer has a defect");
    });
    auditEvents(provider, {
      audit: services.audit,
      logger,
      requestIdOf: (request) => this.requestIds.get(request) ?? "",
    });
    compareAddressesExactly(provider);
    addAudiences(provider, settings.clients, keys.signing);
    return { provider, answer: provider.callback(), keys };
  }

  /** Addresses that the library tells begin with the issuer's, whatever a request says that it was sent to. */
  private presentAsIssuer({ headers }: IncomingMessage, ip: string): void {
    headers.host = this.url.host;
    headers["x-forwarded-host"] = this.url.host;
    headers["x-forwarded-proto"] = this.url.protocol.slice(0, -1);
    headers["x-forwarded-for"] = ip;
  }

  private async endUserQuietly(userId: string, request: IncomingMessage): Promise<void> {
    try {
      await this.endUser(userId, this.requestIds.get(request) ?? "");
    } catch (error) {
      // There is nothing for the user all the same: it is asked again each time.
      this.options.logger.warn({ err: error }, "what a user had who is none any more could not be ended");
    }
  }

  private async tell(clientId: string, userId: string, requestId: string): Promise<void> {
    const { services, logger } = this.options;
    const client = (await this.provider.Client.find(clientId)) as LogoutClient | undefined;
    if (client?.backchannelLogoutUri === undefined) return;
    const told = { by: `user:${userId}`, requestId, client: clientId };
    try {
      await client.backchannelLogout(userId);
      services.audit({ event: "oidc.client-told", ...told });
    } catch (error) {
      clientNotTold(error as Error, clientId, logger);
      services.audit({ event: "oidc.client-not-told", ...told });
    }
  }

  private async refreshQuietly(): Promise<void> {
    try {
      await this.refreshKeys();
    } catch (error) {
      this.options.logger.warn({ err: error }, "the signing keys could not be read: those that are known stay");
    }
  }
}

/** Which key signs may change while those that are published do not. */
function fingerprint({ signing, published }: PublishedKeys): string {
  return [signing, ...published].map(({ id }: SigningKey) => id).join(" ");
}
