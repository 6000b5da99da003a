import { k8s } from "cdk8s-plus-27";
import type { Deviations } from "./deviations.js";
import type { Probes } from "./probes.js";
import type { Volume } from "./volumes.js";

/** What a container gets at least, and at most. */
export interface Resources {
  /** Of a processor: `100m` is a tenth. */
  readonly cpu: { readonly request: string; readonly limit: string };
  /** `64Mi`. Above its limit the container is ended. */
  readonly memory: { readonly request: string; readonly limit: string };
}

export interface Mount {
  readonly volume: Volume;
  readonly path: string;
  /** @default false */
  readonly writable?: boolean;
}

export interface ContainerProps {
  readonly name: string;
  /** With its tag or digest. */
  readonly image: string;
  readonly args?: readonly string[];
  /** Names of what it listens on, to numbers. @default - nothing */
  readonly ports?: Readonly<Record<string, number>>;
  readonly resources: Resources;
  /** @default - none, which is a deviation */
  readonly probes?: Probes;
  /** @default - none */
  readonly mounts?: readonly Mount[];
}

/** A container that may do no more than run its own program, but for what the workload says why it must. */
export function container(props: ContainerProps, deviations: Deviations): k8s.Container {
  const { ports = {}, mounts = [], resources, probes } = props;
  return {
    name: props.name,
    image: props.image,
    ...(props.args !== undefined && { args: [...props.args] }),
    ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort })),
    resources: {
      requests: quantities({ cpu: resources.cpu.request, memory: resources.memory.request }),
      limits: quantities({ cpu: resources.cpu.limit, memory: resources.memory.limit }),
    },
    ...(probes !== undefined && {
      readinessProbe: probes.readiness,
      livenessProbe: probes.liveness,
      ...(probes.startup !== undefined && { startupProbe: probes.startup }),
    }),
    securityContext: containerSecurity(deviations),
    volumeMounts: mounts.map(({ volume, path, writable = false }) => ({
      name: volume.name,
      mountPath: path,
      readOnly: !writable,
    })),
  };
}

/** Pod Security's level `restricted`, and a root file system that nobody writes to. */
function containerSecurity(deviations: Deviations): k8s.SecurityContext {
  const privileged = deviations["no-privileges"] !== undefined;
  return {
    allowPrivilegeEscalation: privileged,
    ...(privileged && { privileged }),
    readOnlyRootFilesystem: deviations["read-only-root"] === undefined,
    ...(deviations["no-capabilities"] === undefined && !privileged && { capabilities: { drop: ["ALL"] } }),
  };
}

function quantities(values: Readonly<Record<string, string>>): Record<string, k8s.Quantity> {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, k8s.Quantity.fromString(text)]));
}
