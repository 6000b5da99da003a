import { isOpenStack, type ClusterConfig } from "../../../src/config/cluster-config.js";
import { alertmanagers } from "./alertmanager.js";
import { apiServer } from "./api-server.js";
import { applications } from "./applications.js";
import { backups } from "./backups.js";
import { certificates } from "./certificates.js";
import { cluster } from "./cluster.js";
import { controlPlane } from "./control-plane.js";
import type { Dashboard } from "./dashboard.js";
import { dnsServers } from "./dns.js";
import { etcdMembers } from "./etcd.js";
import { kubernetesAuth } from "./kubernetes-auth.js";
import { namespaces } from "./namespaces.js";
import { network } from "./network.js";
import { nodes } from "./nodes.js";
import { prometheusServers } from "./prometheus.js";
import { volumes } from "./volumes.js";
import { workloads } from "./workloads.js";

/** The dashboards of a cluster: of what it has. */
export function dashboardsOf(config: ClusterConfig): readonly Dashboard[] {
  return [
    cluster,
    nodes,
    namespaces,
    workloads,
    apiServer,
    ...(isOpenStack(config) ? [controlPlane, etcdMembers] : []),
    prometheusServers,
    alertmanagers,
    dnsServers,
    network(config),
    volumes,
    certificates,
    ...(config.services.backup.enabled ? [backups(config)] : []),
    ...(config.auth.mode === "hosted" ? [kubernetesAuth] : []),
    applications,
  ];
}
