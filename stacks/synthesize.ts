import { join } from "node:path";
import { TerraformResource, TerraformStack, type App } from "cdktf";
import { buildApp, loadStackMakers, type Environment, type StackMakers } from "./build-app.js";

export type { Environment } from "./build-app.js";

/** One stack as it was written. */
export interface SynthesizedStack {
  /** `<cluster>` or `<cluster>-tenancy`. */
  readonly name: string;
  /** Absolute path of its cdk.tf.json. */
  readonly file: string;
  /** Number of resources by Terraform type, in alphabetical order; data sources are not counted. */
  readonly resources: Readonly<Record<string, number>>;
}

/**
 * Writes `<outdir>/stacks/<stack>/cdk.tf.json` for every stack of the environments. Loads the bindings of those providers
 * only that they name.
 *
 * @param outdir absolute
 * @throws UserError for a cluster that cannot be synthesized
 */
export async function synthesize(
  environments: readonly Environment[],
  outdir: string,
): Promise<readonly SynthesizedStack[]> {
  return synthesizeWith(await loadStackMakers(environments), environments, outdir);
}

/** {@link synthesize} with stacks that were loaded before. */
export function synthesizeWith(
  makers: StackMakers,
  environments: readonly Environment[],
  outdir: string,
): readonly SynthesizedStack[] {
  const app = withoutStackTraces(() => {
    const built = buildApp(environments, outdir, makers);
    built.synth();
    return built;
  });
  return stacksOf(app).map((stack) => ({
    name: stack.node.id,
    file: join(outdir, "stacks", stack.node.id, "cdk.tf.json"),
    resources: countResources(stack),
  }));
}

/**
 * cdktf notes for every token where it was made. With source maps on, as they are under tsx, formatting these traces is
 * half of the time that synthesis takes, and nobody reads them.
 */
function withoutStackTraces<T>(work: () => T): T {
  const original = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  Error.prepareStackTrace = (error) => String(error);
  try {
    return work();
  } finally {
    if (original === undefined) Reflect.deleteProperty(Error, "prepareStackTrace");
    else Object.defineProperty(Error, "prepareStackTrace", original);
  }
}

function stacksOf(app: App): readonly TerraformStack[] {
  return app.node.children.filter((child) => TerraformStack.isStack(child));
}

function countResources(stack: TerraformStack): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const construct of stack.node.findAll()) {
    if (!TerraformResource.isTerraformResource(construct)) continue;
    const { terraformResourceType: type } = construct;
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
