import { join } from "node:path";
import { formatDiagnostics } from "../../src/config/diagnostics.js";
import { parseText } from "../../src/config/load.js";
import type { Environment } from "../../stacks/synthesize.js";

/** Something to synthesize, in a process of its own. */
export interface Scenario {
  readonly name: string;
  readonly clusters: number;
  readonly workers: number;
  readonly provider: "openstack" | "eks";
}

export const scenarios: readonly Scenario[] = [
  { name: "1 cluster", clusters: 1, workers: 3, provider: "openstack" },
  { name: "10 clusters", clusters: 10, workers: 3, provider: "openstack" },
  { name: "100 clusters", clusters: 100, workers: 3, provider: "openstack" },
  { name: "1 cluster, 500 workers", clusters: 1, workers: 500, provider: "openstack" },
  { name: "1 cluster on EKS", clusters: 1, workers: 3, provider: "eks" },
  { name: "10 clusters on EKS", clusters: 10, workers: 3, provider: "eks" },
];

export function findScenario(name: string): Scenario {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return scenario;
}

/** The scenario's clusters, parsed and checked from the text of a bootstrap.yaml as a user would write it. */
export function environmentsOf({ clusters, workers, provider }: Scenario, root: string): readonly Environment[] {
  return Array.from({ length: clusters }, (_, number) => {
    const name = `bench-${number}`;
    const result = parseText(texts[provider](name, workers), () => {
      throw new Error("the benchmark names no file");
    });
    if (!result.ok) throw new Error(formatDiagnostics(name, result.diagnostics));
    return { config: result.config, directory: join(root, "environments", name) };
  });
}

const texts = { openstack: openStackText, eks: eksText } as const;

/** As environments/demo-openstack, with room for the workers' pods and addresses. */
function openStackText(name: string, workers: number): string {
  return `apiVersion: kaas/v1
cluster: { name: ${name}, domain: mk8s.example.com, profile: development }
provider:
  type: openstack
  cloud: ${name}
  externalNetwork: public
  tenancy: { manage: true, adminCloud: admin }
network:
  nodeCidr: 10.0.0.0/20
  podCidr: 10.64.0.0/14
  apiAllowedCidrs: [198.51.100.0/24]
  sshAllowedCidrs: [198.51.100.0/28]
workers:
  - { name: default, count: ${workers}, flavor: { vcpus: 4, ramGiB: 8, diskGiB: 40 } }
`;
}

/** As environments/production-eks, with its state in a file. */
function eksText(name: string, workers: number): string {
  return `apiVersion: kaas/v1
cluster: { name: ${name}, domain: mk8s.example.com }
provider:
  type: eks
  region: eu-central-1
  availabilityZones: [eu-central-1a, eu-central-1b, eu-central-1c]
  adminRoleArns: [arn:aws:iam::123456789012:role/platform-admins]
  repositories: [platform/kubernetes-auth]
network: { ingressAllowedCidrs: [0.0.0.0/0] }
workers:
  - { name: default, count: ${workers} }
  - { name: spot, capacity: spot, instanceTypes: [m7g.2xlarge], count: ${workers}, labels: { workload: batch } }
`;
}
