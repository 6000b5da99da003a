import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { built } from "./control-plane.js";
import { eventually } from "./eventually.js";
import { freePort, HOST, stopServer } from "./loopback-server.js";

export interface OAuth2ProxyProps {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** PEM file of the authority of the issuer's certificate. */
  readonly trusted: string;
  /** @default - a free one */
  readonly port?: number;
  /** Flags beside those that every UI needs. @default - none */
  readonly flags?: readonly string[];
}

/** OAuth2 Proxy before a small UI, which shows the headers that it is given. */
export class OAuth2Proxy {
  private constructor(
    private readonly folder: string,
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly upstream: Server,
  ) {}

  static async start(props: OAuth2ProxyProps): Promise<OAuth2Proxy> {
    const { issuer, clientId, clientSecret, trusted, port = await freePort(), flags = [] } = props;
    const upstream = createServer((request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(request.headers));
    });
    upstream.listen(0, HOST);
    await once(upstream, "listening");
    const folder = mkdtempSync(join(tmpdir(), "kaas-oauth2-proxy-"));
    const url = `http://${HOST}:${port}`;
    writeFileSync(join(folder, "client-secret"), clientSecret, { mode: 0o600 });
    const log = openSync(join(folder, "log"), "w");
    const child = spawn(
      built("KAAS_OAUTH2_PROXY_BIN", "oauth2-proxy"),
      [
        ...["--provider=oidc", `--oidc-issuer-url=${issuer}`, `--provider-ca-file=${trusted}`],
        ...[`--client-id=${clientId}`, `--client-secret-file=${folder}/client-secret`],
        ...[
          `--redirect-url=${url}/oauth2/callback`,
          "--code-challenge-method=S256",
          "--insecure-oidc-skip-nonce=false",
        ],
        ...[`--http-address=${HOST}:${port}`, `--upstream=http://${HOST}:${(upstream.address() as AddressInfo).port}`],
        ...[`--cookie-secret=${randomBytes(16).toString("hex")}`, "--cookie-secure=false", "--email-domain=*"],
        ...["--skip-provider-button", "--reverse-proxy=false", ...flags],
      ],
      { stdio: ["ignore", log, log] },
    );
    closeSync(log);
    const proxy = new OAuth2Proxy(folder, url, child, upstream);
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`oauth2-proxy ended:\n${proxy.log}`);
      const { status } = await fetch(`${url}/ping`);
      if (status !== 200) throw new Error(`oauth2-proxy is not ready: ${status}`);
    });
    return proxy;
  }

  get log(): string {
    return readFileSync(join(this.folder, "log"), "utf8");
  }

  async close(): Promise<void> {
    await stopServer(this.child);
    this.upstream.closeAllConnections();
    this.upstream.close();
    rmSync(this.folder, { recursive: true });
  }
}
