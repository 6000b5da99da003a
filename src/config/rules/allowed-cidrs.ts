import { Cidr } from "../../lib/cidr.js";
import { formatPath, type Diagnostic, type Path } from "../diagnostics.js";
import type { EksSections, OpenStackSections } from "../schema/bootstrap.js";
import type { CommonRule } from "./rule.js";

interface AllowList {
  readonly path: Path;
  readonly cidrs: readonly string[];
}

function allowLists({ network, provider }: Partial<OpenStackSections> | Partial<EksSections>): readonly AllowList[] {
  const lists: AllowList[] = [];
  if (network !== undefined && "apiAllowedCidrs" in network) {
    lists.push({ path: ["network", "apiAllowedCidrs"], cidrs: network.apiAllowedCidrs });
    lists.push({ path: ["network", "sshAllowedCidrs"], cidrs: network.sshAllowedCidrs });
  }
  if (network !== undefined) {
    lists.push({ path: ["network", "ingressAllowedCidrs"], cidrs: network.ingressAllowedCidrs ?? [] });
  }
  if (provider?.type === "eks") {
    lists.push({ path: ["provider", "endpoint", "allowedCidrs"], cidrs: provider.endpoint.allowedCidrs });
    lists.push({ path: ["provider", "endpoint", "connectedCidrs"], cidrs: provider.endpoint.connectedCidrs });
  }
  return lists;
}

/** The entry that makes the one at `index` needless: an equal one before it, or a larger one anywhere. */
function coveredBy(index: number, cidrs: readonly Cidr[]): number {
  const own = cidrs[index];
  if (own === undefined) return -1;
  return cidrs.findIndex(
    (other, at) => at !== index && other.includes(own) && (other.prefix < own.prefix || at < index),
  );
}

/** Clouds refuse the same rule twice; a smaller range in a larger one looks like a limit and is none. */
export const allowedCidrsAreNeeded: CommonRule = (sections) =>
  allowLists(sections).flatMap(({ path, cidrs }) => {
    const parsed = cidrs.map((text) => Cidr.parse(text));
    return cidrs.flatMap((text, index): readonly Diagnostic[] => {
      const cover = coveredBy(index, parsed);
      if (cover === -1) return [];
      const place = formatPath([...path, cover]);
      const same = cidrs[cover] === text;
      return [
        {
          path: [...path, index],
          value: text,
          problem: same ? `repeats ${place}` : `is part of ${place}, ${cidrs[cover]}`,
          expected: "ranges of which none contains another",
          remedy: same ? "remove one of the two" : "remove the one that you did not mean",
        },
      ];
    });
  });
