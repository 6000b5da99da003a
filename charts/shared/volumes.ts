import { k8s } from "cdk8s-plus-27";
import type { ConfigurationFiles } from "./configuration-files.js";
import type { RequiredSecret } from "./required-secret.js";

/** Something that containers of a pod have in their file system. */
export interface Volume {
  readonly name: string;
  readonly source: Omit<k8s.Volume, "name">;
  /** Of what is in it: pods are made anew when it changes. @default - they see the change themselves, or there is none */
  readonly digest?: string;
}

/** An empty folder that goes with the pod. @param size `64Mi`: a pod that writes more is ended */
export function scratchVolume(name: string, size: string): Volume {
  return { name, source: { emptyDir: { sizeLimit: k8s.Quantity.fromString(size) } } };
}

/** An empty folder in memory: sockets, and secrets that no disk should see. */
export function memoryVolume(name: string, size: string): Volume {
  return { name, source: { emptyDir: { medium: "Memory", sizeLimit: k8s.Quantity.fromString(size) } } };
}

/** Files of a program's configuration; pods are made anew when they change. */
export function configurationVolume(name: string, files: ConfigurationFiles): Volume {
  return { name, source: { configMap: { name: files.name } }, digest: files.digest };
}

/** A Secret's keys as files, which its pod alone can read. */
export function secretVolume(name: string, secret: RequiredSecret): Volume {
  return { name, source: { secret: { secretName: secret.name, defaultMode: 0o440 } } };
}

/** A certificate with its key, in a Secret that cert-manager makes: the pod waits for it, and reads it anew when it is renewed. */
export function issuedVolume(name: string, secretName: string): Volume {
  return { name, source: { secret: { secretName, defaultMode: 0o440 } } };
}

/** The disk that a pod of a StatefulSet claims under this name. */
export function claimedVolume(name: string): Volume {
  return { name, source: {} };
}

export type HostPathType = "Directory" | "DirectoryOrCreate" | "File" | "FileOrCreate" | "Socket";

/** A folder or file of the node: a deviation of its workload. */
export function hostVolume(name: string, path: string, type: HostPathType = "Directory"): Volume {
  return { name, source: { hostPath: { path, type } } };
}
