import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ChildProcess } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { eventually } from "../../support/eventually.js";
import { freePort, HOST, startServer, stopServer } from "../../support/loopback-server.js";

/** A program of the build that test/e2e/setup.sh made. */
export function prometheusProgram(name: "prometheus" | "promtool"): string {
  const folder = process.env["KAAS_PROMETHEUS_BIN"];
  if (folder === undefined) {
    throw new Error("KAAS_PROMETHEUS_BIN is not set: source the env.sh that test/e2e/setup.sh wrote");
  }
  return join(folder, name);
}

/** A rule as Prometheus reports it. */
export interface ReportedRule {
  readonly name: string;
  readonly health: "ok" | "unknown" | "err";
  readonly lastError?: string;
}

/** A Prometheus on loopback that watches itself and evaluates the given rules every second. */
export class PrometheusServer {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** @param rules files of rules, by name */
  static async start(rules: Readonly<Record<string, string>>): Promise<PrometheusServer> {
    const folder = mkdtempSync(join(tmpdir(), "kaas-prometheus-"));
    mkdirSync(join(folder, "rules"));
    for (const [name, text] of Object.entries(rules)) writeFileSync(join(folder, "rules", `${name}.yaml`), text);
    const port = await freePort();
    const configuration = {
      global: { scrape_interval: "1s", evaluation_interval: "1s" },
      rule_files: ["rules/*.yaml"],
      scrape_configs: [{ job_name: "prometheus-k8s", static_configs: [{ targets: [`${HOST}:${port}`] }] }],
    };
    writeFileSync(join(folder, "prometheus.yaml"), stringify(configuration));
    const child = startServer(prometheusProgram("prometheus"), [
      `--config.file=${folder}/prometheus.yaml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=${HOST}:${port}`,
    ]);
    const server = new PrometheusServer(`http://${HOST}:${port}`, child, folder);
    try {
      await eventually(() => server.get("/-/ready"), 60);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  async stop(): Promise<void> {
    this.goOn();
    await stopServer(this.child);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** It takes connections, as the kernel does for it, and answers nothing. */
  halt(): void {
    this.child.kill("SIGSTOP");
  }

  goOn(): void {
    this.child.kill("SIGCONT");
  }

  /** Rules by the name of their group. */
  async rules(): Promise<ReadonlyMap<string, readonly ReportedRule[]>> {
    const { data } = JSON.parse(await this.get("/api/v1/rules")) as {
      readonly data: { readonly groups: readonly { readonly name: string; readonly rules: readonly ReportedRule[] }[] };
    };
    return new Map(data.groups.map(({ name, rules }) => [name, rules]));
  }

  /** Names of the alerts that fire. */
  async firing(): Promise<readonly string[]> {
    const { data } = JSON.parse(await this.get("/api/v1/alerts")) as {
      readonly data: {
        readonly alerts: readonly { readonly state: string; readonly labels: { readonly alertname: string } }[];
      };
    };
    return data.alerts.filter(({ state }) => state === "firing").map(({ labels }) => labels.alertname);
  }

  private async get(path: string): Promise<string> {
    const response = await fetch(`${this.url}${path}`);
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
    return response.text();
  }
}
