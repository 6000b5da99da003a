import { type ClusterState, type Pod, type Resources } from "./cluster-state.js";
import { quantity } from "./quantity.js";

/** What the pods of a node ask for, and what it has for them: CPUs, and bytes. */
export interface NodeRequests {
  readonly node: string;
  readonly pods: number;
  readonly cpu: number;
  readonly memory: number;
  readonly allocatable: { readonly cpu: number; readonly memory: number };
}

export function requestsByNode({ nodes, pods }: ClusterState): readonly NodeRequests[] {
  return nodes.map(({ metadata: { name }, status: { allocatable } }) => {
    const here = pods.filter(({ spec, status }) => spec.nodeName === name && status.phase !== "Succeeded");
    const sum = (resource: string) => here.reduce((total, pod) => total + podRequest(pod, resource), 0);
    const has = (resource: string) => quantity(allocatable[resource] ?? "0");
    return {
      node: name,
      pods: here.length,
      cpu: sum("cpu"),
      memory: sum("memory"),
      allocatable: { cpu: has("cpu"), memory: has("memory") },
    };
  });
}

/** As the scheduler counts: all that runs together, or a container that runs before, with the sidecars, when that is more. */
function podRequest({ spec: { containers, initContainers = [] } }: Pod, resource: string): number {
  const of = ({ resources }: { readonly resources?: { readonly requests?: Resources } }) =>
    quantity(resources?.requests?.[resource] ?? "0");
  let sidecars = 0;
  let most = 0;
  for (const container of initContainers) {
    if (container.restartPolicy === "Always") sidecars += of(container);
    else most = Math.max(most, sidecars + of(container));
  }
  return Math.max(most, sidecars + containers.reduce((total, container) => total + of(container), 0));
}

/** For people. */
export function requestsTable(label: string, requests: readonly NodeRequests[]): string {
  const share = (amount: number, of: number) => `${((amount / of) * 100).toFixed(0)} %`;
  const rows = requests.map(({ node, pods, cpu, memory, allocatable }) => [
    node,
    `${pods}`,
    `${cpu.toFixed(2)} / ${allocatable.cpu.toFixed(2)}`,
    share(cpu, allocatable.cpu),
    `${mebibytes(memory)} / ${mebibytes(allocatable.memory)}`,
    share(memory, allocatable.memory),
  ]);
  const table = [["node", "pods", "CPU", "", "memory, MiB", ""], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [`  requests by node, ${label}`, ...lines.map((line) => `    ${line}`), ""].join("\n");
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(0);
}
