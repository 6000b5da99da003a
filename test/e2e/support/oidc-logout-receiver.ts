import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { HOST } from "./loopback-server.js";

/** A client's end of back-channel sign-out: it keeps the tokens that it is sent. */
export class LogoutReceiver {
  readonly tokens: string[] = [];
  /** How it answers from now on; undefined: never. */
  status: number | undefined = 200;

  private constructor(private readonly server: Server) {
    server.on("request", (request, response) => {
      let body = "";
      request.on("data", (part: Buffer) => (body += part.toString()));
      request.on("end", () => {
        const token = new URLSearchParams(body).get("logout_token");
        if (token !== null) this.tokens.push(token);
        if (this.status === undefined) return;
        response.writeHead(this.status, { "cache-control": "no-store" }).end();
      });
    });
  }

  static async start(): Promise<LogoutReceiver> {
    const server = createServer();
    server.listen(0, HOST);
    await once(server, "listening");
    return new LogoutReceiver(server);
  }

  get url(): string {
    return `http://${HOST}:${(this.server.address() as AddressInfo).port}/back-channel`;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}
