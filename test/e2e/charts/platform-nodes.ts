import { nodeTaint, poolLabels } from "../../../src/bootstrap/node/kubelet.js";
import { reservations } from "../../../src/bootstrap/node/reservations.js";
import {
  isOpenStack,
  type ClusterConfig,
  type ClusterNode,
  type EksClusterConfig,
  type Flavor,
  type OpenStackClusterConfig,
  type Taint,
} from "../../../src/config/cluster-config.js";
import { type Manifest } from "./person.js";
import { quantity } from "./quantity.js";

type Labels = Readonly<Record<string, string>>;

interface Shape {
  readonly vcpus: number;
  readonly ramGiB: number;
  readonly diskGiB: number;
}

interface NodeFacts {
  readonly name: string;
  readonly shape: Shape;
  /** Beside those that every node has. */
  readonly labels: Labels;
  readonly taints: readonly Taint[];
  readonly place: { readonly region: string; readonly zone: string; readonly instanceType: string };
  /** @default amd64 */
  readonly architecture?: string;
}

const DEFAULT_SHAPE: Shape = { vcpus: 4, ramGiB: 8, diskGiB: 40 };
const CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

/** The cluster's Nodes that run pods, as they stand once the cloud's controller has seen them. */
export function platformNodes(config: ClusterConfig): readonly Manifest[] {
  return (isOpenStack(config) ? openStackNodes(config) : eksNodes(config)).map(nodeObject);
}

/** A worker without taints: where the platform runs. */
export function anyWorker(config: ClusterConfig): string {
  const facts = isOpenStack(config) ? openStackNodes(config) : eksNodes(config);
  const worker = facts.findLast(({ taints }) => taints.length === 0);
  if (worker === undefined) throw new Error(`${config.name} has no worker without taints`);
  return worker.name;
}

function openStackNodes({ provider, controllers, workerPools }: OpenStackClusterConfig): readonly NodeFacts[] {
  const facts = ({ serverName, flavor, availabilityZone = "nova" }: ClusterNode) => ({
    name: serverName,
    shape: shapeOf(flavor),
    place: {
      region: provider.region ?? "RegionOne",
      zone: availabilityZone,
      instanceType: typeof flavor === "string" ? flavor : "kaas",
    },
  });
  const pools = workerPools.flatMap((pool) =>
    pool.nodes.map((node) => ({ ...facts(node), labels: poolLabels(pool), taints: pool.taints })),
  );
  return [
    ...controllers.map((node) => ({
      ...facts(node),
      // As kubeadm marks them.
      labels: { [CONTROL_PLANE]: "", "node.kubernetes.io/exclude-from-external-load-balancers": "" },
      taints: [{ key: CONTROL_PLANE, effect: "NoSchedule" as const, value: undefined }],
    })),
    ...pools,
  ];
}

/** Of a flavor that is known by name only, what a worker has that nobody describes. */
function shapeOf(flavor: Flavor): Shape {
  return typeof flavor === "string" ? DEFAULT_SHAPE : { ...DEFAULT_SHAPE, ...flavor };
}

function eksNodes({ provider, nodeGroups }: EksClusterConfig): readonly NodeFacts[] {
  const { region, availabilityZones: zones } = provider;
  return nodeGroups.flatMap((group, groupIndex) =>
    Array.from({ length: group.count }, (_, index) => {
      const [instanceType = ""] = group.instanceTypes;
      return {
        name: `ip-10-0-${groupIndex}-${index + 10}.${region}.compute.internal`,
        shape: { ...instanceShape(instanceType), diskGiB: group.diskGiB },
        labels: { ...poolLabels(group), "eks.amazonaws.com/nodegroup": group.name },
        taints: group.taints,
        place: { region, zone: zones[index % zones.length] ?? "", instanceType },
        architecture: group.architecture === "arm64" ? "arm64" : "amd64",
      };
    }),
  );
}

/** GiB of memory for each virtual CPU, by family. Source: aws.amazon.com/ec2/instance-types */
const MEMORY_RATIOS: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8, t: 4 };

/** `m7i.2xlarge` has 8 virtual CPUs. */
function instanceShape(type: string): Pick<Shape, "vcpus" | "ramGiB"> {
  const [, family = "", factor] = /^([a-z])[^.]*\.(\d*)xlarge$/.exec(type) ?? [];
  const ratio = MEMORY_RATIOS[family];
  if (ratio === undefined || factor === undefined) throw new Error(`of what size is ${type}?`);
  const vcpus = 4 * Number(factor === "" ? 1 : factor);
  return { vcpus, ramGiB: vcpus * ratio };
}

function nodeObject({ name, shape, labels, taints, place, architecture = "amd64" }: NodeFacts): Manifest {
  const { systemReserved, evictionHard } = reservations(shape);
  const memory = shape.ramGiB * 1024 ** 3;
  const disk = shape.diskGiB * 1024 ** 3;
  const kept = (resource: keyof typeof systemReserved) => quantity(systemReserved[resource]);
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": architecture,
        "node.kubernetes.io/instance-type": place.instanceType,
        "topology.kubernetes.io/region": place.region,
        "topology.kubernetes.io/zone": place.zone,
        ...labels,
      },
    },
    spec: { taints: taints.map(nodeTaint) },
    status: {
      capacity: { cpu: `${shape.vcpus}`, memory: `${memory}`, "ephemeral-storage": `${disk}`, pods: "110" },
      allocatable: {
        cpu: `${Math.round((shape.vcpus - kept("cpu")) * 1000)}m`,
        memory: `${memory - kept("memory") - quantity(evictionHard["memory.available"] ?? "0")}`,
        // As by nodefs.available, a tenth.
        "ephemeral-storage": `${Math.floor(disk * 0.9) - kept("ephemeral-storage")}`,
        pods: "110",
      },
    },
  };
}
