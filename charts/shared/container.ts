import { k8s } from "cdk8s-plus-27";
import { environmentVariables, type EnvironmentValue } from "./environment-variables.js";
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
  /** A file or folder of the volume. @default - all of it */
  readonly subPath?: string;
  /** `Bidirectional`: what is mounted below it appears on the node; for privileged containers only. @default - neither way */
  readonly propagation?: "HostToContainer" | "Bidirectional";
}

export interface ContainerProps {
  readonly name: string;
  /** With its tag or digest. */
  readonly image: string;
  /** @default - the image's */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  /** @default - none */
  readonly environment?: Readonly<Record<string, EnvironmentValue>>;
  /** Names of what it listens on, to numbers of TCP ports. @default - nothing */
  readonly ports?: Readonly<Record<string, number>>;
  /** The same of UDP. @default - nothing */
  readonly udpPorts?: Readonly<Record<string, number>>;
  readonly resources: Resources;
  /** @default - none, which is a deviation of what runs forever */
  readonly probes?: Probes;
  /** @default - none */
  readonly mounts?: readonly Mount[];
  /** Run in the container before it is ended. @default - nothing */
  readonly preStop?: readonly string[];
  /** Capabilities of Linux that it keeps: a deviation. @default - none */
  readonly capabilities?: readonly string[];
  /** Whether it may do everything on its node: a deviation. @default false */
  readonly privileged?: boolean;
  /** Whether its root file system can be written to: a deviation. @default false */
  readonly writableRoot?: boolean;
  /** Number of the user that it runs as. @default - its pod's */
  readonly user?: number;
}

/** A container that may do no more than run its own program, but for what the workload says why it must. */
export function container(props: ContainerProps): k8s.Container {
  const { ports = {}, udpPorts = {}, mounts = [], resources, probes, environment, preStop } = props;
  return {
    name: props.name,
    image: props.image,
    imagePullPolicy: "IfNotPresent",
    ...(props.command !== undefined && { command: [...props.command] }),
    ...(props.args !== undefined && { args: [...props.args] }),
    ...(environment !== undefined && { env: environmentVariables(environment) }),
    ports: [
      ...Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort })),
      ...Object.entries(udpPorts).map(([name, containerPort]) => ({ name, containerPort, protocol: "UDP" })),
    ],
    resources: {
      requests: quantities({ cpu: resources.cpu.request, memory: resources.memory.request }),
      limits: quantities({ cpu: resources.cpu.limit, memory: resources.memory.limit }),
    },
    ...(probes !== undefined && {
      readinessProbe: probes.readiness,
      livenessProbe: probes.liveness,
      ...(probes.startup !== undefined && { startupProbe: probes.startup }),
    }),
    ...(preStop !== undefined && { lifecycle: { preStop: { exec: { command: [...preStop] } } } }),
    securityContext: containerSecurity(props),
    volumeMounts: mounts.map(({ volume, path, writable = false, subPath, propagation }) => ({
      name: volume.name,
      mountPath: path,
      readOnly: !writable,
      ...(subPath !== undefined && { subPath }),
      ...(propagation !== undefined && { mountPropagation: propagation }),
    })),
  };
}

/** Pod Security's level `restricted`, and a root file system that nobody writes to. */
function containerSecurity(props: ContainerProps): k8s.SecurityContext {
  const { privileged = false, capabilities = [], writableRoot = false, user } = props;
  return {
    allowPrivilegeEscalation: privileged,
    ...(privileged && { privileged }),
    readOnlyRootFilesystem: !writableRoot,
    ...(user !== undefined && { runAsUser: user }),
    ...(!privileged && {
      capabilities: { drop: ["ALL"], ...(capabilities.length > 0 && { add: [...capabilities] }) },
    }),
  };
}

function quantities(values: Readonly<Record<string, string>>): Record<string, k8s.Quantity> {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, k8s.Quantity.fromString(text)]));
}
