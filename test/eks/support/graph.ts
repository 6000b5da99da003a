import { resourcesByAddress, type Attributes, type SynthesizedJson } from "../../support/synthesized.js";

/** Everything that Terraform makes before a resource: what it names in `depends_on` and in its attributes, and so on. */
export function madeBefore(stack: SynthesizedJson, address: string): ReadonlySet<string> {
  const resources = resourcesByAddress(stack);
  const before = new Set<string>();
  const visit = (of: string) => {
    const attributes = resources.get(of);
    if (attributes === undefined) throw new Error(`no resource ${of}`);
    for (const other of namedIn(attributes)) {
      if (before.has(other) || !resources.has(other)) continue;
      before.add(other);
      visit(other);
    }
  };
  visit(address);
  return before;
}

function namedIn({ depends_on: dependsOn = [], ...attributes }: Attributes): readonly string[] {
  const references = JSON.stringify(attributes).matchAll(/\$\{([a-z0-9_]+\.[A-Za-z0-9_-]+)/g);
  return [...(dependsOn as readonly string[]), ...[...references].map(([, address = ""]) => address)];
}
