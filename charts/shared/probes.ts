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
  /** Between two attempts. @default 10 */
  readonly periodSeconds?: number;
  /** @default 5 */
  readonly timeoutSeconds?: number;
  /** Attempts until it counts as failed. @default - Kubernetes' 3 */
  readonly failureThreshold?: number;
}

/** An answer to GET below 400. @param port by its name */
export function httpProbe(path: string, port: string, { scheme = "HTTP", ...rhythm }: ProbeOptions = {}): k8s.Probe {
  return { httpGet: { path, port: k8s.IntOrString.fromString(port), scheme }, ...rhythmOf(rhythm) };
}

/** A connection. For programs without a path that tells how they are. @param port by its name */
export function tcpProbe(port: string, options: Omit<ProbeOptions, "scheme"> = {}): k8s.Probe {
  return { tcpSocket: { port: k8s.IntOrString.fromString(port) }, ...rhythmOf(options) };
}

/** A program in the container that ends with 0. */
export function commandProbe(command: readonly string[], options: Omit<ProbeOptions, "scheme"> = {}): k8s.Probe {
  return { exec: { command: [...command] }, ...rhythmOf(options) };
}

function rhythmOf({ periodSeconds = 10, timeoutSeconds = 5, failureThreshold }: ProbeOptions): k8s.Probe {
  return { periodSeconds, timeoutSeconds, ...(failureThreshold !== undefined && { failureThreshold }) };
}
