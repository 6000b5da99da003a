import type { ClusterNode } from "../../config/cluster-config.js";
import type { IgnitionBuilder } from "../ignition/builder.js";
import { scriptFile, scriptPath } from "./scripts.js";
import { unitFile } from "./unit-file.js";

const DESCRIPTION = "Renew the certificates of the control plane";

/** Every month, far before a certificate ends, and no two controllers within a day. */
export function renewalTime({ ordinal }: Pick<ClusterNode, "ordinal">): string {
  return `*-*-${String(2 + ordinal * 3).padStart(2, "0")} 03:00:00 UTC`;
}

/** `kubeadm certs renew`, for certificates that live less than the cluster. */
export function addCertificateRenewal(document: IgnitionBuilder): void {
  document.addFile(scriptFile("renew-certificates"));
  document.addUnit({
    name: "kaas-renew-certificates.service",
    contents: unitFile({
      Unit: { Description: DESCRIPTION, ConditionPathExists: "/etc/kubernetes/admin.conf" },
      Service: { Type: "oneshot", ExecStart: scriptPath("renew-certificates") },
    }),
  });
}

/** When a controller does it. */
export function addRenewalTimer(document: IgnitionBuilder, node: ClusterNode): void {
  document.addUnit({
    name: "kaas-renew-certificates.timer",
    enabled: true,
    contents: unitFile({
      Unit: { Description: DESCRIPTION },
      Timer: { OnCalendar: renewalTime(node), Persistent: "true" },
      Install: { WantedBy: "timers.target" },
    }),
  });
}
