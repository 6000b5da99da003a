/** A plugin of the container runtime, with the settings of its own kind. */
export interface Plugin {
  readonly type: string;
  readonly [setting: string]: unknown;
}

/** Opens `hostPort`s of pods on their node. */
export const portMapping: Plugin = { type: "portmap", capabilities: { portMappings: true }, snat: true };

/** Plugins that the runtime calls one after the other for each pod. Source: github.com/containernetworking/cni, SPEC.md */
export function pluginList(name: string, plugins: readonly Plugin[]): string {
  return JSON.stringify({ name, cniVersion: "0.3.1", plugins });
}
