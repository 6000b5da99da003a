import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KeyPair } from "../../../src/config/secret-variables.js";
import { issueAuthority, issueCertificate, makeKey } from "../../../src/pki/issuer.js";
import { built } from "./control-plane.js";
import { eventually } from "./eventually.js";
import { freePort, HOST, stopServer, untilListening } from "./loopback-server.js";
import { fetchTrusting } from "./oidc-fetch.js";
import { runCommand } from "./process.js";

/** Of no machine: an API server names an address that is not loopback as its own, and here nobody looks for it. */
const ADVERTISED = "192.0.2.1";
const START_SECONDS = 120;

/** etcd and API servers on loopback: one cluster, whose administrator has a certificate and whose users the servers' flags tell. */
export class OidcApiServers {
  private readonly children: ChildProcess[] = [];

  private constructor(
    private readonly folder: string,
    /** PEM text: of the servers' certificates. */
    readonly authority: string,
    private readonly etcdUrl: string,
  ) {}

  static async start(): Promise<OidcApiServers> {
    const folder = mkdtempSync(join(tmpdir(), "kaas-oidc-cluster-"));
    const now = new Date();
    const authority = await issueAuthority("kubernetes", 2, now);
    const certified = (name: string, usage: "serverAuth" | "clientAuth", organization?: string): Promise<KeyPair> =>
      issueCertificate(
        {
          path: ["admin"],
          issuer: "cluster",
          commonName: name,
          ...(organization !== undefined && { organization }),
          dnsNames: [],
          ipAddresses: usage === "serverAuth" ? [HOST] : [],
          usages: [usage],
          life: "renewable",
        },
        authority,
        1,
        now,
      );
    const server = await certified("kube-apiserver", "serverAuth");
    const admin = await certified("admin", "clientAuth", "system:masters");
    const accounts = makeKey();
    const files = {
      "ca.crt": authority.certificate,
      "server.crt": server.certificate,
      "server.key": server.key,
      "admin.crt": admin.certificate,
      "admin.key": admin.key,
      "accounts.pub": accounts.publicKey,
      "accounts.key": accounts.privateKey,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
    const [client, peer] = [await freePort(), await freePort()];
    const url = `http://${HOST}:${client}`;
    const servers = new OidcApiServers(folder, authority.certificate, url);
    const peers = [`--listen-peer-urls=http://${HOST}:${peer}`, `--initial-advertise-peer-urls=http://${HOST}:${peer}`];
    servers.launch("etcd", built("KAAS_ETCD_BIN", "etcd"), [
      ...[`--data-dir=${folder}/etcd`, `--listen-client-urls=${url}`, `--advertise-client-urls=${url}`, ...peers],
      ...[`--initial-cluster=default=http://${HOST}:${peer}`, "--unsafe-no-fsync"],
    ]);
    await untilListening(client);
    return servers;
  }

  /**
   * Starts one more API server of the cluster. Resolves to its address when it is ready.
   *
   * @param flags that tell it whose tokens it takes
   * @param trusted PEM file of an authority that it trusts like those of the world
   */
  async addServer(name: string, flags: readonly string[], trusted: string): Promise<string> {
    const port = await freePort();
    const file = (base: string) => join(this.folder, base);
    const child = this.launch(
      name,
      built("KAAS_KUBERNETES_BIN", "kube-apiserver"),
      [
        ...[`--etcd-servers=${this.etcdUrl}`, `--secure-port=${port}`, `--bind-address=${HOST}`],
        ...[`--advertise-address=${ADVERTISED}`, "--endpoint-reconciler-type=none"],
        ...[`--tls-cert-file=${file("server.crt")}`, `--tls-private-key-file=${file("server.key")}`],
        ...[
          `--client-ca-file=${file("ca.crt")}`,
          "--authorization-mode=RBAC",
          "--service-cluster-ip-range=10.3.0.0/16",
        ],
        ...["--service-account-issuer=https://kubernetes.default.svc"],
        ...[`--service-account-key-file=${file("accounts.pub")}`],
        ...[`--service-account-signing-key-file=${file("accounts.key")}`, ...flags],
      ],
      { SSL_CERT_FILE: trusted },
    );
    const url = `https://${HOST}:${port}`;
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`no ${name}:\n${this.log(name).slice(-3000)}`);
      const { status } = await fetchTrusting(this.authority)(`${url}/readyz`);
      if (status !== 200) throw new Error(`${name} is not ready: ${status}`);
    }, START_SECONDS);
    return url;
  }

  /** PEM file of the authority of the servers' certificates. */
  get authorityFile(): string {
    return join(this.folder, "ca.crt");
  }

  /** Keeps a text beside the servers' own files. @returns its path */
  write(name: string, text: string): string {
    writeFileSync(join(this.folder, name), text);
    return join(this.folder, name);
  }

  /** Runs kubectl as the administrator. */
  kubectl(url: string, args: readonly string[]): Promise<string> {
    const file = (base: string) => join(this.folder, base);
    const admin = [`--client-certificate=${file("admin.crt")}`, `--client-key=${file("admin.key")}`];
    const server = [`--server=${url}`, `--certificate-authority=${file("ca.crt")}`, "--kubeconfig=/dev/null"];
    return runCommand(`kubectl ${args[0]}`, built("KAAS_KUBERNETES_BIN", "kubectl"), [...server, ...admin, ...args], {
      cwd: this.folder,
      environment: {},
    });
  }

  log(name: string): string {
    return readFileSync(join(this.folder, `${name}.log`), "utf8");
  }

  async close(): Promise<void> {
    // etcd was started first, and ends last.
    for (const child of this.children.reverse()) await stopServer(child);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private launch(
    name: string,
    binary: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): ChildProcess {
    const log = openSync(join(this.folder, `${name}.log`), "w");
    const child = spawn(binary, args, { stdio: ["ignore", log, log], env: { ...process.env, ...environment } });
    closeSync(log);
    this.children.push(child);
    return child;
  }
}
