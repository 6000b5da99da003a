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

const RHYTHM = { periodSeconds: 10, timeoutSeconds: 5 };

/** An answer to GET below 400. @param port by its name */
export function httpProbe(path: string, port: string, scheme: "HTTP" | "HTTPS" = "HTTP"): k8s.Probe {
  return { httpGet: { path, port: k8s.IntOrString.fromString(port), scheme }, ...RHYTHM };
}
