import { AndFilter, EqualityFilter, FilterParser, type Entry, type Filter } from "ldapts";
import { isReserved } from "../../../../api/primitives.js";
import { BackendUnavailableError, type Credentials, type Identity, type IdentityBackend } from "../identity-backend.js";
import { refuseSteadily } from "../steady-refusal.js";
import { isBelow, parseDistinguishedName } from "./distinguished-name.js";
import { LdapDirectory } from "./ldap-directory.js";
import { binaryValue, onlyValue, textValues } from "./ldap-entry.js";
import { fillFilter, openFilter } from "./ldap-filter.js";
import type { LdapSettings } from "./ldap-settings.js";

export interface LdapBackendOptions {
  readonly settings: LdapSettings;
  readonly bindPassword: string;
  /** PEM text of the file that the settings name. */
  readonly caCertificate?: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Active Directory's ids are bytes; their hexadecimal digits are the subject. */
const BINARY_ATTRIBUTES = ["objectGUID", "objectSid"];
/** Stands for users that there are not. */
const NOBODY = "cn=nobody-of-that-name";

interface FoundUser {
  readonly entry: Entry;
  readonly subject: string;
  readonly username: string;
}

/** Users and groups of a directory. Roles are unknown to it: in every cluster a user has the same groups. */
export class LdapBackend implements IdentityBackend {
  readonly name = "ldap";
  private readonly settings: LdapSettings;
  private readonly directory: LdapDirectory;

  constructor({ settings, bindPassword, caCertificate, now }: LdapBackendOptions) {
    this.settings = settings;
    const { urls, startTls, timeoutSeconds, bind } = settings;
    const ca = caCertificate === undefined ? {} : { caCertificate };
    this.directory = new LdapDirectory({
      servers: urls.map((url) => ({ url, startTls, timeoutMilliseconds: timeoutSeconds * 1000, ...ca })),
      bind: { dn: bind.dn, password: bindPassword },
      now,
    });
  }

  async find(subject: string): Promise<Identity | undefined> {
    const { users } = this.settings;
    const value = this.hasBinarySubject ? bytesOf(subject) : subject;
    if (value === undefined || value.length === 0) return undefined;
    return this.identity([openFilter(users.filter), new EqualityFilter({ attribute: users.subject, value })]);
  }

  findByName(username: string): Promise<Identity | undefined> {
    return this.identity([fillFilter(this.settings.users.filter, { username })]);
  }

  signIn(credentials: Credentials): Promise<Identity | undefined> {
    return refuseSteadily(this.settings.refusalMilliseconds, async () => {
      if (credentials.type !== "password" || credentials.password === "") return undefined;
      const signal = this.deadline();
      const { users } = this.settings;
      const user = await this.user([fillFilter(users.filter, { username: credentials.username })], signal);
      // The directory is asked about a user that there is not, too: a refusal costs the same work.
      const dn = user?.entry.dn ?? `${NOBODY},${users.base}`;
      const isRight = await this.directory.takes(dn, credentials.password, signal);
      return user !== undefined && isRight ? this.identityOf(user, signal) : undefined;
    });
  }

  async ping(): Promise<void> {
    const { base } = this.settings.users;
    const nobody = FilterParser.parseString("(!(objectClass=*))");
    await this.directory.search({ base, filter: nobody, attributes: ["1.1"], limit: 1 }, this.deadline());
  }

  close(): Promise<void> {
    this.directory.close();
    return Promise.resolve();
  }

  private async identity(conditions: readonly Filter[]): Promise<Identity | undefined> {
    const signal = this.deadline();
    const user = await this.user(conditions, signal);
    return user && this.identityOf(user, signal);
  }

  /** @returns undefined when there is none, or more than one, or it is disabled */
  private async user(conditions: readonly Filter[], signal: AbortSignal): Promise<FoundUser | undefined> {
    const { base, enabledFilter, subject, username } = this.settings.users;
    const enabled = enabledFilter === undefined ? [] : [FilterParser.parseString(enabledFilter)];
    const { groups } = this.settings;
    const entries = await this.directory.search(
      {
        base,
        filter: new AndFilter({ filters: [...conditions, ...enabled] }),
        attributes: [subject, username, ...(groups?.from === "attribute" ? [groups.attribute] : [])],
        binary: BINARY_ATTRIBUTES,
        limit: 2,
      },
      signal,
    );
    const [entry] = entries;
    if (entry === undefined || entries.length > 1) return undefined;
    const found = {
      entry,
      subject: this.hasBinarySubject ? binaryValue(entry, subject)?.toString("hex") : onlyValue(entry, subject),
      username: onlyValue(entry, username),
    };
    if (found.subject === undefined || found.username === undefined) {
      const missing = found.subject === undefined ? subject : username;
      throw new BackendUnavailableError(`LDAP: ${entry.dn} has not one ${missing} that the service may read`);
    }
    return isReserved(found.username) ? undefined : { entry, subject: found.subject, username: found.username };
  }

  private async identityOf(user: FoundUser, signal: AbortSignal): Promise<Identity> {
    const names = new Set(await this.groupsOf(user, signal));
    const groups = [...names].filter((name) => name !== "" && !isReserved(name)).sort();
    return { subject: user.subject, username: user.username, groups, roleNames: [] };
  }

  private async groupsOf({ entry, username }: FoundUser, signal: AbortSignal): Promise<readonly string[]> {
    const { groups } = this.settings;
    switch (groups?.from) {
      case undefined:
        return [];
      case "attribute":
        return textValues(entry, groups.attribute).flatMap((name) => groupName(name, groups.base));
      case "search": {
        const filter = fillFilter(groups.filter, { dn: entry.dn, username });
        const found = await this.directory.search({ base: groups.base, filter, attributes: [groups.name] }, signal);
        return found.flatMap((group) => textValues(group, groups.name));
      }
    }
  }

  private get hasBinarySubject(): boolean {
    const subject = this.settings.users.subject.toLowerCase();
    return BINARY_ATTRIBUTES.some((attribute) => attribute.toLowerCase() === subject);
  }

  private deadline(): AbortSignal {
    return AbortSignal.timeout(this.settings.timeoutSeconds * 1000);
  }
}

/** The first value of its name, when it is a group that counts: elsewhere anybody may make one of the same name. */
function groupName(name: string, base: string): readonly string[] {
  const parts = parseDistinguishedName(name);
  const [first] = parts ?? [];
  if (parts === undefined || first === undefined) return [];
  return isBelow(parts, parseDistinguishedName(base) ?? []) ? [first.value] : [];
}

function bytesOf(hexadecimal: string): Buffer | undefined {
  return /^([0-9a-f]{2})+$/.test(hexadecimal) ? Buffer.from(hexadecimal, "hex") : undefined;
}
