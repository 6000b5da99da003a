import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { HOST } from "./loopback-server.js";

/** What stands before replicas: each connection goes to the next of them, and TLS ends behind it. */
export class OidcBalancer {
  private targets: readonly number[] = [];
  private turn = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((client) => {
      const port = this.targets[this.turn % this.targets.length];
      this.turn += 1;
      if (port === undefined) {
        client.destroy();
        return;
      }
      const target = connect(port, HOST);
      for (const [from, to] of [
        [client, target],
        [target, client],
      ] as const) {
        this.sockets.add(from);
        from.on("error", () => to.destroy());
        from.on("close", () => {
          this.sockets.delete(from);
          to.destroy();
        });
        from.pipe(to);
      }
    });
  }

  static async start(): Promise<OidcBalancer> {
    const balancer = new OidcBalancer();
    balancer.server.listen(0, HOST);
    await once(balancer.server, "listening");
    return balancer;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on connections go to these ports, in turn. */
  lead(targets: readonly number[]): void {
    this.targets = targets;
    this.turn = 0;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}
