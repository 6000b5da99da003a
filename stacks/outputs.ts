import { Lazy, TerraformOutput, type TerraformStack } from "cdktf";

export interface Output {
  readonly value: unknown;
  readonly description: string;
  /** @default false */
  readonly sensitive?: boolean;
}

/** What later steps need to know of a stack, by name. */
export function addOutputs(stack: TerraformStack, outputs: Readonly<Record<string, Output>>): void {
  for (const [name, { value, ...output }] of Object.entries(outputs)) {
    // Lazy, because cdktf looks at lists and maps with a function that Node warns of from version 22 on.
    new TerraformOutput(stack, name, { ...output, value: Lazy.anyValue({ produce: () => value }) });
  }
}
