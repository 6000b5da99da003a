import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

type Json = Readonly<Record<string, unknown>>;

/** Sections of a cdk.tf.json that the floor must have made as the product did; `terraform` is set by overrides. */
const SECTIONS = ["provider", "variable", "locals", "data", "resource", "output"];

/** @throws when the floor did less or other work than the product, which would make the ratio meaningless */
export function assertSameStacks(productOutdir: string, floorOutdir: string): void {
  const stacks = readdirSync(join(productOutdir, "stacks"));
  for (const stack of stacks) {
    const [product, floor] = [productOutdir, floorOutdir].map((outdir) => readStack(outdir, stack));
    for (const section of SECTIONS) {
      if (isDeepStrictEqual(product?.[section], floor?.[section])) continue;
      throw new Error(`the floor is no measure: its ${section} of ${stack} is not the product's`);
    }
  }
}

/** Without `//`, where cdktf notes the path in the tree. */
function readStack(outdir: string, stack: string): Json {
  const text = readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8");
  return JSON.parse(text, (key, value: unknown) => (key === "//" ? undefined : value)) as Json;
}
