import type { Entry } from "ldapts";
import { within } from "../deadline.js";
import { BackendUnavailableError } from "../identity-backend.js";
import { LdapConnection, type LdapQuestion, type LdapServer } from "./ldap-connection.js";

export interface LdapDirectoryOptions {
  /** Replicas. The first that answers is asked, and asked again until it does not. */
  readonly servers: readonly LdapServer[];
  readonly bind: { readonly dn: string; readonly password: string };
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A refused bind is not tried again sooner: the directory may lock the account. */
const REFUSAL_HOLDS_MILLISECONDS = 5000;

/** A directory: searched over one connection that is kept, and asked about passwords over a new one each. */
export class LdapDirectory {
  private connection: LdapConnection | undefined;
  private opening: Promise<LdapConnection> | undefined;
  /** Index of the server that answered last. */
  private first = 0;
  private refusedAt: number | undefined;
  private closed = false;

  constructor(private readonly options: LdapDirectoryOptions) {}

  /** @throws BackendUnavailableError when no server answers in time, or it does not let the service search */
  async search(question: LdapQuestion, signal: AbortSignal): Promise<readonly Entry[]> {
    const kept = this.connection;
    const connection = await this.opened(signal);
    try {
      return await within(signal, connection.search(question));
    } catch (error) {
      if (signal.aborted) connection.close();
      // The server may have ended a connection that was kept, while the question was on its way.
      else if (connection === kept && !connection.isOpen) return this.search(question, signal);
      throw unavailable("search", error);
    }
  }

  /** Whether the password is that of the entry. */
  async takes(dn: string, password: string, signal: AbortSignal): Promise<boolean> {
    const connection = await this.open(signal);
    try {
      return await within(signal, connection.bind(dn, password));
    } catch (error) {
      throw unavailable("bind of a user", error);
    } finally {
      connection.close();
    }
  }

  close(): void {
    this.closed = true;
    this.connection?.close();
  }

  private opened(signal: AbortSignal): Promise<LdapConnection> {
    if (this.connection?.isOpen === true) return Promise.resolve(this.connection);
    this.opening ??= this.openForSearch().finally(() => {
      this.opening = undefined;
    });
    return within(signal, this.opening);
  }

  private async openForSearch(): Promise<LdapConnection> {
    const { bind, now, servers } = this.options;
    const refused = new BackendUnavailableError(
      `LDAP: the directory refuses ${bind.dn}: its password or name is wrong`,
    );
    if (this.refusedAt !== undefined && now() - this.refusedAt < REFUSAL_HOLDS_MILLISECONDS) throw refused;
    const signal = AbortSignal.timeout(Math.max(...servers.map(({ timeoutMilliseconds }) => timeoutMilliseconds)));
    const connection = await this.open(signal);
    const taken = await within(signal, connection.bind(bind.dn, bind.password)).catch((error: unknown) => {
      connection.close();
      throw unavailable("bind of the service", error);
    });
    this.refusedAt = taken ? undefined : now();
    if (!taken || this.closed) connection.close();
    if (!taken) throw refused;
    this.connection = connection;
    return connection;
  }

  /** Each server has its share of the time, so that one that hangs leaves some for the others. */
  private async open(signal: AbortSignal): Promise<LdapConnection> {
    const { servers } = this.options;
    const failures: string[] = [];
    for (let step = 0; step < servers.length; step += 1) {
      const index = (this.first + step) % servers.length;
      const server = servers[index];
      if (server === undefined) continue;
      const share = AbortSignal.timeout(server.timeoutMilliseconds / servers.length);
      try {
        const connection = await LdapConnection.open(server, AbortSignal.any([signal, share]));
        this.first = index;
        return connection;
      } catch (error) {
        failures.push(`${server.url}: ${reasonOf(error)}`);
      }
    }
    throw new BackendUnavailableError(`LDAP: no server answers: ${failures.join("; ")}`);
  }
}

/** Messages of directories and of the library name entries, and no password. */
function unavailable(what: string, error: unknown): BackendUnavailableError {
  return new BackendUnavailableError(`LDAP: ${what}: ${reasonOf(error)}`, { cause: error });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
