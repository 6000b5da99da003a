import type { InhibitRule, SourceMatch } from "../crds/generated/monitoring.coreos.com.js";

/** While one alert fires, nobody is told of another that says less about the same thing. */
interface Inhibition {
  readonly by: string;
  readonly of: string;
  /** Labels that say it is the same thing. @default - none: there is one of it in the cluster */
  readonly equal?: readonly string[];
}

export const inhibitions: readonly Inhibition[] = [
  { by: "KubeAPIDown", of: "KubeAPIServerDown" },
  { by: "KubeAPIErrorBudgetBurnFast", of: "KubeAPIErrorBudgetBurnSlow" },
  { by: "KubeClientCertificateExpiresNow", of: "KubeClientCertificateExpiring", equal: ["instance"] },
  { by: "EtcdQuorumLost", of: "EtcdMemberMissing" },
  { by: "EtcdDatabaseAlmostFull", of: "EtcdDatabaseFillingUp", equal: ["instance"] },
  { by: "KubeNodesNotReady", of: "KubeNodeNotReady" },
  { by: "NodeFilesystemAlmostFull", of: "NodeFilesystemFillingUp", equal: ["instance", "mountpoint"] },
  { by: "KubeVolumeAlmostFull", of: "KubeVolumeFillingUp", equal: ["namespace", "persistentvolumeclaim"] },
  { by: "ElasticsearchRed", of: "ElasticsearchYellow", equal: ["cluster"] },
  { by: "ElasticsearchDiskFull", of: "ElasticsearchDiskLow", equal: ["name"] },
];

/** The same alert at two severities, as operators' own rules may have it. */
const sameAlert: InhibitRule = {
  sourceMatch: [{ name: "severity", matchType: "=", value: "critical" }],
  targetMatch: [{ name: "severity", matchType: "=~", value: "warning|info" }],
  equal: ["alertname", "namespace"],
};

/** @param alerts that the cluster's rules have, by name */
export function inhibitRules(alerts: readonly string[]): readonly InhibitRule[] {
  const known = inhibitions.filter((inhibition) => alerts.includes(inhibition.by) && alerts.includes(inhibition.of));
  return [
    sameAlert,
    ...known.map((inhibition) => ({
      sourceMatch: [named(inhibition.by)],
      targetMatch: [named(inhibition.of)],
      ...(inhibition.equal !== undefined && { equal: inhibition.equal }),
    })),
  ];
}

function named(alert: string): SourceMatch {
  return { name: "alertname", matchType: "=", value: alert };
}
