import type { OpenStackClusterConfig } from "../../config/cluster-config.js";
import { internalApiAddresses } from "../../config/address-plan.js";
import type { IgnitionBuilder } from "../ignition/builder.js";
import { CONTAINERD_CONFIG, containerdConfig } from "./containerd.js";
import { kernelModules, kernelSettingsFile } from "./kernel.js";
import { addMetadataFirewall } from "./metadata-firewall.js";
import { scriptFile, scriptPath } from "./scripts.js";
import { unitFile } from "./unit-file.js";

const EXTENSION_IMAGE = "/opt/extensions/kubernetes/kubernetes.raw";
const JOINED = "/var/lib/kaas/joined";

/**
 * What controllers and workers share: containerd, the kubelet, and the unit that brings them into the cluster.
 *
 * @param needed units without which the kubelet must not start pods
 */
export function addKubernetes(
  document: IgnitionBuilder,
  config: OpenStackClusterConfig,
  needed: readonly string[] = [],
): void {
  addExtension(document, config);
  document.addFile({ path: CONTAINERD_CONFIG, text: containerdConfig(config) });
  document.addUnit({
    name: "containerd.service",
    enabled: true,
    dropins: [
      {
        name: "10-kaas.conf",
        contents: unitFile({ Service: { Environment: `CONTAINERD_CONFIG=${CONTAINERD_CONFIG}` } }),
      },
    ],
  });
  document.addFile({ path: "/etc/modules-load.d/kaas.conf", text: kernelModules.map((name) => `${name}\n`).join("") });
  document.addFile({ path: "/etc/sysctl.d/90-kaas.conf", text: kernelSettingsFile() });
  addMetadataFirewall(document);
  addKubelet(document, needed);
  document.addFile(scriptFile("join-cluster"));
  document.addUnit({ name: "kaas-join.service", enabled: true, contents: joinUnit(needed) });
  // Without a zone of the cluster's own nobody else tells the nodes where the API is.
  if (config.provider.dns.manage === "none") {
    const { internal: apiInternal } = config.apiHosts;
    const hosts = internalApiAddresses(config).map((address) => `${address} ${apiInternal}\n`);
    document.addFile({ path: "/etc/hosts", text: `127.0.0.1 localhost\n::1 localhost\n${hosts.join("")}` });
  }
}

function addExtension(
  document: IgnitionBuilder,
  { kubernetesExtension: { url, sha256 } }: OpenStackClusterConfig,
): void {
  document.addFile({
    path: EXTENSION_IMAGE,
    from: { source: url, ...(sha256 !== undefined && { verification: { hash: `sha256-${sha256}` } }) },
  });
  document.addLink("/etc/extensions/kubernetes.raw", EXTENSION_IMAGE);
}

/** As kubeadm expects it: it writes what the unit reads. Source: kubernetes.io/docs/reference/setup-tools/kubeadm */
function addKubelet(document: IgnitionBuilder, needed: readonly string[]): void {
  document.addUnit({
    name: "kubelet.service",
    enabled: true,
    contents: unitFile({
      Unit: {
        Description: "Kubernetes node agent",
        ...startsAfter(needed),
        ConditionPathExists: "/var/lib/kubelet/config.yaml",
        StartLimitIntervalSec: 0,
      },
      Service: {
        Environment: [
          "KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf " +
            "--kubeconfig=/etc/kubernetes/kubelet.conf",
          "KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml",
        ].map((assignment) => `"${assignment}"`),
        EnvironmentFile: "-/var/lib/kubelet/kubeadm-flags.env",
        ExecStart: "/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS",
        Restart: "always",
        RestartSec: 10,
      },
      Install: { WantedBy: "multi-user.target" },
    }),
  });
}

function startsAfter(needed: readonly string[]) {
  const wanted = ["containerd.service", "network-online.target"];
  return {
    ...(needed.length > 0 && { Requires: needed.join(" ") }),
    Wants: wanted.join(" "),
    After: [...wanted, ...needed].join(" "),
  };
}

/** Runs until it ends well, and never again. */
function joinUnit(needed: readonly string[]): string {
  return unitFile({
    Unit: {
      Description: "Bring the node into the cluster",
      ...startsAfter(needed),
      ConditionPathExists: `!${JOINED}`,
      StartLimitIntervalSec: 0,
    },
    Service: {
      Type: "oneshot",
      RemainAfterExit: "yes",
      ExecStart: scriptPath("join-cluster"),
      TimeoutStartSec: "15min",
      Restart: "on-failure",
      RestartSec: 15,
    },
    Install: { WantedBy: "multi-user.target" },
  });
}
