import { TerraformOutput, type TerraformStack } from "cdktf";

export interface Output {
  readonly value: unknown;
  readonly description: string;
  /** @default false */
  readonly sensitive?: boolean;
}

/** What later steps need to know of a stack, by name. */
export function addOutputs(stack: TerraformStack, outputs: Readonly<Record<string, Output>>): void {
  for (const [name, output] of Object.entries(outputs)) new TerraformOutput(stack, name, { ...output });
}
