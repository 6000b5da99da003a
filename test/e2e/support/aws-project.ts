import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { isOpenStack, type EksClusterConfig } from "../../../src/config/cluster-config.js";
import { loadBootstrap } from "../../../src/config/load.js";
import { AwsStack } from "./aws-stack.js";
import { runCommand } from "./process.js";
import type { StateStore } from "./state-stores.js";
import { changesOf } from "./terraform.js";

const checkout = resolve(import.meta.dirname, "../../..");

type Document = Record<string, unknown>;

/** An EKS environment in a folder of its own, worked on by kaasctl and Terraform as its user would; its state is in S3. */
export class AwsProject {
  readonly cluster: AwsStack;
  readonly identity: AwsStack;
  private readonly root = mkdtempSync(join(tmpdir(), "kaas-e2e-aws-"));
  private readonly bootstrapFile: string;
  private original: string;

  /** @param name of the cluster @default - the environment's */
  constructor(
    environment: string,
    store: StateStore,
    readonly name: string = environment,
  ) {
    const directory = join(this.root, "environments", name);
    cpSync(join(checkout, "environments", environment), directory, { recursive: true });
    this.bootstrapFile = join(directory, "bootstrap.yaml");
    this.original = "";
    this.edit((document) => {
      document["terraform"] = { state: store.state };
      document["cluster"] = { ...(document["cluster"] as object), name };
    });
    this.keep();
    const stack = (stackName: string) =>
      new AwsStack(join(this.root, "cdktf.out/stacks", stackName), {
        ...store.environment,
        // Nobody but the store of the state is asked anything.
        AWS_EC2_METADATA_DISABLED: "true",
      });
    this.cluster = stack(name);
    this.identity = stack(`${name}-identity`);
  }

  get config(): EksClusterConfig {
    const result = loadBootstrap(this.bootstrapFile);
    if (!result.ok || isOpenStack(result.config)) throw new Error(JSON.stringify(result));
    return result.config;
  }

  /** Changes bootstrap.yaml as an editor would. */
  edit(change: (document: Document) => void): void {
    const document = parse(readFileSync(this.bootstrapFile, "utf8")) as Document;
    change(document);
    writeFileSync(this.bootstrapFile, stringify(document));
  }

  /** Every {@link edit} until now is what {@link restore} goes back to. */
  keep(): void {
    this.original = readFileSync(this.bootstrapFile, "utf8");
  }

  restore(): void {
    writeFileSync(this.bootstrapFile, this.original);
  }

  /** What Terraform would do to the cluster after an edit of bootstrap.yaml; the edit is undone afterwards. */
  async planWith(change: (document: Document) => void): Promise<Readonly<Record<string, string>>> {
    try {
      this.edit(change);
      await this.synth();
      return changesOf(await this.cluster.terraform.plan());
    } finally {
      this.restore();
    }
  }

  async synth(): Promise<void> {
    await runCommand(
      `${this.name}: kaasctl synth`,
      process.execPath,
      [join(checkout, "bin/kaasctl.js"), "synth", this.name],
      { cwd: this.root, environment: {} },
    );
  }

  /** Forgets the folder; what stands in the store goes with the store. */
  discard(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
