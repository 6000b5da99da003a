import type { IgnitionBuilder } from "../ignition/builder.js";
import { unitFile } from "./unit-file.js";

/** OpenStack's metadata service: it hands out the user-data, and with it the node's secrets. */
const METADATA_ADDRESSES = { ip: "169.254.169.254", ip6: "fe80::a9fe:a9fe" } as const;

/**
 * What comes from a pod is forwarded, and so passes prerouting; what the node itself sends does not. A table of its own:
 * whatever the pod network allows elsewhere, a packet that is dropped once stays dropped.
 */
const RULES = `table inet kaas-metadata
delete table inet kaas-metadata
table inet kaas-metadata {
  chain prerouting {
    type filter hook prerouting priority raw; policy accept;
    ip daddr ${METADATA_ADDRESSES.ip} counter drop
    ip6 daddr ${METADATA_ADDRESSES.ip6} counter drop
  }
}
`;
export const METADATA_RULES_PATH = "/etc/kaas/metadata.nft";

/** Keeps pods from the metadata service: no NetworkPolicy can deny an address for a whole cluster. */
export function addMetadataFirewall(document: IgnitionBuilder): void {
  document.addFile({ path: METADATA_RULES_PATH, text: RULES });
  document.addUnit({
    name: "kaas-metadata-firewall.service",
    enabled: true,
    contents: unitFile({
      Unit: {
        Description: "Keep pods from the cloud's metadata service",
        DefaultDependencies: "no",
        Before: "network-pre.target kubelet.service",
        Wants: "network-pre.target",
      },
      Service: { Type: "oneshot", RemainAfterExit: "yes", ExecStart: `/usr/sbin/nft -f ${METADATA_RULES_PATH}` },
      Install: { WantedBy: "multi-user.target", RequiredBy: "kubelet.service" },
    }),
  });
}
