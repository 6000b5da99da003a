import { isIP, connect as connectPlain, type Socket } from "node:net";
import { connect as connectSecure, type ConnectionOptions } from "node:tls";
import { Client, ResultCodeError, type Entry, type Filter } from "ldapts";
import { within } from "../deadline.js";

export interface LdapServer {
  readonly url: string;
  readonly startTls: boolean;
  /** PEM text. @default - the authorities that Node trusts */
  readonly caCertificate?: string;
  readonly timeoutMilliseconds: number;
}

export interface LdapQuestion {
  readonly base: string;
  readonly filter: Filter;
  readonly attributes: readonly string[];
  /** Those of them that are no text. @default - none */
  readonly binary?: readonly string[];
  /** How many entries are of interest. @default - all */
  readonly limit?: number;
}

/**
 * Result codes by which directories refuse a person: constraintViolation and unwillingToPerform come for accounts that are
 * locked, inappropriateAuthentication for those without a password. Source: RFC 4511, appendix A
 */
const REFUSALS = [19, 32, 48, 49, 53];

/** One connection to a directory, which is never opened again: the library would do so without TLS and without a sign-in. */
export class LdapConnection {
  private readonly client: Client;
  /** The first, and the one of TLS over it. */
  private readonly sockets: Socket[] = [];
  private ended = false;

  private constructor(
    private readonly server: LdapServer,
    socket: Socket,
  ) {
    this.watch(socket);
    let isTaken = false;
    const first = () => {
      if (isTaken || this.ended) throw new Error("the connection has ended");
      isTaken = true;
      return socket;
    };
    const upgraded = (options: ConnectionOptions) => this.watch(connectSecure(options));
    this.client = new Client({
      url: server.url,
      timeout: server.timeoutMilliseconds,
      createConnection: first,
      createSecureConnection: (isSecure(server) ? first : upgraded) as typeof connectSecure,
    });
  }

  /**
   * Secured as the server's settings say, and not signed in.
   *
   * @throws Error when the directory cannot be reached, is not who it should be, or takes too long
   */
  static async open(server: LdapServer, signal: AbortSignal): Promise<LdapConnection> {
    const connection = new LdapConnection(server, await connect(server, signal));
    try {
      if (server.startTls && !isSecure(server)) await within(signal, connection.client.startTLS(tlsOptions(server)));
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  get isOpen(): boolean {
    return !this.ended;
  }

  /** @returns whether the directory takes the password */
  async bind(dn: string, password: string): Promise<boolean> {
    // A name with an empty password signs nobody in, and directories answer success. Source: RFC 4513, section 5.1.2
    if (password === "") return false;
    try {
      await this.client.bind(dn, password);
      return true;
    } catch (error) {
      if (error instanceof ResultCodeError && REFUSALS.includes(error.code)) return false;
      throw error;
    }
  }

  /** References to other directories are not followed. */
  async search({ base, filter, attributes, binary = [], limit }: LdapQuestion): Promise<readonly Entry[]> {
    const { searchEntries } = await this.client.search(base, {
      scope: "sub",
      filter,
      attributes: [...attributes],
      explicitBufferAttributes: [...binary],
      ...(limit === undefined ? { paged: true } : { sizeLimit: limit }),
    });
    return searchEntries;
  }

  close(): void {
    this.ended = true;
    // The one of TLS before that which carries it: in the other order Node crashes in the middle of a handshake.
    for (const socket of this.sockets.toReversed()) {
      socket.on("error", () => undefined);
      socket.destroy();
    }
  }

  /** After StartTLS the library does not notice that its connection has ended. */
  private watch<T extends Socket>(socket: T): T {
    this.sockets.push(socket);
    socket.once("close", () => {
      this.close();
    });
    return socket;
  }
}

function isSecure({ url }: LdapServer): boolean {
  return url.startsWith("ldaps:");
}

function hostOf({ url }: LdapServer): string {
  return new URL(url).hostname.replace(/^\[(.*)\]$/, "$1");
}

function tlsOptions(server: LdapServer): ConnectionOptions {
  const host = hostOf(server);
  return {
    host,
    ...(isIP(host) === 0 && { servername: host }),
    ...(server.caCertificate !== undefined && { ca: server.caCertificate }),
  };
}

function connect(server: LdapServer, signal: AbortSignal): Promise<Socket> {
  const port = Number(new URL(server.url).port || (isSecure(server) ? 636 : 389));
  return new Promise((resolve, reject) => {
    const socket = isSecure(server)
      ? connectSecure({ ...tlsOptions(server), port })
      : connectPlain(port, hostOf(server));
    const giveUp = () => {
      socket.destroy(new Error("no answer in time"));
    };
    signal.addEventListener("abort", giveUp, { once: true });
    socket.once("error", (error: Error) => {
      signal.removeEventListener("abort", giveUp);
      reject(error);
    });
    socket.once(isSecure(server) ? "secureConnect" : "connect", () => {
      signal.removeEventListener("abort", giveUp);
      resolve(socket);
    });
  });
}
