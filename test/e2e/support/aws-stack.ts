import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonDocument } from "./aws-document.js";
import type { ProviderSchemas } from "./aws-schemas.js";
import { runCommand, type Environment } from "./process.js";
import { Terraform } from "./terraform.js";

/** What `terraform validate` finds. */
export interface ValidationMessage {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
}

/** A state as `terraform state pull` gives it. */
export interface StateFile {
  serial: number;
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: JsonDocument }[];
  }[];
}

/** A stack for AWS in its folder, and Terraform with what these suites ask of it. */
export class AwsStack {
  readonly terraform: Terraform;

  constructor(
    private readonly directory: string,
    private readonly environment: Environment,
  ) {
    this.terraform = new Terraform(directory, environment);
  }

  get document(): JsonDocument {
    return JSON.parse(readFileSync(join(this.directory, "cdk.tf.json"), "utf8")) as JsonDocument;
  }

  write(document: JsonDocument): void {
    mkdirSync(this.directory, { recursive: true });
    writeFileSync(join(this.directory, "cdk.tf.json"), JSON.stringify(document, undefined, 2));
  }

  /** Errors and warnings; none when the stack is sound. */
  async validate(): Promise<readonly ValidationMessage[]> {
    const { diagnostics } = JSON.parse(await this.run(["validate", "-json"], [0, 1])) as {
      readonly diagnostics: readonly ValidationMessage[];
    };
    return diagnostics;
  }

  /** Schemas of the one provider that the stack has. */
  async schemas(): Promise<ProviderSchemas> {
    const { provider_schemas: found } = JSON.parse(await this.run(["providers", "schema", "-json"])) as {
      readonly provider_schemas: Readonly<Record<string, ProviderSchemas>>;
    };
    const [schemas] = Object.values(found);
    if (schemas === undefined) throw new Error("the stack has no provider");
    return schemas;
  }

  /** Plays somebody else who changes what exists: the next plan finds it so. */
  async changeOutside(change: (state: StateFile) => void): Promise<void> {
    const state = JSON.parse(await this.run(["state", "pull"])) as StateFile;
    change(state);
    state.serial += 1;
    const file = join(this.directory, "changed.tfstate.json");
    writeFileSync(file, JSON.stringify(state));
    await this.run(["state", "push", file]);
  }

  private run(args: readonly string[], exitCodes: readonly number[] = [0]): Promise<string> {
    const label = `${this.directory.split("/").at(-1) ?? ""}: terraform ${args[0] ?? ""}`;
    return runCommand(label, process.env["KAAS_TERRAFORM"] ?? "terraform", args, {
      cwd: this.directory,
      environment: this.environment,
      exitCodes,
    });
  }
}
