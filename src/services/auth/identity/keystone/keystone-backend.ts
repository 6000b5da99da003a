import { isReserved } from "../../../../api/primitives.js";
import type { RoleScope } from "../../../../api/clusters.js";
import type { Credentials, Identity, IdentityBackend } from "../identity-backend.js";
import { refuseSteadily } from "../steady-refusal.js";
import type { KeystoneToken, KeystoneUser } from "./keystone-answers.js";
import { KeystoneApi } from "./keystone-api.js";
import { KeystoneHttp } from "./keystone-http.js";
import type { KeystoneSettings } from "./keystone-settings.js";
import { applicationCredentialIdentity, passwordIdentity, signInToKeystone } from "./keystone-sign-in.js";
import { ServiceToken } from "./service-token.js";

export interface KeystoneBackendOptions {
  readonly settings: KeystoneSettings;
  /** Of the service user. */
  readonly servicePassword: string;
  /** PEM text of the file that the settings name. */
  readonly caCertificate?: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What else stood in its place would name another address. Source: keystone.common.validation.parameter_types */
const ID = /^[A-Za-z0-9-]{1,64}$/;

/** Users of one domain of Keystone. Their roles in the project or domain of a cluster are their groups there, by id. */
export class KeystoneBackend implements IdentityBackend {
  readonly name = "keystone";
  private readonly settings: KeystoneSettings;
  private readonly http: KeystoneHttp;
  private readonly api: KeystoneApi;
  private readonly timeoutMilliseconds: number;

  constructor({ settings, servicePassword, caCertificate, now }: KeystoneBackendOptions) {
    this.settings = settings;
    this.timeoutMilliseconds = settings.timeoutSeconds * 1000;
    this.http = new KeystoneHttp({ url: settings.url, ...(caCertificate !== undefined && { caCertificate }) });
    const { username, domain, scope } = settings.serviceUser;
    const auth = {
      identity: passwordIdentity(username, domain, servicePassword),
      scope:
        scope === "system" ? { system: { all: true } } : { project: { name: scope.project, domain: scope.domain } },
    };
    const shared = { http: this.http, timeoutMilliseconds: this.timeoutMilliseconds, now };
    this.api = new KeystoneApi({ ...shared, serviceToken: new ServiceToken({ ...shared, auth }) });
  }

  async find(subject: string, scope?: RoleScope): Promise<Identity | undefined> {
    if (!ID.test(subject)) return undefined;
    const signal = this.deadline();
    const [user, domain] = await Promise.all([
      this.api.user(subject, signal),
      this.api.enabledDomain(this.settings.userDomain, signal),
    ]);
    if (user === undefined || !isAdmitted(user, domain)) return undefined;
    return this.identity(user, scope, signal);
  }

  async findByName(username: string): Promise<Identity | undefined> {
    const signal = this.deadline();
    const domain = await this.api.enabledDomain(this.settings.userDomain, signal);
    if (domain === undefined) return undefined;
    const user = await this.api.userByName(username, domain, signal);
    return user !== undefined && isAdmitted(user, domain) ? this.identity(user, undefined, signal) : undefined;
  }

  signIn(credentials: Credentials): Promise<Identity | undefined> {
    return refuseSteadily(this.settings.refusalMilliseconds, async () => {
      // Keystone breaks off at a NUL, which neither a name nor a secret holds.
      if (Object.values(credentials).some((text) => text.includes("\0"))) return undefined;
      const auth = this.authOf(credentials);
      const signIn = auth && (await signInToKeystone(this.http, auth, this.deadline()));
      if (signIn === undefined || !this.isTaken(signIn.token)) return undefined;
      const { id, name } = signIn.token.user;
      return { subject: id, username: name, groups: [], roleNames: [] };
    });
  }

  /** Asks as the service user, so that a wrong password of it shows here and not with the first user. */
  async ping(): Promise<void> {
    await this.api.enabledDomain(this.settings.userDomain, this.deadline());
  }

  close(): Promise<void> {
    this.http.close();
    return Promise.resolve();
  }

  private authOf(credentials: Credentials) {
    switch (credentials.type) {
      case "password": {
        const identity = passwordIdentity(credentials.username, this.settings.userDomain, credentials.password);
        // A user with a default project would get a token for that.
        return { identity, scope: "unscoped" };
      }
      case "application-credential":
        if (this.settings.applicationCredentials === "none") return undefined;
        return { identity: applicationCredentialIdentity(credentials.id, credentials.secret) };
    }
  }

  /** An application credential may be that of any domain's user, whose name may be that of another person in ours. */
  private isTaken({ user, application_credential: credential }: KeystoneToken): boolean {
    const { applicationCredentials, userDomain } = this.settings;
    if (applicationCredentials === "unrestricted" && credential?.restricted === true) return false;
    const isOurs = "id" in userDomain ? user.domain.id === userDomain.id : user.domain.name === userDomain.name;
    return isOurs && !isReserved(user.name);
  }

  private async identity(
    { id, name }: KeystoneUser,
    scope: RoleScope | undefined,
    signal: AbortSignal,
  ): Promise<Identity> {
    const counts = scope !== undefined && (await this.api.isEnabled(scope, signal));
    const roles = counts ? await this.api.roles(id, scope, signal) : [];
    // A role may come in several ways: given to the user, to a group, and inherited.
    const names = new Map(roles.map(({ role }) => [role.id, role.name]));
    const allowed = (values: Iterable<string>) => [...values].filter((value) => !isReserved(value)).sort();
    return { subject: id, username: name, groups: allowed(names.keys()), roleNames: allowed(names.values()) };
  }

  private deadline(): AbortSignal {
    return AbortSignal.timeout(this.timeoutMilliseconds);
  }
}

function isAdmitted({ enabled, domain_id, name }: KeystoneUser, domain: string | undefined): boolean {
  return enabled && domain_id === domain && !isReserved(name);
}
