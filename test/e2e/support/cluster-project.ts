import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { isOpenStack, type OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import { loadBootstrap } from "../../../src/config/load.js";
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
    const credentials = { OS_CLIENT_CONFIG_FILE: clouds, TF_VAR_service_account_password: SERVICE_ACCOUNT_PASSWORD };
    const stack = (stackName: string) =>
      new Terraform(join(this.root, "cdktf.out/stacks", stackName), { ...environment, ...credentials });
    this.cluster = stack(name);
    this.tenancy = stack(`${name}-tenancy`);
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
    await runCommand(
      `${this.name}: kaasctl synth`,
      process.execPath,
      [join(checkout, "bin/kaasctl.js"), "synth", this.name],
      {
        cwd: this.root,
        environment: {},
      },
    );
  }

  /** Takes down what a failed test left in the cloud, as far as it can, and forgets the folder. */
  async discard(): Promise<void> {
    for (const stack of [this.cluster, this.tenancy].filter(({ isInitialised }) => isInitialised)) {
      await stack.destroy().catch((error: unknown) => process.stderr.write(`  ${String(error)}\n`));
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}
