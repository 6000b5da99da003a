import type { ClusterConfig } from "../../config/cluster-config.js";
import { imageOf } from "../../config/container-images.js";

export const CONTAINERD_CONFIG = "/etc/containerd/config.toml";
/** A folder for each registry that is reached in a way of its own. */
export const REGISTRIES = "/etc/containerd/certs.d";

/** containerd 2.x. Source: github.com/containerd/containerd/blob/main/docs/cri/config.md */
export function containerdConfig(config: Pick<ClusterConfig, "containerImages">): string {
  return `version = 3
root = "/var/lib/containerd"
state = "/run/containerd"
# The kernel ends pods before it ends containerd.
oom_score = -999

[grpc]
  address = "/run/containerd/containerd.sock"

[plugins."io.containerd.cri.v1.images"]
  [plugins."io.containerd.cri.v1.images".pinned_images]
    sandbox = "${imageOf("pause", config)}"
  [plugins."io.containerd.cri.v1.images".registry]
    config_path = "${REGISTRIES}"

[plugins."io.containerd.cri.v1.runtime".containerd]
  default_runtime_name = "runc"
  [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
      SystemdCgroup = true
`;
}

/** The registry of a repository: `registry.example.com:5000` of `registry.example.com:5000/kaas`. */
export function registryOf(repository: string): string {
  return repository.split("/")[0] ?? repository;
}

/** Where containerd reads how to sign in at a registry. */
export function registryHostsPath(repository: string): string {
  return `${REGISTRIES}/${registryOf(repository)}/hosts.toml`;
}

/** How containerd signs in at a registry, in parts. @param auth `<user>:<password>` in base64 */
export function registryHosts(repository: string, auth: string): readonly string[] {
  const host = `https://${registryOf(repository)}`;
  return [
    `server = "${host}"

[host."${host}"]
  capabilities = ["pull", "resolve"]
  [host."${host}".header]
    Authorization = ["Basic `,
    auth,
    '"]\n',
  ];
}
