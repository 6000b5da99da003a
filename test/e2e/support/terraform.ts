import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand, type Environment } from "./process.js";

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly mode: "managed" | "data";
  readonly change: { readonly actions: readonly string[]; readonly after: unknown };
}

/** `terraform show -json` of a plan, as far as tests read it. */
export interface Plan {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly mode: "managed" | "data";
  readonly values: Readonly<Record<string, unknown>>;
}

/** Terraform, or OpenTofu, in the folder of one synthesized stack. */
export class Terraform {
  constructor(
    private readonly directory: string,
    private readonly environment: Environment,
  ) {}

  get isInitialised(): boolean {
    return existsSync(join(this.directory, ".terraform"));
  }

  async init(): Promise<void> {
    await this.run(["init", "-input=false"]);
  }

  async apply(): Promise<void> {
    await this.run(["apply", "-input=false", "-auto-approve", "-parallelism=20"]);
  }

  async destroy(): Promise<void> {
    await this.run(["destroy", "-input=false", "-auto-approve", "-parallelism=20"]);
  }

  async plan(): Promise<Plan> {
    await this.run(["plan", "-input=false", "-out=plan.bin"]);
    return JSON.parse(await this.run(["show", "-json", "plan.bin"])) as Plan;
  }

  async state(): Promise<readonly StateResource[]> {
    const shown = JSON.parse(await this.run(["show", "-json"])) as {
      readonly values?: { readonly root_module: { readonly resources?: readonly StateResource[] } };
    };
    return shown.values?.root_module.resources ?? [];
  }

  async outputs(): Promise<Readonly<Record<string, { readonly value: unknown; readonly sensitive: boolean }>>> {
    return JSON.parse(await this.run(["output", "-json"])) as Record<string, { value: unknown; sensitive: boolean }>;
  }

  /** What cdktf wrote. */
  json(): unknown {
    return JSON.parse(readFileSync(join(this.directory, "cdk.tf.json"), "utf8"));
  }

  private async run(args: readonly string[]): Promise<string> {
    const binary = process.env["KAAS_TERRAFORM"] ?? "terraform";
    const label = `${this.directory.split("/").at(-1) ?? ""}: terraform ${args[0] ?? ""}`;
    return runCommand(label, binary, [...args, ...(args[0] === "output" || args[0] === "show" ? [] : ["-no-color"])], {
      cwd: this.directory,
      environment: this.environment,
    });
  }
}

/** Addresses of the managed resources that a plan touches, with what it does to them. */
export function changesOf(plan: Plan): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (plan.resource_changes ?? [])
      .filter(({ mode, change }) => mode === "managed" && change.actions.join() !== "no-op")
      .map(({ address, change }) => [address, change.actions.join("+")]),
  );
}
