import type { Taint } from "../../config/cluster-config.js";
import { Cidr } from "../../lib/cidr.js";
import { kernelSettings } from "../node/kernel.js";
import { commonKubeletSettings, poolLabels } from "../node/kubelet.js";
import { mirroredRegistries } from "./mirrored-registry.js";
import type { EksNodeFacts } from "./node-facts.js";
import { toml, type TomlTable } from "./toml.js";

/** EKS gives the tenth address of the service network to the cluster's DNS. */
const CLUSTER_DNS = 10;

/**
 * User-data of a node of Bottlerocket. What is left out is its own to say, by the type of the instance: how many pods, and
 * what is kept from them. Source: bottlerocket.dev/en/os/latest/api/settings
 */
export function bottlerocketUserData({ mirror, ...facts }: EksNodeFacts): string {
  const { containerLogMaxFiles, containerLogMaxSize, seccompDefault } = commonKubeletSettings;
  const { shutdownGracePeriod, shutdownGracePeriodCriticalPods } = commonKubeletSettings;
  return toml([
    [
      "[settings.kubernetes]",
      {
        "cluster-name": facts.clusterName,
        "api-server": facts.endpoint,
        "cluster-certificate": facts.certificateAuthority,
        // It would ask EKS for it, which a node in a closed network cannot.
        "cluster-dns-ip": Cidr.parse(facts.serviceCidr).at(CLUSTER_DNS),
        "container-log-max-files": containerLogMaxFiles,
        "container-log-max-size": containerLogMaxSize,
        "seccomp-default": seccompDefault,
        "shutdown-grace-period": shutdownGracePeriod,
        "shutdown-grace-period-for-critical-pods": shutdownGracePeriodCriticalPods,
      },
    ],
    ["[settings.kubernetes.node-labels]", poolLabels(facts.pool)],
    ["[settings.kubernetes.node-taints]", taintsByKey(facts.pool.taints)],
    [
      "[settings.kernel.sysctl]",
      Object.fromEntries(Object.entries(kernelSettings).map(([name, value]) => [name, String(value)])),
    ],
    ["[settings.host-containers.admin]", { enabled: false }],
    ...mirroredRegistries(mirror).map(({ registry, endpoint }): TomlTable => [
      "[[settings.container-registry.mirrors]]",
      { registry, endpoint: [endpoint] },
    ]),
  ]);
}

/** `<value>:<effect>` of each taint, by its key. */
function taintsByKey(taints: readonly Taint[]): Readonly<Record<string, readonly string[]>> {
  const byKey: Record<string, readonly string[]> = {};
  for (const { key, value = "", effect } of taints) byKey[key] = [...(byKey[key] ?? []), `${value}:${effect}`];
  return byKey;
}
