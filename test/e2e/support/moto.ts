import { freePort, HOST, startServer, stopServer, untilListening } from "./loopback-server.js";
import type { Environment } from "./process.js";

/** The account that moto gives to whoever does not name another. */
export const MOTO_ACCOUNT = "123456789012";

/** AWS's APIs on loopback, as far as moto has them. */
export class Moto {
  private constructor(
    private readonly server: ReturnType<typeof startServer>,
    readonly endpoint: string,
  ) {}

  static async start(): Promise<Moto> {
    const port = await freePort();
    const server = startServer(process.env["KAAS_MOTO_SERVER"] ?? "moto_server", ["-H", HOST, "-p", `${port}`]);
    await untilListening(port);
    return new Moto(server, `http://${HOST}:${port}`);
  }

  /** For a program that uses AWS; moto takes any credentials until it is told to look at them. */
  get environment(): Environment {
    return { AWS_ENDPOINT_URL: this.endpoint, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  }

  /** Calls one of the APIs that speak in forms (EC2, IAM). @returns the document that it answers */
  async call(service: string, region: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    // moto finds service and region here, and takes any signature.
    const scope = `test/20260101/${region}/${service}/aws4_request`;
    const response = await fetch(this.endpoint, {
      method: "POST",
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
      body: new URLSearchParams({ Version: VERSIONS[service] ?? "", ...parameters }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${parameters["Action"] ?? ""}: ${text}`);
    return text;
  }

  /** From now on keys must be some that moto gave out, and their policies count. */
  async checkCredentials(): Promise<void> {
    await this.tell("reset-auth", "0");
  }

  /** Everything as at the start. */
  async reset(): Promise<void> {
    await this.tell("reset-auth", "Infinity");
    await this.tell("reset", "");
  }

  async stop(): Promise<void> {
    await stopServer(this.server);
  }

  private async tell(what: string, body: string): Promise<void> {
    const response = await fetch(`${this.endpoint}/moto-api/${what}`, { method: "POST", body });
    if (!response.ok) throw new Error(`moto: ${what}: ${response.status}`);
  }
}

const VERSIONS: Readonly<Record<string, string>> = { ec2: "2016-11-15", iam: "2010-05-08" };
