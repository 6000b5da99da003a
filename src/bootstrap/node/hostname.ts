import type { ClusterNode } from "../../config/cluster-config.js";
import type { IgnitionBuilder } from "../ignition/builder.js";

/** The name by which the cloud knows the server too. */
export function addHostname(document: IgnitionBuilder, { serverName }: ClusterNode): void {
  document.addFile({ path: "/etc/hostname", text: `${serverName}\n` });
}
