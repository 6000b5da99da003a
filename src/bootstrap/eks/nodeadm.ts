import { stringify } from "yaml";
import { REGISTRIES } from "../node/containerd.js";
import { kernelSettingsFile } from "../node/kernel.js";
import { commonKubeletSettings, labelsFlag, nodeTaint, poolLabels } from "../node/kubelet.js";
import { mirroredRegistries, type MirroredRegistry } from "./mirrored-registry.js";
import type { EksNodeFacts } from "./node-facts.js";

const BOUNDARY = "kaas-node";
/** Behind 99-sysctl.conf, in which Amazon Linux has some of the same settings. */
const KERNEL_SETTINGS = "/etc/sysctl.d/99-zz-kaas.conf";

/**
 * User-data of a node of Amazon Linux 2023. nodeadm starts containerd and the kubelet after cloud-init has run the script.
 * Source: awslabs.github.io/amazon-eks-ami/nodeadm
 */
export function nodeadmUserData(facts: EksNodeFacts): string {
  return multipart([
    ["application/node.eks.aws", `---\n${stringify(nodeConfig(facts), { lineWidth: 0 })}`],
    ['text/x-shellscript; charset="us-ascii"', script(mirroredRegistries(facts.mirror))],
  ]);
}

/** What is left out is nodeadm's to say, by the type of the instance: how many pods, and what is kept from them. */
function nodeConfig({ clusterName, endpoint, certificateAuthority, serviceCidr, pool }: EksNodeFacts) {
  return {
    apiVersion: "node.eks.aws/v1alpha1",
    kind: "NodeConfig",
    spec: {
      cluster: { name: clusterName, apiServerEndpoint: endpoint, certificateAuthority, cidr: serviceCidr },
      kubelet: {
        config: {
          ...commonKubeletSettings,
          ...(pool.taints.length > 0 && { registerWithTaints: pool.taints.map(nodeTaint) }),
        },
        flags: [`--node-labels=${labelsFlag(poolLabels(pool))}`],
      },
    },
  };
}

/** To bash, and no template to Terraform: without a dollar sign. */
function script(mirrored: readonly MirroredRegistry[]): string {
  return [
    "#!/bin/bash\nset -euo pipefail\n",
    hereDocument(KERNEL_SETTINGS, kernelSettingsFile()),
    `sysctl --quiet --load=${KERNEL_SETTINGS}\n`,
    ...mirrored.flatMap(({ registry, endpoint }) => {
      const folder = `${REGISTRIES}/${registry}`;
      return [`install --directory ${folder}\n`, hereDocument(`${folder}/hosts.toml`, mirrorHosts(endpoint))];
    }),
  ].join("");
}

function hereDocument(path: string, text: string): string {
  return `cat >${path} <<'EOF'\n${text}EOF\n`;
}

/** Without a `server` containerd falls back to the registry itself. Source: github.com/containerd/containerd docs/hosts.md */
function mirrorHosts(endpoint: string): string {
  return `[host."${endpoint}"]\n  capabilities = ["pull", "resolve"]\n  override_path = true\n`;
}

function multipart(parts: readonly (readonly [contentType: string, text: string])[]): string {
  return [
    `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="${BOUNDARY}"\n\n`,
    ...parts.map(([contentType, text]) => `--${BOUNDARY}\nContent-Type: ${contentType}\n\n${text}\n`),
    `--${BOUNDARY}--\n`,
  ].join("");
}
