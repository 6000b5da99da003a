import { connect, type Socket } from "node:net";
import { createServer } from "node:tls";
import { issueAuthority, issueCertificate } from "../../../src/pki/issuer.js";

/**
 * What stands in front of a cloud's services: it ends TLS, with a certificate of the cloud's own authority. The lab's
 * services listen on this machine's loopback alone, which is not that of a node.
 */
export class CloudBalancer {
  /** While true, it takes connections and passes nothing on. */
  holds = false;
  private readonly servers: ReturnType<typeof createServer>[] = [];
  private readonly connections = new Set<Socket>();

  private constructor(
    readonly address: string,
    /** PEM text. */
    readonly caCertificate: string,
    private readonly tls: { readonly cert: string; readonly key: string },
  ) {}

  /** @param address one of this machine's */
  static async open(address: string): Promise<CloudBalancer> {
    const now = new Date();
    const authority = await issueAuthority("cloud", 1, now);
    const { certificate: cert, key } = await issueCertificate(
      {
        path: [],
        issuer: "cluster",
        commonName: "cloud",
        dnsNames: [],
        ipAddresses: [address],
        usages: ["serverAuth"],
        life: "renewable",
      },
      authority,
      1,
      now,
    );
    return new CloudBalancer(address, authority.certificate, { cert, key });
  }

  /** The https address of a service of the lab, which is at an http address of this machine. */
  async publish(url: string): Promise<string> {
    const { port, pathname, hostname } = new URL(url);
    const server = createServer(this.tls, (socket) => {
      socket.on("error", () => socket.destroy());
      if (this.holds) return;
      const service = connect(Number(port), hostname);
      service.on("error", () => socket.destroy());
      socket.on("close", () => service.destroy());
      socket.pipe(service).pipe(socket);
    });
    // From its very beginning: a node that goes off in the midst of a handshake leaves a connection that never ends.
    server.on("connection", (connection: Socket) => {
      this.connections.add(connection);
      connection.on("close", () => this.connections.delete(connection));
    });
    server.on("tlsClientError", () => undefined);
    this.servers.push(server);
    await new Promise<void>((resolve, reject) => {
      server.on("error", reject);
      server.listen(Number(port), this.address, resolve);
    });
    return `https://${this.address}:${port}${pathname}`;
  }

  close(): void {
    for (const server of this.servers) server.close();
    for (const connection of this.connections) connection.destroy();
  }
}
