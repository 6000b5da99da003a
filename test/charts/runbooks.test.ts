import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { App } from "cdk8s";
import { chartsOf } from "../../charts/charts-of.js";
import { plannedCluster } from "../../src/config/cluster-outputs.js";
import { eks, openStack } from "../support/bootstraps.js";
import type { Manifest } from "./manifests.js";

const FOLDER = join(import.meta.dirname, "..", "..", "docs", "runbooks");
/** What a command of a runbook looks at. */
interface Look {
  readonly page: string;
  readonly namespace: string;
  readonly label: string;
  readonly what: "monitors" | "pods";
}

const looks: readonly Look[] = readdirSync(FOLDER).flatMap((page) =>
  [...readFileSync(join(FOLDER, page), "utf8").matchAll(/-n (\S+)( [^\n]*?)-l k8s-app=([\w-]+)/g)].map(
    ([, namespace = "", words = "", label = ""]) => ({
      page,
      namespace,
      label,
      what: words.includes("servicemonitors") ? "monitors" : "pods",
    }),
  ),
);

const manifests = [openStack(), eks()].flatMap((config) =>
  chartsOf(plannedCluster(config)).flatMap((make) => make(new App()).toJson() as Manifest[]),
);
const WITH_PODS = ["Alertmanager", "DaemonSet", "Deployment", "Prometheus", "StatefulSet"];

/** Namespaces by the label `k8s-app`. */
function places(kinds: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { kind, metadata } of manifests) {
    const { namespace = "", labels = {} } = metadata;
    const label = labels["k8s-app"];
    if (kinds.includes(kind) && label !== undefined) found.set(label, (found.get(label) ?? new Set()).add(namespace));
  }
  return found;
}

describe("the commands of runbooks", () => {
  it.each([
    ["pods", places(WITH_PODS)],
    ["monitors", places(["ServiceMonitor"])],
  ])("look for %s in the namespace where the charts put them", (what, found) => {
    const known = looks.filter((look) => look.what === what && found.has(look.label));
    expect(known.length).toBeGreaterThan(5);
    expect(known.filter(({ namespace, label }) => !found.get(label)?.has(namespace))).toEqual([]);
  });
});
