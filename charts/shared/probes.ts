import { k8s } from "cdk8s-plus-27";

/** How it is seen whether a container works. */
export interface Probes {
  /** Traffic reaches the container while it answers. */
  readonly readiness: k8s.Probe;
  /** The container is started anew when it stops answering. */
  readonly liveness: k8s.Probe;
  /** The others wait for it. @default - they start at once */
  readonly startup?: k8s.Probe;
}

export interface ProbeOptions {
  /** @default HTTP */
  readonly scheme?: "HTTP" | "HTTPS";
  /** For programs on the node's network that answer at its loopback address alone. @default - the pod's address */
  readonly host?: string;
  /** Between two attempts. @default 10 */
  readonly periodSeconds?: number;
  /** @default 5 */
  readonly timeoutSeconds?: number;
  /** Attempts until it counts as failed. @default - Kubernetes' 3 */
  readonly failureThreshold?: number;
}

/** What other ways of probing take. */
export type Rhythm = Omit<ProbeOptions, "scheme" | "host">;

/** An answer to GET below 400. @param port by its name */
export function httpProbe(path: string, port: string, options: ProbeOptions = {}): k8s.Probe {
  const { scheme = "HTTP", host, ...rhythm } = options;
  return {
    httpGet: { path, port: k8s.IntOrString.fromString(port), scheme, ...(host !== undefined && { host }) },
    ...rhythmOf(rhythm),
  };
}

/** A connection. For programs without a path that tells how they are. @param port by its name */
export function tcpProbe(port: string, options: Rhythm = {}): k8s.Probe {
  return { tcpSocket: { port: k8s.IntOrString.fromString(port) }, ...rhythmOf(options) };
}

/** A program in the container that ends with 0. */
export function commandProbe(command: readonly string[], options: Rhythm = {}): k8s.Probe {
  return { exec: { command: [...command] }, ...rhythmOf(options) };
}

function rhythmOf({ periodSeconds = 10, timeoutSeconds = 5, failureThreshold }: Rhythm): k8s.Probe {
  return { periodSeconds, timeoutSeconds, ...(failureThreshold !== undefined && { failureThreshold }) };
}
