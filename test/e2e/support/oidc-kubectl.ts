import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { built } from "./control-plane.js";
import { eventually } from "./eventually.js";

export interface OidcKubectlProps {
  /** Address of the API server. */
  readonly server: string;
  /** PEM file of the authority of its certificate. */
  readonly serverAuthority: string;
  readonly issuer: string;
  /** PEM file of the authority of the issuer's certificate. */
  readonly issuerAuthority: string;
  readonly clientId: string;
}

/** A command of kubectl. */
export interface KubectlRun {
  /** What it, and kubelogin, have written on the standard error. */
  readonly told: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string }>;
  /** Ends it and its kubelogin. */
  readonly stop: () => Promise<unknown>;
}

/** kubectl at the desk of somebody whose kubeconfig has kubelogin sign in, and keep the token. */
export class OidcKubectl {
  private readonly running = new Set<() => Promise<unknown>>();
  private readonly folder = mkdtempSync(join(tmpdir(), "kaas-oidc-kubectl-"));

  constructor(private readonly props: OidcKubectlProps) {}

  /** @param login flags of kubelogin: how its user signs in */
  run(login: readonly string[], args: readonly string[]): KubectlRun {
    const kubeconfig = join(this.folder, "kubeconfig");
    writeFileSync(kubeconfig, stringify(this.kubeconfig(login)));
    // kubectl looks for its plugins in the folders of PATH.
    const plugins = dirname(built("KAAS_KUBELOGIN_BIN", "kubectl-oidc_login"));
    const child = spawn(built("KAAS_KUBERNETES_BIN", "kubectl"), ["--kubeconfig", kubeconfig, ...args], {
      env: { ...process.env, PATH: `${plugins}:${process.env["PATH"]}`, HOME: this.folder },
      stdio: ["ignore", "pipe", "pipe"],
      // The head of a group of processes of its own.
      detached: true,
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (part: Buffer) => (stdout += part.toString()));
    child.stderr.on("data", (part: Buffer) => (stderr += part.toString()));
    const ended = new Promise<{ code: number | null; stdout: string }>((resolve) => {
      child.on("close", (code) => {
        this.running.delete(stop);
        resolve({ code, stdout });
      });
    });
    const stop = () => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
      return ended;
    };
    this.running.add(stop);
    return { told: () => stderr, ended, stop };
  }

  /** The address that kubelogin asks its user to visit. */
  static addressOf({ told }: KubectlRun): Promise<string> {
    return eventually(() => {
      const [, url] = /Please visit the following URL in your browser: (\S+)/.exec(told()) ?? [];
      return url === undefined
        ? Promise.reject(new Error(`kubelogin asks for nothing: ${told()}`))
        : Promise.resolve(url);
    }, 10);
  }

  /** Ends what still waits for its user. */
  async close(): Promise<void> {
    await Promise.all([...this.running].map((stop) => stop()));
    rmSync(this.folder, { recursive: true });
  }

  private kubeconfig(login: readonly string[]): object {
    const { server, serverAuthority, issuer, issuerAuthority, clientId } = this.props;
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1",
      command: built("KAAS_KUBERNETES_BIN", "kubectl"),
      args: [
        ...["oidc-login", "get-token", `--oidc-issuer-url=${issuer}`, `--oidc-client-id=${clientId}`],
        ...["--oidc-extra-scope=groups", "--oidc-extra-scope=offline_access", "--skip-open-browser"],
        ...[`--certificate-authority=${issuerAuthority}`, `--token-cache-dir=${this.folder}/cache`, ...login],
      ],
      interactiveMode: "IfAvailable",
    };
    return {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "demo", cluster: { server, "certificate-authority": serverAuthority } }],
      users: [{ name: "demo", user: { exec } }],
      contexts: [{ name: "demo", context: { cluster: "demo", user: "demo", namespace: "team" } }],
      "current-context": "demo",
    };
  }
}
