import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { isOpenStack, type OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import { loadBootstrap } from "../../../src/config/load.js";
import type { SecretVariables } from "../../../src/config/secret-variables.js";
import { type OpenStackLab } from "./openstack-lab.js";
import { runCommand, type Environment } from "./process.js";
import { Terraform } from "./terraform.js";

const checkout = resolve(import.meta.dirname, "../../..");
const SERVICE_ACCOUNT_PASSWORD = "e2e-service-account-password";

type Document = Record<string, unknown>;

export interface ClusterProjectOptions {
  /** What the lab needs other than the committed environment. @default - nothing */
  readonly prepare?: (document: Document) => void;
  /** Variables for Terraform. @default - none */
  readonly environment?: Environment;
}

/** A demo environment in a folder of its own, worked on by kaasctl and Terraform as its user would. */
export class ClusterProject {
  readonly cluster: Terraform;
  readonly tenancy: Terraform;
  private readonly root = mkdtempSync(join(tmpdir(), "kaas-e2e-"));
  private readonly bootstrapFile: string;
  private readonly original: string;
  private readonly variablesFile: string;

  constructor(
    readonly name: string,
    lab: OpenStackLab,
    { prepare = () => undefined, environment = {} }: ClusterProjectOptions = {},
  ) {
    const directory = join(this.root, "environments", name);
    cpSync(join(checkout, "environments", name), directory, { recursive: true });
    this.bootstrapFile = join(directory, "bootstrap.yaml");
    this.edit(prepare);
    this.original = readFileSync(this.bootstrapFile, "utf8");
    const { provider } = this.config;
    if (provider.tenancy === undefined) throw new Error(`${name} has no tenancy of its own`);
    if (provider.caCertificate !== undefined) writeFileSync(join(directory, "cloud-ca.pem"), lab.caCertificate);
    const clouds = join(this.root, "clouds.yaml");
    writeFileSync(
      clouds,
      lab.cloudsYaml({
        adminCloud: provider.tenancy.adminCloud,
        cloud: provider.cloud,
        user: provider.tenancy.user,
        project: provider.tenancy.project,
        password: SERVICE_ACCOUNT_PASSWORD,
        tls: provider.caCertificate !== undefined,
      }),
    );
    this.variablesFile = join(directory, "secrets.tfvars.json");
    const varFile = `-var-file=${this.variablesFile}`;
    const stack = (stackName: string, own: Environment) =>
      new Terraform(join(this.root, "cdktf.out/stacks", stackName), {
        ...environment,
        OS_CLIENT_CONFIG_FILE: clouds,
        ...own,
      });
    this.cluster = stack(name, {
      TF_CLI_ARGS_plan: varFile,
      TF_CLI_ARGS_apply: varFile,
      TF_CLI_ARGS_destroy: varFile,
    });
    this.tenancy = stack(`${name}-tenancy`, { TF_VAR_service_account_password: SERVICE_ACCOUNT_PASSWORD });
  }

  get config(): OpenStackClusterConfig {
    const result = loadBootstrap(this.bootstrapFile);
    if (!result.ok || !isOpenStack(result.config)) throw new Error(JSON.stringify(result));
    return result.config;
  }

  /** Changes bootstrap.yaml as an editor would. */
  edit(change: (document: Document) => void): void {
    const document = parse(readFileSync(this.bootstrapFile, "utf8")) as Document;
    change(document);
    writeFileSync(this.bootstrapFile, stringify(document));
  }

  /** Undoes every {@link edit} since the project was made. */
  restore(): void {
    writeFileSync(this.bootstrapFile, this.original);
  }

  async synth(): Promise<void> {
    await this.kaasctl("synth", this.name);
  }

  /** Makes the cluster's secrets, and the var-file by which Terraform is given them. */
  async preconfigure(): Promise<void> {
    await this.kaasctl("preconfigure", this.name);
    await this.kaasctl("secrets", "variables", this.name, "--out", this.variablesFile);
  }

  /** What Terraform is given. */
  get secretVariables(): SecretVariables {
    return JSON.parse(readFileSync(this.variablesFile, "utf8")) as SecretVariables;
  }

  /** Everything that synth wrote, in one text. */
  get synthesized(): string {
    const folder = join(this.root, "cdktf.out");
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "latin1")).join("\n");
  }

  private async kaasctl(...args: readonly string[]): Promise<void> {
    const label = `${this.name}: kaasctl ${args.filter((arg) => !arg.startsWith("/")).join(" ")}`;
    await runCommand(label, process.execPath, [join(checkout, "bin/kaasctl.js"), ...args], {
      cwd: this.root,
      environment: {},
    });
  }

  /** Takes down what a failed test left in the cloud, as far as it can, and forgets the folder. */
  async discard(): Promise<void> {
    for (const stack of [this.cluster, this.tenancy].filter(({ isInitialised }) => isInitialised)) {
      await stack.destroy().catch((error: unknown) => process.stderr.write(`  ${String(error)}\n`));
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}
