/** Ignition 3.3.0, as far as it is written here. Source: coreos.github.io/ignition/configuration-v3_3 */
export interface IgnitionDocument {
  readonly ignition: {
    readonly version: typeof IGNITION_VERSION;
    readonly config?: { readonly merge: readonly Resource[] };
  };
  readonly passwd?: { readonly users: readonly User[] };
  readonly storage?: Storage;
  readonly systemd?: { readonly units: readonly Unit[] };
}

export const IGNITION_VERSION = "3.3.0";

/** Content that is fetched: a data URL, or a file of the network. */
export interface Resource {
  readonly source: string;
  readonly compression?: "gzip";
  /** `sha256-<hexadecimal>` */
  readonly verification?: { readonly hash: string };
}

export interface User {
  readonly name: string;
  readonly sshAuthorizedKeys: readonly string[];
}

export interface Storage {
  readonly directories?: readonly Directory[];
  readonly files?: readonly File[];
  readonly links?: readonly Link[];
  readonly filesystems?: readonly Filesystem[];
}

export interface Directory {
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
}

export interface File {
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly overwrite: boolean;
  readonly contents: Resource;
}

export interface Link {
  readonly path: string;
  readonly target: string;
  readonly hard: boolean;
  readonly overwrite: boolean;
}

export interface Filesystem {
  readonly device: string;
  readonly format: "ext4" | "xfs" | "vfat" | "swap";
  readonly label?: string;
  readonly path?: string;
  readonly wipeFilesystem: boolean;
}

export interface Unit {
  /** With its suffix. */
  readonly name: string;
  readonly enabled?: boolean;
  readonly mask?: boolean;
  readonly contents?: string;
  readonly dropins?: readonly { readonly name: string; readonly contents: string }[];
}
