import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { authServiceAddress } from "../../../src/config/address-plan.js";
import { ADMIN_TOKEN, AuthService } from "./auth-service.js";
import { type KubernetesCluster } from "./kubernetes-cluster.js";
import { type NodeHost } from "./node-host.js";
import { type NodeNetwork } from "./node-network.js";

const execute = promisify(execFile);
const PORT = 8443;

/** A line of the service's audit log. */
export interface Audited {
  readonly event: string;
  /** `cluster:demo` */
  readonly by: string;
  readonly [field: string]: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** kubernetes-auth as a cluster hosts it: at its address of the service network, with the certificate of the cluster's secrets. */
export class KubernetesAuth {
  private constructor(
    /** Its process, on this machine. */
    readonly service: AuthService,
  ) {}

  /**
   * @param controller whose API server asks it
   * @param settings more of its configuration, as YAML. Default: none
   */
  static async start(
    network: NodeNetwork,
    { config, bundle }: KubernetesCluster,
    controller: NodeHost,
    settings = "",
  ): Promise<KubernetesAuth> {
    const { authorities, authServer } = bundle;
    if (authServer === undefined) throw new Error("the cluster hosts no kubernetes-auth");
    // This machine has the address of the service, as kube-proxy would lead to its pods.
    const host = authServiceAddress(config.network.serviceCidr);
    await execute("ip", ["address", "add", `${host}/32`, "dev", network.hostInterface]);
    await controller.run("ip", ["route", "add", host, "via", network.gateway]);
    const tls = { ...authServer, clientAuthority: authorities.auth.certificate };
    return new KubernetesAuth(await AuthService.start({ host, port: PORT, tls, settings }));
  }

  /** Only reviews need the certificate of an API server. */
  async ask(method: string, path: string, body?: unknown, token = ADMIN_TOKEN): Promise<Answer> {
    const { folder, address } = this.service;
    const options = ["--silent", "--request", method, "--header", `x-auth-token: ${token}`];
    const data = body === undefined ? [] : ["--data", JSON.stringify(body)];
    const output = ["--cacert", `${folder}/ca.crt`, "--write-out", "\n%{http_code}"];
    const url = `https://${address.host}:${address.port}${path}`;
    const { stdout } = await execute("curl", [...options, ...data, ...output, url]);
    const end = stdout.lastIndexOf("\n");
    return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
  }

  /** Asks as an administrator, or with a session. @throws Error unless it succeeds */
  async call<T>(method: string, path: string, body?: unknown, token?: string): Promise<T> {
    const answer = await this.ask(method, path, body, token);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
    return (answer.body === "" ? undefined : JSON.parse(answer.body)) as T;
  }

  /** A user of the local back-end. @returns its id */
  async addUser(username: string, ...groups: readonly string[]): Promise<string> {
    return (await this.call<{ id: string }>("POST", "/users", { username, groups })).id;
  }

  addToken(user: string, fields: object = {}): Promise<{ readonly id: string; readonly token: string }> {
    return this.call("POST", "/tokens", { user_id: user, ...fields });
  }

  /** What its audit log tells of an event, in order. */
  audited(event: string): readonly Audited[] {
    const lines = this.service.output.split("\n").filter((line) => line.includes(`"event":"${event}"`));
    return lines.map((line) => JSON.parse(line) as Audited);
  }

  /** How many requests it has answered at an address. */
  async answeredAt(route: string): Promise<number> {
    const { body } = await this.ask("GET", "/metrics");
    const counts = body.matchAll(/^kubernetes_auth_http_requests_total\{route="([^"]*)".*\} (\d+)$/gm);
    return [...counts].reduce((sum, [, counted, count]) => sum + (counted === route ? Number(count) : 0), 0);
  }

  close(): Promise<void> {
    return this.service.close();
  }
}
