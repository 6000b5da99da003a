import { connect } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import { issueAuthority, issueCertificate } from "../../../src/pki/issuer.js";

/**
 * What stands in front of a cloud's services: it ends TLS, with a certificate of the cloud's own authority. The lab's
 * services listen on this machine's loopback alone, which is not that of a node.
 */
export class CloudBalancer {
  /** While true, it takes connections and passes nothing on. */
  holds = false;
  private readonly servers: ReturnType<typeof createServer>[] = [];
  private readonly sockets = new Set<TLSSocket>();

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
      this.sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => this.sockets.delete(socket));
      if (this.holds) return;
      const service = connect(Number(port), hostname);
      service.on("error", () => socket.destroy());
      socket.on("close", () => service.destroy());
      socket.pipe(service).pipe(socket);
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
    for (const socket of this.sockets) socket.destroy();
  }
}
